"""How does a party bind itself to a list of persons before anybody may read it?

Every entry is hidden in a salted commitment that names the round, the party and
the slot; lists are padded to a power of two and the slots shuffled, so that
neither the root nor one opened slot tells how long the list is. The Merkle root
is what is said in public. Opening everything shows the list; opening one slot
with its path shows one entry. What is opened is checked against the root, and
each way of cheating has a code of its own. Format: `docs/formats/escrow.md`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from repatria.ledger.commitment import SALT_BYTES
from repatria.ledger.merkle import HASH_BYTES, leaf_hash, node_hash, proves_inclusion
from repatria.terms import PartyCode, RoundId

MIN_SLOTS = 64
MAX_SLOTS = 65_536
MAX_ENTRY_BYTES = 8_192
# Up to this many slots it is looked up from which slot a moved entry came; 2 ms at most.
DIAGNOSED_SLOTS = 256
_ENTRY_TAG = b"repatria/list-entry/v1\n"
_PARTY_TAG = b"repatria/party/v1\n"
_TURN_TAG = b"repatria/list-turn/v1\n"
_ORDER_BYTES = 8


def entry_commitment(*, round_id: str, party: str, index: int, salt: bytes, entry: bytes) -> bytes:
    """SHA-256 over tag, round, party, slot, salt and entry: what stands in one slot.

    Every field has a fixed length or its length before it, so that no two sets of
    fields give the same bytes.

    Args:
        round_id: id of the round.
        party: whose list it is.
        index: the slot, from 0.
        salt: 16 random bytes; without it a name could be guessed.
        entry: canonical bytes of the entry; empty in a slot where nobody stands.

    Raises:
        ValueError: the salt has another length, or a field does not fit its frame.
    """
    named = round_id.encode()
    if len(salt) != SALT_BYTES or len(named) >= 2**16 or not 0 <= index < 2**32:
        msg = "a field of this entry does not fit its frame"
        raise ValueError(msg)
    return sha256(
        b"".join(
            (
                _ENTRY_TAG,
                len(named).to_bytes(2, "big"),
                named,
                sha256(_PARTY_TAG + party.encode()).digest(),
                index.to_bytes(4, "big"),
                salt,
                len(entry).to_bytes(4, "big"),
                entry,
            )
        )
    ).digest()


def slots_for(entries: int) -> int:
    """How many slots a list of so many entries is padded to: a power of two, 64 at least."""
    return max(MIN_SLOTS, 1 << max(0, entries - 1).bit_length())


class Slot(NamedTuple):
    """One place of a list: its salt, and the entry; empty where nobody stands."""

    salt: bytes
    entry: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a party bound itself to.

    Attributes:
        root: Merkle root over the slots.
        size: how many slots there are.
    """

    round_id: RoundId
    party: PartyCode
    root: bytes
    size: int


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A whole list with its salts: what shows that the commitment is to this list."""

    round_id: RoundId
    party: PartyCode
    slots: tuple[Slot, ...]

    @property
    def entries(self) -> Mapping[int, bytes]:
        """The entries by slot, without the empty ones."""
        return {index: slot.entry for index, slot in enumerate(self.slots) if slot.entry}

    @cached_property
    def levels(self) -> Sequence[Sequence[bytes]]:
        """Hashes of the tree from the leaves up; the last level is the root alone.

        Raises:
            ValueError: the number of slots is not a power of two.
        """
        if not self.slots or len(self.slots).bit_count() != 1:
            msg = "the slots are not a power of two"
            raise ValueError(msg)
        level = [
            leaf_hash(
                entry_commitment(
                    round_id=self.round_id,
                    party=self.party,
                    index=index,
                    salt=slot.salt,
                    entry=slot.entry,
                )
            )
            for index, slot in enumerate(self.slots)
        ]
        levels = [level]
        while len(level) > 1:
            level = [node_hash(*level[i : i + 2]) for i in range(0, len(level), 2)]
            levels.append(level)
        return levels

    @property
    def commitment(self) -> Commitment:
        """What this opening opens."""
        return Commitment(
            round_id=self.round_id,
            party=self.party,
            root=self.levels[-1][0],
            size=len(self.slots),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleOpening:
    """One slot with its path to the root; what stands in the others stays hidden."""

    round_id: RoundId
    party: PartyCode
    index: int
    salt: bytes
    entry: bytes
    proof: tuple[bytes, ...]

    @property
    def bytes_beyond_entry(self) -> int:
        """What it takes to open one slot: number, salt and path, as raw bytes."""
        return 4 + SALT_BYTES + HASH_BYTES * len(self.proof)


def seal_list(
    entries: Sequence[bytes],
    *,
    round_id: RoundId,
    party: PartyCode,
    entropy: Callable[[int], bytes],
) -> Opening:
    """An opening of these entries in a random order of padded slots; to be kept secret.

    Args:
        entries: canonical bytes of each; none is empty.
        round_id: id of the round.
        party: whose list it is.
        entropy: gives random bytes; salts and order are taken from it.

    Raises:
        ValueError: more entries than a list may have, or an empty one.
    """
    size = slots_for(len(entries))
    if size > MAX_SLOTS or not all(entries):
        msg = "a list has at most 65536 entries, and none of them is empty"
        raise ValueError(msg)
    salts = _chunks(entropy(size * SALT_BYTES), SALT_BYTES)
    keys = _chunks(entropy(size * _ORDER_BYTES), _ORDER_BYTES)
    padded = [*entries, *(b"" for _ in range(size - len(entries)))]
    shuffled = [entry for _, entry in sorted(zip(keys, padded, strict=True))]
    return Opening(
        round_id=round_id,
        party=party,
        slots=tuple(Slot(salt, entry) for salt, entry in zip(salts, shuffled, strict=True)),
    )


def _chunks(raw: bytes, size: int) -> list[bytes]:
    return [raw[i : i + size] for i in range(0, len(raw), size)]


def open_slots(opening: Opening, indices: Iterable[int]) -> tuple[SingleOpening, ...]:
    """Single openings of these slots, in the order asked for.

    Raises:
        IndexError: there is no such slot.
    """
    return tuple(
        SingleOpening(
            round_id=opening.round_id,
            party=opening.party,
            index=index,
            salt=opening.slots[index].salt,
            entry=opening.slots[index].entry,
            proof=tuple(
                level[(index >> height) ^ 1] for height, level in enumerate(opening.levels[:-1])
            ),
        )
        for index in indices
    )


def opening_codes(
    opening: Opening | None, committed: Commitment, *, max_entries: int
) -> tuple[str, ...]:
    """Why an opening is not the list that was committed to, or not within the terms.

    Empty when it is. All reasons at once.
    """
    if opening is None:
        return ("opening-missing",)
    found = []
    if opening.round_id != committed.round_id:
        found.append("opening-other-round")
    if opening.party != committed.party:
        found.append("opening-other-party")
    size, entries = len(opening.slots), list(opening.entries.values())
    if not MIN_SLOTS <= size <= MAX_SLOTS or size.bit_count() != 1 or size != committed.size:
        found.append("opening-malformed")
    elif opening.commitment.root != committed.root:
        found.append("opening-not-as-committed")
    if len(entries) > max_entries or size > slots_for(max_entries):
        found.append("list-too-long")
    if any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        found.append("entry-too-long")
    if any(times > 1 for times in Counter(entries).values()):
        found.append("entry-twice")
    return tuple(found)


def copied_codes(ours: Commitment, theirs: Commitment) -> tuple[str, ...]:
    """Whether two parties said the same root: nobody finds it by chance."""
    return ("commitment-copied",) if ours.root == theirs.root else ()


def single_codes(single: SingleOpening, committed: Commitment) -> tuple[str, ...]:
    """Why one opened slot is not as committed; empty when it is."""
    found = []
    if single.round_id != committed.round_id:
        found.append("opening-other-round")
    if single.party != committed.party:
        found.append("opening-other-party")
    if len(single.entry) > MAX_ENTRY_BYTES:
        found.append("entry-too-long")
    if not 0 <= single.index < committed.size or len(single.salt) != SALT_BYTES:
        found.append("entry-outside-list")
    elif not _stands_at(single, single.index, committed):
        moved = any(_stands_at(single, index, committed) for index in _others(single, committed))
        found.append("entry-moved" if moved else "entry-not-as-committed")
    return tuple(found)


def turn_order(ours: Commitment, theirs: Commitment) -> tuple[int, ...]:
    """The order in which our slots are opened where the two sides open in turns.

    It follows from both roots, so that nobody can lay his own list out so that
    the empty slots come first.
    """
    seed = _TURN_TAG + ours.root + theirs.root
    return tuple(
        sorted(range(ours.size), key=lambda i: sha256(seed + i.to_bytes(4, "big")).digest())
    )


def _others(single: SingleOpening, committed: Commitment) -> Iterator[int]:
    if committed.size <= DIAGNOSED_SLOTS:
        yield from (index for index in range(committed.size) if index != single.index)


def _stands_at(single: SingleOpening, index: int, committed: Commitment) -> bool:
    leaf = leaf_hash(
        entry_commitment(
            round_id=committed.round_id,
            party=committed.party,
            index=index,
            salt=single.salt,
            entry=single.entry,
        )
    )
    return proves_inclusion(
        leaf=leaf, index=index, size=committed.size, proof=single.proof, root=committed.root
    )
