"""How do openings stand in statements, and how are they read back?

Reading never fails: bytes that cannot be an opening give None, which every
check then calls what it is.
"""

import base64
import binascii
from hashlib import sha256

from repatria.ledger.canonical import encode
from repatria.ledger.commitment import SALT_BYTES
from repatria.ledger.escrow import MAX_SLOTS, MIN_SLOTS, Commitment, Opening, SingleOpening, Slot
from repatria.ledger.kinds.list_amended import ListAmended
from repatria.ledger.kinds.list_committed import ListCommitted
from repatria.ledger.kinds.list_escrowed import ListEscrowed
from repatria.ledger.kinds.list_revealed import ListRevealed, OpenedSlot
from repatria.ledger.kinds.round_opened import RoundOpened
from repatria.ledger.merkle import HASH_BYTES
from repatria.ledger.payload import to_json
from repatria.terms import PartyCode, RoundId


def digest_of_round(terms: RoundOpened) -> str:
    """SHA-256 of the canonical text of a round's terms, hexadecimal."""
    return sha256(b"repatria/round/v1\n" + encode(to_json(terms))).hexdigest()


def commitment_of(said: ListCommitted | ListAmended) -> Commitment | None:
    """The commitment in a statement; None when nothing can be checked against it."""
    try:
        root = bytes.fromhex(said.root)
    except ValueError:
        return None
    fits = MIN_SLOTS <= said.slots <= MAX_SLOTS and said.slots.bit_count() == 1
    if not fits or len(root) != HASH_BYTES or root.hex() != said.root:
        return None
    return Commitment(round_id=said.round_id, party=said.party, root=root, size=said.slots)


def escrowed(opening: Opening) -> ListEscrowed:
    """An opening as the statement for the intermediary."""
    placed = opening.entries
    return ListEscrowed(
        round_id=opening.round_id,
        party=opening.party,
        salts=_b64(b"".join(slot.salt for slot in opening.slots)),
        places=tuple(placed),
        entries=tuple(entry.decode() for entry in placed.values()),
    )


def opening_of(said: ListEscrowed | ListRevealed) -> Opening | None:
    """The whole opening in a statement; None when it holds none that can be read."""
    salts = _unb64(said.salts)
    count = len(said.places)
    if not salts or len(salts) % SALT_BYTES or count != len(said.entries):
        return None
    size = len(salts) // SALT_BYTES
    ascending = all(a < b for a, b in zip(said.places, said.places[1:], strict=False))
    if size > MAX_SLOTS or not ascending or (count and not 0 <= said.places[0] < size):
        return None
    if (count and said.places[-1] >= size) or not all(said.entries):
        return None
    standing = dict(zip(said.places, said.entries, strict=True))
    return Opening(
        round_id=said.round_id,
        party=said.party,
        slots=tuple(
            Slot(
                salts[index * SALT_BYTES : (index + 1) * SALT_BYTES],
                standing.get(index, "").encode(),
            )
            for index in range(size)
        ),
    )


def opened_slot(single: SingleOpening, same_as: int | None = None) -> OpenedSlot:
    """A single opening as it stands in a statement."""
    return OpenedSlot(
        index=single.index,
        salt=_b64(single.salt),
        entry=single.entry.decode(),
        proof=_b64(b"".join(single.proof)),
        same_as=same_as,
    )


def single_of(slot: OpenedSlot, *, round_id: RoundId, party: PartyCode) -> SingleOpening:
    """The single opening in a statement; what cannot be read in it is empty."""
    joined = _unb64(slot.proof) or b""
    return SingleOpening(
        round_id=round_id,
        party=party,
        index=slot.index,
        salt=_unb64(slot.salt) or b"",
        entry=slot.entry.encode(),
        proof=tuple(joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES)),
    )


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes | None:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if _b64(raw) == text else None
