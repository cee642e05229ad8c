"""`figures`: which public figures agree, and which figures a text holds."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from repatria.cli.console import out_console, plain_errors
from repatria.operations.claim_files import claims_in_file
from repatria.record.check import Check
from repatria.record.claims import Claim
from repatria.record.comparing import findings
from repatria.record.explaining import explanation


def check(file: Path, *, as_json: bool, differing: bool) -> int:
    """Compare the claims of a file and print each finding."""
    with plain_errors() as code:
        claims = {claim.id: claim for claim in claims_in_file(file)}
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
