"""Which four messages make a run, and which bytes are they?

A line of canonical JSON, a line feed, then elements of 32 bytes each. Reading accepts
nothing that writing would not have made: every length is bounded before it is believed,
every element is checked, none may stand twice. Format: `docs/formats/private.md`.
"""

import base64
import binascii
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from repatria.ledger.canonical import decode, encode
from repatria.ledger.escrow import MAX_SLOTS, MIN_SLOTS
from repatria.linkage.private.group import ELEMENT_BYTES, is_element
from repatria.linkage.private.keys import KEYS_PER_RECORD, KEYS_VERSION
from repatria.terms import IntegrityError, PartyCode, RoundId

FORMAT = 1
MAX_SHOWN = 1_000
MAX_BLIND = 200
MAX_HEADER_BYTES = 16 * 1024 * 1024
MAX_MESSAGE_BYTES = MAX_HEADER_BYTES + 2 * MAX_SLOTS * KEYS_PER_RECORD * ELEMENT_BYTES
PLACE = "private message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One slot that was drawn and opened.

    Attributes:
        index, salt, entry, path: the slot of the committed list, as escrow opens it.
        origins: for each of its elements, `place/number` of a key or the seed of a filler.
    """

    index: int
    salt: str
    entry: str
    path: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What all four have.

    Attributes:
        round_id: the round in which both committed.
        by, to: who made it, and for whom.
        after: digest of the message it follows; empty for an offer.
    """

    round_id: RoundId
    by: PartyCode
    to: PartyCode
    after: str = ""

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        header: dict[str, Any] = {"v": FORMAT, "keys": KEYS_VERSION, "step": STEPS[type(self)]}
        tail = b""
        for each in dataclasses.fields(self):
            value = getattr(self, each.name)
            if each.name in _TAILS:
                header[each.name] = len(value)
                tail += b"".join(value)
            elif isinstance(value, bytes):
                header[each.name] = value.hex()
            elif each.name == "sample":
                header[each.name] = [
                    {k: list(v) if isinstance(v, tuple) else v for k, v in _told(s)} for s in value
                ]
            else:
                header[each.name] = value
        return encode(header) + b"\n" + tail

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes, hexadecimal: what the next message names."""
        return sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Message):
    """The first message: our list, hidden, and on which terms.

    Attributes:
        root: of the commitment of `by`.
        public: the secret scalar times the generator.
        shown: how many matched records each side opens, drawn by both.
        blind: how many slots each opens besides, drawn from all.
        pledge: SHA-256 of the share of the draw, which is told in the conclusion.
        elements: sixteen for each slot.
    """

    root: bytes
    public: bytes
    shown: int
    blind: int
    pledge: bytes
    elements: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Message):
    """The second message: the other list, hidden, and ours hidden twice.

    Attributes:
        share: half of what the draw follows from.
        twice: the elements of the offer, masked once more, in their order.
    """

    root: bytes
    public: bytes
    share: bytes
    elements: Sequence[bytes]
    twice: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion(Message):
    """The third message: the other's elements hidden twice, and our part of the sample.

    Attributes:
        proof: that elements opened in the sample are keys of its entries.
    """

    share: bytes
    proof: bytes
    sample: tuple[Shown, ...]
    twice: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSample(Message):
    """The fourth message: the other's part of the sample."""

    proof: bytes
    sample: tuple[Shown, ...]


STEPS: Mapping[type[Message], str] = {
    Offer: "offer",
    Answer: "answer",
    Conclusion: "conclusion",
    OpenedSample: "opened",
}
M = TypeVar("M", bound=Message)
_TAILS = ("elements", "twice")
_LENGTHS = {"root": 32, "public": 32, "pledge": 32, "share": 32}
_BOUNDS = {"shown": MAX_SHOWN, "blind": MAX_BLIND}


def _told(shown: Shown) -> Iterable[tuple[str, Any]]:
    return ((each.name, getattr(shown, each.name)) for each in dataclasses.fields(shown))


def read_message(raw: bytes, kind: type[M]) -> M:
    """A message of this kind, in these bytes and no others.

    Raises:
        IntegrityError: `private-malformed`, `private-element-invalid`, `private-element-twice`.
    """
    head, feed, tail = raw[: MAX_HEADER_BYTES + 1].partition(b"\n")
    if not feed or len(raw) > MAX_MESSAGE_BYTES:
        raise IntegrityError(PLACE, "private-malformed")
    header = _header(head)
    tail = raw[len(head) + 1 :]
    wanted = {each.name for each in dataclasses.fields(kind)}
    numbers = (header.pop("v", None), header.pop("keys", None), header.pop("step", None))
    if numbers != (FORMAT, KEYS_VERSION, STEPS[kind]) or header.keys() != wanted:
        raise IntegrityError(PLACE, "private-malformed")
    try:
        values = {name: _value(name, header[name]) for name in wanted if name not in _TAILS}
        counts = [_count(header[name]) for name in _TAILS if name in wanted]
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error):
        raise IntegrityError(PLACE, "private-malformed") from None
    if len(tail) != sum(counts) * ELEMENT_BYTES:
        raise IntegrityError(PLACE, "private-malformed")
    for name in _TAILS:
        if name in wanted:
            count = counts.pop(0)
            values[name] = _elements(tail[: count * ELEMENT_BYTES])
            tail = tail[count * ELEMENT_BYTES :]
    if "public" in values and not is_element(values["public"]):
        raise IntegrityError(PLACE, "private-element-invalid")
    return kind(**values)


def _header(head: bytes) -> dict[str, Any]:
    try:
        header = decode(head, place=PLACE)
    except IntegrityError:
        raise IntegrityError(PLACE, "private-malformed") from None
    if not isinstance(header, dict):
        raise IntegrityError(PLACE, "private-malformed")
    return header


def _value(name: str, told: Any) -> Any:
    if name in _LENGTHS or name == "proof":
        raw = bytes.fromhex(told)
        fits = len(raw) in (0, 64) if name == "proof" else len(raw) == _LENGTHS[name]
        if raw.hex() != told or not fits:
            raise ValueError(name)
        return raw
    if name in _BOUNDS:
        if type(told) is not int or not 0 <= told <= _BOUNDS[name]:
            raise ValueError(name)
        return told
    if name == "sample":
        if not isinstance(told, list) or len(told) > MAX_SHOWN + MAX_BLIND:
            raise ValueError(name)
        return tuple(_shown(each) for each in told)
    if not isinstance(told, str) or len(told) > 512:
        raise ValueError(name)
    return told


def _shown(told: Any) -> Shown:
    texts = ("salt", "entry", "path")
    if told.keys() != {"index", "origins", *texts}:
        raise ValueError("sample")
    if type(told["index"]) is not int or not all(isinstance(told[name], str) for name in texts):
        raise ValueError("sample")
    origins = tuple(told["origins"])
    if len(origins) != KEYS_PER_RECORD or not all(isinstance(each, str) for each in origins):
        raise ValueError("sample")
    for name in ("salt", "path"):
        if base64.b64encode(base64.b64decode(told[name], validate=True)).decode() != told[name]:
            raise ValueError("sample")
    return Shown(**{**told, "origins": origins})


def _count(told: Any) -> int:
    """A number of elements that a padded list can have."""
    slots, rest = divmod(told, KEYS_PER_RECORD)
    if type(told) is not int or rest or slots.bit_count() != 1:
        raise ValueError("elements")
    if not MIN_SLOTS <= slots <= MAX_SLOTS:
        raise ValueError("elements")
    return told


def _elements(raw: bytes) -> tuple[bytes, ...]:
    out = tuple(raw[at : at + ELEMENT_BYTES] for at in range(0, len(raw), ELEMENT_BYTES))
    if not all(map(is_element, out)):
        raise IntegrityError(PLACE, "private-element-invalid")
    if len(set(out)) != len(out):
        raise IntegrityError(PLACE, "private-element-twice")
    return out
