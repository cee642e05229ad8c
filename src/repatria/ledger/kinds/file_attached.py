"""A file (a scan, a photograph, a signed paper) belongs to a subject; it travels by its hash."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAttached:
    """A file that is kept beside the log.

    Attributes:
        digest: SHA-256 of its content, hexadecimal: the only name it has.
        size: in bytes.
        media_type: as claimed, such as `image/jpeg`; never trusted.
        title: what it shows, in words.
    """

    digest: str
    size: int
    media_type: str
    title: str = ""


KIND = Kind(
    name="file.attached",
    payload=FileAttached,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.PARTIES,
    redacted=frozenset({"title"}),
)
