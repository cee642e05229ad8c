"""How does a whole log leave, so that a stranger can check all of it?

Lines of canonical JSON, written and read one after the other:

    a header            origin, size, head, every version of the party's keyring we know
    {commitment, ...}   an entry with its salt and body, or with the word why they are missing
    {note}              after the entry it covers: the signed checkpoint of that size

Nothing in it needs this program: `docs/formats/verify_repatria.py` checks it with
a standard library. Format: `docs/formats/ledger-export.md`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from repatria.ledger.canonical import decode, encode
from repatria.ledger.checkpoint import open_checkpoint, origin_of
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.keyring import Keyring, follow, next_keyring, read_keyring
from repatria.ledger.merkle import EMPTY_ROOT, HASH_BYTES, Frontier
from repatria.ledger.package_content import b64, unb64
from repatria.ledger.statement import read_statement
from repatria.ledger.verification import StoredEntry
from repatria.terms import IntegrityError, PartyCode

FORMAT = "repatria-ledger/1"
OPENING = b'{"format":"repatria-ledger/'
MAX_LINE_BYTES = 64 * 1024 * 1024
WITHHELD, ERASED = "withheld", "erased"
_HEADER = frozenset({"format", "origin", "size", "note", "keyrings"})
_GIVEN = frozenset({"commitment", "salt", "body"})


def export_lines(
    entries: Iterable[StoredEntry],
    notes: Iterable[tuple[int, str]],
    *,
    origin: PartyCode,
    size: int,
    note: str,
    keyrings: Iterable[str],
    bodies: bool = True,
    disclosed_in_part: bool = False,
    erased: Container[int] = (),
) -> Iterator[bytes]:
    """The lines of an export, each with its line end; nothing is held in memory.

    Args:
        entries: all of them, in order.
        notes: the signed checkpoints by size, in order of it.
        note: the head.
        keyrings: envelopes of its party's keyring, by version.
        bodies: False withholds all salts and bodies.
        disclosed_in_part: a mirror: a body that is not held was withheld from us.
        erased: places whose bodies the party called erased.
    """
    header: dict[str, Any] = {
        "format": FORMAT,
        "origin": origin_of(origin),
        "size": size,
        "note": note,
        "keyrings": list(keyrings),
    }
    yield encode(header) + b"\n"
    waiting = iter(notes)
    covered, signed = next(waiting, (0, ""))
    for entry in entries:
        yield encode(_line_of(entry, bodies, disclosed_in_part, erased)) + b"\n"
        if entry.seq + 1 == covered:
            yield encode({"note": signed}) + b"\n"
            covered, signed = next(waiting, (0, ""))


def _line_of(
    entry: StoredEntry, bodies: bool, disclosed_in_part: bool, erased: Container[int]
) -> dict[str, str]:
    out = {"commitment": b64(entry.commitment)}
    if bodies and entry.body is not None and entry.salt is not None:
        return out | {"salt": b64(entry.salt), "body": entry.body.decode("utf-8")}
    if entry.seq in erased:
        return out | {"missing": ERASED}
    if not bodies or disclosed_in_part:
        return out | {"missing": WITHHELD}
    # Nobody knows why it is missing, so nothing is said: whoever verifies this is told.
    return out


@dataclass(slots=True, kw_only=True)
class ExportReport:
    """What checking an export found.

    Attributes:
        origin: name of the log, as the header has it once it was believed.
        size, root: of the log as recomputed.
        bodies: how many bodies were checked.
        withheld, erased: how many are missing, by the reason the file gives.
        keyring: the newest in the file that follows from the others.
        faults: place and code of everything wrong; empty when all is as signed.
    """

    origin: str = ""
    size: int = 0
    root: bytes = EMPTY_ROOT
    bodies: int = 0
    withheld: int = 0
    erased: int = 0
    keyring: Keyring | None = None
    faults: list[IntegrityError] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify_export(lines: Iterable[bytes], *, known: Keyring | None = None) -> ExportReport:
    """Recompute a log from its export, believing nobody.

    Args:
        lines: with their line ends. A line that is not of the format ends the
            reading; any other fault does not.
        known: the party's keyring as known from elsewhere. Without it the file
            shows that it is whole; whose it is, its fingerprint shows.
    """
    report = ExportReport()
    try:
        _examine(iter(lines), report, known)
    except IntegrityError as fault:
        report.faults.append(fault)
    return report


def _examine(lines: Iterator[bytes], report: ExportReport, known: Keyring | None) -> None:
    header = _read_line(next(lines, b""), "header")
    keyring = _keyring_in(header, known)
    report.origin, report.keyring = header["origin"], keyring
    frontier, newest, covered = Frontier(), "", 0
    for number, raw in enumerate(lines, 2):
        place = f"line {number}"
        line = _read_line(raw, place)
        if set(line) == {"note"}:
            if covered == frontier.size:
                raise IntegrityError(place, "export-malformed")
            newest, covered = line["note"], frontier.size
            report.faults.extend(_faults_of_head(newest, report.origin, frontier, keyring))
        else:
            report.faults.extend(_faults_of_entry(line, frontier, report, place))
    report.size, report.root = frontier.size, frontier.root()
    if covered != frontier.size:
        report.faults.append(IntegrityError(f"{keyring.party} checkpoint", "tail-not-signed"))
    if (header["size"], header["note"]) != (frontier.size, newest):
        report.faults.append(IntegrityError("header", "export-not-whole"))


def _read_line(raw: bytes, place: str) -> Mapping[str, Any]:
    if not raw.endswith(b"\n") or len(raw) > MAX_LINE_BYTES:
        raise IntegrityError(place, "export-malformed")
    value = decode(raw[:-1], place=place)
    if not isinstance(value, dict):
        raise IntegrityError(place, "export-malformed")
    return value


def _keyring_in(header: Mapping[str, Any], known: Keyring | None) -> Keyring:
    """The newest keyring, each version having followed from the one before."""
    place = "header"
    keyrings = header.get("keyrings")
    if header.keys() != _HEADER or header["format"] != FORMAT or not isinstance(keyrings, list):
        raise IntegrityError(place, "export-malformed")
    if not keyrings or not all(isinstance(text, str) for text in keyrings):
        raise IntegrityError(place, "export-malformed")
    if type(header["size"]) is not int or not isinstance(header["note"], str):
        raise IntegrityError(place, "export-malformed")
    keyring = read_keyring(keyrings[0], place="keyring")
    for text in keyrings[1:]:
        keyring = next_keyring(keyring, read_keyring(text, place="keyring"), held=0)
    if known is not None:
        keyring = follow(known, keyrings, held=0, place="keyring")
    if header["origin"] != origin_of(keyring.party):
        raise IntegrityError(place, "keyring-other-party")
    return keyring


def _faults_of_entry(
    line: Mapping[str, Any], frontier: Frontier, report: ExportReport, place: str
) -> Iterator[IntegrityError]:
    try:
        committed = unb64(line["commitment"])
        salt = unb64(line["salt"]) if "salt" in line else b""
        body = line["body"].encode() if "body" in line else b""
    except (KeyError, TypeError, ValueError, AttributeError):
        raise IntegrityError(place, "export-malformed") from None
    if len(committed) != HASH_BYTES:
        raise IntegrityError(place, "export-malformed")
    party = report.origin.partition("/")[2]
    where = f"{party}/{frontier.size} body"
    frontier.append(committed)
    if line.keys() == _GIVEN:
        report.bodies += 1
        yield from _faults_of_body(committed, salt, body, party, where)
    elif line.keys() == {"commitment"}:
        yield IntegrityError(where, "body-missing")
    elif line.keys() == {"commitment", "missing"} and line["missing"] in (WITHHELD, ERASED):
        report.withheld += line["missing"] == WITHHELD
        report.erased += line["missing"] == ERASED
    else:
        raise IntegrityError(place, "export-malformed")


def _faults_of_body(
    committed: bytes, salt: bytes, body: bytes, party: str, place: str
) -> Iterator[IntegrityError]:
    if len(salt) != SALT_BYTES or commitment(salt, body) != committed:
        yield IntegrityError(place, "body-not-as-committed")
        return
    try:
        if read_statement(body, place=place).by != party:
            yield IntegrityError(place, "body-by-another-party")
    except IntegrityError as fault:
        yield fault


def _faults_of_head(
    note: Any, origin: str, frontier: Frontier, keyring: Keyring
) -> Iterator[IntegrityError]:
    place = f"{keyring.party} checkpoint {frontier.size}"
    if not isinstance(note, str):
        raise IntegrityError(place, "export-malformed")
    try:
        head = open_checkpoint(note, keyring, place=place)
    except IntegrityError as fault:
        yield fault
        return
    if head.origin != origin:
        yield IntegrityError(place, "checkpoint-other-log")
    if head.size != frontier.size or head.root != frontier.root():
        yield IntegrityError(place, "root-differs")
