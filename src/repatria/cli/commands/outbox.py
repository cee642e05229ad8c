"""`package make`, `outbox`, `revoke`: what we bring others."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from repatria.cli.commands.inbox import desk_at
from repatria.cli.console import (
    OPERATOR,
    REFUSED,
    WRONG_CALL,
    err,
    out_console,
    plain_errors,
    progress_bar,
)
from repatria.ledger.fingerprint import qr_of
from repatria.operations.packages import MadePackage, return_log, revoke_package, send_package
from repatria.terms import ActorId, NotVisible, PartyCode, Role, Viewer
from repatria.wiring.installation import Installation, now
from repatria.wiring.outbox import keep_made, write_new


def make_package(
    home: Path,
    *,
    to: Sequence[str],
    until: str,
    gives_back: bool,
    out: Path | None,
    qr: Path | None,
    as_json: bool,
) -> int:
    """Make a package and put it where it is fetched."""
    with plain_errors() as code:
        moment = _moment(until) if until else None
        if until and moment is None:
            err.print("--until is a day such as 2030-03-01, or a moment: 2030-03-01T18:00+04:00")
            return WRONG_CALL
        if gives_back and (len(to) != 1 or until):
            err.print("a log is given back to the one whose it is: one --to, and no --until")
            return WRONG_CALL
        for path in (out, qr):
            if path is not None and path.exists():
                raise FileExistsError(path)
        parties = [PartyCode(party) for party in to]
        with desk_at(home) as (installation, desk):
            with progress_bar("sealing"):
                made = (
                    return_log(desk, to=parties[0])
                    if gives_back
                    else send_package(desk, to=parties, until=moment)
                )
            path = write_new(out, made.raw) if out else keep_made(installation, made, parties)
        written = _write_qr(made, qr) if qr is not None else True
        _say(made, path, qr if written else None, as_json=as_json)
        code[0] = code[0] if written else REFUSED
    return code[0]


def _moment(text: str) -> datetime | None:
    """A moment; the end of a day for a day alone. Without a zone it is UTC."""
    try:
        if len(text) == len("2030-03-01"):
            return datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def _write_qr(made: MadePackage, path: Path) -> bool:
    try:
        picture = qr_of(made.raw)
    except ValueError:
        err.print(f"{len(made.raw)} bytes are too much for one QR code; carry the file")
        return False
    write_new(path, picture.encode())
    return True


def _say(made: MadePackage, path: Path, qr: Path | None, *, as_json: bool) -> None:
    if as_json:
        told = {
            "digest": made.digest,
            "file": str(path),
            "qr": str(qr) if qr else None,
            "statements": made.statements,
            "readable": made.disclosed,
            "bytes": len(made.raw),
        }
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        out_console.print(str(path))
    err.print(
        f"{made.statements} statements, {made.disclosed} of them readable for its recipient, "
        f"{len(made.raw)} bytes, digest {made.digest[:12]}"
    )
    if qr is not None:
        err.print(f"as a QR code: {qr}")


def operator_of(installation: Installation) -> Viewer:
    """Whoever sits at the machine reads as his own party's desk does."""
    return Viewer(actor=ActorId(OPERATOR), role=Role.REGISTRAR, party=installation.party)


def outbox(home: Path, *, as_json: bool) -> int:
    """What was made for each peer, and how far each has come."""
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            from repatria.store.queries.peers import (  # noqa: PLC0415 -- needs Django set up
                correspondents,
                sent_packages,
            )

            viewer = operator_of(installation)
            peers = correspondents(viewer, now=now())
            waiting = {p.code: sent_packages(viewer, now=now(), to=p.code) for p in peers}
        installation.close()
        if as_json:
            told = [
                {
                    "party": p.code,
                    "sent": p.sent,
                    "sent_size": p.sent_size,
                    "size": p.ours,
                    "receipted": p.row.receipted_size,
                    "behind": p.behind,
                    "heard_at": p.row.heard_at.isoformat() if p.row.heard_at else None,
                    "frozen": bool(p.row.evidence),
                    "packages": [
                        {"digest": s.digest, "size": s.row.size, "state": s.state}
                        for s in waiting[p.code]
                    ],
                }
                for p in peers
            ]
            sys.stdout.write(json.dumps(told) + "\n")
            return code[0]
        if not peers:
            err.print("no peer was introduced: repatria peer PARTY --title ... --keyring ...")
        for p in peers:
            word = (
                f"last word {p.row.heard_at:%Y-%m-%d %H:%M} UTC, {p.days_silent} days ago"
                if p.row.heard_at
                else "no word yet"
            )
            frozen = "  LOG FROZEN (repatria package fork show)" if p.row.evidence else ""
            out_console.print(
                f"{p.code}: {p.sent} made, receipted up to {p.row.receipted_size} of {p.ours}, "
                f"{p.behind} behind; {word}{frozen}"
            )
            for s in waiting[p.code]:
                state = s.state.replace("_", " ")
                out_console.print(f"    {s.digest[:12]}  up to {s.row.size}  {state}")
    return code[0]


def revoke(home: Path, digest: str, *, reason: str) -> int:
    """Take a package back."""
    with plain_errors() as code, desk_at(home) as (installation, desk):
        from repatria.store.queries.peers import sent_packages  # noqa: PLC0415 -- as above

        found = {
            s.digest for s in sent_packages(operator_of(installation), now=now(), search=digest)
        }
        if len(digest) < 6 or len(found) != 1:
            raise NotVisible
        revoke_package(desk, digest=found.pop(), reason=reason)
        err.print("taken back; its recipients learn it with the next package")
    return code[0]
