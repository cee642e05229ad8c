"""Is this copy of a bulletin the one that was signed?

The document is signed in canonical bytes under its type, like every document
here, and travels readable beside its signature. Files in other forms (HTML, PDF,
CSV) are named in it by their SHA-256, so that a copy of any of them can be asked
about. There is one spelling: a copy with anything added is no copy.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from repatria.ledger.document import Envelope, envelope_of, signers
from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.terms.errors import IntegrityError

KIND = "bulletin-1"
_KEYS = frozenset({"bulletin", "keyid", "signature"})
_OF_BULLETIN = frozenset(
    {"id", "version", "language", "by", "issued_at", "said", "figures", "files", "reason",
     "previous"}
)  # fmt: skip
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBulletin:
    """One version of a bulletin in one language, with the signature of who issued it.

    Attributes:
        document: what is signed: `id`, `version`, `language`, `by`, `issued_at`, `said`,
            `figures`, `files`, `reason` of a correction, `previous` digest.
        keyid, signature: as in a DSSE envelope.
    """

    document: Mapping[str, Any]
    keyid: str
    signature: bytes

    @property
    def envelope(self) -> Envelope:
        """The document in its envelope."""
        bare = envelope_of(KIND, dict(self.document))
        return bare.with_signatures([(self.keyid, self.signature)])

    @property
    def digest(self) -> str:
        """What identifies exactly this content, hexadecimal: its permanent address."""
        return self.envelope.digest

    @property
    def as_json(self) -> dict[str, Any]:
        """The JSON object of the file."""
        signature = base64.b64encode(self.signature).decode()
        return {"bulletin": dict(self.document), "keyid": self.keyid, "signature": signature}

    @property
    def text(self) -> str:
        """The JSON file: indented, for people to read as well."""
        return json.dumps(self.as_json, indent=1, ensure_ascii=False, sort_keys=True) + "\n"

    def signed_by(self, keys: Iterable[VerifyKey]) -> bool:
        """Whether one of these keys signed exactly this."""
        return bool(signers(self.envelope, keys))

    def names_file(self, raw: bytes) -> bool:
        """Whether these bytes are one of its files."""
        return sha256(raw).hexdigest() in set(self.document["files"].values())


def sign_bulletin(document: Mapping[str, Any], key: SigningKey) -> SignedBulletin:
    """The document with a signature."""
    [(keyid, signature)] = envelope_of(KIND, dict(document)).signed_by(key).signatures
    return SignedBulletin(document=document, keyid=keyid, signature=signature)


def signed_bulletin_in(value: Mapping[str, Any], *, place: str) -> SignedBulletin:
    """The signed bulletin in a JSON object; whose signature it is, is still to be asked.

    Raises:
        IntegrityError: at `place`, `bulletin-malformed`.
    """
    try:
        if set(value) != _KEYS or set(value["bulletin"]) != _OF_BULLETIN:
            raise ValueError
        _check_shape(value["bulletin"])
        signature = base64.b64decode(value["signature"], validate=True)
        if len(signature) != SIGNATURE_BYTES or not isinstance(value["keyid"], str):
            raise ValueError
        signed = SignedBulletin(
            document=value["bulletin"], keyid=value["keyid"], signature=signature
        )
        _ = signed.digest
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error):
        raise IntegrityError(place, "bulletin-malformed") from None
    return signed


def _check_shape(document: Mapping[str, Any]) -> None:
    for key in ("id", "language", "by", "issued_at", "reason", "previous"):
        if not isinstance(document[key], str):
            raise TypeError
    if type(document["version"]) is not int or document["version"] < 1:
        raise ValueError
    if not all(isinstance(each, str) for pair in document["files"].items() for each in pair):
        raise TypeError
    if not isinstance(document["said"], Mapping):
        raise TypeError


def read_signed_bulletin(raw: bytes, *, place: str) -> SignedBulletin:
    """The signed bulletin in a JSON file.

    Raises:
        IntegrityError: at `place`, `bulletin-malformed`: not one, or in a second spelling.
    """
    try:
        if len(raw) > MOST_BYTES:
            raise ValueError
        text = raw.decode("utf-8")
        value = json.loads(text)
        if not isinstance(value, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError):
        raise IntegrityError(place, "bulletin-malformed") from None
    signed = signed_bulletin_in(value, place=place)
    if signed.text != text:
        raise IntegrityError(place, "bulletin-malformed")
    return signed
