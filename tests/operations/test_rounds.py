"""Rounds: what is refused, and what of a peer that does not keep to them is found and named."""

from dataclasses import replace

import pytest

from repatria.ledger.escrow import open_slots, seal_list, turn_order
from repatria.ledger.kinds.list_amended import ListAmended
from repatria.ledger.kinds.list_committed import ListCommitted
from repatria.ledger.kinds.list_revealed import ListRevealed
from repatria.ledger.kinds.round_both_committed import RoundBothCommitted
from repatria.ledger.kinds.round_opened import Reveals, RoundOpened
from repatria.ledger.statement import Ground
from repatria.lists.openings import escrowed, opened_slot
from repatria.lists.reading import open_list_file
from repatria.lists.release import entry_bytes
from repatria.operations.revealing import check_revealed, may_reveal_now
from repatria.operations.rounds import (
    amend_list,
    entries_of_list,
    entries_of_rows,
    lists_to_commit,
    round_of,
)
from repatria.terms import IntegrityError, LineId, Role
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
from simulators.party import INTERMEDIARY, NORTH, SOUTH, hand_in
from simulators.refusals import refuses
from statements import counted_bytes

GROUND = Ground(basis="agreement")
ALL = {NORTH, SOUTH, INTERMEDIARY}


def states(simulator, round_id, *payloads, audience=ALL, **rest):
    """A party says whatever it likes about a round."""
    desk = simulator.desk(Role.NEGOTIATOR)
    desk.log.append(
        [
            desk.state(payload, about=(round_id,), audience=audience, ground=GROUND, **rest)
            for payload in payloads
        ]
    )


def forged(simulator, round_id, entries, *, party=None, seed="forged", of_round=None):
    """An opening that a party makes by itself, as it likes."""
    return seal_list(
        [entry_bytes(entry) for entry in entries],
        round_id=of_round or round_id,
        party=party or simulator.party,
        entropy=counted_bytes(seed),
    )


def committed_to(simulator, of_round, opening, **changes):
    """The statements of a commitment to an opening."""
    found = round_of(simulator.log, of_round)
    said = ListCommitted(
        round_id=of_round,
        party=simulator.party,
        root=opening.commitment.root.hex(),
        slots=len(opening.slots),
        terms=found.digest,
    )
    return replace(said, **changes)


@pytest.fixture
def met(at):
    return at("met")


@pytest.fixture
def begun(met):
    """A round through the intermediary to which north has committed."""
    round_id = opened_by(met.intermediary, Role.INTERMEDIARY)
    met.carry_all()
    commit(met.north, round_id, release(*NORTH_NAMES))
    return met, round_id


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        ({"title": "  "}, {"round-without-title"}),
        ({"parties": (NORTH,)}, {"round-needs-two-parties"}),
        ({"parties": (NORTH, NORTH)}, {"round-needs-two-parties"}),
        ({"parties": (NORTH, INTERMEDIARY)}, {"round-needs-two-parties"}),
        ({"parties": (SOUTH, "east")}, {"not-a-party"}),
        ({"max_entries": 0}, {"list-size-out-of-range"}),
        ({"max_entries": 65_537}, {"list-size-out-of-range"}),
        ({"with_intermediary": False, "reveals": Reveals.MATCHED}, {"matched-needs-intermediary"}),
        ({"step": 4}, {"step-out-of-range"}),
        ({"step": -1, "with_intermediary": False}, {"step-out-of-range"}),
        (
            {"title": "", "max_entries": 0, "parties": (SOUTH, SOUTH)},
            {"round-without-title", "list-size-out-of-range", "round-needs-two-parties",
             "not-a-party"},
        ),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_kept_are_refused_with_every_reason(met, terms, codes):
    with refuses(met.north, *codes):
        opened_by(met.north, **terms)


def test_a_round_in_the_same_words_is_known_again_and_in_others_is_another(met):
    first = opened_by(met.north)
    assert opened_by(met.north) == first
    assert opened_by(met.north, max_entries=51) != first


def test_what_cannot_be_committed_to_is_refused_with_every_reason(begun):
    met, round_id = begun
    twice = release("Aram Modelyan")
    with refuses(met.south, "entry-twice", "list-too-long"):
        commit(met.south, round_id, twice * 51)
    with refuses(met.south, "list-without-lines"):
        commit(met.south, round_id, ())
    with refuses(met.south, "entry-too-long"):
        commit(met.south, round_id, release("A" * 9_000))
    with refuses(met.south, "round-unknown"):
        commit(met.south, "round:north-none", release("Aram Modelyan"))
    with refuses(met.intermediary, "not-a-party"):
        commit(met.intermediary, round_id, release("Aram Modelyan"))
    with refuses(met.north, "already-committed"):
        commit(met.north, round_id, release(*NORTH_NAMES[:2]))


def test_an_amendment_needs_a_commitment_and_a_reason(begun):
    met, round_id = begun
    desk = met.south.desk(Role.NEGOTIATOR)
    with refuses(met.south, "not-committed", "reason-missing"):
        amend_list(desk, round_id=round_id, entries=release("Aram Modelyan"), reason=" ")
    before = met.north.head
    amend_list(
        met.north.desk(Role.NEGOTIATOR),
        round_id=round_id,
        entries=release(*NORTH_NAMES),
        reason="none",
    )
    assert met.north.head == before


def test_a_file_with_a_row_that_cannot_be_read_is_not_committed_to(met):
    path = met.folder / "release.csv"
    path.write_text("No;Name;Date of birth\n1;Aram Modelyan;1990\n2;;1991\n", "utf-8")
    with refuses(met.north, "row-not-readable"):
        entries_of_rows(open_list_file(path).rows())
    path.write_text("No;Name;Date of birth\n1;Aram Modelyan;1990\n2;Levon Testyan;1991\n", "utf-8")
    assert [e.names[0].text for e in entries_of_rows(open_list_file(path).rows())] == [
        "Aram Modelyan",
        "Levon Testyan",
    ]


def test_lists_that_only_the_intermediary_was_given_are_offered(at):
    met = at("listed")
    titles = [said.title for said in lists_to_commit(met.north.desk())]

    assert titles == ["north holds"]
    with refuses(met.north, "list-unknown"):
        entries_of_list(met.north.desk(), "list:north-none")


def test_the_intermediary_alone_confirms_and_only_when_it_holds_both(begun):
    met, round_id = begun
    met.carry_all()
    with refuses(met.intermediary, "other-not-committed"):
        confirm(met.intermediary, round_id)
    commit(met.south, round_id, release(*SOUTH_NAMES))
    met.courier.carry(met.south, met.intermediary)
    confirm(met.intermediary, round_id)
    assert round_of(met.intermediary.log, round_id).confirmation_stands


def test_a_round_that_nobody_stands_between_is_not_the_intermediarys_to_confirm(met):
    round_id = opened_by(met.north, with_intermediary=False)
    terms = round_of(met.north.log, round_id).terms
    states(met.north, terms.round_id, terms)
    met.carry_all()
    with refuses(met.intermediary, "not-the-intermediary"):
        confirm(met.intermediary, round_id)


# What south may do instead of keeping to a round: (what it says, what the intermediary answers).
def copies_the_root(met, round_id):
    met.courier.carry(met.north, met.south)
    theirs = round_of(met.south.log, round_id).stands[NORTH].present.commitment
    mine = forged(met.south, round_id, release(*SOUTH_NAMES))
    states(met.south, round_id, committed_to(met.south, round_id, mine, root=theirs.root.hex()))
    return {"commitment-copied", "opening-missing"}


def copies_the_root_and_escrows_its_own(met, round_id):
    met.courier.carry(met.north, met.south)
    theirs = round_of(met.south.log, round_id).stands[NORTH].present.commitment
    mine = forged(met.south, round_id, release(*SOUTH_NAMES))
    states(met.south, round_id, committed_to(met.south, round_id, mine, root=theirs.root.hex()))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"commitment-copied", "opening-not-as-committed"}


def sends_no_opening(met, round_id):
    mine = forged(met.south, round_id, release(*SOUTH_NAMES))
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    return {"opening-missing"}


def escrows_another_list(met, round_id):
    mine = forged(met.south, round_id, release(*SOUTH_NAMES))
    other = forged(met.south, round_id, release("Levon Testyan"), seed="other")
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    states(met.south, round_id, escrowed(other), audience={SOUTH, INTERMEDIARY})
    return {"opening-not-as-committed"}


def escrows_a_list_in_norths_name(met, round_id):
    mine = forged(met.south, round_id, release(*SOUTH_NAMES), party=NORTH)
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"opening-other-party"}


def commits_to_too_long_a_list(met, round_id):
    mine = forged(met.south, round_id, release(*(f"Testyan {n}" for n in range(51))))
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"list-too-long"}


def names_somebody_twice(met, round_id):
    mine = forged(met.south, round_id, release("Ramin Sinagov") * 2)
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"entry-twice"}


def commits_under_other_terms(met, round_id):
    mine = forged(met.south, round_id, release(*SOUTH_NAMES))
    states(met.south, round_id, committed_to(met.south, round_id, mine, terms="0" * 64))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"round-terms-differ"}


def commits_twice(met, round_id):
    mine = [forged(met.south, round_id, release(n), seed=n) for n in SOUTH_NAMES]
    states(met.south, round_id, *(committed_to(met.south, round_id, each) for each in mine))
    states(met.south, round_id, *map(escrowed, mine), audience={SOUTH, INTERMEDIARY})
    return {"committed-twice"}


def writes_what_is_no_entry(met, round_id):
    mine = seal_list(
        [b'{"v":1}', b"[]"], round_id=round_id, party=SOUTH, entropy=counted_bytes("bad")
    )
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"entry-not-readable"}


def names_a_line_of_north(met, round_id):
    [entry] = release("Ramin Sinagov")
    entries = [replace(entry, line=LineId("line:north-abc"))]
    mine = forged(met.south, round_id, entries)
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"entry-of-another"}


def says_another_thing_than_its_line(met, round_id):
    done = hand_in(
        met.south,
        met.folder / "held.csv",
        "No;Name;Date of birth\n1;Ramin Sinagov;1996\n",
        title="held",
        population="held",
        to=INTERMEDIARY,
    )
    [entry] = entries_of_list(met.south.desk(), done.list_id)
    [other] = release("Levon Testyan")
    mine = forged(met.south, round_id, [replace(other, line=entry.line)])
    states(met.south, round_id, committed_to(met.south, round_id, mine))
    states(met.south, round_id, escrowed(mine), audience={SOUTH, INTERMEDIARY})
    return {"entry-not-as-listed"}


CHEATS = (
    copies_the_root,
    copies_the_root_and_escrows_its_own,
    sends_no_opening,
    escrows_another_list,
    escrows_a_list_in_norths_name,
    commits_to_too_long_a_list,
    names_somebody_twice,
    commits_under_other_terms,
    commits_twice,
    writes_what_is_no_entry,
    names_a_line_of_north,
    says_another_thing_than_its_line,
)


@pytest.mark.parametrize("cheat", CHEATS, ids=lambda f: f.__name__)
def test_nothing_is_confirmed_or_revealed_while_one_side_cheats(begun, cheat):
    met, round_id = begun
    codes = cheat(met, round_id)
    met.carry_all()

    with refuses(met.intermediary, *codes):
        confirm(met.intermediary, round_id)
    with refuses(met.intermediary, "not-both-committed"):
        open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    assert names_read(met.south, round_id, NORTH) == set()


def alone(met, entries=SOUTH_NAMES, **terms):
    """A round with nobody between, in which both have committed and north has revealed."""
    round_id = opened_by(met.north, with_intermediary=False, **terms)
    met.courier.carry(met.north, met.south)
    commit(met.north, round_id, release(*NORTH_NAMES))
    mine = forged(met.south, round_id, release(*entries))
    states(met.south, round_id, committed_to(met.south, round_id, mine), audience={NORTH, SOUTH})
    states(met.south, round_id, escrowed(mine), audience={SOUTH})
    met.courier.carry(met.south, met.north)
    open_next(met.north, round_id)
    met.courier.carry(met.north, met.south)
    return round_id, mine


def whole(opening, **changes):
    said = escrowed(opening)
    return ListRevealed(
        round_id=said.round_id,
        party=opening.party,
        root=opening.commitment.root.hex(),
        against="0" * 64,
        **{"salts": said.salts, "places": said.places, "entries": said.entries, **changes},
    )


def test_a_list_changed_after_the_other_was_read_is_shown_to_be_changed(met):
    round_id, _ = alone(met)
    adapted = forged(met.south, round_id, release("Ramin Sinagov", "Aram Modelyan"), seed="new")
    states(met.south, round_id, whole(adapted), audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    assert set(faults(met.north, round_id)) == {("opening-not-as-committed", SOUTH)}
    checked = check_revealed(met.north.desk(), round_id=round_id)
    mine = [r.fault for r in checked.entries if r.party == SOUTH]
    assert mine == ["opening-not-as-committed"] * 2
    assert not [r.fault for r in checked.entries if r.party == NORTH and r.fault]


def test_whoever_amends_after_the_other_revealed_is_held_to_the_first_list(met):
    round_id, mine = alone(met)
    other = forged(met.south, round_id, release("Aram Modelyan"), seed="new")
    first = committed_to(met.south, round_id, other)
    amended = ListAmended(
        round_id=round_id,
        party=SOUTH,
        root=first.root,
        slots=first.slots,
        terms=first.terms,
        reason="we know better now",
    )
    states(met.south, round_id, amended, whole(other), audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    assert set(faults(met.north, round_id)) == {
        ("amended-after-reveal", SOUTH),
        ("opening-not-as-committed", SOUTH),
    }
    assert round_of(met.north.log, round_id).counted(SOUTH) == mine.commitment


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"salts": "????"}, "opening-malformed"),
        ({"salts": "AAAA"}, "opening-malformed"),
        ({"places": (0, 0)}, "opening-malformed"),
        ({"places": (5, 900)}, "opening-malformed"),
        ({"salts": "", "places": (), "entries": ("x",)}, "opening-malformed"),
        ({"entries": ("x", "y")}, "opening-not-as-committed"),
    ],
)
def test_an_opening_that_cannot_be_read_is_named_and_shows_nothing_as_committed(met, changes, code):
    round_id, mine = alone(met)
    states(met.south, round_id, whole(mine, **changes), audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    assert {c for c, _ in faults(met.north, round_id)} == {code}
    assert round_of(met.north.log, round_id).opened[SOUTH] == 0


def test_single_slots_are_checked_one_by_one(met):
    round_id, mine = alone(met, step=64)
    good, other = open_slots(mine, [0, 1])
    at = min(mine.entries)
    person = open_slots(mine, [at])[0]
    slots = (
        opened_slot(good),
        opened_slot(replace(other, index=2)),
        opened_slot(replace(person, entry=person.entry.replace(b"v", b"w"))),
        replace(opened_slot(open_slots(mine, [7])[0]), index=-1),
    )
    said = replace(whole(mine), salts="", places=(), entries=(), slots=slots)
    states(met.south, round_id, said, audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    assert sorted(c for c, _ in faults(met.north, round_id)) == [
        "entry-moved",
        "entry-not-as-committed",
        "entry-outside-list",
    ]
    assert round_of(met.north.log, round_id).opened[SOUTH] == 1
    with refuses(met.north, "entry-not-as-committed"):
        open_next(met.north, round_id)


def test_slots_opened_out_of_their_order_are_no_turn(met):
    round_id, mine = alone(met, step=4)
    theirs = round_of(met.north.log, round_id).stands[NORTH].present.commitment
    order = turn_order(mine.commitment, theirs)
    slots = tuple(opened_slot(one) for one in open_slots(mine, order[-4:]))
    said = replace(whole(mine), salts="", places=(), entries=(), slots=slots)
    states(met.south, round_id, said, audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    assert faults(met.north, round_id) == []
    with refuses(met.north, "not-your-turn"):
        open_next(met.north, round_id)


def test_nobody_reveals_against_a_copied_commitment(met):
    round_id = opened_by(met.north, with_intermediary=False)
    met.courier.carry(met.north, met.south)
    commit(met.north, round_id, release(*NORTH_NAMES))
    met.courier.carry(met.north, met.south)
    theirs = round_of(met.south.log, round_id).stands[NORTH].present.commitment
    mine = forged(met.south, round_id, release(*SOUTH_NAMES))
    copied = committed_to(met.south, round_id, mine, root=theirs.root.hex(), terms="1" * 64)
    states(met.south, round_id, copied, audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    with refuses(met.north, "commitment-copied", "round-terms-differ"):
        open_next(met.north, round_id)
    assert {c for c, _ in faults(met.north, round_id)} == {
        "commitment-copied",
        "round-terms-differ",
    }


def test_words_of_somebody_who_has_no_say_in_the_round_count_for_nothing(begun):
    met, round_id = begun
    commit(met.south, round_id, release(*SOUTH_NAMES))
    met.carry_all()
    opening = round_of(met.south.log, round_id).stands[SOUTH].openings[0]
    mine = round_of(met.south.log, round_id)
    south = met.south
    confirmed = RoundBothCommitted(round_id=round_id, terms=mine.digest, stands=())
    in_norths_name = committed_to(south, round_id, opening, party=NORTH)
    states(south, round_id, confirmed, in_norths_name, whole(opening))
    met.carry_all()

    found = round_of(met.north.log, round_id)
    assert found.confirmed is None
    assert found.revealed == ()
    assert len(found.stands[NORTH].made) == 1


def test_what_is_said_of_another_round_does_not_count_in_this_one(begun):
    met, round_id = begun
    other = opened_by(met.intermediary, Role.INTERMEDIARY, title="March")
    met.carry_all()
    commit(met.south, round_id, release(*SOUTH_NAMES))
    said = next(e for e in met.south.log.of_kind("list.committed") if e.origin == SOUTH)
    desk = met.south.desk(Role.NEGOTIATOR)
    both = replace(said.statement, about=(round_id, other))
    desk.log.append([both])
    met.carry_all()

    assert met.north.log.about(other)[-1].statement.about == (round_id, other)
    assert round_of(met.north.log, other).stands[SOUTH].made == ()


def test_terms_that_the_maker_says_again_otherwise_do_not_count(begun):
    met, round_id = begun
    terms = round_of(met.intermediary.log, round_id).terms
    states(met.intermediary, round_id, replace(terms, max_entries=9, reveals=Reveals.MATCHED))
    met.carry_all()

    assert round_of(met.north.log, round_id).terms == terms


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"root": "00"}, "payload-malformed"),
        ({"root": "zz" * 32}, "payload-malformed"),
        ({"root": "AA" * 32}, "payload-malformed"),
        ({"slots": 63}, "payload-malformed"),
        ({"slots": 32}, "payload-malformed"),
        ({"slots": 131_072}, "payload-malformed"),
        ({"round_id": "round:north-../x"}, "id-malformed"),
    ],
)
def test_a_commitment_that_nothing_can_be_checked_against_is_not_taken_in(begun, changes, code):
    met, round_id = begun
    mine = forged(met.south, round_id, release(*SOUTH_NAMES))
    states(met.south, round_id, committed_to(met.south, round_id, mine, **changes))
    with pytest.raises(IntegrityError) as said:
        met.courier.carry(met.south, met.north)
    assert said.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"round_id": "round:north-a"}, "made-by-another"),
        ({"parties": (NORTH, NORTH)}, "payload-malformed"),
        ({"max_entries": 0}, "payload-malformed"),
        ({"step": 70_000}, "payload-malformed"),
    ],
)
def test_terms_of_a_round_that_cannot_be_are_not_taken_in(met, changes, code):
    said = RoundOpened(
        round_id="round:south-a",
        title="x",
        parties=(NORTH, SOUTH),
        with_intermediary=True,
        reveals=Reveals.WHOLE,
        max_entries=5,
    )
    said = replace(said, **changes)
    states(met.south, said.round_id, said)
    with pytest.raises(IntegrityError) as refused:
        met.courier.carry(met.south, met.north)
    assert refused.value.code == code


def test_what_may_be_revealed_next_is_known_before_it_is_tried(begun):
    met, round_id = begun
    ours = round_of(met.north.log, round_id)
    assert not may_reveal_now(ours, NORTH)
    assert not may_reveal_now(ours, INTERMEDIARY)
    commit(met.south, round_id, release(*SOUTH_NAMES))
    met.carry_all()
    confirm(met.intermediary, round_id)
    assert may_reveal_now(round_of(met.intermediary.log, round_id), INTERMEDIARY)
    open_next(met.intermediary, round_id, Role.INTERMEDIARY)
    assert not may_reveal_now(round_of(met.intermediary.log, round_id), INTERMEDIARY)

    alone_id = opened_by(met.north, with_intermediary=False)
    assert not may_reveal_now(round_of(met.north.log, alone_id), NORTH)
    assert not may_reveal_now(round_of(met.north.log, alone_id), INTERMEDIARY)


def test_a_party_reveals_nothing_in_a_round_of_others_or_of_the_intermediary(begun):
    met, round_id = begun
    with refuses(met.north, "role-may-not"):
        open_next(met.north, round_id)
    with refuses(met.north, "not-the-intermediary"):
        open_next(met.north, round_id, Role.INTERMEDIARY)


def test_single_slots_show_a_person_named_twice_and_a_list_that_is_too_long(met):
    round_id = opened_by(met.north, with_intermediary=False, max_entries=2, step=64)
    met.courier.carry(met.north, met.south)
    commit(met.north, round_id, release(*NORTH_NAMES[:2]))
    mine = forged(met.south, round_id, [*release("Ramin Sinagov") * 2, *release("Levon Testyan")])
    states(met.south, round_id, committed_to(met.south, round_id, mine), audience={NORTH, SOUTH})
    slots = tuple(opened_slot(one) for one in open_slots(mine, range(64)))
    said = replace(whole(mine), salts="", places=(), entries=(), slots=slots)
    states(met.south, round_id, said, audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    assert sorted(faults(met.north, round_id)) == [("entry-twice", SOUTH), ("list-too-long", SOUTH)]
    assert round_of(met.north.log, round_id).is_done(SOUTH)
    assert not round_of(met.north.log, round_id).is_done(NORTH)


def test_a_commitment_with_more_slots_than_the_terms_take_is_found_at_once(met):
    round_id = opened_by(met.north, with_intermediary=False, max_entries=64)
    met.courier.carry(met.north, met.south)
    mine = forged(met.south, round_id, release(*(f"Testyan {n}" for n in range(65))))
    states(met.south, round_id, committed_to(met.south, round_id, mine), audience={NORTH, SOUTH})
    met.courier.carry(met.south, met.north)

    assert faults(met.north, round_id) == [("list-too-long", SOUTH)]
