"""`package fork show`, `export`, `check`: who told two stories, and who can check that?"""

import json
import sys
from pathlib import Path
from typing import Any

from repatria.cli.commands.inbox import desk_at
from repatria.cli.console import (
    REFUSED,
    WRONG_CALL,
    err,
    out_console,
    plain_errors,
    read_small_file,
)
from repatria.ledger.checkpoint import Signers, read_note
from repatria.ledger.fingerprint import qr_of
from repatria.ledger.fork import MAX_EVIDENCE_BYTES, Evidence, origin_in, read_evidence
from repatria.ledger.keyring import read_keyring
from repatria.ledger.signing import VerifyKey
from repatria.operations.forks import evidence_against, forked_logs
from repatria.terms import NotVisible, PartyCode
from repatria.wiring.outbox import write_new


def fork_show(home: Path, party: str, *, as_json: bool) -> int:
    """Say which logs are frozen."""
    with plain_errors() as code, desk_at(home) as (_, desk):
        frozen = forked_logs(desk.log)
        if party and PartyCode(party) not in frozen:
            raise NotVisible
        shown = [PartyCode(party)] if party else sorted(frozen)
        found = {each: evidence_against(desk.log, each) for each in shown}
        if as_json:
            told = [{"party": each, **_as_json(e)} for each, e in found.items()]
            sys.stdout.write(json.dumps(told) + "\n")
        elif not found:
            err.print("no log is frozen here")
        for each, evidence in found.items():
            if not as_json:
                out_console.print(f"{each} told two stories about its log, and its log is frozen.")
                _print_evidence(evidence)
                out_console.print(
                    f"To show it to somebody: repatria package fork export {each} {each}.fork"
                )
    return code[0]


def _as_json(evidence: Evidence) -> dict[str, Any]:
    shorter, _ = read_note(evidence.shorter, place="fork")
    longer, _ = read_note(evidence.longer, place="fork")
    return {
        "origin": shorter.origin,
        "size": shorter.size,
        "root": shorter.root.hex(),
        "other_size": longer.size,
        "other_root": longer.root.hex(),
        "other_root_there": evidence.root_within.hex(),
        "bytes": len(evidence.raw),
    }


def _print_evidence(evidence: Evidence) -> None:
    told = _as_json(evidence)
    out_console.print(f"  one story: {told['size']} entries, root {told['root']}")
    out_console.print(f"  the other: {told['other_size']} entries, root {told['other_root']}")
    out_console.print(f"    which after {told['size']} has root {told['other_root_there']}")


def fork_export(home: Path, party: str, out: Path, *, qr: Path | None) -> int:
    """Write the evidence into a file."""
    with plain_errors() as code, desk_at(home) as (_, desk):
        evidence = evidence_against(desk.log, PartyCode(party))
        for path in (out, qr):
            if path is not None and path.exists():
                raise FileExistsError(path)
        write_new(out, evidence.raw)
        if qr is not None:
            write_new(qr, qr_of(evidence.raw).encode())
        err.print(f"{len(evidence.raw)} bytes; whoever knows {party}'s keys can check them:")
        err.print(f"repatria package fork check {out} --keyring {party}.keyring")
    return code[0]


def fork_check(file: Path, *, key: str, keyring: Path | None, as_json: bool) -> int:
    """Check evidence with keys alone."""
    with plain_errors() as code:
        if bool(key) == (keyring is not None):
            err.print("give the accused party's keys: --keyring FILE, or --key BASE64")
            return WRONG_CALL
        try:
            signers: Signers = (
                VerifyKey.from_text(key)
                if keyring is None
                else read_keyring(read_small_file(keyring), place=keyring.name)
            )
        except ValueError:
            err.print("the key is not a public key in base64")
            return WRONG_CALL
        with file.open("rb") as opened:
            raw = opened.read(MAX_EVIDENCE_BYTES + 1)
        origin = origin_in(raw, place=file.name)
        evidence = read_evidence(raw, signers, place=file.name)
        if as_json:
            sys.stdout.write(json.dumps({"holds": True, **_as_json(evidence)}) + "\n")
        else:
            out_console.print(f"SHOWN: whoever holds this key signed two stories about {origin}.")
            _print_evidence(evidence)
    if code[0] == REFUSED:
        err.print("nothing is shown against anybody by this file and these keys")
    return code[0]
