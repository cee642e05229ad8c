"""Rounds in a database: each label's rows are folded from what that label may read."""

import pytest

from repatria.ledger.kinds.round_opened import Reveals
from repatria.operations.access import grant_access
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.rounds import round_of
from repatria.store import models
from repatria.store.projections import rebuild, table_digests
from repatria.store.queries.rounds import all_round_entries, round_entries, round_row, rounds
from repatria.store.queries.work import work_queue
from repatria.terms import ActorId, NotVisible, PartyCode, Role, Viewer
from rounds import NORTH_NAMES, SOUTH_NAMES, commit, confirm, open_next, opened_by, release


class Here:
    """An installation as the functions of a round take it."""

    def __init__(self, installation):
        self.installation = installation
        self.party = installation.party
        self.log = installation.log()

    def desk(self, role=Role.REGISTRAR):
        """A desk in it."""
        return self.installation.desk("clerk", role)


def viewer(party, role=Role.REGISTRAR):
    return Viewer(actor=ActorId("a"), role=role, party=PartyCode(party))


def carry(sender, *recipients):
    for recipient in recipients:
        with sender.open():
            made = send_package(sender.desk("clerk", Role.REGISTRAR), to=recipient.party)
        with recipient.open():
            take_in_package(recipient.desk("clerk", Role.REGISTRAR), made.raw)


def do(installation, act, *args, **kwargs):
    with installation.open():
        return act(Here(installation), *args, **kwargs)


@pytest.fixture
def everybody(north, south, intermediary, acquaint):
    acquaint(north, south, intermediary)
    return north, south, intermediary


@pytest.fixture
def committed(everybody):
    """Both have committed, and the intermediary has a guest of south."""
    north, south, neutral = everybody
    with neutral.open():
        grant_access(
            neutral.desk("clerk", Role.REGISTRAR),
            account=ActorId("samir"),
            role=Role.REGISTRAR,
            party=south.party,
        )
    round_id = do(neutral, opened_by, Role.INTERMEDIARY, reveals=Reveals.MATCHED)
    carry(neutral, north, south)
    do(north, commit, round_id, release(*NORTH_NAMES))
    do(south, commit, round_id, release(*SOUTH_NAMES))
    carry(north, south, neutral)
    carry(south, north, neutral)
    return round_id


def seen(party, round_id):
    return {
        (row.party, row.name, row.revealed) for row in all_round_entries(viewer(party), round_id)
    }


def test_an_escrow_is_no_part_of_what_the_other_party_sees(everybody, committed):
    north, south, neutral = everybody
    of_north = {("north", name, False) for name in NORTH_NAMES}
    of_south = {("south", name, False) for name in SOUTH_NAMES}
    with north.open():
        assert seen("north", committed) == of_north
    with south.open():
        assert seen("south", committed) == of_south
        kept = "".join(models.Body.objects.values_list("text", flat=True))
        assert not [name for name in NORTH_NAMES if name in kept]
    with neutral.open():
        assert seen("intermediary", committed) == of_north | of_south
        # South's guest reads here what was folded for south: its own list, not north's.
        assert seen("south", committed) == of_south
        by_party = {s["party"]: s["entries"] for s in round_row(viewer("south"), committed).stands}
        assert by_party == {"north": None, "south": 2}
        assert round_entries(viewer("south"), committed, search="Modelyan").total == 0
        with pytest.raises(NotVisible):
            round_row(viewer("east"), committed)


def test_what_is_folded_step_by_step_equals_what_is_folded_anew(everybody, committed):
    north, south, neutral = everybody
    do(neutral, confirm, committed)
    with neutral.open():
        found = round_of(neutral.log(), committed)
        slots = [min(s.opening_of(s.present.commitment).entries) for s in found.stands.values()]
    do(neutral, open_next, committed, Role.INTERMEDIARY, [tuple(slots)])
    carry(neutral, north, south)
    for here in everybody:
        with here.open():
            before = table_digests()
            with here.log().exclusive():
                rebuild(here.party)
            assert table_digests() == before
            row = round_row(viewer(here.party), committed)
            assert row.settled
            assert row.findings == []
            assert {s["party"]: s["unmatched"] for s in row.stands} == {"north": 2, "south": 1}
    with south.open():
        assert len([row for row in seen("south", committed) if row[0] == "north"]) == 1
        [shown] = list(all_round_entries(viewer("south"), committed, party="north"))
        assert (shown.revealed, shown.fault, shown.same_as) == (True, "", slots[1])


def test_persons_are_found_in_any_script_and_by_reference(everybody, committed):
    north, *_ = everybody
    with north.open():
        for words, names in (
            ("", NORTH_NAMES),
            ("Тестян", ("Levon Testyan",)),
            ("aram", ("Aram Modelyan",)),
            ("PLANTED-Samplov", ("Davit Samplov",)),
            ("montgomery", ()),
            ("e", ("Aram Modelyan", "Levon Testyan")),
        ):
            page = round_entries(viewer("north"), committed, search=words)
            assert {row.name for row in page.rows} == set(names), words
        assert [r.title for r in rounds(viewer("north"), search="FEB")] == ["February"]
        assert rounds(viewer("north"), search="march") == []


def test_the_work_list_says_whose_turn_it_is(everybody):
    north, south, neutral = everybody

    def due(here):
        with here.open():
            return [work.code for work in work_queue(viewer(here.party))]

    round_id = do(neutral, opened_by, Role.INTERMEDIARY)
    carry(neutral, north, south)
    assert [due(here) for here in everybody] == [["commit-list"], ["commit-list"], []]
    do(north, commit, round_id, release(*NORTH_NAMES))
    do(south, commit, round_id, release(*SOUTH_NAMES))
    carry(north, neutral)
    carry(south, neutral)
    assert [due(here) for here in everybody] == [[], [], ["confirm-commitments"]]
    do(neutral, confirm, round_id)
    assert due(neutral) == ["reveal-lists"]
    do(neutral, open_next, round_id, Role.INTERMEDIARY)
    assert due(neutral) == []

    alone = do(north, opened_by, title="Alone", with_intermediary=False)
    carry(north, south)
    do(north, commit, alone, release(*NORTH_NAMES))
    do(south, commit, alone, release(*SOUTH_NAMES))
    carry(south, north)
    assert due(north) == ["reveal-lists"]


def test_a_list_of_three_hundred_is_committed_to_carried_and_revealed(everybody):
    north, south, neutral = everybody
    names = [f"Testyan Modelyan {n}" for n in range(300)]
    round_id = do(neutral, opened_by, Role.INTERMEDIARY, max_entries=300)
    carry(neutral, north, south)
    many = tuple(
        entry for n, name in enumerate(names) for entry in release(name, year=1900 + n % 100)
    )
    do(north, commit, round_id, many)
    do(south, commit, round_id, release(*SOUTH_NAMES))
    carry(north, neutral)
    carry(south, neutral)
    do(neutral, confirm, round_id)
    do(neutral, open_next, round_id, Role.INTERMEDIARY)
    carry(neutral, south)

    # What north said of its commitment itself has not come to south yet.
    with south.open():
        page = round_entries(viewer("south"), round_id, party="north")
        assert {row.fault for row in page.rows} == {"commitment-not-held"}
    carry(north, south)
    with south.open():
        page = round_entries(viewer("south"), round_id, party="north", page=2)
        assert (page.total, page.pages) == (300, 6)
        assert {(row.revealed, row.fault) for row in page.rows} == {(True, "")}
