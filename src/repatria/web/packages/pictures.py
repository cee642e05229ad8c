"""How is a fork drawn, how are counts, and how does a code for a camera fit a phone?

Pictures are made here, without a script; whatever they show stands beside them in
words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from repatria.ledger.checkpoint import read_note
from repatria.ledger.fingerprint import qr_of
from repatria.ledger.fork import Evidence
from repatria.operations.preview import Preview

_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_ROOT_SHOWN = 12
MOST_BARS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkPicture:
    """One line that becomes two.

    Attributes:
        size: up to where the shorter story is told; both differ there.
        root: its root, shortened.
        other_root: the root that the other story has at that size, shortened.
        longer: up to where the other story is told.
        longer_root: its root there, shortened.
    """

    size: int
    root: str
    other_root: str
    longer: int
    longer_root: str

    @property
    def goes_on(self) -> bool:
        """Whether the second story was told beyond the size at which both differ."""
        return self.longer > self.size


def fork_picture(evidence: Evidence) -> ForkPicture:
    """What is drawn of evidence."""
    shorter, _ = read_note(evidence.shorter, place="fork")
    longer, _ = read_note(evidence.longer, place="fork")
    return ForkPicture(
        size=shorter.size,
        root=shorter.root.hex()[:_ROOT_SHOWN],
        other_root=evidence.root_within.hex()[:_ROOT_SHOWN],
        longer=longer.size,
        longer_root=longer.root.hex()[:_ROOT_SHOWN],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many statements of a kind; an empty kind stands for those withheld.

    Attributes:
        old, fresh: widths in hundredths of the widest bar.
    """

    kind: str
    total: int
    new: int
    old: float
    fresh: float


def bars_of(seen: Preview) -> Sequence[Bar]:
    """The bars of a preview: each kind that may be read here, then what is withheld."""
    rows = [(each.kind, each.total, each.new) for each in seen.kinds]
    if seen.withheld:
        rows.append(("", seen.withheld, max(0, seen.new - seen.new_readable)))
    most = max((total for _, total, _ in rows), default=1)
    return [
        Bar(
            kind=kind,
            total=total,
            new=new,
            old=round(100 * total / most, 1),
            fresh=round(100 * new / most, 1),
        )
        for kind, total, new in rows
    ]


def code_picture(content: bytes | str) -> SafeString:
    """A QR code that is as wide as its place; empty when it is too much for one code."""
    try:
        picture = qr_of(content)
    except ValueError:
        return mark_safe("")
    # Made by us from numbers alone; nothing of the content stands in it as text.
    return mark_safe(_SIZE.sub(r'viewBox="0 0 \1 \2"', picture, count=1))  # noqa: S308
