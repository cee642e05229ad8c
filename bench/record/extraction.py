"""How many figures of the annotated texts are found, and how much of what is said of each?

A figure is found when its place overlaps and its value is equal. A field is compared for
the figures found: precision over those for which something is suggested, recall over those
for which the annotation has something. A speaker or category is right when the one's words
are the other's or hold them; a date and an action when they are equal.
"""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

from repatria.record.suggesting import Suggestion, suggestions

FIELDS = ("figure", "speaker", "category", "date", "action")
HERE = Path(__file__).parent


def scores(split: str, *, show: bool = False) -> dict[str, tuple[int, int, int]]:
    """Field -> right, suggested, annotated."""
    counts = {field: Counter[str]() for field in FIELDS}
    for text in json.loads((HERE / "annotated" / f"{split}.json").read_text("utf-8")):
        found = list(suggestions(text["text"], said_on=date.fromisoformat(text["said_on"])))
        wanted = list(text["figures"])
        counts["figure"]["suggested"] += len(found)
        counts["figure"]["annotated"] += len(wanted)
        for each in wanted:
            match = next((f for f in found if _same(f, each)), None)
            if match is None:
                if show:
                    print(
                        text["id"],
                        "MISSED",
                        each["figure"],
                        "…",
                        text["text"][each["start"] : each["end"] + 40],
                    )
                for field in FIELDS[1:]:
                    counts[field]["annotated"] += bool(each[field])
                continue
            found.remove(match)
            counts["figure"]["right"] += 1
            for field in FIELDS[1:]:
                given = _field(match, field)
                right = _agree(field, given, each[field])
                counts[field]["suggested"] += bool(given)
                counts[field]["annotated"] += bool(each[field])
                counts[field]["right"] += right and bool(given)
                if show and not right:
                    print(
                        text["id"], each["figure"], field, repr(given), "wanted", repr(each[field])
                    )
        if show:
            for extra in found:
                print(
                    text["id"],
                    "EXTRA",
                    extra.figure,
                    text["text"][extra.start - 20 : extra.end + 20],
                )
    return {f: (c["right"], c["suggested"], c["annotated"]) for f, c in counts.items()}


def _same(found: Suggestion, wanted: dict[str, object]) -> bool:
    overlap = found.start < int(str(wanted["end"])) and int(str(wanted["start"])) < found.end
    return overlap and found.value == wanted["value"]


def _field(found: Suggestion, field: str) -> str:
    if field == "date":
        return str(found.when) if found.when else ""
    return str(getattr(found, field))


def _agree(field: str, given: str, wanted: str) -> bool:
    if field in ("date", "action"):
        return given == wanted
    one, other = (re.sub(r"^(?:the|a)\s+", "", t.casefold().strip()) for t in (given, wanted))
    return one == other or bool(one and other and (one in other or other in one))


def table(split: str) -> str:
    """The scores as a table."""
    lines = [
        f"| field ({split}) | right | suggested | annotated | precision | recall |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for field, (right, suggested, annotated) in scores(split).items():
        precision, recall = right / max(1, suggested), right / max(1, annotated)
        lines.append(
            f"| {field} | {right} | {suggested} | {annotated} | {precision:.3f} | {recall:.3f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    scores("development", show=True)
    print(table("development"))
