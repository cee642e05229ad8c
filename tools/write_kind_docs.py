"""Writes `docs/kinds.md` from the kinds of statements; with `--check` only says whether it is so.

python tools/write_kind_docs.py [--check]
"""

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

from repatria.ledger.kinds import KINDS, Kind

TARGET = Path(__file__).resolve().parents[1] / "docs" / "kinds.md"
OPENING = """\
# Kinds of statements

Written by `tools/write_kind_docs.py` from `src/repatria/ledger/kinds/`, one file each. A kind
that an installation does not know, from a newer version, survives import unchanged.

**Sensitivity**, from least to most harm in the wrong hands: `public`, `procedural`, `personal`,
`restricted`.

**Readers**, the widest audience a statement of the kind may be given; a wider one is refused
before anything is written. `agency` is GC IV art. 137: what could harm the person is withheld
from the other party, never from the Central Agency.

| readers | who |
|---|---|
| `own` | the party that speaks, nobody else |
| `agency` | the party and the neutral intermediary |
| `parties` | the party and other parties, never the public |
| `medical` | the medical role of the party; never travels |
| `family` | the party, the intermediary, and the one family it is about |
| `public` | everybody |

**Struck out** is what `repatria export --redacted` replaces by `[withheld]`, for somebody who
checks the log but may not read the matter.

| kind | what it says | sensitivity | readers | content | struck out |
|---|---|---|---|---|---|
"""


def _row(kind: Kind) -> str:
    opening = (sys.modules[kind.payload.__module__].__doc__ or "").splitlines()[0]
    content = ", ".join(f"`{each.name}`" for each in dataclasses.fields(kind.payload))
    redacted = ", ".join(f"`{key}`" for key in sorted(kind.redacted))
    says = opening.replace("|", "\\|")
    return (
        f"| `{kind.name}` | {says} | {kind.sensitivity} | {kind.readers} | {content} | {redacted} |"
    )


def _document() -> Iterator[str]:
    yield OPENING.rstrip("\n")
    for _, kind in sorted(KINDS.items()):
        yield _row(kind)


def document() -> str:
    """The whole page."""
    return "\n".join(_document()) + "\n"


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv[1:]:
        if TARGET.read_text("utf-8") == document():
            return 0
        print(f"{TARGET.name} is not what the kinds say; run tools/write_kind_docs.py")
        return 1
    TARGET.write_text(document(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
