"""`promise record`, `sign`, `told`, `list`; and `place`, which puts a point on the public map."""

import json
from pathlib import Path

from repatria.cli.console import WRONG_CALL, desk_at, err, out_console, plain_errors
from repatria.ledger.payload import to_json
from repatria.operations.commitments import (
    commitments_known,
    record_commitment,
    sign_for_commitment,
    tell_about_commitment,
)
from repatria.operations.places import locate_place
from repatria.record.commitments import Commitment, Promise, Side, Verdict
from repatria.terms import PartialDate, Role, UnreadableDateError
from repatria.terms.times import day_of
from repatria.wiring.installation import now


def record(
    home: Path,
    *,
    promised_by: str,
    promised_to: str,
    what: str,
    words: str,
    source: str,
    amount: int | None,
    unit: str,
    due: str,
    public: bool,
) -> int:
    """Write a promise down; its id goes to standard output."""
    if what not in set(Promise):
        err.print(f"--what is one of {', '.join(Promise)}")
        return WRONG_CALL
    try:
        day = PartialDate.parse(due) if due else None
    except UnreadableDateError:
        return _no_date("--due")
    with plain_errors() as code:
        with desk_at(home) as desk:
            made = record_commitment(
                desk,
                promised_by=promised_by,
                promised_to=promised_to,
                what=Promise(what),
                words=words,
                source=source,
                amount=amount,
                unit=unit,
                due=day,
                public=public,
            )
        out_console.print(made)
    return code[0]


def sign(home: Path, *, promise: str, side: str, on: str, amount: int | None, words: str) -> int:
    """Sign for one side; what it comes to goes to standard error."""
    if side not in set(Side):
        err.print(f"--side is one of {', '.join(Side)}")
        return WRONG_CALL
    try:
        day = PartialDate.parse(on)
    except UnreadableDateError:
        return _no_date("--on")
    with plain_errors() as code:
        with desk_at(home) as desk:
            known = sign_for_commitment(
                desk,
                promise,
                side=Side(side),
                on=day,
                amount=amount,
                words=words,
            )
        err.print(_line(known))
    return code[0]


def told(
    home: Path, *, promise: str, speaker: str, via: str, on: str, says: str, words: str
) -> int:
    """Record what somebody said about a promise."""
    if says not in set(Verdict):
        err.print(f"--says is one of {', '.join(Verdict)}")
        return WRONG_CALL
    try:
        day = PartialDate.parse(on)
    except UnreadableDateError:
        return _no_date("--on")
    with plain_errors() as code:
        with desk_at(home) as desk:
            known = tell_about_commitment(
                desk,
                promise,
                speaker=speaker,
                via=via,
                said_on=day,
                says=Verdict(says),
                words=words,
            )
        err.print(_line(known))
    return code[0]


def show(home: Path, *, as_json: bool) -> int:
    """One line, or one JSON object, for each promise."""
    with plain_errors() as code:
        with desk_at(home) as desk:
            found = commitments_known(desk.log)
        for each in found:
            if as_json:
                state = each.state(day_of(now()))
                out_console.print(
                    json.dumps({**to_json(each), "state": state}, ensure_ascii=False),
                    soft_wrap=True,
                    markup=False,
                    highlight=False,
                )
            else:
                out_console.print(_line(each), markup=False, soft_wrap=True)
        if not found:
            err.print("no promise is recorded yet")
    return code[0]


def place(home: Path, *, title: str, latitude: float, longitude: float, source: str) -> int:
    """Put a handover point on the public map."""
    with plain_errors() as code:
        with desk_at(home, Role.PRESS) as desk:
            made = locate_place(
                desk,
                title=title,
                latitude_e4=round(latitude * 10_000),
                longitude_e4=round(longitude * 10_000),
                source=source,
            )
        out_console.print(made)
    return code[0]


def _line(each: Commitment) -> str:
    amount = "" if each.amount is None else f" {each.confirmed_amount}/{each.amount} {each.unit}"
    due = f", due {each.due}" if each.due is not None else ""
    return (
        f"{each.state(day_of(now()))}: {each.promised_by} to {each.promised_to}, "
        f"{each.what}{amount}{due}; receipts: {len(each.receipts)} ({each.id})"
    )


def _no_date(option: str) -> int:
    err.print(f"{option} is a date such as 2030, 2030-04 or 2030-04-01")
    return WRONG_CALL
