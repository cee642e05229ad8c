"""`figures`: which public figures agree, and which figures a text holds."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from repatria.cli.console import OPERATOR, WRONG_CALL, err, out_console, plain_errors
from repatria.operations.claim_files import claims_in_file
from repatria.record.check import Check, CheckKind
from repatria.record.claims import Claim
from repatria.record.comparing import findings
from repatria.record.explaining import explanation
from repatria.record.suggesting import Suggestion, suggestions
from repatria.record.suggesting.source_text import SourceText, day_told_in, read_source
from repatria.terms import Role
from repatria.wiring.installation import Installation


def check(file: Path, *, as_json: bool, differing: bool) -> int:
    """Compare the claims of a file and print each finding."""
    with plain_errors() as code:
        claims: dict[str, Claim] = {claim.id: claim for claim in claims_in_file(file)}
        found = [c for c in findings(claims.values()) if not (differing and c.holds)]
        for each in found:
            if as_json:
                line = json.dumps(_as_json(each, claims), ensure_ascii=False)
                sys.stdout.write(line + "\n")
            else:
                mark = "agrees " if each.holds else "DIFFERS"
                out_console.print(f"{mark} {explanation(each, claims)}")
    return code[0]


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


def extract(file: Path, *, as_json: bool, said_on: str) -> int:
    """Print the figures a text holds; nothing is recorded."""
    with plain_errors() as code:
        try:
            content = file.read_bytes()
            day = date.fromisoformat(said_on) if said_on else None
        except OSError:
            err.print(f"{file.name}: cannot be read")
            return WRONG_CALL
        except ValueError:
            err.print("the day is written as 2023-12-13")
            return WRONG_CALL
        source = read_source(content)
        day = day or source.said_on or day_told_in(source.text)
        for each in suggestions(source.text, said_on=day):
            if as_json:
                line = json.dumps(_suggested(each, source), ensure_ascii=False)
                sys.stdout.write(line + "\n")
            else:
                who = each.speaker or "the text"
                what = " ".join(w for w in (each.category, each.action, str(each.when or "")) if w)
                out_console.print(f"{each.start}-{each.end}: {each.figure}: {what} ({who})")
    return code[0]


def _suggested(each: Suggestion, source: SourceText) -> dict[str, object]:
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


def set_aside(home: Path, *, claims: list[str], kind: str, reason: str) -> int:
    """Record that nothing follows from a finding, and why."""
    from repatria.operations.findings import set_finding_aside  # noqa: PLC0415 -- the solver

    with plain_errors() as code:
        try:
            which = CheckKind(kind)
        except ValueError:
            err.print(f"the kind is one of {', '.join(CheckKind)}")
            return WRONG_CALL
        installation = Installation.at(home)
        with installation.open():
            desk = installation.desk(OPERATOR, Role.PRESS)
            set_finding_aside(desk, kind=which, claims=claims, reason=reason)
        installation.close()
        err.print("set aside; the finding is still shown, with the reason")
    return code[0]
