"""A small exchange, synthetic persons only, played until a chosen moment.

Three installations in one folder. It is played once in a whole run of tests, each
moment from a copy of the one before; a test works on a copy too.
"""

import shutil
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import pytest

from conftest import QUICK_KEYS, forget
from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.gate_checked import Means
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import open_list_file
from repatria.operations.access import grant_access, introduce_peer
from repatria.operations.agreement import accept_plan, accept_terms, plan_exchange, propose_terms
from repatria.operations.answers import Answer, answer_lines
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.comparison import compare_lists
from repatria.operations.crossing import (
    give_receipt,
    record_crossing,
    record_examination,
    state_consent,
)
from repatria.operations.families import notify_family, request_tracing
from repatria.operations.gate import check_at_gate
from repatria.operations.manifests import accept_manifest, freeze_manifest, manifest_of
from repatria.operations.packages import send_package
from repatria.operations.publicity import record_claims
from repatria.operations.receiving import take_in_package
from repatria.planning import Terms, Total, standard_priorities
from repatria.record import Bound, Claim, Measure
from repatria.terms import (
    ActorId,
    Category,
    ClaimId,
    LineId,
    PartialDate,
    PartyCode,
    PersonName,
    Role,
)
from repatria.wiring.installation import Installation
from shared import made_once

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
NORTH, SOUTH = PartyCode("north"), PartyCode("south")
MOMENTS = ("proposed", "planned", "frozen", "ready", "crossed", "finished")
_HEADER = "No;Name;Date of birth;Sex;Category;Date of capture"
_OF_SOUTH = (
    "1;Aram Sintetyan;1990;male;soldier;2020-11-10",
    "2;Vardan Hnarovi;1985-03-02;male;civilian;2021-05-20",
    "3;Lusine Otarian;1970;female;civilian;2022-09-13",
    "4;Aram Sintetian;1990;male;soldier;2020-11-10",
)
_OF_NORTH = (
    "1;Elnur Qondarmazade;2001;male;soldier;2023-04-10",
    "2;Rauf Uydurmali;1999;male;soldier;2023-04-11",
)


class Exchange:
    """The three installations, a clock, and the ids that tests ask for."""

    def __init__(self, folder, empty_database):
        self.folder = folder
        self._minutes = 0
        self.at = {}
        for party in ("north", "south", "intermediary"):
            (folder / party).mkdir()
            shutil.copyfile(empty_database, folder / party / "ledger.sqlite3")
            self.at[party] = Installation.create(
                folder / party,
                party=PartyCode(party),
                title=party.capitalize(),
                tables_ready=True,
                **QUICK_KEYS,
            )
        self.terms_id = "t1"
        self.plan = None
        self.manifest = None
        self.request = None
        self.bulletin = None

    def clock(self):
        """A minute later each time it is read."""
        self._minutes += 1
        return MORNING + timedelta(minutes=self._minutes - 1)

    def desk(self, party, role):
        """A desk in an installation that is open."""
        return self.at[party].desk(f"{party}-{role}", role, clock=self.clock)

    def do(self, party, role, operation, /, *args, **kwargs):
        """What an operation gives back, done in an installation."""
        with self.at[party].open():
            return operation(self.desk(party, role), *args, **kwargs)

    def pass_on(self, sender, *receivers):
        """Carry a package from one installation to others."""
        for receiver in receivers or [p for p in self.at if p != sender]:
            made = self.do(sender, Role.REGISTRAR, send_package, to=PartyCode(receiver))
            self.do(receiver, Role.REGISTRAR, take_in_package, made.raw)

    def copied_to(self, folder):
        """The same exchange in another folder, to go on from there."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        self.folder = folder
        self.at = {party: Installation.at(folder / party) for party in self.at}
        return self

    def meet(self):
        """Everybody is introduced to everybody."""
        for here in self.at.values():
            for there in self.at.values():
                if here is not there:
                    self.do(
                        here.party,
                        Role.REGISTRAR,
                        introduce_peer,
                        party=there.party,
                        title=there.title,
                        keyring=there.keyring,
                    )
        return self

    def play(self, moment):
        """What happens between the moment before and this one."""
        steps = {
            "proposed": (self._lists, self._claims, self._terms),
            "planned": (self._plan,),
            "frozen": (self._freeze,),
            "ready": (self._ready,),
            "crossed": (self._cross,),
            "finished": (self._receipts, self._bulletin),
        }
        for step in steps[moment]:
            step()
        return self

    def closed(self):
        """The same, its databases whole files that nobody has open."""
        for here in self.at.values():
            here.close()
            forget(here.alias)
        return self

    def _submit(self, party, other, population, rows):
        path = self.folder / f"{party}-{population}.csv"
        path.write_text("\n".join((_HEADER, *rows)) + "\n", "utf-8")
        file = open_list_file(path)
        return self.do(
            party,
            Role.REGISTRAR,
            _submit_file,
            file,
            title=f"{party} {population}",
            population=population,
            to=other,
        )

    def _lists(self):
        lists = {
            NORTH: self._submit(NORTH, SOUTH, Population.CLAIMED, _OF_NORTH),
            SOUTH: self._submit(SOUTH, NORTH, Population.CLAIMED, _OF_SOUTH),
        }
        self.lists = dict(lists)
        self._submit(NORTH, SOUTH, Population.HELD, _OF_SOUTH[:3])
        self._submit(SOUTH, NORTH, Population.HELD, _OF_NORTH)
        self.pass_on("north")
        self.pass_on("south")
        self._answer(NORTH, lists[SOUTH])
        self._answer(SOUTH, lists[NORTH])
        self.pass_on("north")
        self.pass_on("south")
        self.do(
            "intermediary",
            Role.INTERMEDIARY,
            compare_lists,
            left=lists[SOUTH],
            right=lists[SOUTH],
        )
        self.request = self.do(
            "intermediary",
            Role.INTERMEDIARY,
            request_tracing,
            family="leyla",
            sought=PersonName(text="Vardan Hnarovi"),
            birth=PartialDate(year=1985),
            relation="brother",
        )

    def _answer(self, party, list_id):
        from repatria.store.queries.lists import all_lines
        from repatria.store.queries.persons import all_persons
        from repatria.terms import ActorId, Viewer

        with self.at[party].open():
            viewer = Viewer(actor=ActorId("a"), role=Role.REGISTRAR, party=party)
            persons = {p.name: p.subject for p in all_persons(viewer)}
            lines = list(all_lines(viewer, list_id))
            answers = [
                Answer(line=LineId(line.subject), code=AnswerCode.HELD, person=persons[line.name])
                for line in lines
                if line.name in persons
            ]
            answers += [
                Answer(
                    line=LineId(line.subject),
                    code=AnswerCode.DUPLICATE,
                    duplicate_of=LineId(lines[0].subject),
                )
                for line in lines
                if line.name not in persons
            ]
            answer_lines(self.desk(party, Role.REGISTRAR), answers)

    def _claims(self):
        said = PartialDate(year=2030, month=2, day=1)
        claims = [
            _claim("c1", "Office of South", said, Measure.HELD, 3, holder="north"),
            _claim("c2", "News agency A", said, Measure.HELD, 4, holder="north"),
            _claim(
                "c3",
                "Lawyer in South",
                PartialDate(year=2029, month=9),
                Measure.UNACKNOWLEDGED,
                2,
                holder="north",
                bound=Bound.ABOUT,
            ),
            _claim(
                "c4",
                "Office of South",
                said,
                Measure.HELD,
                1,
                holder="north",
                category="soldiers",
                categories=frozenset({Category.SOLDIER}),
            ),
        ]
        self.do("intermediary", Role.INTERMEDIARY, record_claims, claims)

    def _terms(self):
        terms = Terms(
            id=self.terms_id,
            version=1,
            as_of=date(2030, 3, 1),
            rules=(
                Total(
                    id="r1",
                    proposer=SOUTH,
                    source="meeting of 1 March",
                    from_party=NORTH,
                    minimum=2,
                    maximum=2,
                ),
                Total(
                    id="r2",
                    proposer=NORTH,
                    source="meeting of 1 March",
                    from_party=SOUTH,
                    minimum=1,
                    maximum=1,
                ),
            ),
            priorities=standard_priorities(),
            nonce="drawn together",
        )
        self.do("intermediary", Role.INTERMEDIARY, propose_terms, terms, parties=(NORTH, SOUTH))
        self.pass_on("intermediary")

    def _plan(self):
        for party in ("north", "south"):
            self.do(party, Role.NEGOTIATOR, accept_terms, terms_id=self.terms_id)
            self.pass_on(party)
        self.plan = self.do(
            "intermediary",
            Role.INTERMEDIARY,
            plan_exchange,
            terms_id=self.terms_id,
            parties=(NORTH, SOUTH),
        ).plan_id
        self.pass_on("intermediary")

    def _freeze(self):
        for party in ("north", "south"):
            self.do(party, Role.NEGOTIATOR, accept_plan, plan_id=self.plan)
            self.pass_on(party)
        self.manifest = self.do(
            "intermediary",
            Role.INTERMEDIARY,
            freeze_manifest,
            plan_id=self.plan,
            crossing_point="The bridge",
        )
        self.pass_on("intermediary")

    def lines(self):
        """The lines of the manifest."""
        with self.at["intermediary"].open():
            return manifest_of(self.at["intermediary"].log(), self.manifest).lines

    def _ready(self):
        for party in ("north", "south"):
            self.do(party, Role.REGISTRAR, accept_manifest, manifest_id=self.manifest)
            self.pass_on(party)
        for line in self.lines():
            for role, means in ((Role.HANDOVER_OFFICER, Means.CODE), (Role.MEDICAL, Means.PHOTO)):
                self.do(
                    "intermediary",
                    role,
                    check_at_gate,
                    manifest_id=self.manifest,
                    person=line.person,
                    means=means,
                    matches=True,
                )
            self.do(
                "intermediary",
                Role.MEDICAL,
                record_examination,
                manifest_id=self.manifest,
                person=line.person,
                fit_to_travel=True,
                mode="bus",
                valid_until=MORNING + timedelta(days=2000),
                finding="nothing against it",
            )
            for occasion in Occasion:
                self.do(
                    "intermediary",
                    Role.INTERMEDIARY,
                    state_consent,
                    manifest_id=self.manifest,
                    person=line.person,
                    willing=True,
                    occasion=occasion,
                )
        self.pass_on("intermediary")

    def _cross(self):
        for line in self.lines():
            for event in (CrossingEvent.DEPARTED, CrossingEvent.CROSSED):
                self.do(
                    "intermediary",
                    Role.INTERMEDIARY,
                    record_crossing,
                    manifest_id=self.manifest,
                    person=line.person,
                    event=event,
                )
        self.pass_on("intermediary")

    def _receipts(self):
        for party in ("north", "south"):
            self.do(
                party,
                Role.REGISTRAR,
                give_receipt,
                manifest_id=self.manifest,
                handed_over=[x.person for x in self.lines() if x.giver == party],
                received=[x.person for x in self.lines() if x.receiver == party],
            )
            self.pass_on(party)
        self.do(
            "intermediary",
            Role.INTERMEDIARY,
            notify_family,
            request=self.request,
            person=self.lines()[0].person,
            what="He crossed and was received.",
        )

    def _bulletin(self):
        published = self.do(
            "intermediary",
            Role.INTERMEDIARY,
            publish_bulletin,
            manifest_id=self.manifest,
            event="exchange-2030-03-01",
            populations={NORTH: "south", SOUTH: "north"},
            issued_by="Intermediary",
            health_speaker="Intermediary's doctors",
            languages=("en", "ar"),
            labels={},
        )
        self.bulletin = published[0].bulletin.id
        for each in published:
            name = f"bulletin-{each.language}.html"
            (self.at["intermediary"].folder / "published" / name).write_text(each.html, "utf-8")


def _submit_file(desk, file, **kwargs):
    from repatria.operations.submission import submit_list

    return submit_list(desk, list(file.rows()), file.description, **kwargs).list_id


def _claim(claim_id, speaker, said_on, measure, value, **kwargs):
    return Claim(
        id=ClaimId(claim_id),
        speaker=speaker,
        via=f"statement of {said_on}",
        said_on=said_on,
        measure=measure,
        population="south",
        value=value,
        **kwargs,
    )


CAST = {
    "intermediary": (
        ("ines", Role.INTERMEDIARY, "intermediary"),
        ("imran", Role.MEDICAL, "intermediary"),
        ("nadia", Role.REGISTRAR, "north"),
        ("samir", Role.REGISTRAR, "south"),
        ("tomas", Role.MONITOR, None),
        ("leyla", Role.FAMILY, None),
        ("mallory", Role.OUTSIDER, None),
    ),
    "north": (
        ("nadia", Role.REGISTRAR, "north"),
        ("nikolai", Role.NEGOTIATOR, "north"),
        ("noor", Role.HANDOVER_OFFICER, "north"),
        ("samir", Role.REGISTRAR, "south"),
        ("mallory", Role.OUTSIDER, None),
    ),
}


class Pages:
    """The pages of one installation at one moment, as its accounts see them."""

    def __init__(self, exchange, installation):
        self.exchange = exchange
        self.installation = installation

    def as_(self, name):
        """A browser in which somebody is logged in; nobody for None."""
        from django.contrib.auth.models import User
        from django.test import Client

        client = Client()
        if name is not None:
            client.force_login(User.objects.get(username=name))
        return client

    def at(self, name, *args):
        """The address of a page; ids are given without their kind."""
        from django.urls import reverse

        return reverse(name, args=[str(arg).rpartition(":")[2] for arg in args])

    def said(self, kind):
        """How many statements of a kind this installation itself has made."""
        log = self.installation.log()
        return sum(entry.origin == self.installation.party for entry in log.of_kind(kind))

    def lines(self, giver=None):
        """The lines of the manifest, of one giver or of all."""
        lines = manifest_of(self.installation.log(), self.exchange.manifest).lines
        return [line for line in lines if giver in (None, line.giver)]


@pytest.fixture(scope="session")
def played(tmp_path_factory, empty_sqlite):
    """A function that gives the exchange as it stands at a moment; read only."""
    known = {}

    def without_accounts(moment):
        def make(folder):
            number = MOMENTS.index(moment)
            if number == 0:
                exchange = Exchange(folder, empty_sqlite).meet()
            else:
                exchange = without_accounts(MOMENTS[number - 1]).copied_to(folder)
            return exchange.play(moment).closed()

        return made_once(tmp_path_factory, f"small-{moment}", make)

    def at(moment):
        if moment not in known:
            known[moment] = made_once(
                tmp_path_factory,
                f"small-{moment}-accounts",
                lambda folder: _with_accounts(without_accounts(moment).copied_to(folder)),
            )
        return known[moment]

    return at


@pytest.fixture
def open_pages(played, tmp_path, monkeypatch):
    """A function that opens the pages of a copy: (moment, party)."""
    with ExitStack() as stack:

        def pages_at(moment, party="intermediary"):
            exchange = played(moment)
            shutil.copytree(exchange.folder / party, tmp_path / party)
            monkeypatch.setenv("REPATRIA_HOME", str(tmp_path / party))
            installation = Installation.at(tmp_path / party)
            stack.callback(forget_installation, installation.alias)
            stack.enter_context(installation.open())
            return Pages(exchange, installation)

        yield pages_at


def _with_accounts(exchange):
    from django.contrib.auth.models import User

    for party, cast in CAST.items():
        with exchange.at[party].open():
            for name, role, of in cast:
                User.objects.create_user(name)
                grant_access(
                    exchange.desk(party, Role.REGISTRAR),
                    account=ActorId(name),
                    role=role,
                    party=PartyCode(of) if of else None,
                )
    return exchange.closed()


def forget_installation(alias):
    from django.db import connections

    connections[alias].close()
    del connections[alias]
    del connections.databases[alias]
