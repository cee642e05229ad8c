"""Lists are committed to, held in escrow, revealed: with somebody between, and without."""

import pytest

from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.kinds.round_opened import Reveals
from repatria.lists.release import read_entry
from repatria.operations.comparison import compare_lists, current_lines, decide_match
from repatria.operations.rounds import amend_list, entries_of_list, round_of
from repatria.terms import Role
from rounds import (
    NORTH_NAMES,
    SOUTH_NAMES,
    commit,
    confirm,
    faults,
    names_read,
    open_next,
    opened_by,
    release,
)
from simulators.party import CLAIMED_BY_SOUTH, INTERMEDIARY, NORTH, SOUTH, Meeting, hand_in
from simulators.refusals import refuses


@pytest.fixture
def met(tmp_path):
    return Meeting(tmp_path).introduce()


def planted(names):
    return [f"PLANTED-{name.split()[-1]}".encode() for name in names]


def both_committed(met, **terms):
    round_id = opened_by(met.intermediary, Role.INTERMEDIARY, **terms)
    met.carry_all()
    commit(met.north, round_id, release(*NORTH_NAMES))
    commit(met.south, round_id, release(*SOUTH_NAMES))
    met.carry_all()
    return round_id


def test_nobody_reads_the_others_list_before_both_have_committed(met):
    round_id = both_committed(met)

    to_north, to_south = met.courier.read_by(NORTH), met.courier.read_by(SOUTH)
    assert not [name for name in planted(NORTH_NAMES) if name in to_south]
    assert not [name for name in planted(SOUTH_NAMES) if name in to_north]
    assert all(name in met.courier.read_by(INTERMEDIARY) for name in planted(NORTH_NAMES))
    assert round_of(met.south.log, round_id).stands[NORTH].openings == ()
    with refuses(met.intermediary, "not-both-committed"):
        open_next(met.intermediary, round_id, Role.INTERMEDIARY)

    confirm(met.intermediary, round_id)
    met.carry_all()
    assert not [name for name in planted(NORTH_NAMES) if name in met.courier.read_by(SOUTH)]

    open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    met.carry_all()
    assert names_read(met.south, round_id, NORTH) == set(NORTH_NAMES)
    assert names_read(met.north, round_id, SOUTH) == set(SOUTH_NAMES)
    assert [faults(party, round_id) for party in met.parties] == [[], [], []]


def test_doing_each_step_again_writes_nothing(met):
    round_id = both_committed(met)
    assert opened_by(met.intermediary, Role.INTERMEDIARY) == round_id
    confirm(met.intermediary, round_id)
    open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    heads = [party.head for party in (met.intermediary, met.north)]

    confirm(met.intermediary, round_id)
    open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    commit(met.north, round_id, release(*NORTH_NAMES)[::-1])

    assert [party.head for party in (met.intermediary, met.north)] == heads


def test_of_matched_lists_only_persons_that_both_name_are_shown(met):
    met.exchange_lists()
    theirs = hand_in(
        met.south,
        met.folder / "wanted.csv",
        CLAIMED_BY_SOUTH.rsplit("4;", 1)[0],
        title="wanted",
        population="claimed",
        to=INTERMEDIARY,
    ).list_id
    ours = met.lists["north holds"]
    round_id = opened_by(met.intermediary, Role.INTERMEDIARY, reveals=Reveals.MATCHED)
    met.carry_all()
    commit(met.north, round_id, entries_of_list(met.north.desk(), ours))
    commit(met.south, round_id, entries_of_list(met.south.desk(), theirs))
    met.carry_all()

    desk = met.intermediary.desk()
    compare_lists(desk, left=ours, right=theirs)
    by_number = [
        {line.number: line_id for line_id, line in current_lines(desk.log.about(i)).items()}
        for i in (ours, theirs)
    ]
    for number in (1, 2):
        decide_match(
            desk,
            left=by_number[0][number],
            right=by_number[1][number],
            decision=MatchDecision.SAME,
            reason="all agrees",
        )
    confirm(met.intermediary, round_id)
    open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    met.carry_all()

    seen = round_of(met.south.log, round_id)
    assert names_read(met.south, round_id, NORTH) == {"Aram Karo Modelyan", "Levon Vahe Testyan"}
    assert dict(seen.unmatched) == {NORTH: 2, SOUTH: 1}
    pairs = {(r.index, r.same_as) for r in seen.revealed if r.party == NORTH}
    assert pairs == {(r.same_as, r.index) for r in seen.revealed if r.party == SOUTH}
    assert b"Trialyan" not in met.courier.read_by(SOUTH)
    assert faults(met.north, round_id) == faults(met.south, round_id) == []


def test_the_intermediary_may_name_the_pairs_itself(met):
    round_id = both_committed(met, reveals=Reveals.MATCHED)
    confirm(met.intermediary, round_id)
    found = round_of(met.intermediary.log, round_id)
    slots = {
        party: sorted(stand.opening_of(stand.present.commitment).entries)
        for party, stand in found.stands.items()
    }
    north, south = slots[NORTH], slots[SOUTH]
    empty = next(i for i in range(64) if i not in north)

    with refuses(met.intermediary, "pair-names-no-entry"):
        open_next(met.intermediary, round_id, Role.INTERMEDIARY, [(empty, south[0])])
    with refuses(met.intermediary, "match-not-one-to-one"):
        open_next(
            met.intermediary,
            round_id,
            Role.INTERMEDIARY,
            [(north[0], south[0]), (north[0], south[1])],
        )
    open_next(met.intermediary, round_id, Role.INTERMEDIARY, [(north[1], south[0])])
    met.carry_all()

    assert len(names_read(met.north, round_id, SOUTH)) == 1
    assert round_of(met.north.log, round_id).unmatched == {NORTH: 2, SOUTH: 1}


def test_an_amendment_is_seen_by_all_and_takes_a_new_confirmation(met):
    round_id = both_committed(met)
    confirm(met.intermediary, round_id)
    amend_list(
        met.north.desk(Role.NEGOTIATOR),
        round_id=round_id,
        entries=release(*NORTH_NAMES[:2]),
        reason="one was released by another way",
    )
    met.carry_all()

    assert faults(met.south, round_id) == [("amended-since-confirmed", NORTH)]
    with refuses(met.intermediary, "amended-since-confirmed"):
        open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    confirm(met.intermediary, round_id)
    open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    met.carry_all()

    assert names_read(met.south, round_id, NORTH) == set(NORTH_NAMES[:2])
    assert faults(met.south, round_id) == []
    with refuses(met.south, "round-revealed"):
        amend_list(
            met.south.desk(Role.NEGOTIATOR),
            round_id=round_id,
            entries=release("Aram Modelyan"),
            reason="seen theirs",
        )


def two_alone(met, **terms):
    """A round that north opens with nobody between, with both committed."""
    round_id = opened_by(met.north, with_intermediary=False, **terms)
    met.courier.carry(met.north, met.south)
    commit(met.north, round_id, release(*NORTH_NAMES))
    with refuses(met.north, "other-not-committed"):
        open_next(met.north, round_id)
    met.courier.carry(met.north, met.south)
    commit(met.south, round_id, release(*SOUTH_NAMES))
    met.courier.carry(met.south, met.north)
    return round_id


def test_without_an_intermediary_the_last_to_reveal_can_walk_away_and_it_shows(met):
    round_id = two_alone(met)
    open_next(met.north, round_id)
    met.courier.carry(met.north, met.south)

    assert names_read(met.south, round_id, NORTH) == set(NORTH_NAMES)
    assert names_read(met.north, round_id, SOUTH) == set()
    assert round_of(met.north.log, round_id).opened == {NORTH: 64, SOUTH: 0}
    with refuses(met.south, "round-revealed"):
        amend_list(
            met.south.desk(Role.NEGOTIATOR),
            round_id=round_id,
            entries=release("Levon Testyan"),
            reason="seen theirs",
        )
    open_next(met.south, round_id)
    met.courier.carry(met.south, met.north)
    assert names_read(met.north, round_id, SOUTH) == set(SOUTH_NAMES)
    assert met.intermediary.log.about(round_id) == ()


def test_in_turns_neither_is_ever_more_than_one_step_ahead(met):
    round_id = two_alone(met, step=8)
    with refuses(met.south, "not-your-turn"):
        open_next(met.south, round_id)
    turns = 0
    while round_of(met.north.log, round_id).opened[SOUTH] < 64:
        for one, other in ((met.north, met.south), (met.south, met.north)):
            open_next(one, round_id)
            with refuses(one, "not-your-turn") if turns < 7 else refuses_nothing():
                open_next(one, round_id)
            met.courier.carry(one, other)
            opened = round_of(other.log, round_id).opened
            assert 0 <= opened[NORTH] - opened[SOUTH] <= 8
        turns += 1

    assert turns == 8
    assert names_read(met.north, round_id, SOUTH) == set(SOUTH_NAMES)
    assert names_read(met.south, round_id, NORTH) == set(NORTH_NAMES)


def refuses_nothing():
    from contextlib import nullcontext

    return nullcontext()


def test_an_entry_says_who_is_meant_and_not_where_somebody_is_held(met):
    met.exchange_lists()
    entries = entries_of_list(met.north.desk(), met.lists["north holds"])
    round_id = opened_by(met.intermediary, Role.INTERMEDIARY)
    met.carry_all()
    commit(met.north, round_id, entries)

    opening = round_of(met.north.log, round_id).stands[NORTH].openings[0]
    assert {read_entry(raw) for raw in opening.entries.values()} == set(entries)
    assert not [raw for raw in opening.entries.values() if b"PLANTED" in raw]


def test_a_list_the_other_party_was_given_is_not_hidden_by_committing_to_it(met):
    met.exchange_lists()
    with refuses(met.south, "list-already-shown"):
        entries_of_list(met.south.desk(), met.lists["south claims"])
