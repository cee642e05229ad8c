"""To which list is a party bound in a round?

To the first it committed to, until it says otherwise in an amendment. Whoever
holds the opening can tell which commitment it opens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.escrow import Commitment, Opening, opening_codes
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_amended import ListAmended
from repatria.ledger.kinds.list_committed import ListCommitted
from repatria.ledger.kinds.list_escrowed import ListEscrowed
from repatria.ledger.statement import Entry
from repatria.lists.openings import commitment_of, opening_of
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A commitment where it was made.

    Attributes:
        seq: its place in the party's log.
        terms: digest of the terms it accepts.
        reason: why it replaces the former one; empty for the first.
    """

    commitment: Commitment
    ref: str
    seq: int
    terms: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one party stands.

    Attributes:
        made: its commitments, the present one last; empty when it has not committed.
        again: references of commitments beside the first that are no amendments.
        openings: what we hold in escrow, the newest last.
    """

    party: PartyCode
    made: tuple[Made, ...] = ()
    again: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()

    @property
    def present(self) -> Made | None:
        """The commitment that stands now."""
        return self.made[-1] if self.made else None

    def opening_of(self, commitment: Commitment) -> Opening | None:
        """The opening of a commitment, or else the newest one we hold, which does not open it."""
        fitting = (o for o in reversed(self.openings) if _opens(o, commitment))
        return next(fitting, self.openings[-1] if self.openings else None)

    def committed_to(self, root: str) -> Commitment | None:
        """Its commitment with this root, if it ever made it."""
        roots = {made.commitment.root.hex(): made.commitment for made in self.made}
        return roots.get(root)


def standing_of(party: PartyCode, entries: Iterable[Entry]) -> Standing:
    """Where a party stands, from the statements about a round, its own in their order.

    A second commitment that is no amendment does not count; it is named.
    """
    made: list[Made] = []
    again: list[str] = []
    openings: list[Opening] = []
    for entry in entries:
        if entry.origin != party:
            continue
        if entry.statement.kind == "list.escrowed":
            opening = opening_of(payload_of(entry, ListEscrowed))
            openings += [opening] if opening is not None else []
        if entry.statement.kind not in ("list.committed", "list.amended"):
            continue
        amends = entry.statement.kind == "list.amended"
        said = payload_of(entry, ListAmended) if amends else payload_of(entry, ListCommitted)
        commitment = commitment_of(said)
        if commitment is None or said.party != party:
            continue
        if made and not amends:
            again.append(entry.ref)
            continue
        at = entry.statement.recorded_at
        made.append(
            Made(
                commitment=commitment,
                ref=entry.ref,
                seq=entry.seq,
                terms=said.terms,
                at=at,
                reason=getattr(said, "reason", ""),
            )
        )
    return Standing(party=party, made=tuple(made), again=tuple(again), openings=tuple(openings))


def _opens(opening: Opening, commitment: Commitment) -> bool:
    return not opening_codes(opening, commitment, max_entries=len(opening.slots))
