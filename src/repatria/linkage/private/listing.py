"""Which elements stand for our list, and which of them for whom?

Every slot of the committed list, also one in which nobody stands, gives the same number
of elements: masked keys, filled up with random elements that nobody can tell from them.
Within a slot they stand in the order of their bytes. All of it follows from the list and
from 32 secret bytes, which are drawn anew for each run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from repatria.ledger.escrow import Opening
from repatria.linkage.model import Profile
from repatria.linkage.private.group import (
    Progress,
    all_multiplied,
    element_of,
    element_of_uniform,
    expanded,
    multiplied,
    scalar_of,
)
from repatria.linkage.private.keys import (
    KEYS_PER_RECORD,
    Key,
    NumberedKey,
    keys_of,
    numbered_keys,
    numbered_text,
)
from repatria.terms import RoundId

SECRET_BYTES = 32
FILLER_BYTES = 32
ProfileOf = Callable[[bytes], Profile | None]
_KEY = b"repatria/private/v1/key/"
_FILLER = b"repatria/private/v1/filler"


class RunSecret:
    """What a side keeps to itself in one run; it never prints itself.

    Args:
        raw: 32 random bytes, never used for two runs.
    """

    def __init__(self, raw: bytes) -> None:
        if len(raw) != SECRET_BYTES:
            msg = "the secret of a run has 32 bytes"
            raise ValueError(msg)
        self.raw = raw
        self.scalar = scalar_of(expanded(raw, b"repatria/private/v1/scalar"))
        self.share = expanded(raw, b"repatria/private/v1/share")[:32]

    def filler(self, slot: int, number: int) -> bytes:
        """The seed of a random element of a slot; shown when the slot is opened."""
        where = slot.to_bytes(4, "big") + number.to_bytes(2, "big")
        return expanded(self.raw + where, b"repatria/private/v1/filler-seed")[:FILLER_BYTES]

    def __repr__(self) -> str:
        return "RunSecret(secret)"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one element of a slot comes from: a key of the record, or a filler.

    Attributes:
        place, number: of the key in the record and in the list; -1 for a filler.
        seed: of the filler; empty for a key.
    """

    place: int = -1
    number: int = -1
    seed: bytes = b""


@dataclass(frozen=True, kw_only=True)
class OwnList:
    """Our list as it goes into a run.

    Attributes:
        opening: the list we committed to, with its salts.
        keys: by slot, what it is compared by.
        secret: of this run.
    """

    opening: Opening
    keys: Sequence[tuple[NumberedKey, ...]]
    secret: RunSecret = field(repr=False)

    @classmethod
    def of(cls, opening: Opening, profile_of: ProfileOf, secret: RunSecret) -> "OwnList":
        """A committed list with what its records are compared by."""
        profiles = [profile_of(slot.entry) if slot.entry else None for slot in opening.slots]
        return cls(opening=opening, keys=numbered_keys(profiles), secret=secret)

    def elements(self, *, progress: Progress | None = None, workers: int = 1) -> list[bytes]:
        """Every element of every slot, in the order of the message."""
        round_id = self.opening.round_id
        plain = [key_element(round_id, key.text) for keys in self.keys for key in keys]
        masked = iter(all_multiplied(self.secret.scalar, plain, progress=progress, workers=workers))
        out: list[bytes] = []
        for slot, keys in enumerate(self.keys):
            here = [next(masked) for _ in keys]
            here += [filler_element(seed) for seed in self._fillers(slot, len(keys))]
            out += sorted(here)
        return out

    def origins(self, slot: int) -> tuple[tuple[bytes, Origin], ...]:
        """The elements of one slot in their order, each with where it comes from."""
        keys, scalar = self.keys[slot], self.secret.scalar
        made = [
            (
                multiplied(scalar, key_element(self.opening.round_id, key.text)),
                Origin(place=key.place, number=key.number),
            )
            for key in keys
        ]
        made += [
            (filler_element(seed), Origin(seed=seed)) for seed in self._fillers(slot, len(keys))
        ]
        return tuple(sorted(made, key=lambda each: each[0]))

    def key_at(self, slot: int, place: int) -> Key | None:
        """The key behind an element of a slot; None for a filler."""
        origin = self.origins(slot)[place][1]
        return next((k.key for k in self.keys[slot] if k.place == origin.place), None)

    def _fillers(self, slot: int, taken: int) -> list[bytes]:
        return [self.secret.filler(slot, n) for n in range(KEYS_PER_RECORD - taken)]


def key_element(round_id: RoundId, text: bytes) -> bytes:
    """The element of a key, before it is masked; another one in each round."""
    return element_of(len(round_id).to_bytes(2, "big") + round_id.encode() + text, _KEY)


def filler_element(seed: bytes) -> bytes:
    """The random element of a seed."""
    return element_of_uniform(expanded(seed, _FILLER))


def plain_element(round_id: RoundId, keys: Sequence[Key], origin: Origin) -> bytes | None:
    """The element of a key that an opened record has; None where it has no such key."""
    if not 0 <= origin.place < len(keys):
        return None
    return key_element(round_id, numbered_text(keys[origin.place], origin.number))


def keys_of_entry(entry: bytes, profile_of: ProfileOf) -> tuple[Key, ...]:
    """The keys of an opened entry; none for an empty one or one that cannot be read."""
    profile = profile_of(entry) if entry else None
    return keys_of(profile) if profile is not None else ()
