"""A list is read from a file and handed in.

Every line becomes a statement; a line that is handed in again changed supersedes
the former one; a file that was taken before changes nothing. A holder's own
list also opens its register: one record a person, one statement a property.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.file_imported import FileImported
from repatria.ledger.kinds.line_detained import LineDetained
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.lists.reading import (
    FileDescription,
    ImportDiff,
    ListRecord,
    ReadRow,
    UnreadableRow,
    diff,
)
from repatria.operations.desk import Desk, halves
from repatria.operations.registration import statements_registering
from repatria.terms import LineId, ListId, Objection, PartyCode, Place, Refusal, Role

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What importing a list file did, or would do.

    Attributes:
        list_id: of the list, new or known.
        description: how the file was read.
        changes: new, changed, same, unreadable and blank rows.
        written: how many statements were written; 0 for a dry run or a known file.
    """

    list_id: ListId
    description: FileDescription
    changes: ImportDiff
    written: int


def submit_list(
    desk: Desk,
    rows: Sequence[ReadRow | UnreadableRow],
    description: FileDescription,
    *,
    title: str,
    population: Population,
    to: PartyCode,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Submission:
    """What the file changes, written unless it is a dry run.

    A list is known again by its author, title and population: the same title
    brings a newer version of the same list.

    Raises:
        Refusal: `role-may-not`, `list-number-twice`, `list-without-lines`.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    _refuse_bad_numbers(rows)
    with desk.log.exclusive():
        known = list_titled(desk, title, population)
        list_id = known or ListId(desk.new_id("list"))
        former = _former_lines(desk, known) if known else {}
        changes = diff(
            {n: record_of(f.line, f.detained) for n, f in former.items()},
            rows,
        )
        if dry_run or not (changes.new or changes.changed):
            return Submission(list_id=list_id, description=description, changes=changes, written=0)
        reading, writing = halves(progress)
        writer = _Writer(desk, list_id, population, to, description, reading)
        said = tuple(writer.statements(title, former, changes))
        receipt = desk.log.append(said, progress=writing)
    return Submission(
        list_id=list_id,
        description=description,
        changes=changes,
        written=receipt.size - receipt.first,
    )


def record_of(line: ListLine, detained: LineDetained | None = None) -> ListRecord:
    """The line as the reader of files would give it, to compare with a newer file."""
    return ListRecord(
        line_number=line.number,
        names=line.names,
        father=line.father,
        birth=line.birth,
        born_at=str(line.born_at or ""),
        sex=line.sex,
        category=line.category,
        category_as_written=line.category_wording,
        rank=line.rank,
        captured_on=line.captured_on,
        captured_at=str(line.captured_at or ""),
        held_at=detained.held_at if detained else "",
        health=detained.health if detained else "",
        reference=line.reference,
        status=line.status,
        note=line.note,
        region=line.region,
        unit=line.unit,
        extra=dict(line.extra),
    )


def _refuse_bad_numbers(rows: Iterable[ReadRow | UnreadableRow]) -> None:
    seen: dict[int, int] = {}
    twice: list[str] = []
    for row in rows:
        if isinstance(row, ReadRow):
            first = seen.setdefault(row.record.line_number, row.number)
            if first != row.number:
                twice.append(f"row {first} and row {row.number}")
    if not seen:
        raise Refusal(Objection(code="list-without-lines", rule="list import"))
    Refusal.unless_empty(
        Objection(code="list-number-twice", rule="list import", about=(where,)) for where in twice
    )


def list_titled(desk: Desk, title: str, population: Population) -> ListId | None:
    """Our own list of this title and population; None when none was handed in."""
    for entry in desk.log.of_kind("list.submitted"):
        if entry.origin == desk.party:
            known = payload_of(entry, ListSubmitted)
            if (known.title, known.population) == (title, population):
                return known.list_id
    return None


@dataclass(frozen=True, slots=True)
class _Former:
    entry: Entry
    line: ListLine
    detained: LineDetained | None


def _former_lines(desk: Desk, list_id: ListId) -> dict[int, _Former]:
    entries = [e for e in desk.log.about(list_id) if e.origin == desk.party]
    detained = {
        said.line_id: said
        for entry in entries
        if entry.statement.kind == "line.detained"
        for said in [payload_of(entry, LineDetained)]
    }
    lines = [(e, payload_of(e, ListLine)) for e in entries if e.statement.kind == "list.line"]
    return {line.number: _Former(entry, line, detained.get(line.line_id)) for entry, line in lines}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the statements of one submission."""

    desk: Desk
    list_id: ListId
    population: Population
    to: PartyCode
    description: FileDescription
    progress: Progress

    def statements(
        self,
        title: str,
        former: dict[int, _Former],
        changes: ImportDiff,
    ) -> Iterator[Statement]:
        """What importing says, in the order of the file."""
        audience = self.desk.with_parties(self.to)
        ground = Ground(basis="list-file", source=f"sha256:{self.description.sha256}")
        count = len(changes.new) + len(changes.changed) + len(changes.same)
        yield self._file(ground, changes)
        yield self.desk.state(
            ListSubmitted(
                list_id=self.list_id,
                to=self.to,
                title=title,
                population=self.population,
                lines=count + len(changes.absent),
                digest=self.description.sha256,
            ),
            about=(self.list_id,),
            audience=audience,
            ground=ground,
        )
        rows = [*changes.new, *(changed.row for changed in changes.changed)]
        for done, row in enumerate(rows, start=1):
            yield from self._line(row, former.get(row.record.line_number), audience, ground)
            self.progress(done, len(rows))

    def _file(self, ground: Ground, changes: ImportDiff) -> Statement:
        read = self.description
        return self.desk.state(
            FileImported(
                list_id=self.list_id,
                digest=read.sha256,
                filename=read.name,
                size=read.size,
                format=read.format,
                encoding=read.encoding,
                delimiter=read.delimiter,
                header_language=read.header_language,
                rows=read.rows,
                unreadable=len(changes.unreadable),
                blank=read.blank_rows,
            ),
            about=(self.list_id,),
            audience={self.desk.party},
            ground=ground,
        )

    def _line(
        self, row: ReadRow, former: _Former | None, audience: frozenset[str], ground: Ground
    ) -> Iterator[Statement]:
        record = row.record
        line_id = former.line.line_id if former else LineId(self.desk.new_id("line"))
        line = ListLine(
            list_id=self.list_id,
            line_id=line_id,
            number=record.line_number,
            names=record.names,
            father=record.father,
            birth=record.birth,
            born_at=Place.named(record.born_at),
            sex=record.sex,
            category=record.category,
            category_wording=record.category_as_written,
            rank=record.rank,
            captured_on=record.captured_on,
            captured_at=Place.named(record.captured_at),
            reference=record.reference,
            status=record.status,
            note=record.note,
            region=record.region,
            unit=record.unit,
            extra=dict(record.extra),
        )
        where = Ground(basis=ground.basis, source=ground.source, note=f"row {row.number}")
        yield self.desk.state(
            line,
            about=(line_id, self.list_id),
            audience=audience,
            ground=where,
            supersedes=(former.entry.ref,) if former else (),
        )
        if record.held_at or record.health:
            yield self.desk.state(
                LineDetained(
                    list_id=self.list_id,
                    line_id=line_id,
                    held_at=record.held_at,
                    health=record.health,
                ),
                about=(line_id, self.list_id),
                audience=self.desk.for_agency(),
                ground=where,
            )
        if self.population is Population.HELD:
            before = record_of(former.line, former.detained) if former else None
            yield from statements_registering(self.desk, line_id, record, before, where)
