"""`verify`, `ledger export`, `ledger receipt`: is it as signed, and how can others ask that?"""

import json
import sys
from pathlib import Path
from typing import Any

from repatria.cli.console import REFUSED, WRONG_CALL, err, out_console, plain_errors
from repatria.ledger.signing import VerifyKey
from repatria.operations.packages import receipt_by
from repatria.terms import PartyCode
from repatria.wiring.exporting import export_log
from repatria.wiring.installation import Installation
from repatria.wiring.verification import PlaceReport, verify_path

# The log is shorter than what was signed, or nobody knows how far that was.
_HEALED_BY_PEERS = frozenset({"database-set-back", "mark-missing", "mark-damaged"})


def verify(path: Path, *, key: str, home: Path | None, as_json: bool) -> int:
    """Verify and say what is wrong, and where."""
    with plain_errors() as code:
        try:
            known = VerifyKey.from_text(key) if key else None
        except ValueError:
            err.print("the key is not a public key in base64")
            return WRONG_CALL
        opens = [Installation.at(home).node().identity] if home is not None else []
        reports = verify_path(path, key=known, identities=opens)
        if as_json:
            sys.stdout.write(json.dumps([_as_json(r) for r in reports]) + "\n")
        else:
            for report in reports:
                _print_report(report)
        if path.is_file() and any(report.unopened for report in reports):
            code[0] = WRONG_CALL  # whoever can open it says so with --home
        if not all(report.holds for report in reports):
            code[0] = REFUSED
    return code[0]


def _as_json(report: PlaceReport) -> dict[str, Any]:
    return {
        "place": report.place,
        "party": report.party,
        "size": report.size,
        "root": report.root,
        "statements": report.statements,
        "holds": report.holds,
        "faults": [{"place": f.place, "code": f.code} for f in report.faults],
    }


def _print_report(report: PlaceReport) -> None:
    if report.unopened:
        out_console.print(f"{report.place}: not looked into; {report.note}")
        return
    if report.holds:
        out_console.print(
            f"{report.place}: as signed; {report.size} entries, "
            f"{report.statements} statements, root {report.root}"
        )
        if report.note:
            out_console.print(f"  {report.note}")
    for fault in report.faults:
        out_console.print(f"{report.place}: NOT AS SIGNED: {fault.place}: {fault.code}")
        if fault.code in _HEALED_BY_PEERS:
            out_console.print("  sign nothing; ask every peer to give our log back: repatria heal")


def export_ledger(home: Path, out: Path, *, mirror: str, bodies: bool) -> int:
    """Write a whole log for strangers."""
    with plain_errors() as code:
        installation = Installation.at(home)
        peer = PartyCode(mirror) if mirror else None
        size = export_log(installation, out, mirror=peer, bodies=bodies)
        installation.close()
        err.print(f"{size} entries written to {out}; check it with: repatria verify {out}")
    return code[0]


def write_receipt(home: Path, out: Path, *, party: str) -> int:
    """Write a peer's newest receipt for our log, for strangers."""
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            receipt = receipt_by(installation.log(), PartyCode(party))
        installation.close()
        with out.open("x", encoding="utf-8", newline="") as file:
            file.write(receipt)
        size = receipt.split("\n")[1]
        err.print(f"{party} has seen our log up to {size} entries; its receipt is in {out}")
    return code[0]
