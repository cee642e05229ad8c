"""How does a whole exchange go, from the list files to the bulletin?

The story of the demo, step by step, on three installations: each step calls the
same operations as the pages do. The clock is the story's; everything else is
real. Nothing here knows what the result should be.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

from repatria.cli.cast import (
    ACTORS,
    EVENT,
    INTERMEDIARY,
    LABELS,
    LIST_FILES,
    NORTH,
    POPULATIONS,
    SOUTH,
    TERMS_ID,
    TITLES,
    StoryClock,
    directions,
    story_terms,
    to_and_between,
)
from repatria.cli.scripted import (
    check_everybody,
    examine_one,
    first_who_counts,
    persons_sought,
    review_pairs,
)
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.gate_checked import Means
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.lists.reading import open_list_file
from repatria.operations.access import introduce_peer
from repatria.operations.agreement import (
    accept_plan,
    accept_terms,
    plan_exchange,
    propose_terms,
)
from repatria.operations.answers import answer_lines
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.comparison import (
    compare_lists,
)
from repatria.operations.crossing import (
    crossed_by_both_receipts,
    give_receipt,
    record_crossing,
    state_consent,
)
from repatria.operations.desk import Desk
from repatria.operations.document_check import check_document
from repatria.operations.document_kinds import DocumentKind, kind_of_document
from repatria.operations.families import notify_family, request_tracing
from repatria.operations.four_eyes import approve
from repatria.operations.manifests import (
    accept_manifest,
    accept_substitution,
    freeze_manifest,
    manifest_of,
    propose_substitution,
)
from repatria.operations.packages import send_package
from repatria.operations.publicity import (
    check_claims,
    record_claims,
    remaining,
)
from repatria.operations.receiving import take_in_package
from repatria.operations.signed_documents import find_document
from repatria.operations.submission import submit_list
from repatria.operations.suggestions import suggest_answers
from repatria.record.claim_rows import claims_in
from repatria.terms import (
    ActorId,
    ListId,
    ManifestId,
    PartyCode,
    PersonName,
    PlanId,
    Role,
)
from repatria.wiring.bulletins import write_bulletin
from repatria.wiring.django_ready import write_empty_database
from repatria.wiring.documents import write_documents
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost
from repatria.wiring.root_keys import Roots

Tell = Callable[[str, str], None]


@dataclass(slots=True, kw_only=True)
class Story:
    """The story while it is told.

    Attributes:
        workspace: folder of the three installations and of the stick.
        examples: folder of the list files.
        passphrase: of every key, as this is a demonstration.
        tell: is given a sentence and the operation that did it.
        cost: of trying a passphrase.
    """

    workspace: Path
    examples: Path
    passphrase: str
    tell: Tell
    cost: Cost = field(default_factory=Cost)
    clock: StoryClock = field(default_factory=StoryClock)
    installations: dict[PartyCode, Installation] = field(default_factory=dict)
    lists: dict[str, ListId] = field(default_factory=dict)
    plan_id: PlanId | None = None
    frozen: ManifestId | None = None
    result: dict[str, Any] = field(default_factory=dict)
    packages: int = 0

    @contextmanager
    def at(self, party: PartyCode, role: Role = Role.REGISTRAR) -> Iterator[Desk]:
        """A desk in one installation."""
        installation = self.installations[party]
        with installation.open():
            yield installation.desk(ACTORS[party, role], role, clock=self.clock)

    # -- 1 ------------------------------------------------------------------
    def create_installations(self) -> None:
        """Three installations, each with its own database and key; peers are introduced."""
        empty = write_empty_database(self.workspace / "empty.sqlite3")
        for party in (NORTH, SOUTH, INTERMEDIARY):
            roots = Roots.generate(count=3, threshold=2)
            folder = self.workspace / party
            folder.mkdir(parents=True, exist_ok=True)
            copyfile(empty, folder / "ledger.sqlite3")
            self.installations[party] = Installation.create(
                folder,
                party=party,
                title=TITLES[party],
                passphrase=self.passphrase,
                roots=roots,
                tables_ready=True,
                clock=self.clock,
                cost=self.cost,
            )
            roots.write(
                self.workspace / "roots" / party,
                party=party,
                passphrase=self.passphrase,
                cost=self.cost,
            )
            self.tell(
                f"{TITLES[party]}: database, node key, and a keyring that 2 of 3 root keys signed",
                "Installation.create",
            )
        empty.unlink()
        for party, peer in directions():
            with self.at(party) as desk:
                introduce_peer(
                    desk,
                    party=peer,
                    title=TITLES[peer],
                    keyring=self.installations[peer].keyring,
                )
        self.tell("each read the others' key fingerprints aloud and noted them", "introduce_peer")
        with self.at(INTERMEDIARY) as desk:
            request_tracing(
                desk,
                family=ActorId("leyla"),
                sought=PersonName(text="Tural Göyçəbəyov"),
                relation="sister",
            )
        self.tell("a family asks the intermediary for a missing brother", "request_tracing")

    # -- 2 ------------------------------------------------------------------
    def import_lists(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Four list files, in the scripts and encodings their authors use."""
        for key, party, file, population, to, title in LIST_FILES:
            read = open_list_file(self.examples / file)
            with self.at(party) as desk:
                done = submit_list(
                    desk,
                    tuple(read.rows()),
                    read.description,
                    title=title,
                    population=population,
                    to=to,
                    progress=progress,
                )
            self.lists[key] = done.list_id
            shape = read.description
            how = shape.encoding or "workbook"
            self.tell(
                f"{party} reads {file} ({shape.format}, {how}, headings in "
                f"{shape.header_language}): {len(done.changes.new)} lines, "
                f"{len(done.changes.unreadable)} unreadable",
                "submit_list",
            )

    # -- 3 ------------------------------------------------------------------
    def carry_packages(self, *routes: tuple[PartyCode, PartyCode]) -> None:
        """Packages are made, carried as files in a folder, and taken in."""
        stick = self.workspace / "stick"
        stick.mkdir(exist_ok=True)
        for sender, recipient in routes or directions():
            with self.at(sender) as desk:
                made = send_package(desk, to=recipient)
            self.packages += 1
            name = f"{self.packages:03d}-{sender}-to-{recipient}.repatria"
            outbox = self.installations[sender].folder / "outbox" / name
            inbox = self.installations[recipient].folder / "inbox" / name
            for place in (outbox, stick / name, inbox):
                place.write_bytes(made.raw)
            with self.at(recipient) as desk:
                take_in_package(desk, inbox.read_bytes(), place=name)
        count = len(routes or directions())
        self.tell(
            f"{count} sealed and signed package(s) carried on a stick and taken in",
            "send_package, take_in_package",
        )

    def match_names(self) -> None:
        """Each holder compares the other's list with its own, and a person decides."""
        for holder, claims, held in (
            (NORTH, "s-claims", "n-holds"),
            (SOUTH, "n-claims", "s-holds"),
        ):
            with self.at(holder) as desk:
                compare_lists(desk, left=self.lists[claims], right=self.lists[held])
                compare_lists(desk, left=self.lists[claims], right=self.lists[claims])
                decided = review_pairs(desk)
            self.tell(
                f"{holder}: {sum(decided.values())} candidate pairs reviewed, "
                f"{decided[MatchDecision.SAME]} are the same person",
                "compare_lists, decide_match",
            )

    def answer_lists(self) -> None:
        """Every line gets an answer."""
        for holder, claims in ((NORTH, "s-claims"), (SOUTH, "n-claims")):
            with self.at(holder) as desk:
                answers = suggest_answers(desk, self.lists[claims])
                answer_lines(desk, answers)
            counts = {
                code: n
                for code in AnswerCode
                if (n := sum(answer.code is code for answer in answers))
            }
            said = ", ".join(f"{n} {code.replace('_', ' ')}" for code, n in counts.items())
            self.tell(f"{holder} answers all {len(answers)} lines: {said}", "answer_lines")

    # -- 4 ------------------------------------------------------------------
    def agree_on_terms(self) -> None:
        """Terms are proposed by the intermediary and accepted by both parties."""
        self.clock.turn_to(datetime(2023, 12, 7, 9, 0, tzinfo=UTC))
        with self.at(INTERMEDIARY, Role.NEGOTIATOR) as desk:
            propose_terms(desk, story_terms(), parties=(NORTH, SOUTH))
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))
        for party in (NORTH, SOUTH):
            with self.at(party, Role.NEGOTIATOR) as desk:
                accept_terms(desk, terms_id=TERMS_ID)
        self.carry_packages(*to_and_between())
        for rule in story_terms().rules:
            self.tell(f"term: {rule.in_words()}", "propose_terms, accept_terms")

    def plan(self) -> None:
        """A plan is solved under the terms, proven optimal, and accepted."""
        with self.at(INTERMEDIARY, Role.NEGOTIATOR) as desk:
            plan = plan_exchange(desk, terms_id=TERMS_ID, parties=(NORTH, SOUTH))
        self.plan_id = plan.plan_id
        proven = all(level["proven"] for level in plan.levels)
        self.tell(
            f"plan: {len(plan.selected)} persons go, {len(plan.left_out)} stay; "
            f"{len(plan.levels)} levels, {'all proven' if proven else 'not all proven'} optimal",
            "plan_exchange",
        )
        shown: set[str] = set()
        for reason in plan.reasons.values():
            if reason["code"] not in shown:
                shown.add(reason["code"])
                self.tell(f"why somebody stays ({reason['code']}): {reason['sentence']}", "why_not")
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))
        for party in (NORTH, SOUTH):
            with self.at(party, Role.NEGOTIATOR) as desk:
                accept_plan(desk, plan_id=plan.plan_id)
        self.carry_packages(*to_and_between())

    @property
    def manifest_id(self) -> ManifestId:
        """The manifest; only once it was frozen."""
        if self.frozen is None:
            raise ValueError("the manifest is not frozen yet")
        return self.frozen

    # -- 5 ------------------------------------------------------------------
    def freeze(self) -> None:
        """The manifest is frozen and signed by both parties."""
        self.clock.turn_to(datetime(2023, 12, 11, 9, 0, tzinfo=UTC))
        if self.plan_id is None:
            raise ValueError("there is no plan yet")
        with self.at(INTERMEDIARY, Role.HANDOVER_OFFICER) as desk:
            self.frozen = freeze_manifest(
                desk, plan_id=self.plan_id, crossing_point="Border post on the river road"
            )
            lines = len(manifest_of(desk.log, self.manifest_id).lines)
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))
        for party in (NORTH, SOUTH):
            digest = self.approve_manifest(party)
            with self.at(party, Role.NEGOTIATOR) as desk:
                accept_manifest(desk, manifest_id=self.manifest_id, shown=digest)
            self.tell(
                f"{party}: {ACTORS[party, Role.REGISTRAR]} approves the manifest, "
                f"{ACTORS[party, Role.NEGOTIATOR]} signs it; neither could do both",
                "approve, accept_manifest",
            )
        self.carry_packages(*to_and_between())
        self.tell(f"manifest of {lines} lines frozen and signed by both parties", "freeze_manifest")

    def approve_manifest(self, party: PartyCode) -> str:
        """The digest of the manifest that a first person of a party has read and approved."""
        with self.at(party) as desk:
            digest = find_document(desk.log, self.manifest_id, DocumentKind.MANIFEST).digest
            approve(desk, kind=DocumentKind.MANIFEST, subject=self.manifest_id, digest=digest)
        return digest

    def examine(self, *, valid_days: int = 4) -> None:
        """The intermediary examines everybody; whoever may not travel is substituted.

        Args:
            valid_days: how long a clearance holds.
        """
        until = datetime(2023, 12, 12, tzinfo=UTC) + timedelta(days=valid_days)
        self.clock.turn_to(datetime(2023, 12, 12, 8, 0, tzinfo=UTC))
        with self.at(INTERMEDIARY, Role.MEDICAL) as desk:
            lines = manifest_of(desk.log, self.manifest_id).lines
            unfit = first_who_counts(desk, lines, NORTH)
            for line in lines:
                examine_one(desk, self.manifest_id, line.person, until, fit=line.person != unfit)
        self.tell(
            f"{len(lines)} examined: {len(lines) - 1} fit to travel, 1 not",
            "record_examination",
        )
        with self.at(INTERMEDIARY, Role.HANDOVER_OFFICER) as desk:
            change = propose_substitution(
                desk,
                manifest_id=self.manifest_id,
                outgoing=unfit,
                reason="no_medical_clearance",
            )
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))
        for party in (NORTH, SOUTH):
            with self.at(party, Role.NEGOTIATOR) as desk:
                accept_substitution(
                    desk, manifest_id=self.manifest_id, substitution_id=change.substitution_id
                )
        self.carry_packages(*to_and_between())
        with self.at(INTERMEDIARY, Role.MEDICAL) as desk:
            examine_one(desk, self.manifest_id, change.incoming, until, fit=True)
        self.tell(
            "the next in turn takes his place by a change both parties sign; he is fit",
            "propose_substitution, accept_substitution",
        )

    def interview(self) -> None:
        """Each is asked, alone, whether he wants to go."""
        with self.at(INTERMEDIARY, Role.INTERMEDIARY) as desk:
            lines = manifest_of(desk.log, self.manifest_id).lines
            for line in lines:
                state_consent(
                    desk,
                    manifest_id=self.manifest_id,
                    person=line.person,
                    willing=True,
                    occasion=Occasion.INTERVIEW,
                )
        self.tell(f"{len(lines)} interviewed without witness, all want to go", "state_consent")

    def check_gate(self) -> None:
        """Two officials look at everybody who is to leave, each for himself."""
        for role, means in ((Role.HANDOVER_OFFICER, Means.CODE), (Role.MEDICAL, Means.QUESTION)):
            with self.at(INTERMEDIARY, role) as desk:
                check_everybody(desk, self.manifest_id, means)
        self.tell("two officials check who stands at the gate, each for himself", "check_at_gate")

    def cross(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Person by person over the line, each event written down by itself."""
        self.clock.turn_to(datetime(2023, 12, 13, 9, 0, tzinfo=UTC))
        self.check_gate()
        with self.at(INTERMEDIARY, Role.INTERMEDIARY) as desk:
            lines = manifest_of(desk.log, self.manifest_id).lines
            for done, line in enumerate(lines, start=1):
                record_crossing(
                    desk,
                    manifest_id=self.manifest_id,
                    person=line.person,
                    event=CrossingEvent.DEPARTED,
                    mode="bus",
                )
                state_consent(
                    desk,
                    manifest_id=self.manifest_id,
                    person=line.person,
                    willing=True,
                    occasion=Occasion.AT_THE_LINE,
                )
                record_crossing(
                    desk,
                    manifest_id=self.manifest_id,
                    person=line.person,
                    event=CrossingEvent.CROSSED,
                )
                if progress is not None:
                    progress(done, len(lines))
        self.tell(f"{len(lines)} asked again at the line and crossed", "record_crossing")
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))

    def give_receipts(self) -> None:
        """Both parties sign, line by line, for whom they handed over and received."""
        for party in (NORTH, SOUTH):
            with self.at(party, Role.HANDOVER_OFFICER) as desk:
                lines = manifest_of(desk.log, self.manifest_id).lines
                handed = [line.person for line in lines if line.giver == party]
                received = [line.person for line in lines if line.receiver == party]
                give_receipt(
                    desk,
                    manifest_id=self.manifest_id,
                    handed_over=handed,
                    received=received,
                    incident="no incident",
                )
            self.tell(
                f"{party} signs: {len(handed)} handed over, {len(received)} received",
                "give_receipt",
            )
        self.carry_packages(*to_and_between())

    def tell_families(self) -> None:
        """Families that asked are told before anything is published."""
        with self.at(INTERMEDIARY) as desk:
            asked = desk.log.of_kind("tracing.requested")
            _, confirmed = crossed_by_both_receipts(desk.log, self.manifest_id)
            told = 0
            for entry in asked:
                for person in persons_sought(
                    desk, entry.statement.content["sought"]["text"], confirmed
                ):
                    notify_family(
                        desk, request=entry.statement.about[0], person=person, what="crossed"
                    )
                    told += 1
        self.tell(f"{told} family told, before anybody else", "notify_family")

    # -- 6 ------------------------------------------------------------------
    def publish(self) -> None:
        """Public claims are recorded and compared; the bulletin says what receipts support."""
        self.clock.turn_to(datetime(2024, 1, 31, 9, 0, tzinfo=UTC))
        claims = claims_in((self.examples / "claims.csv").read_text("utf-8"))
        with self.at(INTERMEDIARY, Role.PRESS) as desk:
            record_claims(desk, claims)
            found = check_claims(desk.log)
            published = publish_bulletin(
                desk,
                manifest_id=self.manifest_id,
                event=EVENT,
                populations=POPULATIONS,
                issued_by=TITLES[INTERMEDIARY],
                health_speaker=TITLES[INTERMEDIARY],
                languages=("en", "ar"),
                labels=LABELS,
                says_released=True,
                printed=True,
            )
            left = remaining(desk.log, self.manifest_id, event=EVENT, populations=POPULATIONS)
        self.tell(f"{len(claims)} public claims recorded with their speakers", "record_claims")
        speakers = {str(claim.id): claim.speaker for claim in claims}
        for check in found:
            mark = "agrees" if check.holds else "DIFFERS"
            who = "; ".join(dict.fromkeys(speakers[claim] for claim in check.claims))
            self.tell(
                f"{check.kind.replace('_', ' ')}: {check.arithmetic} ({mark}), said by {who}",
                "check_claims",
            )
        folder = self.installations[INTERMEDIARY].folder / "published"
        for each in published:
            write_bulletin(folder, each)
        self.tell(
            f"signed bulletin in HTML, PDF, JSON and CSV, en and ar: {folder}", "publish_bulletin"
        )
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))
        with self.at(INTERMEDIARY) as desk:
            compare_lists(desk, left=self.lists["s-claims"], right=self.lists["n-holds"])
        self.tell(
            "the intermediary compares the lists for itself; its review is left for you",
            "compare_lists",
        )
        self.result["remaining_derived"] = left[0].value if left else None
        self.result["contradictions"] = [
            {
                "kind": str(check.kind),
                "claims": list(check.claims),
                "arithmetic": check.arithmetic,
                "holds": check.holds,
            }
            for check in found
            if not check.holds or str(check.severity) != "note"
        ]

    def hand_out_documents(self) -> None:
        """What the parties signed together, as files that check with the keyrings alone."""
        folder = self.workspace / "documents"
        with self.at(INTERMEDIARY) as desk:
            written = write_documents(desk.log, folder)
        rings = [self.installations[party].keyring for party in (NORTH, SOUTH)]
        signed: dict[str, int] = {}
        for path in written:
            checked = check_document(path.read_text("utf-8"), rings, place=path.name)
            if not checked.missing:
                kind = kind_of_document(checked.document)
                signed[kind] = signed.get(kind, 0) + 1
        self.result["documents"] = {"written": len(written), "signed": signed}
        self.tell(
            f"{sum(signed.values())} of {len(written)} documents check with the keyrings alone: "
            + ", ".join(f"{kind} {number}" for kind, number in signed.items()),
            "check_document",
        )
        self.tell(f"for anybody to check, with repatria document check: {folder}", "")

    def count(self) -> None:
        """What the intermediary's log says, for the summary."""
        with self.at(INTERMEDIARY) as desk:
            held: dict[PartyCode, set[str]] = {NORTH: set(), SOUTH: set()}
            for entry in desk.log.of_kind("line.answered"):
                answer = payload_of(entry, LineAnswered)
                if answer.code is AnswerCode.HELD and answer.person:
                    held[entry.origin].add(answer.person)
            _, confirmed = crossed_by_both_receipts(desk.log, self.manifest_id)
            receipts = {
                e.origin for e in desk.log.of_kind("receipt.given") if e.origin != INTERMEDIARY
            }
        self.result["held_before"] = [len(held[NORTH]), len(held[SOUTH])]
        self.result["crossed"] = len(confirmed)
        self.result["receipts"] = len(receipts)
