"""A party's installation in memory: the same operations, a scripted clock, seeded bytes.

`PartySimulator` is one installation, `Courier` the stick that goes between them,
`Meeting` the three of them with what every exchange needs. Nothing here decides
anything; it calls operations in the order a story asks for.
"""

import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.gate_checked import Means
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.package import opened
from repatria.lists.reading import open_list_file
from repatria.operations.access import introduce_peer
from repatria.operations.agreement import accept_plan, accept_terms, plan_exchange, propose_terms
from repatria.operations.answers import answer_lines
from repatria.operations.comparison import compare_lists, decide_match
from repatria.operations.crossing import (
    give_receipt,
    record_crossing,
    record_examination,
    state_consent,
)
from repatria.operations.desk import Desk
from repatria.operations.gate import check_at_gate
from repatria.operations.manifests import accept_manifest, freeze_manifest, manifest_of
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.submission import submit_list
from repatria.operations.suggestions import suggest_answers
from repatria.planning import Terms, Total, standard_priorities
from repatria.terms import ActorId, PartyCode, Role
from statements import counted_bytes, keyring_of_party, list_log, node_of

NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))
TERMS_ID = "spring"


class ScriptedClock:
    """A clock that goes on by a minute whenever it is read, and can be turned on."""

    def __init__(self, at=datetime(2030, 3, 1, 8, tzinfo=UTC)):
        self.at = at

    def __call__(self):
        """The present moment."""
        self.at += timedelta(minutes=1)
        return self.at

    def turn_to(self, at):
        """Go on to a later moment."""
        self.at = max(self.at, at)


class PartySimulator:
    """An installation of one party: in memory, unless it is given a log of its own."""

    def __init__(self, party, clock=None, *, log=None, node=None, keyring=None):
        self.party = PartyCode(party)
        self.log = log or list_log(self.party)
        self.node = node or node_of(self.party)
        self.keyring = keyring or keyring_of_party(self.party)
        self.clock = clock or ScriptedClock()
        self._entropy = counted_bytes(f"desks of {party}")

    def desk(self, role=Role.REGISTRAR, actor=None):
        """A desk at which somebody with a role works."""
        return Desk(
            log=self.log,
            actor=ActorId(actor or f"{self.party}-{role}"),
            role=role,
            clock=self.clock,
            entropy=self._entropy,
            node=self.node,
        )

    @property
    def head(self):
        """How many statements the party has made, and their root."""
        checkpoint = self.log.head(self.party)
        return checkpoint.size, checkpoint.root

    def meet(self, other):
        """Note the other's key, read aloud at a meeting."""
        introduce_peer(
            self.desk(),
            party=other.party,
            title=other.party.capitalize(),
            keyring=other.keyring,
        )


@dataclass(frozen=True)
class Carried:
    """A package that was carried."""

    sender: PartyCode
    recipient: PartyCode
    raw: bytes
    identity: object

    @property
    def content(self):
        """What its recipient can read."""
        plain = opened(self.raw, self.identity)
        return zlib.decompressobj().decompress(plain[plain.index(b"\n") + 1 + 32 + 64 :])


class Courier:
    """Carries package files between installations and keeps a copy of each."""

    def __init__(self):
        self.carried = []

    def carry(self, sender, recipient):
        """One package from one to the other; what it brought."""
        made = send_package(sender.desk(), to=recipient.party)
        self.carried.append(
            Carried(sender.party, recipient.party, made.raw, recipient.node.identity)
        )
        return take_in_package(recipient.desk(), made.raw)

    def carry_all(self, *parties):
        """One package from each to each."""
        for sender in parties:
            for recipient in parties:
                if sender is not recipient:
                    self.carry(sender, recipient)

    def read_by(self, *parties):
        """The content of every package that came into these hands."""
        return b"\n".join(c.content for c in self.carried if c.recipient in parties)


def hand_in(simulator, path, text, *, title, population, to, dry_run=False):
    """Write a list file and hand it in; what that did."""
    path.write_text(text, "utf-8")
    file = open_list_file(path)
    return submit_list(
        simulator.desk(),
        tuple(file.rows()),
        file.description,
        title=title,
        population=population,
        to=to,
        dry_run=dry_run,
    )


def terms_for(north=None, south=None, *, terms_id=TERMS_ID, version=1, rules=(), four_eyes=()):
    """Terms that ask for so many from each; None for whoever can go."""
    totals = [
        Total(
            id=f"{party}-gives",
            proposer=party,
            source="agreement of the test",
            from_party=party,
            minimum=count,
            maximum=count,
        )
        for party, count in ((NORTH, north), (SOUTH, south))
        if count is not None
    ]
    return Terms(
        id=terms_id,
        version=version,
        as_of=date(2030, 3, 1),
        rules=(*totals, *rules),
        priorities=standard_priorities(),
        nonce="drawn by both",
        four_eyes=tuple(four_eyes),
    )


HELD_BY_NORTH = """\
No;Surname;Given name;Father name;Date of birth;Category;Captured on;Place of detention;Health
1;Modelyan;Aram;Karo;05.02.1991;soldier;11.10.2028;PLANTED-cell-one;good
2;Testyan;Levon;Vahe;17.07.1993;soldier;03.11.2028;PLANTED-cell-two;good
3;Samplov;Davit;Aram;23.09.1988;civilian;20.12.2028;PLANTED-cell-three;good
4;Trialyan;Gagik;Hayk;30.01.1995;soldier;14.06.2029;PLANTED-cell-four;good
"""
CLAIMED_BY_SOUTH = """\
No;Surname;Given name;Father name;Date of birth;Captured on
1;Modelyan;Aram;Karo;05.02.1991;11.10.2028
2;Testyan;Levon;Vahe;17.07.1993;03.11.2028
3;Samplov;Davit;Aram;23.09.1988;20.12.2028
4;Trialyan;Gagik;Hayk;30.01.1995;14.06.2029
"""
HELD_BY_SOUTH = """\
No;Surname;Given name;Father name;Date of birth;Category;Captured on;Place of detention;Health
1;Sınaqov;Ramin;Tural;09.04.1996;soldier;02.05.2029;PLANTED-cell-nine;good
"""
CLAIMED_BY_NORTH = """\
No;Surname;Given name;Father name;Date of birth;Captured on
1;Sınaqov;Ramin;Tural;09.04.1996;02.05.2029
"""


@dataclass
class Meeting:
    """Two parties and the intermediary, and how far they have come.

    Attributes:
        folder: where list files are written.
        intermediary: its installation, when it is a real one.
    """

    folder: object
    intermediary: PartySimulator | None = None
    clock: ScriptedClock = field(default_factory=ScriptedClock)
    lists: dict = field(default_factory=dict)
    plan: object = None
    manifest_id: str | None = None

    def __post_init__(self):
        self.north, self.south = (PartySimulator(party, self.clock) for party in (NORTH, SOUTH))
        if self.intermediary is None:
            self.intermediary = PartySimulator(INTERMEDIARY, self.clock)
        self.parties = (self.north, self.south, self.intermediary)
        self.courier = Courier()

    def introduce(self):
        """Everybody notes everybody's key."""
        for one in self.parties:
            for other in self.parties:
                if one is not other:
                    one.meet(other)
        return self

    def carry_all(self):
        """Packages from each to each."""
        self.courier.carry_all(*self.parties)

    def exchange_lists(self, lists: Mapping[str, str] | None = None):
        """Both parties hand in what they hold and what they claim."""
        texts = {
            "north holds": HELD_BY_NORTH,
            "south claims": CLAIMED_BY_SOUTH,
            "south holds": HELD_BY_SOUTH,
            "north claims": CLAIMED_BY_NORTH,
            **(lists or {}),
        }
        for title, text in texts.items():
            author, what = title.split()
            here = self.north if author == "north" else self.south
            other = SOUTH if author == "north" else NORTH
            held = what == "holds"
            self.lists[title] = hand_in(
                here,
                self.folder / f"{title}.csv",
                text,
                title=title,
                population=Population.HELD if held else Population.CLAIMED,
                to=INTERMEDIARY if held else other,
            ).list_id
        self.carry_all()
        return self

    def answer_everything(self):
        """Names are compared, a person says "same" of every likely pair, every line is answered."""
        for holder, claims, held in (
            (self.north, "south claims", "north holds"),
            (self.south, "north claims", "south holds"),
        ):
            desk = holder.desk()
            compare_lists(desk, left=self.lists[claims], right=self.lists[held])
            decide_all(desk)
            answer_lines(desk, suggest_answers(desk, self.lists[claims]))
        self.carry_all()
        return self

    def agree(self, terms=None):
        """Terms are proposed by the intermediary and accepted by both parties."""
        terms = terms or terms_for()
        propose_terms(self.intermediary.desk(Role.NEGOTIATOR), terms, parties=(NORTH, SOUTH))
        self.carry_all()
        for party in (self.north, self.south):
            accept_terms(party.desk(Role.NEGOTIATOR), terms_id=terms.id)
        self.carry_all()
        return self

    def plan_it(self, terms_id=TERMS_ID):
        """A plan is solved and accepted by both."""
        desk = self.intermediary.desk(Role.NEGOTIATOR)
        self.plan = plan_exchange(desk, terms_id=terms_id, parties=(NORTH, SOUTH))
        self.carry_all()
        for party in (self.north, self.south):
            accept_plan(party.desk(Role.NEGOTIATOR), plan_id=self.plan.plan_id)
        self.carry_all()
        return self

    def freeze(self):
        """The manifest is frozen and signed by both."""
        desk = self.intermediary.desk(Role.HANDOVER_OFFICER)
        self.manifest_id = freeze_manifest(
            desk, plan_id=self.plan.plan_id, crossing_point="the bridge"
        )
        self.carry_all()
        for party in (self.north, self.south):
            accept_manifest(party.desk(Role.NEGOTIATOR), manifest_id=self.manifest_id)
        self.carry_all()
        return self

    @property
    def lines(self):
        """The manifest's lines as the intermediary knows them now."""
        return manifest_of(self.intermediary.log, self.manifest_id).lines

    def persons_of(self, giver):
        """Who goes from a party, by line."""
        return [line.person for line in self.lines if line.giver == giver]

    def examine(self, person, *, fit=True, finding="satisfactory", valid_until=None):
        """The intermediary's doctor examines one person."""
        record_examination(
            self.intermediary.desk(Role.MEDICAL),
            manifest_id=self.manifest_id,
            person=person,
            fit_to_travel=fit,
            mode="bus",
            valid_until=valid_until or self.clock.at + timedelta(days=3),
            finding=finding,
        )

    def ask(self, person, *, willing=True, occasion=Occasion.INTERVIEW, may_be_named=False):
        """The intermediary asks one person, alone."""
        state_consent(
            self.intermediary.desk(Role.INTERMEDIARY),
            manifest_id=self.manifest_id,
            person=person,
            willing=willing,
            occasion=occasion,
            may_be_named=may_be_named,
        )

    def check(self, person, *, matches=True, means=(Means.CODE, Means.PHOTO), list_size=0):
        """Two of the intermediary's officials look at who stands at the gate."""
        for number, each in enumerate(means, start=1):
            check_at_gate(
                self.intermediary.desk(Role.HANDOVER_OFFICER, f"gate-{number}"),
                manifest_id=self.manifest_id,
                person=person,
                means=each,
                matches=matches,
                list_size=list_size,
            )

    def at_the_line(self, person, event, *, checked=True):
        """One event at the line; who departs was checked at the gate before."""
        if event is CrossingEvent.DEPARTED and checked and self._is_listed(person):
            self.check(person)
        record_crossing(
            self.intermediary.desk(Role.INTERMEDIARY),
            manifest_id=self.manifest_id,
            person=person,
            event=event,
        )

    def _is_listed(self, person):
        return any(line.person == person for line in self.lines)

    def clear_everybody(self):
        """Everybody is examined and fit, asked and willing."""
        for line in self.lines:
            self.examine(line.person)
            self.ask(line.person)
        self.carry_all()
        return self

    def cross(self, persons: Iterable[str] | None = None):
        """These persons, or everybody, depart, are asked again, and cross."""
        for person in persons if persons is not None else [line.person for line in self.lines]:
            self.at_the_line(person, CrossingEvent.DEPARTED)
            self.ask(person, occasion=Occasion.AT_THE_LINE)
            self.at_the_line(person, CrossingEvent.CROSSED)
        self.carry_all()
        return self

    def sign(self, party, persons: Collection[str] | None = None):
        """A party's receipt for those of its lines who are among the persons."""
        here = self.north if party == NORTH else self.south
        lines = manifest_of(here.log, self.manifest_id).lines
        chosen = {line.person for line in lines} if persons is None else set(persons)
        give_receipt(
            here.desk(Role.HANDOVER_OFFICER),
            manifest_id=self.manifest_id,
            handed_over=[x.person for x in lines if x.giver == party and x.person in chosen],
            received=[x.person for x in lines if x.receiver == party and x.person in chosen],
        )
        self.carry_all()
        return self

    def until_frozen(self, terms=None, lists=None):
        """Everything up to a signed manifest."""
        met = self.introduce().exchange_lists(lists).answer_everything()
        return met.agree(terms).plan_it().freeze()


def decide_all(desk, *, same_above_millibits=15_000):
    """Decide every open pair, "same" of whatever agrees strongly, and say how many there were.

    A person looks at the weight, not at the probability: a line that stands twice on
    a list halves the probability of each and is no less the same person.
    """
    decided = {e.statement.about[0] for e in desk.log.of_kind("match.decided")}
    count = 0
    for entry in desk.log.of_kind("match.proposed"):
        if entry.statement.about[0] in decided:
            continue
        pair = entry.statement.content
        strong = pair["weight_millibits"] > same_above_millibits
        decide_match(
            desk,
            left=pair["left"],
            right=pair["right"],
            decision=MatchDecision.SAME if strong else MatchDecision.CANNOT_TELL,
            reason="looked at by two registrars",
        )
        count += 1
    return count
