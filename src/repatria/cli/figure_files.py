"""`figures`: which public figures agree, and which figures a text holds.

Reads files and nothing else, so it loads no installation.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from repatria.cli.voice import REFUSED, WRONG_CALL, err, file_errors, out_console
from repatria.operations.claim_files import claims_in_file
from repatria.record.check import Check
from repatria.record.claims import Claim
from repatria.record.comparing import findings, gathered
from repatria.record.explaining import explanation
from repatria.terms import Refusal

if TYPE_CHECKING:
    from repatria.record.suggesting import Suggestion
    from repatria.record.suggesting.source_text import SourceText


def check(file: Path, *, as_json: bool, differing: bool) -> int:
    """Compare the claims of a file and print each finding."""
    with file_errors() as code:
        claims: dict[str, Claim] = {claim.id: claim for claim in claims_in_file(file)}
        for each in gathered(findings(claims.values()), claims):
            if differing and each.check.holds and all(check.holds for check in each.also):
                continue
            if as_json:
                also = [_in_short(check) for check in each.also]
                line = json.dumps(_as_json(each.check, claims) | {"also": also}, ensure_ascii=False)
                sys.stdout.write(line + "\n")
                continue
            out_console.print(f"{_mark(each.check)} {explanation(each.check, claims)}")
            for check in each.also:
                out_console.print(f"        from this follows, {_mark(check)}: {check.arithmetic}")
    return code[0]


def _mark(check: Check) -> str:
    return "agrees " if check.holds else "DIFFERS"


def _in_short(check: Check) -> dict[str, object]:
    """What follows from a finding: enough to find it, and to set it aside."""
    return {
        "kind": check.kind.value,
        "claims": list(check.claims),
        "left": check.left,
        "right": check.right,
        "holds": check.holds,
        "arithmetic": check.arithmetic,
    }


def _as_json(check: Check, claims: Mapping[str, Claim]) -> dict[str, object]:
    return {
        "kind": check.kind.value,
        "claims": list(check.claims),
        "left": check.left,
        "right": check.right,
        "holds": check.holds,
        "left_of": check.left_of or check.claims[0],
        "right_of": check.right_of or check.claims[-1],
        "arithmetic": check.arithmetic,
        "derived": check.derived,
        "severity": check.severity.value,
        "explanation": explanation(check, claims),
    }


_NO_SOURCE = {
    "text-empty": "holds no text; a scanned page is a picture, and is not read",
    "text-unreadable": "is no text, no page and no PDF that can be read",
    "text-too-large": "is larger than the limit",
}


def extract(file: Path, *, as_json: bool, said_on: str) -> int:
    """Print the figures a text holds; nothing is recorded."""
    # What reads pages and PDF files takes longer to load than a table takes to compare.
    from repatria.record.suggesting import suggestions  # noqa: PLC0415
    from repatria.record.suggesting.source_text import day_told_in, read_source  # noqa: PLC0415

    with file_errors() as code:
        try:
            content = file.read_bytes()
            day = date.fromisoformat(said_on) if said_on else None
        except OSError:
            err.print(f"{file.name}: cannot be read")
            return WRONG_CALL
        except ValueError:
            err.print("the day is written as 2023-12-13")
            return WRONG_CALL
        try:
            source = read_source(content)
        except Refusal as refusal:
            reason = refusal.objections[0].code
            err.print(f"refused: {reason}: {file.name}: {_NO_SOURCE[reason]}")
            return REFUSED
        day = day or source.said_on or day_told_in(source.text)
        found = suggestions(source.text, said_on=day)
        if not found:
            err.print("no count of people was found in this text")
        for each in found:
            if as_json:
                line = json.dumps(_suggested(each, source), ensure_ascii=False)
                sys.stdout.write(line + "\n")
            else:
                who = each.speaker or "the text"
                what = " ".join(w for w in (each.category, each.action, str(each.when or "")) if w)
                out_console.print(f"{each.start}-{each.end}: {each.figure}: {what} ({who})")
    return code[0]


def _suggested(each: "Suggestion", source: "SourceText") -> dict[str, object]:
    place = source.place(each.start, each.end)
    return {
        "start": each.start,
        "end": each.end,
        "figure": each.figure,
        "value": each.value,
        "bound": each.bound.value,
        "speaker": each.speaker,
        "speaker_start": each.speaker_start,
        "speaker_end": each.speaker_end,
        "action": each.action,
        "verb": each.verb,
        "category": each.category,
        "category_start": each.category_start,
        "category_end": each.category_end,
        "date": str(each.when) if each.when else "",
        "place": each.place,
        "composition": list(each.composition),
        "source_start": place[0] if place else None,
        "source_end": place[1] if place else None,
        "sentence": source.text[each.sentence_start : each.sentence_end],
        "sentence_start": each.sentence_start,
        "sentence_end": each.sentence_end,
    }
