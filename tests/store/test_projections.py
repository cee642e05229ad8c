"""What is derived equals what is folded anew, whatever was said in whatever order."""
# ruff: noqa: D102 -- each act of a past is named by what is done

import random
from itertools import count

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings

from conftest import BOTH_DATABASES, MORNING
from counts import FULL, often
from dialogue import GIVEN, hand_over, made_up_lines, submit, write_list
from repatria.ledger.draft import draft
from repatria.ledger.kinds import KINDS
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.log import Disclosed
from repatria.ledger.statement import Ground
from repatria.operations.access import grant_access, introduce_peer
from repatria.operations.answers import Answer, answer_line
from repatria.operations.comparison import compare_lists, decide_match
from repatria.operations.families import notify_family, request_tracing
from repatria.operations.publicity import record_claims
from repatria.operations.receiving import take_in_package
from repatria.record import Bound, Claim, Measure
from repatria.store import models
from repatria.store.projections import rebuild, table_digests
from repatria.store.projections.engine import derived_tables
from repatria.terms import (
    ActorId,
    ClaimId,
    IntegrityError,
    LineId,
    PartialDate,
    PartyCode,
    PersonId,
    PersonName,
    Refusal,
    Role,
)
from repatria.terms.ids import subject_kind
from statements import keyring_of_party, list_log, noted, package_for
from strategies import payloads_of


class Past:
    """Three installations in which things happen in a random order.

    Each act is one that a person might do next; a refusal is a lawful outcome.
    """

    def __init__(self, seed, installations, desk, folder):
        self.draw = random.Random(seed)  # noqa: S311 -- a seeded past can be repeated
        self.installations = installations
        self.desk = desk
        self.folder = folder
        self.done = set()

    def acts(self):
        return (
            self.submit, self.submit, self.exchange, self.exchange, self.exchange,
            self.answer, self.answer, self.compare, self.decide, self.admit_guest,
            self.trace, self.tell_family, self.claim, self.note,
        )  # fmt: skip

    def happen(self):
        """Something happens somewhere; gives the installation."""
        act = self.draw.choice(self.acts())
        here = self.draw.choice(self.installations)
        with here.open():
            try:
                if act(here) is not None:
                    self.done.add(act.__name__)
            except Refusal:
                pass
        return here

    def one_of(self, subject_prefix):
        found = models.Mention.objects.filter(subject__startswith=subject_prefix)
        subjects = sorted(set(found.values_list("subject", flat=True)))
        return self.draw.choice(subjects) if subjects else None

    def other(self, here):
        return self.draw.choice([i for i in self.installations if i is not here])

    def submit(self, here):
        held = self.draw.random() < 0.5
        lines = made_up_lines(self.draw.randint(1, 5), self.draw.randint(1, 9), held=held)
        path = write_list(self.folder / "list.csv", lines)
        kind = Population.HELD if held else Population.CLAIMED
        to = self.other(here).party
        return (
            submit(self.desk(here), path, to=to, population=kind, title=f"{kind}").written or None
        )

    def exchange(self, here):
        return hand_over(here, self.other(here), self.desk).new or None

    def answer(self, here):
        line, person = self.one_of("line:"), self.one_of("person:")
        if line is None:
            return None
        code = self.draw.choice([AnswerCode.HELD, AnswerCode.NOT_HELD, AnswerCode.SEARCHING])
        answer = Answer(
            line=LineId(line),
            code=code,
            person=PersonId(person) if person and code is AnswerCode.HELD else None,
        )
        return answer_line(self.desk(here), answer)

    def compare(self, here):
        left, right = self.one_of("list:"), self.one_of("list:")
        return left and compare_lists(self.desk(here), left=left, right=right)

    def decide(self, here):
        left, right = self.one_of("line:"), self.one_of("line:")
        decision = self.draw.choice(list(MatchDecision))
        return left and decide_match(
            self.desk(here), left=left, right=right, decision=decision, reason="seen on paper"
        )

    def admit_guest(self, here):
        party = self.draw.choice([i.party for i in self.installations])
        role = self.draw.choice([Role.REGISTRAR, Role.PRESS, Role.MEDICAL])
        account = ActorId(f"guest-{self.draw.randint(1, 3)}")
        return grant_access(self.desk(here), account=account, role=role, party=party)

    def trace(self, here):
        return request_tracing(
            self.desk(here),
            family=ActorId(f"family-{self.draw.randint(1, 2)}"),
            sought=PersonName(text=f"{self.draw.choice(GIVEN)} Testyan"),
            birth=PartialDate(year=1999),
        )

    def tell_family(self, here):
        request, person = self.one_of("tracing:"), self.one_of("person:")
        if request is None or person is None:
            return None
        return notify_family(
            self.desk(here), request=request, person=PersonId(person), what="alive"
        )

    def claim(self, here):
        claim = Claim(
            id=ClaimId(f"c{self.draw.randint(1, 4)}"),
            speaker="Spokesperson",
            via="News agency A",
            said_on=PartialDate(year=2029),
            measure=Measure.HELD,
            population="north",
            value=self.draw.randint(1, 3),
            bound=Bound.EXACTLY,
        )
        return record_claims(self.desk(here), (claim,))

    def note(self, here):
        person = self.one_of("person:")
        number = self.draw.randint(1, 3)
        said = noted(number, by=here.party, audience=(here.party, "intermediary"))
        return person and self.desk(here).log.append([said])


class Undo(Exception):  # noqa: N818 -- not an error: it takes a rebuild back
    """Raised to leave a transaction undone."""


def rebuilt_digests(installation):
    """The digests after a rebuild, which is then taken back."""
    found = {}
    try:
        with transaction.atomic(using=installation.alias):
            rebuild(installation.party)
            found.update(table_digests())
            raise Undo
    except Undo:
        return found


def live_through(seed, installations, desk, folder, *, acts, look_every):
    past = Past(seed, installations, desk, folder)
    for number in range(1, acts + 1):
        here = past.happen()
        if number % look_every == 0 or number == acts:
            with here.open():
                assert table_digests() == rebuilt_digests(here), f"seed {seed}, act {number}"
    for here in installations:
        with here.open():
            assert table_digests() == rebuilt_digests(here), f"seed {seed}, at the end"
    return past.done


def test_incremental_equals_rebuilt_after_a_random_past(
    north, south, intermediary, desk, acquaint, tmp_path
):
    acquaint(north, south, intermediary)
    everybody = (north, south, intermediary)
    done = live_through(20, everybody, desk, tmp_path, acts=50, look_every=10)
    assert done >= {"submit", "exchange", "answer", "admit_guest", "trace", "note", "claim"}
    with intermediary.open():
        labels = set(models.LineRow.objects.values_list("seen_by", flat=True))
        assert labels & {"north", "south"}, "no guest's label was folded"


@pytest.mark.often
@pytest.mark.slow
@pytest.mark.parametrize("database_kind", BOTH_DATABASES if FULL else ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(often(1, 3)))
def test_incremental_equals_rebuilt_after_many_random_pasts(
    north, south, intermediary, desk, acquaint, tmp_path, seed
):
    acquaint(north, south, intermediary)
    live_through(
        seed, (north, south, intermediary), desk, tmp_path, acts=100, look_every=often(10, 5)
    )


def test_a_guest_is_shown_the_past_and_a_removed_guest_nothing(intermediary, desk):
    with intermediary.open():
        noted_for_both = noted(1, by="intermediary", audience=("intermediary", "south"))
        noted_for_us = noted(2, by="intermediary", audience=("intermediary",))
        desk(intermediary).log.append([noted_for_both, noted_for_us])

        def shown():
            rows = models.PersonRow.objects.filter(seen_by="south")
            return list(rows.values_list("subject", flat=True))

        assert shown() == []
        grant_access(
            desk(intermediary),
            account=ActorId("samir"),
            role=Role.REGISTRAR,
            party=PartyCode("south"),
        )
        assert shown() == ["person:p1"]
        grant_access(desk(intermediary), account=ActorId("samir"), role=Role.OUTSIDER, party=None)
        assert shown() == []
        assert table_digests() == rebuilt_digests(intermediary)


@pytest.mark.slow
def test_rebuilding_tells_how_far_it_is(north, desk):
    with north.open():
        desk(north).log.append([noted(n) for n in range(2_100)])
        before, told = table_digests(), []
        with north.log().exclusive():
            rebuild(north.party, lambda done, total: told.append((done, total)))
        assert told == [(2_000, 2_101), (2_101, 2_101)]
        assert table_digests() == before
        assert before.keys() == {model._meta.db_table for model in derived_tables()}


def widest(kind, own):
    """The widest audience a kind admits."""
    labels = {own, "north", "south", "intermediary", f"{own}.medical", "family:a", "public"}
    return frozenset(label for label in labels if kind.admits(frozenset({label}), own))


SUBJECTS = sorted(
    {"person", "line", "list", "pair", "terms", "plan", "manifest", "claim", "bulletin", "package",
     "peer", "account", "tracing"}
)  # fmt: skip


SHORT = settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking through a database is slow
)


def take_in_anything(kind, make_installation, database_kind, how_often):
    """Packages of a peer whose statements of a kind say anything that their types allow.

    Nobody promises that an acceptance comes after what it accepts, or makes sense.
    """
    own, numbers = PartyCode("north"), count()
    north = make_installation("north", database_kind, name=f"north-{kind.name}")

    def fresh_peer():
        log = list_log(f"south{next(numbers)}")
        with north.open():
            introduce_peer(
                north.desk("registrar", Role.REGISTRAR),
                party=log.party,
                title="South",
                keyring=keyring_of_party(log.party),
            )
        return log

    @how_often
    @given(payloads_of(kind.payload))
    def tell(payload):
        log = fresh_peer()
        statement = draft(
            payload,
            about=tuple(f"{subject}:{log.party}" for subject in SUBJECTS),
            by=log.party,
            actor=ActorId("registrar"),
            recorded_at=MORNING,
            audience=widest(kind, log.party),
            ground=Ground(basis="register"),
        )
        log.append([statement])
        # Also what should never travel: a peer may send what it likes.
        log.bodies_for = lambda *_: tuple(
            Disclosed(seq=seq, salt=salt, body=said.body)
            for seq, (salt, said) in log._logs[log.party].bodies.items()
        )
        raw = package_for(log, own, recipients=[north.keyring.current.recipient])
        with north.open():
            before = north.log().head(own)
            try:
                take_in_package(north.desk("registrar", Role.REGISTRAR), raw)
            except IntegrityError:
                assert north.log().head(own) == before
                assert north.log().head(log.party).size == 0
            else:
                rows = models.Mention.objects.filter(origin=log.party)
                assert {subject_kind(row.subject) for row in rows} == set(SUBJECTS)

    tell()
    with north.open():
        assert table_digests() == rebuilt_digests(north)


@pytest.mark.often
@pytest.mark.slow
@pytest.mark.property
@pytest.mark.parametrize("database_kind", BOTH_DATABASES if FULL else ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_peers_statement_of_any_kind_is_taken_in_or_refused_whole(
    kind, make_installation, database_kind
):
    most = often(5, 15)
    take_in_anything(kind, make_installation, database_kind, settings(SHORT, max_examples=most))


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_postgresql_takes_in_or_refuses_the_kinds_that_fill_tables_too(
    make_installation, database_kind
):
    for name in ("list.line", "terms.proposed", "person.named"):
        take_in_anything(KINDS[name], make_installation, database_kind, SHORT)
