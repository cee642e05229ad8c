"""Which sheets, rows and cells does an XLSX workbook hold?

Only values are read, as a stream, by a parser that refuses what a list has no
need of: formulas, merged cells, document types (and so entities), passwords,
archives that unpack without end. Nothing in the workbook is ever executed.

Source: ECMA-376 part 1 (SpreadsheetML), part 2 (packages); ISO/IEC 29500.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from repatria.lists.reading.cell_values import is_date_format
from repatria.lists.reading.faults import UnreadableFileError
from repatria.lists.reading.model import Limits
from repatria.lists.reading.sheet_rows import SheetReader

RawRow = tuple[int, list[str]]

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_MAX_PARTS = 10_000
# A part that shrank to a 200th is no list: repeated rows of text shrink to a 20th or so.
_SUSPICIOUS_BYTES = 64 * 1024 * 1024
_SUSPICIOUS_RATIO = 200
_MAX_SHARED_TEXTS = 4_000_000
_MAX_SHARED_CHARACTERS = 64 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024
# What the standard library raises on archives and XML that are not what they say.
_DAMAGE = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    KeyError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The parts of a workbook that are needed to read its sheets.

    Attributes:
        sheets: name -> path inside the archive, in the order of the tabs.
        shared: the texts that cells refer to by number; None for one that is too large.
        date_styles: numbers of the cell styles that show a date.
        from_1904: whether days are counted from 1904.
    """

    path: Path
    sheets: Mapping[str, str]
    shared: tuple[str | None, ...]
    date_styles: frozenset[int]
    from_1904: bool
    limits: Limits

    def rows(self, sheet: str) -> Iterator[RawRow]:
        """Row numbers and cells of a sheet; rows that it does not mention are left out.

        Raises:
            UnreadableFileError: `formula-cell`, `merged-cells`, `cell-too-large`,
                `too-many-columns`, `workbook-has-doctype` or `workbook-damaged`,
                with the sheet and the cell. Merged cells are known only at the end.
        """
        where = f"{self.path.name}, sheet {sheet}"
        reader = SheetReader(
            shared=self.shared,
            date_styles=self.date_styles,
            from_1904=self.from_1904,
            limits=self.limits,
            where=where,
        )
        with (
            _damage_is_refused(where),
            zipfile.ZipFile(self.path) as archive,
            archive.open(self.sheets[sheet]) as stream,
        ):
            for _ in _fed(stream, reader.parser(), where):
                yield from reader.finished_rows()


def open_workbook(path: Path, limits: Limits) -> Workbook:
    """The workbook's table of contents, texts and styles.

    Raises:
        UnreadableFileError: `not-a-list-file`, `file-encrypted`, `unpacked-too-large`,
            `workbook-has-doctype` or `workbook-damaged`.
    """
    name = path.name
    with _damage_is_refused(name), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if _WORKBOOK not in archive.namelist():
            raise UnreadableFileError("not-a-list-file", name)
        if any(part.flag_bits & 0x1 for part in parts):
            raise UnreadableFileError("file-encrypted", name)
        if _unpacks_without_end(parts, limits):
            raise UnreadableFileError("unpacked-too-large", name)
        if any(p.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for p in parts):
            raise UnreadableFileError("workbook-damaged", name)
        sheets, from_1904 = _contents(archive, name)
        return Workbook(
            path=path,
            sheets=sheets,
            shared=_shared_texts(archive, name, limits),
            date_styles=_date_styles(archive, name),
            from_1904=from_1904,
            limits=limits,
        )


def _unpacks_without_end(parts: list[zipfile.ZipInfo], limits: Limits) -> bool:
    """Whether the archive's directory says that it is there to fill a disk or a memory."""
    return (
        len(parts) > _MAX_PARTS
        or sum(part.file_size for part in parts) > limits.max_unpacked_bytes
        or any(
            part.file_size > max(_SUSPICIOUS_BYTES, part.compress_size * _SUSPICIOUS_RATIO)
            for part in parts
        )
    )


def ole_fault(path: Path) -> UnreadableFileError:
    """Why a file in the old compound format is refused: a password, or an old format."""
    with path.open("rb") as stream:
        # The directory of the container, with the names of its streams, may stand anywhere.
        tail = b""
        while chunk := stream.read(1024 * 1024):
            if _ENCRYPTED_STREAM in tail + chunk:
                return UnreadableFileError("file-encrypted", path.name)
            tail = chunk[-len(_ENCRYPTED_STREAM) :]
    return UnreadableFileError("not-a-list-file", path.name)


@contextmanager
def _damage_is_refused(where: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE:
        raise UnreadableFileError("workbook-damaged", where) from None


def _fed(stream: IO[bytes], parser: expat.XMLParserType, where: str) -> Iterator[None]:
    """Feed the parser piece by piece, pausing after each."""

    def refuse(*_: object) -> None:
        raise UnreadableFileError("workbook-has-doctype", where)

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    while chunk := stream.read(_CHUNK_BYTES):
        parser.Parse(chunk, False)
        yield
    parser.Parse(b"", True)
    yield


def _read_part(
    archive: zipfile.ZipFile,
    part: str,
    where: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(local(tag))
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        for _ in _fed(stream, parser, where):
            pass


def local(tag: str) -> str:
    """The tag without the prefix of its namespace."""
    return tag.rpartition(":")[2]


def _contents(archive: zipfile.ZipFile, where: str) -> tuple[dict[str, str], bool]:
    """Sheet name -> part, and whether the date system is that of 1904."""
    targets: dict[str, str] = {}
    ids: dict[str, str] = {}
    flags: list[str] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes["Type"].endswith("/worksheet"):
            target = attributes["Target"]
            targets[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", target))[1:]

    def entry(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation_id = next(v for k, v in attributes.items() if local(k) == "id" and k != "id")
            ids[attributes["name"]] = relation_id
        elif tag == "workbookPr":
            flags.append(attributes.get("date1904", "0"))

    _read_part(archive, "xl/_rels/workbook.xml.rels", where, start=relation)
    _read_part(archive, _WORKBOOK, where, start=entry)
    sheets = {name: targets[wanted] for name, wanted in ids.items() if wanted in targets}
    return sheets, any(flag in ("1", "true") for flag in flags)


def _shared_texts(archive: zipfile.ZipFile, where: str, limits: Limits) -> tuple[str | None, ...]:
    """The texts that cells refer to by number, without their phonetic readings."""
    part = "xl/sharedStrings.xml"
    if part not in archive.namelist():
        return ()
    texts: list[str | None] = []
    pieces: list[str] = []
    length = total = 0
    open_tags: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal length
        open_tags.append(tag)
        if tag == "si":
            pieces.clear()
            length = 0

    def end(tag: str) -> None:
        nonlocal total
        open_tags.pop()
        if tag == "si":
            texts.append("".join(pieces) if length <= limits.max_cell_characters else None)
            total += length
            if len(texts) > _MAX_SHARED_TEXTS or total > _MAX_SHARED_CHARACTERS:
                raise UnreadableFileError("unpacked-too-large", where)

    def text(piece: str) -> None:
        nonlocal length
        if open_tags[-1] == "t" and "rPh" not in open_tags:
            length += len(piece)
            if length <= limits.max_cell_characters:
                pieces.append(piece)

    _read_part(archive, part, where, start=start, end=end, text=text)
    return tuple(texts)


def _date_styles(archive: zipfile.ZipFile, where: str) -> frozenset[int]:
    """The cell styles (by number) whose number format shows a date."""
    part = "xl/styles.xml"
    if part not in archive.namelist():
        return frozenset()
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside: list[bool] = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    _read_part(archive, part, where, start=start, end=end)
    return frozenset(
        number for number, code in enumerate(styles) if is_date_format(code, codes.get(code))
    )
