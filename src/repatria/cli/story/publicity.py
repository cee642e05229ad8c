"""What of the story is said in public, and handed out for anybody to check?"""

from datetime import UTC, datetime

from repatria.cli.cast import EVENT, INTERMEDIARY, LABELS, NORTH, POPULATIONS, SOUTH, TITLES
from repatria.cli.story.stage import Stage
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.comparison import compare_lists
from repatria.operations.crossing import crossed_by_both_receipts
from repatria.operations.document_check import check_document
from repatria.operations.document_kinds import kind_of_document
from repatria.operations.publicity import check_claims, record_claims, remaining
from repatria.record.claim_rows import claims_in
from repatria.terms import PartyCode, Role
from repatria.wiring.bulletins import write_bulletin
from repatria.wiring.documents import write_documents


class Publicity(Stage):
    """From public claims to the bulletin and the documents."""

    __slots__ = ()

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
