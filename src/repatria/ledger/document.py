"""Which hands signed exactly this document?

A DSSE envelope (secure-systems-lab/dsse protocol 1.0): the signature covers the
bytes of the payload and its type, so nothing depends on how the payload would be
written again. A key id is only a hint; what counts is how many different keys
signed.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from repatria.ledger.canonical import Json, decode, encode
from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.terms.errors import IntegrityError

MAX_SIGNATURES = 64
MAX_ENVELOPE_BYTES = 16 * 1024 * 1024


def type_of(kind: str) -> str:
    """The payload type of a kind of document: `application/vnd.repatria.<kind>+json`."""
    return f"application/vnd.repatria.{kind}+json"


def pae(payload_type: str, payload: bytes) -> bytes:
    """What is signed: type and payload with their lengths. Source: DSSE protocol, "PAE"."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def key_id(key: VerifyKey) -> str:
    """A hint which key signed: 16 hexadecimal digits."""
    return sha256(b"repatria/key/v1\n" + key.raw).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A document with its signatures.

    Attributes:
        payload_type: see `type_of`.
        payload: canonical bytes of the document.
        signatures: (key id, signature) in order of key id.
    """

    payload_type: str
    payload: bytes
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def text(self) -> str:
        """The envelope as canonical JSON."""
        return encode(
            {
                "payload": _b64(self.payload),
                "payloadType": self.payload_type,
                "signatures": [{"keyid": k, "sig": _b64(s)} for k, s in self.signatures],
            }
        ).decode()

    @property
    def digest(self) -> str:
        """SHA-256 of what every signature is over, hexadecimal: what people compare."""
        return sha256(pae(self.payload_type, self.payload)).hexdigest()

    def signed_by(self, key: SigningKey) -> "Envelope":
        """The same envelope with one signature more (or again, which changes nothing)."""
        made = (key_id(key.verify_key), key.sign(pae(self.payload_type, self.payload)))
        return self.with_signatures([made])

    def with_signatures(self, more: Iterable[tuple[str, bytes]]) -> "Envelope":
        """The same envelope with the signatures of others added, each once."""
        return Envelope(
            payload_type=self.payload_type,
            payload=self.payload,
            signatures=tuple(sorted({*self.signatures, *more})),
        )


def envelope_of(kind: str, document: Json) -> Envelope:
    """An envelope of a document that nobody signed yet."""
    return Envelope(payload_type=type_of(kind), payload=encode(document))


def read_envelope(text: str, *, kind: str, place: str) -> Envelope:
    """The envelope in a text; whose signatures they are is still to be asked.

    Raises:
        IntegrityError: at `place`, `envelope-malformed`: not such an envelope, of
            another kind, or in a second spelling.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_ENVELOPE_BYTES:
        raise IntegrityError(place, "envelope-malformed")
    value = decode(raw, place=place)
    try:
        envelope = Envelope(
            payload_type=value["payloadType"],
            payload=_unb64(value["payload"]),
            signatures=tuple(_signature(item) for item in value["signatures"]),
        )
        again = envelope.text
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        raise IntegrityError(place, "envelope-malformed") from None
    if again != text or envelope.payload_type != type_of(kind):
        raise IntegrityError(place, "envelope-malformed")
    if len(envelope.signatures) > MAX_SIGNATURES:
        raise IntegrityError(place, "envelope-malformed")
    return envelope


def _signature(item: Mapping[str, Any]) -> tuple[str, bytes]:
    if set(item) != {"keyid", "sig"} or not isinstance(item["keyid"], str):
        raise ValueError
    signature = _unb64(item["sig"])
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError
    return item["keyid"], signature


def signers(envelope: Envelope, keys: Iterable[VerifyKey]) -> frozenset[VerifyKey]:
    """Which of these keys signed. The same key twice is one; a key id is not believed."""
    message = pae(envelope.payload_type, envelope.payload)
    hinted: dict[str, Sequence[bytes]] = {}
    for hint, signature in envelope.signatures:
        hinted[hint] = (*hinted.get(hint, ()), signature)
    return frozenset(
        key
        for key in set(keys)
        if any(key.verifies(message, signature) for signature in hinted.get(key_id(key), ()))
    )


def payload_in(envelope: Envelope, *, place: str) -> Any:
    """The document; to be asked for after its signatures were.

    Raises:
        IntegrityError: at `place`, when it is not canonical.
    """
    return decode(envelope.payload, place=place)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if _b64(raw) != text:
        raise ValueError("not the one spelling")
    return raw
