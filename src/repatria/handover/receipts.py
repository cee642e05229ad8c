"""What do the two receipts say together?

"Released" needs both: the giver says handed over and the receiver says
received, for the same manifest as it stood. A side that names fewer persons
has said nothing about the others.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from repatria.handover.crossing import CrossingState, CrossingStatus
from repatria.handover.manifest import Manifest
from repatria.ledger.kinds import payload_of, receipt_given
from repatria.ledger.kinds.manifest_frozen import ManifestLine
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import Objection, PartyCode, PersonId

_BOTH = "procedure: a receipt speaks of the signer's own side of a line"
_SEEN = "procedure: a receipt follows the crossing it confirms"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """A line only one side confirms; `said_by` is that side."""

    person: PersonId
    said_by: PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptComparison:
    """The receipts of all sides, line by line.

    Attributes:
        by_party: what each side's receipts say together; only for those that gave one.
        confirmed: giver says handed over and receiver says received.
        one_sided: by line number.
        missing_from: parties without a receipt for the manifest as it stands.
        wrong_digest: references of receipts for another state of the manifest.
    """

    by_party: Mapping[PartyCode, ReceiptGiven]
    confirmed: frozenset[PersonId]
    one_sided: tuple[OneSided, ...]
    missing_from: tuple[PartyCode, ...]
    wrong_digest: tuple[str, ...]


def compare_receipts(manifest: Manifest, receipts: Iterable[Entry]) -> ReceiptComparison:
    """What both sides support, what one alone says, and who has not spoken.

    A side may give receipts in parts; a mistake is mended by a receipt that
    supersedes the wrong one. Other kinds and other manifests are passed over.
    """
    said = in_order(receipts)
    gone = taken_back(said)
    by_party: dict[PartyCode, ReceiptGiven] = {}
    wrong: list[str] = []
    for entry in said:
        if entry.statement.kind != receipt_given.KIND.name or entry.ref in gone:
            continue
        receipt = payload_of(entry, ReceiptGiven)
        if receipt.manifest_id != manifest.manifest_id or entry.origin not in manifest.parties:
            continue
        if receipt.digest != manifest.digest_as_amended:
            wrong.append(entry.ref)
            continue
        by_party[entry.origin] = _together(by_party.get(entry.origin), receipt)
    says = {party: (set(r.handed_over), set(r.received)) for party, r in by_party.items()}
    confirmed: list[PersonId] = []
    one_sided: list[OneSided] = []
    silent: tuple[set[PersonId], set[PersonId]] = (set(), set())
    for line in manifest.lines:
        given = line.person in says.get(line.giver, silent)[0]
        taken = line.person in says.get(line.receiver, silent)[1]
        if given and taken:
            confirmed.append(line.person)
        elif given or taken:
            side = line.giver if given else line.receiver
            one_sided.append(OneSided(person=line.person, said_by=side))
    return ReceiptComparison(
        by_party=by_party,
        confirmed=frozenset(confirmed),
        one_sided=tuple(one_sided),
        missing_from=tuple(sorted(manifest.parties - by_party.keys())),
        wrong_digest=tuple(wrong),
    )


def objections_to_receipt(
    manifest: Manifest | None,
    by: PartyCode,
    handed_over: Collection[PersonId],
    received: Collection[PersonId],
    crossing_states: Mapping[PersonId, CrossingState],
) -> tuple[Objection, ...]:
    """Every reason against this receipt; naming fewer persons than lines is allowed."""
    if manifest is None:
        return (Objection(code="manifest-unknown", rule=_BOTH, about=(by,)),)
    found: list[Objection] = []
    if by not in manifest.parties:
        found.append(Objection(code="not-a-party", rule=_BOTH, about=(by, manifest.manifest_id)))
    lines = {line.person: line for line in manifest.lines}
    mine = {
        *(person for person in handed_over if _side(lines.get(person), by, giving=True)),
        *(person for person in received if _side(lines.get(person), by, giving=False)),
    }
    for person in sorted({*handed_over, *received}):
        both_ways = person in handed_over and person in received
        if person not in mine or both_ways:
            found.append(Objection(code="line-not-yours", rule=_BOTH, about=(person,)))
        state = crossing_states.get(person)
        if state is None or state.state is not CrossingStatus.CROSSED:
            found.append(Objection(code="crossing-not-recorded", rule=_SEEN, about=(person,)))
    return tuple(found)


def _side(line: ManifestLine | None, by: PartyCode, *, giving: bool) -> bool:
    return line is not None and by == (line.giver if giving else line.receiver)


def _together(earlier: ReceiptGiven | None, later: ReceiptGiven) -> ReceiptGiven:
    if earlier is None:
        return later
    return ReceiptGiven(
        manifest_id=later.manifest_id,
        digest=later.digest,
        handed_over=tuple(sorted({*earlier.handed_over, *later.handed_over})),
        received=tuple(sorted({*earlier.received, *later.received})),
        incident=later.incident or earlier.incident,
    )
