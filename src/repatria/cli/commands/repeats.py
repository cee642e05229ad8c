"""`repeats`: which lines of a list file name the same person?"""

import contextlib
import csv
import sys
from pathlib import Path

from repatria.cli.console import err, plain_errors, progress_bar
from repatria.linkage import Profile, score_repeats
from repatria.lists.reading import NO_LINES, ListRecord, ReadRow, open_list_file


def repeats(file: Path, *, out: Path | None) -> int:
    """Group the lines of a list file that are taken for one person."""
    from repatria.operations.clusters import (  # noqa: PLC0415 -- not for help
        Likeness,
        clusters,
        repeats_in,
    )

    with plain_errors() as code:
        rows = [row for row in open_list_file(file).rows() if isinstance(row, ReadRow)]
        if not rows:
            err.print(f"{file.name}: {NO_LINES}")
        by_row = {str(row.number): row.record for row in rows}
        profiles = [_profile(row, record) for row, record in by_row.items()]
        with progress_bar("comparing") as progress:
            scored = score_repeats(profiles, progress=progress)
        found = clusters(
            Likeness(left=left, right=right, score=float(scored.score[at]))
            for at in range(len(scored))
            for left, right in [scored.ids(at)]
        )
        target = out.open("w", encoding="utf-8", newline="") if out else sys.stdout
        with contextlib.ExitStack() as stack:
            if out:
                stack.enter_context(target)
            writer = csv.writer(target)
            writer.writerow(["person", "row", "line", "weakest_link"])
            for number, cluster in enumerate(found, start=1):
                weakest = f"{cluster.weakest.score:.6f}" if cluster.weakest else ""
                for row in sorted(cluster.records, key=int):
                    writer.writerow([number, row, by_row[row].line_number, weakest])
        err.print(
            f"{repeats_in(found)} of {len(rows)} lines repeat another; "
            + ("1 person stands" if len(found) == 1 else f"{len(found)} persons stand")
            + " there more than once"
        )
    return code[0]


def _profile(row: str, record: ListRecord) -> Profile:
    return Profile(
        id=row,
        names=record.names,
        birth=record.birth,
        sex=record.sex,
        father=record.father,
        captured_on=record.captured_on,
        place_of_birth=record.born_at,
    )
