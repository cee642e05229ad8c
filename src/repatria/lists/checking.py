"""What should the author of a list mend before handing it over?

Only what can be seen without comparing names across scripts: lines that cannot
be told apart from others, and plain repeats. Likeness is for `linkage`.
"""

from collections.abc import Hashable, Sequence

from repatria.ledger.kinds.list_line import ListLine
from repatria.terms import Finding, Severity


def self_check(lines: Sequence[ListLine]) -> tuple[Finding, ...]:
    """Findings by line number; a repeat is reported at the later line.

    Codes: `too-little-to-identify` (neither date of birth nor father's name, so
    nothing but a name), `reference-repeated`, `line-repeated`.

    Source: GC III art. 122 and GC IV art. 138 (particulars that identify).
    """
    found: list[Finding] = []
    by_reference: dict[str, ListLine] = {}
    by_content: dict[Hashable, ListLine] = {}
    for line in sorted(lines, key=lambda each: (each.number, each.line_id)):
        if line.birth is None and not line.father:
            found.append(_finding("too-little-to-identify", Severity.WARNING, line))
        first = by_content.setdefault(_content(line), line)
        if first is not line:
            found.append(_finding("line-repeated", Severity.WARNING, line, first))
        if line.reference:
            first = by_reference.setdefault(line.reference, line)
            if first is not line:
                found.append(_finding("reference-repeated", Severity.WARNING, line, first))
    return tuple(found)


def _content(line: ListLine) -> Hashable:
    """All a line says of the person, without what only numbers or remarks on the line."""
    return (
        line.names,
        line.father,
        line.birth,
        line.sex,
        line.category,
        line.category_wording,
        line.rank,
        line.captured_on,
        line.captured_at,
        line.status,
    )


def _finding(
    code: str, severity: Severity, line: ListLine, first: ListLine | None = None
) -> Finding:
    values: dict[str, str | int] = {"line": line.number}
    about = [str(line.line_id)]
    if first is not None:
        values["first_line"] = first.number
        about.append(first.line_id)
    return Finding(
        code=code,
        severity=severity,
        about=tuple(about),
        where=f"line {line.number}",
        values=values,
    )
