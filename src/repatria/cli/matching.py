"""`match`: two list files in, candidate pairs out.

Apart from the other commands, whose modules take a second to load: a comparison of two
short lists is over by then. It opens no installation and no connection.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from repatria.cli.pair_files import (
    FORMATS,
    STANDARD_OUTPUT,
    TooManyRowsError,
    replacing,
    write_pairs,
)
from repatria.cli.progress import DONE, REFUSED, STOPPED, say, stage
from repatria.linkage import MatchSettings, Profile
from repatria.lists.reading import (
    NO_LINES,
    WANTED,
    PersonColumns,
    PersonFile,
    UnreadableFileError,
    UnreadableRow,
    guarded,
    open_person_file,
    sentence_for,
)
from repatria.operations.file_comparison import (
    HEADINGS,
    MORE_HEADINGS,
    Scoring,
    compare_files,
)

if TYPE_CHECKING:
    from repatria.linkage.scored_pairs import Repeated, ScoredPairs

_ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a call asks for; see the command for what each means."""

    left: Path
    right: Path | None
    out: Path
    form: str
    wanted: Mapping[str, Sequence[str]]
    sheets: tuple[str | None, str | None]
    settings: MatchSettings
    names_only: bool
    explain: bool
    skip_bad_rows: bool
    spark: str = ""

    def __post_init__(self) -> None:
        """Said before an hour's work, not after it.

        Raises:
            WrongCallError: the result has no folder, or would replace what is to be read; or
                Spark is asked for what only this machine does.
        """
        if self.spark and (self.explain or self.right is None):
            msg = "--engine spark compares two lists, and does not explain; leave --explain out"
            raise WrongCallError(msg)
        if self.out == STANDARD_OUTPUT:
            written = [self.rejected]
        else:
            written = [self.out, self.rejected]
            if not self.out.parent.is_dir():
                msg = f"there is no folder {self.out.parent}"
                raise WrongCallError(msg)
        read = [path for path in (self.left, self.right) if path is not None]
        if any(_same_file(one, other) for one in written for other in read):
            msg = "the result would replace a list that is to be read; name another with --out"
            raise WrongCallError(msg)

    @property
    def rejected(self) -> Path:
        """Where rows go that cannot be read."""
        beside = self.left if self.out == STANDARD_OUTPUT else self.out
        return beside.with_name(f"{beside.stem}.rejected.csv")


class WrongCallError(ValueError):
    """The call itself cannot be meant."""


def settings_of(link_at: float | None, possible_at: float | None, show_at: float) -> MatchSettings:
    """The thresholds.

    Raises:
        WrongCallError: they do not rise.
    """
    usual = MatchSettings()
    link = usual.link_at if link_at is None else link_at
    possible = min(max(usual.possible_at, show_at), link) if possible_at is None else possible_at
    try:
        return MatchSettings(link_at=link, possible_at=possible, show_at=show_at)
    except ValueError as wrong:
        raise WrongCallError(str(wrong)) from None


def spark_of(engine: str, master: str) -> str:
    """The address of Spark, empty for the engine of this process.

    Raises:
        WrongCallError: an engine that nobody knows, or Spark is not here.
    """
    match engine:
        case "embedded":
            return ""
        case "spark":
            from repatria.linkage.distributed import spark  # noqa: PLC0415 -- seldom wanted

            try:
                spark.require_spark()
            except spark.NoSparkError as missing:
                raise WrongCallError(str(missing)) from None
            return master
        case _:
            msg = "--engine is embedded or spark"
            raise WrongCallError(msg)


def form_of(out: Path, named: str) -> str:
    """The form of the result, as it is named or as the file's ending says.

    Raises:
        WrongCallError: it is none of those known.
    """
    form = named or out.suffix.lower().removeprefix(".") or "csv"
    if form not in FORMATS:
        msg = f"the result is written as {', '.join(FORMATS)}; say which with --format"
        raise WrongCallError(msg)
    return form


def wanted_columns(mapped: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Field -> headings, from `field=Heading`.

    Raises:
        WrongCallError: a field that nobody knows, or no heading.
    """
    wanted: dict[str, list[str]] = {}
    for each in mapped:
        field, _, heading = each.partition("=")
        if field.strip() not in WANTED or not heading.strip():
            msg = f"--map FIELD=COLUMN, where FIELD is one of {', '.join(WANTED)}"
            raise WrongCallError(msg)
        wanted.setdefault(field.strip(), []).append(heading)
    return wanted


def run_match(asked: Asked) -> int:
    """Compare the files and write the pairs; the exit code."""
    try:
        return _match(asked)
    except UnreadableFileError as unreadable:
        say(f"refused: {unreadable.code}: {unreadable.sentence}")
    except TooManyRowsError:
        say("there are more pairs than a sheet has rows; write them as csv or json")
    except OSError as failed:
        say(f"could not be read or written: {failed.strerror or 'input/output error'}")
    except KeyboardInterrupt:
        say("stopped; nothing was written")
        return STOPPED
    return REFUSED


def _match(asked: Asked) -> int:
    repeats = asked.right is None or _same_file(asked.left, asked.right)
    paths = [asked.left] if repeats or asked.right is None else [asked.left, asked.right]
    files = [
        open_person_file(
            path, wanted=asked.wanted, names_only=asked.names_only, sheet=asked.sheets[at]
        )
        for at, path in enumerate(paths)
    ]
    _refuse_unknown_columns(files, asked.wanted)
    keep = None if asked.skip_bad_rows else _ROWS_SHOWN
    lists: list[PersonColumns] = []
    for file in files:
        say(file.described)
        with stage(f"reading {file.path.name}") as progress:
            lists.append(file.read(progress, keep=keep))
        _tell_what_was_noted(file, lists[-1])
    if any(each.rejected_count for each in lists):
        _show_rejected(files, lists)
        if not asked.skip_bad_rows:
            say("nothing was written; mend these rows, or go on without them: --skip-bad-rows")
            return REFUSED
    with stage("comparing") as progress:
        compared = compare_files(
            lists[0],
            None if repeats else lists[1],
            settings=asked.settings,
            names_only=asked.names_only,
            progress=progress,
            scoring=_on_spark(asked.spark) if asked.spark else None,
        )
    headings = (*HEADINGS, *MORE_HEADINGS) if asked.explain else HEADINGS
    total = len(compared.pairs)
    with stage("writing") as progress:
        rows = compared.rows(explain=asked.explain)
        counted = _counted(rows, total, progress)
        write_pairs(asked.out, asked.form, headings, counted, count=total)
        if any(each.rejected_count for each in lists):
            _write_rejected(asked.rejected, files, lists)
    counts = compared.counts()
    said = ", ".join(f"{count} {decision}" for decision, count in counts.items())
    within = "within one list" if repeats else f"{len(lists[0])} x {len(lists[1])} persons"
    say(f"{total} candidate pairs ({said}), {within}")
    for file, again in zip(files, compared.pairs.repeated, strict=False):
        _tell_repeats(file, again)
    return DONE


def _tell_repeats(file: PersonFile, again: "Repeated") -> None:
    """Who seems to stand in a list more than once: that is settled first, by somebody who looks."""
    if not again:
        return
    persons = "1 person is" if len(again) == 1 else f"{len(again)} persons are"
    shown = "; ".join(" = ".join(ids) for ids in again[:_ROWS_SHOWN])
    more = f"; and {len(again) - _ROWS_SHOWN} more" if len(again) > _ROWS_SHOWN else ""
    say(
        f"{file.path.name}: {persons} in it more than once, as it seems, and linked once "
        f"({shown}{more}); compare it with itself: repatria match {file.path.name}"
    )


def _on_spark(master: str) -> Scoring:
    """What compares two lists on the cluster at this address."""
    from repatria.linkage.distributed import spark  # noqa: PLC0415 -- seldom wanted

    def scored(
        left: Sequence[Profile], right: Sequence[Profile], settings: MatchSettings
    ) -> "ScoredPairs":
        session = spark.session_here(master)
        try:
            return spark.score_lists_on_spark(session, left, right, settings=settings)
        finally:
            session.stop()

    return scored


def _same_file(left: Path, right: Path) -> bool:
    return left.exists() and right.exists() and left.samefile(right)


def _counted(
    rows: Iterable[tuple[str, ...]], total: int, progress: Callable[[int, int], None]
) -> Iterator[tuple[str, ...]]:
    for done, row in enumerate(rows, start=1):
        yield row
        if done % 1000 == 0 or done == total:
            progress(done, total)


def _refuse_unknown_columns(
    files: Sequence[PersonFile], wanted: Mapping[str, Sequence[str]]
) -> None:
    """A heading that was asked for is in one of the files, or the call is mistaken."""
    there = {heading for file in files for heading in file.layout.headings}
    asked = {" ".join(heading.split()) for headings in wanted.values() for heading in headings}
    if not asked <= there:
        raise UnreadableFileError("columns-not-in-file", files[-1].path.name)


def _tell_what_was_noted(file: PersonFile, read: PersonColumns) -> None:
    if read.swapped:
        say(f"{file.path.name}: {read.swapped} dates read with day and month exchanged")
    if read.sexes_unknown:
        say(f"{file.path.name}: {read.sexes_unknown} words for a sex are not known; left open")
    if not len(read) and not read.rejected_count:
        say(f"{file.path.name}: {NO_LINES}")


def _show_rejected(files: Sequence[PersonFile], lists: Sequence[PersonColumns]) -> None:
    for file, read in zip(files, lists, strict=True):
        if read.rejected_count:
            rows = "1 row" if read.rejected_count == 1 else f"{read.rejected_count} rows"
            say(f"{file.path.name}: {rows} cannot be read")
        for row in read.rejected[:_ROWS_SHOWN]:
            for column, reason in _faults(row):
                say(f"  {file.path.name}, row {row.number}, column {column}: {reason}")
        if read.rejected_count > _ROWS_SHOWN:
            say(f"  and {read.rejected_count - _ROWS_SHOWN} more rows of {file.path.name}")


def _faults(row: UnreadableRow) -> list[tuple[str, str]]:
    return [(fault.column, sentence_for(fault.reason)) for fault in row.faults]


def _write_rejected(out: Path, files: Sequence[PersonFile], lists: Sequence[PersonColumns]) -> None:
    """Every row that was left out, with its file, its number, what is wrong, and its cells."""
    headings = dict.fromkeys(h for read in lists for row in read.rejected for h in row.cells)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["File", "Row in file", "Column at fault", "Reason", *map(guarded, headings)])
    for file, read in zip(files, lists, strict=True):
        for row in read.rejected:
            columns = " | ".join(column for column, _ in _faults(row) if column)
            reasons = " | ".join(reason for _, reason in _faults(row))
            cells = (row.cells.get(heading, "") for heading in headings)
            where = (guarded(file.path.name), row.number, guarded(columns), reasons)
            writer.writerow([*where, *map(guarded, cells)])
    with replacing(out) as stream:
        stream.write(text.getvalue().encode("utf-8-sig"))
    say(f"rows that were left out are in {out}")
