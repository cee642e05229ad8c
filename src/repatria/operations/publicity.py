"""What others said in public is recorded; what we count rests on both receipts.

A claim keeps its speaker. What is made of both is put out by `bulletins`.
"""

from collections.abc import Iterable, Mapping, Sequence

from repatria.handover import Manifest, compare_receipts, fold_crossing
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.claim_made import ClaimMade
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.log import Log, Receipt
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.payload import from_json, to_json
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.desk import Desk
from repatria.operations.manifests import manifest_of
from repatria.record import (
    Check,
    Claim,
    ClaimBook,
    ConfirmedFigures,
    DerivedFigure,
    ReceiptFigure,
    ReceiptSide,
    SignedReceipt,
    derived_remainders,
)
from repatria.record.comparing import findings_and_checks
from repatria.record.references import objections_to_circles
from repatria.terms import (
    LineId,
    ManifestId,
    Objection,
    PartialDate,
    PartyCode,
    Refusal,
    Role,
)
from repatria.terms.parties import PUBLIC
from repatria.terms.times import day_of


def record_claims(desk: Desk, claims: Sequence[Claim]) -> Receipt:
    """The receipt of public claims; one that we have recorded already is passed over.

    What a peer recorded under the same id neither stands in the way nor spares us our own
    record: the peer can take its own back.

    Raises:
        Refusal: `claim-differs` for an id of ours with another content; `claim-id-used-twice`;
            what `objections_to_circles` says of references that lead back to themselves.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        known = {claim.id: claim for claim in claims_known(desk.log)}
        ours = {claim.id: claim for claim in known.values() if claim.ours}
        Refusal.unless_empty(
            Objection(code="claim-differs", rule="a claim is never changed", about=(claim.id,))
            for claim in claims
            if claim.id in ours and ours[claim.id] != claim
        )
        ClaimBook.of(claims)
        Refusal.unless_empty(objections_to_circles(known.values(), claims))
        return desk.log.append(
            [statement_of_claim(desk, claim) for claim in claims if claim.id not in ours]
        )


def statement_of_claim(desk: Desk, claim: Claim, *, supersedes: tuple[str, ...] = ()) -> Statement:
    """A public claim as this desk states it, not yet written."""
    return desk.state(
        ClaimMade(
            claim_id=claim.id,
            speaker=claim.speaker,
            via=claim.via,
            said_on=claim.said_on,
            document=to_json(claim),
        ),
        about=(f"claim:{claim.id}",),
        audience={desk.party, PUBLIC},
        ground=Ground(basis="publication", source=claim.via),
        as_of=claim.as_of,
        supersedes=supersedes,
    )


def claims_known(log: Log) -> tuple[Claim, ...]:
    """Every claim we hold, by id, with who recorded it; our own record stands before a peer's."""
    found: dict[str, Claim] = {}
    # A peer must not be able to replace what our own bulletins rest on.
    entries = sorted(log.of_kind("claim.made"), key=lambda e: (e.origin != log.party, e))
    gone = taken_back(entries)
    for entry in (e for e in entries if e.ref not in gone):
        made = payload_of(entry, ClaimMade)
        if made.claim_id not in found:
            claim = from_json(Claim, made.document, place=f"{entry.ref} claim")
            found[made.claim_id] = claim.recorded(entry.origin, reader=log.party)
    return tuple(found[claim_id] for claim_id in sorted(found))


def check_claims(log: Log) -> tuple[Check, ...]:
    """Every comparison the recorded claims allow, agreeing or not."""
    return findings_and_checks(claims_known(log))


def receipt_figures(
    log: Log, manifest: Manifest, *, event: str, populations: Mapping[PartyCode, str]
) -> ConfirmedFigures:
    """What the receipts of a manifest say, one direction for each giver.

    Args:
        event: key under which claims count this handover.
        populations: giver -> key of whose persons it held.
    """
    receivers = {line.giver: line.receiver for line in manifest.lines}
    entries = in_order(log.about(manifest.manifest_id))
    unsound = {*compare_receipts(manifest, entries).wrong_digest, *taken_back(entries)}
    receipts = [
        (entry, payload_of(entry, ReceiptGiven))
        for entry in entries
        if entry.statement.kind == "receipt.given" and entry.ref not in unsound
    ]
    return ConfirmedFigures(
        directions=tuple(
            ReceiptFigure(
                event=event,
                population=populations[giver],
                holder=giver,
                to_party=receiver,
                on=_day_of(log, manifest, giver),
                receipts=tuple(_signed(receipts, manifest, giver)),
            )
            for giver, receiver in sorted(receivers.items())
        )
    )


def _signed(
    receipts: Iterable[tuple[Entry, ReceiptGiven]], manifest: Manifest, giver: PartyCode
) -> Iterable[SignedReceipt]:
    # A person stands once on a manifest, so his id names his line.
    going = frozenset(line.person for line in manifest.lines if line.giver == giver)
    for entry, receipt in receipts:
        own_side = entry.origin == giver
        named = receipt.handed_over if own_side else receipt.received
        yield SignedReceipt(
            ref=entry.ref,
            side=ReceiptSide.HANDED_OVER if own_side else ReceiptSide.RECEIVED,
            signed_by=entry.origin,
            lines=frozenset(LineId(person) for person in named if person in going),
        )


def _day_of(log: Log, manifest: Manifest, giver: PartyCode) -> PartialDate:
    """The day the last person of a direction crossed; the day of freezing if none did."""
    days = [
        day_of(state.crossed_at)
        for line in manifest.lines
        if line.giver == giver
        for state in [
            fold_crossing(line.person, log.about(line.person), manifest_id=manifest.manifest_id)
        ]
        if state.crossed_at is not None
    ]
    frozen = next(e for e in log.about(manifest.manifest_id) if e.ref == manifest.ref)
    return PartialDate.on(max(days, default=day_of(frozen.statement.recorded_at)))


def remaining(
    log: Log, manifest_id: ManifestId, *, event: str, populations: Mapping[PartyCode, str]
) -> tuple[DerivedFigure, ...]:
    """What remains of each speaker's count after the crossings both receipts confirm.

    Derived, and marked so: nobody counted it.
    """
    manifest = manifest_of(log, manifest_id)
    figures = receipt_figures(log, manifest, event=event, populations=populations)
    return derived_remainders(ClaimBook.of(claims_known(log)), figures)
