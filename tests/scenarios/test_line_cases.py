"""Handovers that really happened, by their shapes: who crossed, who did not, who is named.

Only the numbers are real; every person is made up. What is counted is what the folds
say, from statements of three parties that do not trust each other.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from repatria.handover import (
    CrossingStatus,
    TerminalState,
    balance_of,
    closing_reconciliation,
    compare_receipts,
    digest_of_lines,
    fold_crossing,
    fold_gate,
    fold_manifest,
    objections_to_crossing,
    readiness_of,
)
from repatria.ledger.kinds import content_of, kind_of
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.gate_checked import GateChecked, Means
from repatria.ledger.kinds.life_stated import LifeStated
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen, ManifestLine
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.register import contradictions_in, fold_person
from repatria.terms import ActorId, LifeStatus, PartialDate, PartyCode

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
LIST = "manifest:intermediary-m"


class Line:
    """A manifest with so many from each side, and what is said about it, person by person."""

    def __init__(self, north, south=0):
        sides = [("north", "south")] * north + [("south", "north")] * south
        self.lines = tuple(
            ManifestLine(
                number=number,
                person=f"person:{giver}-{number}",
                giver=giver,
                receiver=receiver,
                code=str(number),
            )
            for number, (giver, receiver) in enumerate(sides, start=1)
        )
        self._seq = {party: count() for party in ("north", "south", "intermediary")}
        self._minutes = count()
        self.about = {line.person: [] for line in self.lines}
        digest = digest_of_lines(self.lines)
        frozen = ManifestFrozen(
            manifest_id=LIST,
            plan_id="plan:p",
            crossing_point="the bridge",
            lines=self.lines,
            digest=digest,
        )
        self.said = [self._entry("intermediary", frozen)]
        for party in ("north", "south"):
            accepted = ManifestAccepted(manifest_id=LIST, digest=digest)
            self.said.append(self._entry(party, accepted))
        self.digest = digest
        self.manifest = fold_manifest(self.said)  # nobody changes it in these stories

    def _entry(self, by, payload, **rest):
        statement = Statement(
            kind=kind_of(payload).name,
            about=(getattr(payload, "person", LIST), LIST),
            by=PartyCode(by),
            actor=ActorId(rest.pop("actor", f"{by}-desk")),
            recorded_at=MORNING + timedelta(seconds=next(self._minutes)),
            audience=frozenset({"north", "south", "intermediary"}),
            ground=Ground(basis="scan"),
            content=content_of(payload),
            **rest,
        )
        return Entry(PartyCode(by), next(self._seq[by]), statement)

    def say(self, payload, by="intermediary", **rest):
        """One statement about a person."""
        self.about[payload.person].append(self._entry(by, payload, **rest))

    def of(self, giver):
        """Who goes from a party."""
        return [line.person for line in self.lines if line.giver == giver]

    def ask(self, person, *, willing=True, occasion=Occasion.INTERVIEW):
        """What he says, alone."""
        self.say(ConsentStated(person=person, willing=willing, occasion=occasion, in_private=True))

    def prepare(self, person, *, willing=True):
        """Examined, asked alone, and checked by two."""
        until = MORNING + timedelta(days=3)
        self.say(ClearanceGiven(person=person, fit_to_travel=True, mode="bus", valid_until=until))
        self.ask(person, willing=willing)
        for actor, means in (("first", Means.CODE), ("second", Means.PHOTO)):
            checked = GateChecked(manifest_id=LIST, person=person, means=means, matches=True)
            self.say(checked, actor=actor)

    def objections(self, person, event):
        """What the gate says against it."""
        entries, at = self.about[person], MORNING + timedelta(hours=4)
        return {
            objection.code
            for objection in objections_to_crossing(
                self.manifest,
                person,
                CrossingEvent(event),
                readiness_of(person, entries, at),
                self.state(person),
                at,
                gate=fold_gate(person, entries, manifest_id=LIST),
            )
        }

    def happens(self, person, event):
        """The gate lets it pass, and it is written down."""
        assert self.objections(person, event) == set()
        self.write(person, event)

    def write(self, person, event, **rest):
        """An event, whatever the gate says."""
        told = CrossingRecorded(manifest_id=LIST, person=person, event=CrossingEvent(event))
        self.say(told, **rest)

    def goes(self, person):
        """From the gate to the other side."""
        self.happens(person, "departed")
        self.ask(person, occasion=Occasion.AT_THE_LINE)
        self.happens(person, "crossed")

    def receipt(self, party, handed_over=(), received=()):
        """One side's receipt."""
        given = ReceiptGiven(
            manifest_id=LIST,
            digest=self.digest,
            handed_over=tuple(sorted(handed_over)),
            received=tuple(sorted(received)),
        )
        self.said.append(self._entry(party, given))

    def state(self, person):
        """Where he stands."""
        return fold_crossing(person, self.about[person], manifest_id=LIST)

    def closing(self):
        """How each line ended."""
        states = {person: self.state(person) for person in self.about}
        return closing_reconciliation(
            self.manifest, states, compare_receipts(self.manifest, self.said), self.said
        )

    def balance(self):
        """What each side has given."""
        return {each.giver: each for each in balance_of(self.manifest, self.closing())}


def test_306_for_74_where_73_refuse_26_of_them_only_at_the_line():
    """December 2017: 233 crossed of 306 and 73 of 74; whoever refused is never made to go."""
    line = Line(306, 74)
    north, south = line.of("north"), line.of("south")
    before, at_the_line, cross = north[:47], north[47:73], north[73:]
    stays = south[0]
    for person in [*north, *south]:
        line.prepare(person, willing=person not in before and person != stays)
    for person in [*before, stays]:
        assert line.objections(person, "departed") == {"refused-to-go"}
        line.happens(person, "refused")
    for person in at_the_line:
        line.happens(person, "departed")
        line.ask(person, willing=False, occasion=Occasion.AT_THE_LINE)
        assert line.objections(person, "crossed") == {"refused-to-go"}
        line.happens(person, "refused")
    for person in [*cross, *south[1:]]:
        line.goes(person)
    line.receipt("north", handed_over=cross, received=south[1:])
    line.receipt("south", handed_over=south[1:], received=cross)

    ends = Counter((x.giver, x.state) for x in line.closing())
    assert ends == {
        ("north", TerminalState.REFUSED): 73,
        ("north", TerminalState.RECEIVED): 233,
        ("south", TerminalState.REFUSED): 1,
        ("south", TerminalState.RECEIVED): 73,
    }
    owed = {giver: (each.owed, each.open) for giver, each in line.balance().items()}
    assert owed == {"north": (73, 0), "south": (1, 0)}


def test_of_887_agreed_869_move_and_the_18_are_named():
    """April 2023: 18 between 887 and 869 were never explained; here they cannot vanish."""
    line = Line(706, 181)
    missing = {*line.of("north")[100:112], *line.of("south")[:6]}
    moved = [person for person in line.about if person not in missing]
    for person in moved:
        line.prepare(person)
        line.goes(person)
    for party, other in (("north", "south"), ("south", "north")):
        line.receipt(
            party,
            handed_over=[person for person in line.of(party) if person not in missing],
            received=[person for person in line.of(other) if person not in missing],
        )
    closing = line.closing()
    open_lines = {each.person for each in closing if each.state is TerminalState.OPEN}
    assert len(closing) == 887
    assert sum(each.state is TerminalState.RECEIVED for each in closing) == 869
    assert open_lines == missing


def test_1245_against_1248_names_the_three():
    """June 2025: two totals differ by three, and nobody could say which."""
    line = Line(1248)
    persons = line.of("north")
    three = {persons[7], persons[600], persons[1247]}
    line.receipt("north", handed_over=persons)
    line.receipt("south", received=[person for person in persons if person not in three])
    found = compare_receipts(line.manifest, line.said)
    assert len(found.confirmed) == 1245
    assert {(one.person, one.said_by) for one in found.one_sided} == {
        (person, "north") for person in three
    }


def test_620_who_boarded_and_were_put_back_after_13_hours_are_owed():
    """February 2025: six had come, 620 sat in vehicles for 13 hours and went back to cells."""
    line = Line(620, 6)
    for person in line.about:
        line.prepare(person)
    for person in line.of("south"):
        line.goes(person)
    for person in line.of("north"):
        line.happens(person, "departed")
        line.happens(person, "locked_out")
        line.write(person, "returned_to_custody", occurred_at=MORNING + timedelta(hours=13))
    line.receipt("north", received=line.of("south"))
    line.receipt("south", handed_over=line.of("south"))

    states = Counter(line.state(person).state for person in line.of("north"))
    assert states == {CrossingStatus.RETURNED_TO_CUSTODY: 620}
    assert compare_receipts(line.manifest, line.said).confirmed == set(line.of("south"))
    balance = line.balance()
    assert (balance["north"].agreed, balance["north"].owed) == (620, 620)
    assert (balance["south"].agreed, balance["south"].owed) == (6, 0)
    # Another day he is checked again before he leaves his cell.
    assert line.objections(line.of("north")[0], "departed") == {"gate-not-checked"}


def test_a_plane_that_lands_empty_has_brought_nobody():
    """April 2021: announced, departed, and nobody came."""
    line = Line(25)
    for person in line.about:
        line.prepare(person)
        line.happens(person, "departed")
    assert {each.state for each in line.closing()} == {TerminalState.OPEN}
    assert compare_receipts(line.manifest, line.said).confirmed == frozenset()
    assert line.balance()["north"].owed == 25


def test_declared_dead_by_kinship_seen_three_times_and_crossed_alive():
    """2022 to 2026: a death with a DNA match did not take him off the list, and he came."""
    line = Line(1)
    [person] = line.about
    dead = LifeStated(person=person, status=LifeStatus.DEAD, method="DNA, kinship with the mother")
    line.say(dead, by="south", as_of=PartialDate(year=2022, month=9, day=25))
    for month in (7, 8, 10):
        seen = LifeStated(person=person, status=LifeStatus.ALIVE, method="seen by a returnee")
        line.say(seen, by="south", as_of=PartialDate(year=2025, month=month))
    assert line.state(person).state is CrossingStatus.WAITING, "a claim of death closes nothing"
    line.prepare(person)
    line.goes(person)
    line.receipt("north", handed_over=[person])
    line.receipt("south", received=[person])

    record = fold_person(person, [*line.about[person], *line.said])
    assert [life.value.status for life in record.life] == [
        LifeStatus.DEAD,
        *[LifeStatus.ALIVE] * 3,
    ]
    assert "alive-after-death" in {finding.code for finding in contradictions_in(record)}
    assert [each.state for each in line.closing()] == [TerminalState.RECEIVED]


@pytest.mark.parametrize("event", ["died", "refused"])
def test_neither_side_takes_a_man_off_the_list_by_its_own_word(event):
    """A coerced refusal, a death nobody saw: only the neutral says so."""
    line = Line(1)
    [person] = line.about
    line.write(person, event, by="north")
    state = line.state(person)
    assert state.state is CrossingStatus.WAITING
    assert [finding.code for finding in state.findings] == ["said-without-duty"]
    assert [each.state for each in line.closing()] == [TerminalState.OPEN]
