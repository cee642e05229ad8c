"""`claims` and `bulletin`: what others said in public, and what we may say."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from repatria.cli.console import (
    OPERATOR,
    WRONG_CALL,
    err,
    out_console,
    plain_errors,
    read_small_file,
)
from repatria.ledger.keyring import read_keyring
from repatria.record.signed_bulletin import read_signed_bulletin
from repatria.terms import BulletinId, ManifestId, PartyCode, PersonId, Role
from repatria.terms.times import read_instant
from repatria.wiring.installation import Installation


def claims(home: Path, *, file: Path) -> int:
    """Record public claims from a table, and show which agree."""
    from repatria.operations.claim_files import claims_in_file  # noqa: PLC0415 -- same
    from repatria.operations.publicity import check_claims, record_claims  # noqa: PLC0415 -- solver

    with plain_errors() as code:
        installation = Installation.at(home)
        read = claims_in_file(file)
        with installation.open():
            desk = installation.desk(OPERATOR, Role.PRESS)
            receipt = record_claims(desk, read)
            found = check_claims(desk.log)
        installation.close()
        err.print(f"{receipt.size - receipt.first} new claims, {len(read)} in the file")
        for check in found:
            mark = "agrees" if check.holds else "DIFFERS"
            err.print(f"  {check.kind.replace('_', ' ')}: {check.arithmetic} ({mark})")
    return code[0]


def bulletin(
    home: Path,
    *,
    manifest: str,
    event: str,
    held: Sequence[str],
    languages: Sequence[str],
    released: bool,
    names: Sequence[str],
    corrects: str,
    reason: str,
) -> int:
    """Compose a bulletin from both receipts and write it as HTML, PDF, JSON and CSV."""
    from repatria.operations.bulletins import publish_bulletin  # noqa: PLC0415 -- the typesetter
    from repatria.operations.naming import first_names  # noqa: PLC0415 -- same
    from repatria.wiring.bulletins import write_bulletin  # noqa: PLC0415 -- same

    with plain_errors() as code:
        installation = Installation.at(home)
        populations = _populations(held)
        if populations is None:
            err.print("say whose persons each side held: --held north=south --held south=north")
            return WRONG_CALL
        with installation.open():
            desk = installation.desk(OPERATOR, Role.PRESS)
            published = publish_bulletin(
                desk,
                manifest_id=ManifestId(manifest),
                event=event,
                populations=populations,
                issued_by=installation.title,
                health_speaker=installation.title,
                languages=languages,
                labels={},
                says_released=released,
                named=first_names(desk.log, ManifestId(manifest), map(PersonId, names)),
                corrects=BulletinId(corrects) if corrects else None,
                reason=reason,
                printed=True,
            )
        installation.close()
        for each in published:
            for path in write_bulletin(installation.folder / "published", each):
                err.print(str(path))
    return code[0]


def hold_back(home: Path, *, manifest: str, until: str, persons: Sequence[str], reason: str) -> int:
    """Record until when this party wants nothing said in public about a handover."""
    from repatria.operations.naming import hold_publication  # noqa: PLC0415 -- as above

    try:
        end = read_instant(until)
    except ValueError:
        err.print("the time is written with its zone: 2030-03-20T12:00:00+00:00")
        return WRONG_CALL
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            hold_publication(
                installation.desk(OPERATOR, Role.PRESS),
                manifest_id=ManifestId(manifest),
                until=end,
                persons=tuple(map(PersonId, persons)),
                reason=reason,
            )
        installation.close()
        err.print(f"nothing is published before {until}; the others are told with the next package")
    return code[0]


def check_bulletin(file: Path, *, keyrings: Sequence[Path], signed: Path | None) -> int:
    """Whether a copy of a bulletin is exactly what was signed; 1 when it is not."""
    from repatria.operations.bulletin_versions import check_copy, keys_of  # noqa: PLC0415 -- as above

    with plain_errors() as code:
        rings = [read_keyring(read_small_file(p).strip(), place=p.name) for p in keyrings]
        known = [read_signed_bulletin(signed.read_bytes(), place=signed.name)] if signed else []
        checked = check_copy(file.read_bytes(), known=known, keys=keys_of(rings), place=file.name)
        document = checked.signed.document
        out_console.print(
            f"as signed by {checked.by}: {document['id']}, version {document['version']}, "
            f"{document['language']}, issued {document['issued_at']}"
        )
        out_console.print(f"content {checked.signed.digest}")
        if document["reason"]:
            out_console.print(f"corrects {document['previous']}: {document['reason']}")
    return code[0]


def _populations(held: Sequence[str]) -> Mapping[PartyCode, str] | None:
    pairs = [text.partition("=") for text in held]
    words = {whose for _giver, _sign, whose in pairs}
    if not pairs or not all(giver and sign and whose for giver, sign, whose in pairs):
        return None
    if len(words) != len(pairs):  # one word cannot stand for the persons of two sides
        return None
    return {PartyCode(giver): whose for giver, _, whose in pairs}
