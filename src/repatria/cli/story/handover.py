"""How does everybody on the list of the story come over the line?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from repatria.cli.cast import ACTORS, INTERMEDIARY, NORTH, SOUTH, to_and_between
from repatria.cli.scripted import check_everybody, examine_one, first_who_counts, persons_sought
from repatria.cli.story.stage import Stage
from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.gate_checked import Means
from repatria.operations.crossing import (
    crossed_by_both_receipts,
    give_receipt,
    record_crossing,
    state_consent,
)
from repatria.operations.document_kinds import DocumentKind
from repatria.operations.families import notify_family
from repatria.operations.four_eyes import approve
from repatria.operations.manifests import (
    accept_manifest,
    accept_substitution,
    freeze_manifest,
    manifest_of,
    propose_substitution,
)
from repatria.operations.signed_documents import find_document
from repatria.terms import PartyCode, Role


class Handover(Stage):
    """From a frozen manifest to two receipts, and the families."""

    __slots__ = ()

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
