"""The commands that read list files: `import`, `match` and `repeats`."""

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from repatria.cli.home import HERE, Home


def import_list(
    file: Path,
    *,
    title: str = "",
    held: bool = False,
    to: str = "",
    dry_run: bool = False,
    unreadable: Path | None = None,
    home: Home = HERE,
) -> int:
    """Read a list (CSV or XLSX) and hand it in; rows that cannot be read come back in a file.

    Example: repatria import list.xlsx --title "Held by South" --to south --dry-run

    Args:
        file: the list; encoding, delimiter and heading language are detected and shown.
        title: name of the list; the same title again brings a newer version of it.
        held: the list of persons we hold; otherwise persons we say the other party holds.
        to: the party the list is put to; for a held list the intermediary.
        dry_run: show what would change and write nothing.
        unreadable: where to write rows that cannot be read; default beside the list.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.import_list(
        home, file, title=title, held=held, to=to, dry_run=dry_run, unreadable=unreadable
    )


def match(
    left: Path,
    right: Path | None = None,
    *,
    out: Annotated[Path, Parameter(allow_leading_hyphen=True)] = Path("-"),
    format: str = "",  # noqa: A002 -- the option's name
    names_only: bool = False,
    explain: bool = False,
    map: list[str] | None = None,  # noqa: A002 -- the option's name
    skip_bad_rows: bool = False,
    link_at: float | None = None,
    possible_at: float | None = None,
    show_at: float = 0.01,
    sheet_a: str = "",
    sheet_b: str = "",
    engine: str = "embedded",
    spark: str = "local[*]",
) -> int:
    """Compare the persons of two list files, in whatever scripts, and write candidate pairs.

    Needs no installation and no network. Columns: id and name, and if there are any dob, sex,
    father, place of birth, capture date, under the headings of five languages.
    With one file, or the same twice, looks for persons who stand in it more than once.

    Example: repatria match ours.csv theirs.xlsx --out pairs.csv

    Args:
        left: a list file, CSV or XLSX.
        right: another; without it the first is compared with itself.
        out: where id_a, id_b, score and decision go, likeliest first; - is standard output.
        format: csv, xlsx or json; by the ending of --out without it.
        names_only: leave everything but names out of account.
        explain: add names, dates, weights and reasons in words; the file is personal then.
        map: FIELD=COLUMN, once for each, where headings are not known: id, name,
            name_family_first, family_name, given_name, father, dob, sex, place_of_birth,
            captured_on.
        skip_bad_rows: go on without rows that cannot be read, and write them to a file
            beside the result, with what is wrong; without it nothing is written.
        link_at: a pair assigned one to one is a link from this score on; 0.84 unless said.
        possible_at: below it a pair is a non-link; 0.1, or what the other two leave.
        show_at: pairs below it are not written.
        sheet_a: which sheet of the first workbook, when several hold a list.
        sheet_b: which sheet of the second.
        engine: embedded, in this process; or spark, for lists of millions, with the same
            pairs and scores: needs Java and the extra `spark`.
        spark: address of the cluster, such as spark://host:7077 or yarn.
    """
    _without_idle_threads()
    # Not among the other commands, which take a second to load.
    from repatria.cli import matching, progress  # noqa: PLC0415 -- not for help

    try:
        asked = matching.Asked(
            left=left,
            right=right,
            out=out,
            form=matching.form_of(out, format),
            wanted=matching.wanted_columns(map or []),
            sheets=(sheet_a or None, sheet_b or None),
            settings=matching.settings_of(link_at, possible_at, show_at),
            names_only=names_only,
            explain=explain,
            skip_bad_rows=skip_bad_rows,
            spark=matching.spark_of(engine, spark),
        )
    except matching.WrongCallError as wrong:
        progress.say(str(wrong))
        return progress.WRONG_CALL
    return matching.run_match(asked)


def repeats(file: Path, *, out: Path | None = None) -> int:
    """Find the lines of one list file that name the same person, and write them in groups.

    Needs no installation. Example: repatria repeats theirs.xlsx --out repeats.csv

    Args:
        file: a list file.
        out: CSV with person, row, line, weakest_link; standard output without it.
    """
    _without_idle_threads()
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.repeats(file, out=out)


def _without_idle_threads() -> None:
    """Before numpy is loaded: linkage has threads of its own, and only small matrices.

    Those of the linear algebra would wait for each other in loops that take a processor from
    the others, for longer than the sums themselves need.
    """
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
