"""Which slots are opened after a run, and are they what was hidden?

Neither side can steer the draw: one pledged its share before it saw the other's, and the
other said its share before it knew the pledged one. Opened are slots that the run
matched, and where the terms say so a few drawn from all. An opened slot shows the record
as committed, and that the elements in the message are keys of this one record.
"""

import base64
import hmac
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from repatria.ledger.escrow import Commitment, SingleOpening, open_slots, single_codes
from repatria.ledger.merkle import HASH_BYTES
from repatria.linkage.private.keys import KEYS_PER_RECORD, MOST_ALIKE, Key
from repatria.linkage.private.listing import (
    FILLER_BYTES,
    Origin,
    OwnList,
    ProfileOf,
    filler_element,
    key_element,
    keys_of_entry,
    plain_element,
)
from repatria.linkage.private.messages import PLACE, Shown
from repatria.linkage.private.proof import prove, proves
from repatria.terms import IntegrityError, PartyCode

SECOND_PASS = 256
"""Slots of the other's list in which the second masking is proven."""
_DRAW = b"repatria/private/v1/draw\n"
Pair = tuple[bytes, bytes]


def seed_of(after: str, shares: Sequence[bytes]) -> bytes:
    """What the draw follows from: the answer, which names the offer, and both shares."""
    return sha256(_DRAW + bytes.fromhex(after) + b"".join(shares)).digest()


def drawn(seed: bytes, purpose: str, slots: Iterable[int], count: int) -> list[int]:
    """So many of these slots, as the seed has it; all of them when there are fewer."""

    def lot(slot: int) -> bytes:
        return hmac.digest(seed, f"{purpose}/{slot}".encode(), "sha256")

    return sorted(slots, key=lot)[:count]


def sampled(
    seed: bytes, party: PartyCode, matched: Iterable[int], slots: int, *, shown: int, blind: int
) -> list[int]:
    """The slots of a party that are to be opened, ascending."""
    chosen = drawn(seed, f"matched {party}", set(matched), shown)
    return sorted({*chosen, *drawn(seed, f"blind {party}", range(slots), blind)})


def opened_sample(own: OwnList, slots: Sequence[int]) -> tuple[tuple[Shown, ...], list[Pair]]:
    """Our part of a sample, and the (plain, masked) pairs that are to be proven with it."""
    shown, pairs = [], []
    for single in open_slots(own.opening, slots):
        origins = own.origins(single.index)
        keys = {key.place: key.text for key in own.keys[single.index]}
        for element, origin in origins:
            if origin.place in keys:
                pairs.append((key_element(own.opening.round_id, keys[origin.place]), element))
        shown.append(
            Shown(
                index=single.index,
                salt=_b64(single.salt),
                entry=single.entry.decode(),
                path=_b64(b"".join(single.proof)),
                origins=tuple(_origin_text(origin) for _, origin in origins),
            )
        )
    return tuple(shown), pairs


def checked_sample(
    shown: Sequence[Shown],
    *,
    expected: Sequence[int],
    committed: Commitment,
    elements: Sequence[bytes],
    profile_of: ProfileOf,
) -> list[Pair]:
    """The pairs that a proof must hold for, of an opened sample that is as committed.

    Raises:
        IntegrityError: `private-sample-not-as-drawn`, `private-sample-not-as-committed`,
            `private-sample-not-of-entry`.
    """
    if [each.index for each in shown] != list(expected):
        raise IntegrityError(PLACE, "private-sample-not-as-drawn")
    pairs: list[Pair] = []
    for each in shown:
        single = _single(each, committed)
        if single_codes(single, committed):
            raise IntegrityError(PLACE, "private-sample-not-as-committed")
        start = each.index * KEYS_PER_RECORD
        here = elements[start : start + KEYS_PER_RECORD]
        pairs += _pairs(each, here, keys_of_entry(single.entry, profile_of), committed)
    return pairs


def _pairs(
    shown: Shown, elements: Sequence[bytes], keys: Sequence[Key], committed: Commitment
) -> list[Pair]:
    pairs, places = [], set()
    for text, element in zip(shown.origins, elements, strict=True):
        origin = _origin(text)
        if origin.seed:
            if filler_element(origin.seed) != element:
                raise IntegrityError(PLACE, "private-sample-not-of-entry")
            continue
        plain = plain_element(committed.round_id, keys, origin)
        if plain is None or origin.place in places or not 1 <= origin.number <= MOST_ALIKE:
            raise IntegrityError(PLACE, "private-sample-not-of-entry")
        places.add(origin.place)
        pairs.append((plain, element))
    return pairs


def proof_of(
    own: OwnList, pairs: Sequence[Pair], *, context: bytes, entropy: Callable[[int], bytes]
) -> bytes:
    """A proof for these pairs; empty when there is none."""
    return prove(own.secret.scalar, pairs, context=context, entropy=entropy) if pairs else b""


def require_proof(public: bytes, pairs: Sequence[Pair], proof: bytes, *, context: bytes) -> None:
    """Do nothing when the proof holds, or there is nothing to prove.

    Raises:
        IntegrityError: `private-proof-false`.
    """
    if not (proves(public, pairs, proof, context=context) if pairs else not proof):
        raise IntegrityError(PLACE, "private-proof-false")


def second_pass(seed: bytes, plain: Sequence[bytes], masked: Sequence[bytes]) -> list[Pair]:
    """The (once masked, twice masked) pairs of the slots in which that is proven."""
    slots = drawn(seed, "second", range(len(plain) // KEYS_PER_RECORD), SECOND_PASS)
    return [
        (plain[at], masked[at])
        for slot in sorted(slots)
        for at in range(slot * KEYS_PER_RECORD, (slot + 1) * KEYS_PER_RECORD)
    ]


def _single(shown: Shown, committed: Commitment) -> SingleOpening:
    path = base64.b64decode(shown.path)
    return SingleOpening(
        round_id=committed.round_id,
        party=committed.party,
        index=shown.index,
        salt=base64.b64decode(shown.salt),
        entry=shown.entry.encode(),
        proof=tuple(path[at : at + HASH_BYTES] for at in range(0, len(path), HASH_BYTES)),
    )


def _origin_text(origin: Origin) -> str:
    return origin.seed.hex() if origin.seed else f"{origin.place}/{origin.number}"


def _origin(text: str) -> Origin:
    place, slash, number = text.partition("/")
    try:
        if not slash:
            seed = bytes.fromhex(text)
            if len(seed) == FILLER_BYTES and seed.hex() == text:
                return Origin(seed=seed)
        origin = Origin(place=int(place), number=int(number))
        if _origin_text(origin) == text:
            return origin
    except ValueError:
        pass
    raise IntegrityError(PLACE, "private-sample-not-of-entry")


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
