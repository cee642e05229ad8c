"""What was asked about whom, and what was answered?

Start at `fold_line` (one line and its answers) and `objections_to_answer`;
`self_check` is for the author before a list leaves the house, `summary` for
both sides after; `final_table` is what all sign at the end, `fold_calendar` says
what is due. Reading files is in `lists.reading`.
Not here: whether two lines are the same person (`linkage`).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repatria.lists.answering import objections_to_answer
    from repatria.lists.calendar import fold_calendar
    from repatria.lists.checking import self_check
    from repatria.lists.final import final_table
    from repatria.lists.line import TERMINAL, Answer, LineState, LineStatus, fold_line, status_of
    from repatria.lists.progress import ListSummary, summary

__all__ = [
    "TERMINAL",
    "Answer",
    "LineState",
    "LineStatus",
    "ListSummary",
    "final_table",
    "fold_calendar",
    "fold_line",
    "objections_to_answer",
    "self_check",
    "status_of",
    "summary",
]

_FOUND_IN = {
    "TERMINAL": "line",
    "Answer": "line",
    "LineState": "line",
    "LineStatus": "line",
    "ListSummary": "progress",
    "final_table": "final",
    "fold_calendar": "calendar",
    "fold_line": "line",
    "objections_to_answer": "answering",
    "self_check": "checking",
    "status_of": "line",
    "summary": "progress",
}


def __getattr__(name: str) -> object:
    """A name above, loaded when asked for: `lists.reading` alone needs no statement."""
    if name not in _FOUND_IN:
        raise AttributeError(name)
    return getattr(import_module(f"repatria.lists.{_FOUND_IN[name]}"), name)
