"""How does a bulletin become files that carry their proof?

Each version in each language is signed with the digests of its files and the
digest of the version before it. A correction never takes the place of what it
corrects: both stay, under addresses of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from repatria.ledger.keyring import Keyring
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.bulletin_published import BulletinPublished
from repatria.ledger.log import Log
from repatria.ledger.signing import VerifyKey
from repatria.ledger.statement import Entry
from repatria.operations.desk import Desk
from repatria.record import Bulletin, bulletin_html, bulletin_pdf, worded
from repatria.record.bulletin_figures import figures_of, hxl_csv
from repatria.record.signed_bulletin import (
    SignedBulletin,
    read_signed_bulletin,
    sign_bulletin,
    signed_bulletin_in,
)
from repatria.record.wording import WordedBulletin, text_of
from repatria.terms import BulletinId, IntegrityError, Objection, PartyCode, Refusal
from repatria.terms.times import write_instant

RULE = "procedure: a correction is a new version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A bulletin in one language as it was published.

    Attributes:
        digest: SHA-256 of the HTML file.
        signed: the signed document.
        files: every file by its ending (`html`, `csv`, `json`, and `pdf` when printed).
    """

    bulletin: Bulletin
    language: str
    html: str
    digest: str
    signed: SignedBulletin
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionBefore:
    """What a correction follows: the newest version, by language; nothing for a first one."""

    id: BulletinId
    version: int = 0
    entries: Mapping[str, Entry]
    digests: Mapping[str, str]


def version_before(
    desk: Desk, corrects: BulletinId | None, *, reason: str, languages: Iterable[str]
) -> VersionBefore:
    """The version that the next one follows; under a new id when it corrects none.

    Raises:
        Refusal: `bulletin-unknown`, `correction-needs-reason`, `correction-leaves-language`.
    """
    if corrects is None:
        return VersionBefore(id=BulletinId(desk.new_id("bulletin")), entries={}, digests={})
    found = [
        (payload_of(entry, BulletinPublished), entry)
        for entry in desk.log.about(corrects)
        if entry.statement.kind == "bulletin.published" and entry.origin == desk.party
    ]
    version = max((said.version for said, _ in found), default=0)
    newest = [(said, entry) for said, entry in found if said.version == version]
    objections = []
    if not newest:
        objections.append(Objection(code="bulletin-unknown", rule=RULE, about=(corrects,)))
    if not reason.strip():
        objections.append(Objection(code="correction-needs-reason", rule=RULE, about=(corrects,)))
    if not {said.language for said, _ in newest} <= set(languages):
        objections.append(
            Objection(code="correction-leaves-language", rule=RULE, about=(corrects,))
        )
    Refusal.unless_empty(objections)
    return VersionBefore(
        id=corrects,
        version=version,
        entries={said.language: entry for said, entry in newest},
        digests={said.language: _digest(said, entry) for said, entry in newest},
    )


def _digest(said: BulletinPublished, entry: Entry) -> str:
    if not said.sealed:
        return said.digest
    return signed_bulletin_in(said.sealed, place=f"{entry.ref} content").digest


def published_in(
    desk: Desk,
    bulletin: Bulletin,
    language: str,
    *,
    labels: Mapping[str, str] | None,
    at: datetime,
    reason: str,
    previous: str,
    printed: bool,
) -> Published:
    """The bulletin in a language with all its files, signed by this desk's party.

    Cost: a second or so when it is printed.
    """
    html = bulletin_html(bulletin, language, labels=labels)
    figures = figures_of(bulletin)
    files = {"html": html.encode(), "csv": hxl_csv(figures).encode()}
    if printed:
        files["pdf"] = bulletin_pdf(bulletin, timestamp=at, language=language, labels=labels)
    digests = {ending: sha256(raw).hexdigest() for ending, raw in files.items()}
    document = {
        "id": bulletin.id,
        "version": bulletin.version,
        "language": language,
        "by": desk.party,
        "issued_at": write_instant(at),
        "said": document_of(worded(bulletin, language=language, labels=labels)),
        "figures": list(figures),
        "files": digests,
        "reason": reason.strip(),
        "previous": previous,
    }
    signed = sign_bulletin(document, desk.key)
    files["json"] = signed.text.encode()
    return Published(
        bulletin=bulletin,
        language=language,
        html=html,
        digest=digests["html"],
        signed=signed,
        files=files,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCopy:
    """A copy that is exactly what was published.

    Attributes:
        signed: the bulletin it is a copy of.
        by: the party whose key signed it.
        ending: which of its files it is.
        newer: digests of versions that correct it, so far as they are known here.
    """

    signed: SignedBulletin
    by: PartyCode
    ending: str
    newer: tuple[str, ...] = ()


def check_copy(
    raw: bytes,
    *,
    known: Sequence[SignedBulletin],
    keys: Mapping[PartyCode, Sequence[VerifyKey]],
    place: str,
) -> CheckedCopy:
    """What a copy is a copy of, if it is exactly as signed.

    Args:
        raw: the file, in any of the forms in which a bulletin is given out.
        known: signed bulletins against which files other than JSON are held.
        keys: of the parties whose word is asked for.

    Raises:
        IntegrityError: at `place`, `bulletin-not-as-signed`: a signed bulletin that was
            changed, or signed by nobody whose keys are given; `copy-not-as-published`: a
            file that no signed bulletin names.
    """
    try:
        signed, ending = read_signed_bulletin(raw, place=place), "json"
    except IntegrityError:
        if raw.lstrip().startswith(b"{"):
            raise IntegrityError(place, "bulletin-not-as-signed") from None
        signed, ending = _naming(raw, known, place=place)
    by = _signer(signed, keys)
    if by is None:
        raise IntegrityError(place, "bulletin-not-as-signed")
    return CheckedCopy(signed=signed, by=by, ending=ending, newer=_newer(signed, known))


def _naming(
    raw: bytes, known: Sequence[SignedBulletin], *, place: str
) -> tuple[SignedBulletin, str]:
    digest = sha256(raw).hexdigest()
    for signed in known:
        for ending, expected in signed.document["files"].items():
            if expected == digest:
                return signed, ending
    raise IntegrityError(place, "copy-not-as-published")


def _signer(
    signed: SignedBulletin, keys: Mapping[PartyCode, Sequence[VerifyKey]]
) -> PartyCode | None:
    """The party that says it issued it, if one of its keys signed."""
    by = PartyCode(signed.document["by"])
    return by if signed.signed_by(keys.get(by, ())) else None


def _newer(signed: SignedBulletin, known: Sequence[SignedBulletin]) -> tuple[str, ...]:
    own = signed.document
    return tuple(
        each.digest
        for each in known
        if each.document["id"] == own["id"]
        and each.document["language"] == own["language"]
        and each.document["version"] > own["version"]
    )


def keys_of(keyrings: Iterable[Keyring]) -> dict[PartyCode, Sequence[VerifyKey]]:
    """Every node key of each party, also those that have ended: old bulletins stay signed."""
    return {ring.party: [node.key for node in ring.nodes] for ring in keyrings}


def signed_bulletins(log: Log) -> tuple[SignedBulletin, ...]:
    """Every signed bulletin in the log, in order."""
    found = []
    for entry in sorted(log.of_kind("bulletin.published")):
        said = payload_of(entry, BulletinPublished)
        if said.sealed:
            found.append(signed_bulletin_in(said.sealed, place=f"{entry.ref} content"))
    return tuple(found)


def document_of(page: WordedBulletin) -> dict[str, Any]:
    """The bulletin in one language as it is kept and shown: sections, sentences, tables."""
    isolated = page.direction == "rtl"
    return {
        "title": text_of(page.title, isolated=False),
        "issued": text_of(page.issued, isolated=isolated),
        "direction": page.direction,
        "sections": [
            {
                "heading": heading,
                "sentences": [
                    {"text": text_of(s.line, isolated=isolated), "sources": list(s.sources)}
                    for s in sentences
                ],
            }
            for heading, sentences in page.sections
        ],
        "tables": [
            {
                "caption": table.caption,
                "header": list(table.header),
                "rows": [list(row) for row in table.rows],
            }
            for table in page.tables
        ],
        "sources_word": page.sources_word,
        "closing": page.closing,
    }
