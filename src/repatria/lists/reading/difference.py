"""What would applying this file change?

Lines are the same line when they have the same number in the list. A line that
the file no longer has is said to be absent and left alone: leaving a person off
a list is not a statement about that person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repatria.lists.reading.model import ListRecord, ReadRow, UnreadableRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A line that was there already and says something else now.

    Attributes:
        fields: names of the `ListRecord` fields that differ, in order.
    """

    row: ReadRow
    before: ListRecord
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDiff:
    """What applying the file would do; nothing is done here.

    Attributes:
        new, changed, same, unreadable: every row is in exactly one of them.
        absent: numbers of lines that exist and that no row of the file could be read as.
        blank: how many rows of the file are blank.
    """

    new: tuple[ReadRow, ...]
    changed: tuple[ChangedRow, ...]
    same: tuple[ReadRow, ...]
    unreadable: tuple[UnreadableRow, ...]
    absent: tuple[int, ...]
    blank: int

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would write nothing."""
        return not self.new and not self.changed


def diff(
    existing: Mapping[int, ListRecord],
    rows: Iterable[ReadRow | UnreadableRow],
    *,
    blank: int = 0,
) -> ImportDiff:
    """What the rows would add to and change in the existing lines, by line number."""
    new: list[ReadRow] = []
    changed: list[ChangedRow] = []
    same: list[ReadRow] = []
    unreadable: list[UnreadableRow] = []
    seen: set[int] = set()
    for row in rows:
        if isinstance(row, UnreadableRow):
            unreadable.append(row)
            continue
        seen.add(row.record.line_number)
        before = existing.get(row.record.line_number)
        if before is None:
            new.append(row)
        elif fields := row.record.differing_fields(before):
            changed.append(ChangedRow(row=row, before=before, fields=fields))
        else:
            same.append(row)
    return ImportDiff(
        new=tuple(new),
        changed=tuple(changed),
        same=tuple(same),
        unreadable=tuple(unreadable),
        absent=tuple(sorted(set(existing) - seen)),
        blank=blank,
    )
