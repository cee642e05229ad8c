"""`round open|commit|confirm|reveal|show`: lists are committed to before they are revealed."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from repatria.cli.console import (
    OPERATOR,
    WRONG_CALL,
    err,
    is_party,
    out_console,
    plain_errors,
    progress_bar,
)
from repatria.ledger.kinds.round_opened import Reveals
from repatria.lists.reading import open_list_file
from repatria.lists.rounds import Round
from repatria.terms import PartyCode, Role
from repatria.terms.parties import INTERMEDIARY
from repatria.wiring.installation import Installation

ALONE = (
    "nobody stands between the two parties: the last to reveal can walk away after it has seen "
    "the other's list. Nothing can prevent that; only who did it can be shown."
)


def open_round(
    home: Path,
    *,
    title: str,
    parties: Sequence[str],
    alone: bool,
    matched: bool,
    private: bool,
    max_entries: int,
    step: int,
) -> int:
    """Open a round."""
    from repatria.operations.rounds import open_round as opened  # noqa: PLC0415 -- not for help

    if matched and private:
        err.print("matched needs the intermediary, private has none: choose one of the two")
        return WRONG_CALL
    reveals = Reveals.MATCHED if matched else Reveals.PRIVATE if private else Reveals.WHOLE
    if not all(is_party(party) for party in parties):
        return WRONG_CALL
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            round_id = opened(
                installation.desk(OPERATOR, _role(installation, Role.NEGOTIATOR)),
                title=title,
                parties=[PartyCode(party) for party in parties],
                with_intermediary=not (alone or private),
                reveals=reveals,
                max_entries=max_entries,
                step=step,
            )
        installation.close()
        err.print(f"{round_id} is open; packages take it to the others")
        if alone and not private:
            err.print(ALONE)
        out_console.print(round_id)
    return code[0]


def commit(home: Path, *, round_id: str, list_id: str, file: Path | None, amend: str) -> int:
    """Commit to a list, or amend the one committed to."""
    from repatria.operations import rounds  # noqa: PLC0415 -- not for help

    if bool(list_id) == bool(file):
        err.print("say which list: --list ID of one that was handed in, or --file FILE")
        return WRONG_CALL
    with plain_errors() as code:
        installation = Installation.at(home)
        rows: Any = ()
        if file is not None:
            read = open_list_file(file)
            with progress_bar("reading") as progress:
                rows = tuple(read.rows(progress))
        with installation.open(), err.status("committing"):
            desk = installation.desk(OPERATOR, Role.NEGOTIATOR)
            entries = (
                rounds.entries_of_rows(rows) if file else rounds.entries_of_list(desk, list_id)
            )
            if amend:
                receipt = rounds.amend_list(desk, round_id=round_id, entries=entries, reason=amend)
            else:
                receipt = rounds.commit_list(desk, round_id=round_id, entries=entries)
            found = rounds.round_of(desk.log, round_id)
        installation.close()
        if receipt.first == receipt.size:
            err.print("nothing was written: this is the list already committed to")
        else:
            err.print(f"committed to a list of {len(entries)} persons")
        if _last_can_walk_away(found):
            err.print(ALONE)
    return code[0]


def confirm(home: Path, *, round_id: str) -> int:
    """Say that both have committed, at the intermediary's."""
    from repatria.operations.confirming import confirm_both_committed  # noqa: PLC0415 -- as above

    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open(), err.status("checking both lists"):
            confirm_both_committed(
                installation.desk(OPERATOR, Role.INTERMEDIARY), round_id=round_id
            )
        installation.close()
        err.print("both lists are held, and each is as committed; nobody has read the other's yet")
    return code[0]


def reveal(home: Path, *, round_id: str, pairs: Sequence[str]) -> int:
    """Reveal what this desk may reveal now."""
    from repatria.operations.revealing import reveal as revealed  # noqa: PLC0415 -- as above
    from repatria.operations.rounds import round_of  # noqa: PLC0415 -- as above

    chosen = _pairs(pairs)
    if chosen is None:
        err.print("a pair is two slots, such as --pair 3=17: of the first party and of the second")
        return WRONG_CALL
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open(), err.status("revealing"):
            desk = installation.desk(OPERATOR, _role(installation, Role.NEGOTIATOR))
            receipt = revealed(desk, round_id=round_id, pairs=chosen or None)
            found = round_of(desk.log, round_id)
        installation.close()
        if receipt.first == receipt.size:
            err.print("nothing was written: all that is to be revealed here was revealed before")
        for party, count in found.opened.items():
            err.print(f"{party}: {count} slots opened as committed")
        if _last_can_walk_away(found):
            err.print(ALONE)
    return code[0]


def _pairs(texts: Sequence[str]) -> list[tuple[int, int]] | None:
    """The pairs of slots; None when one of the texts is not a pair."""
    out = []
    for text in texts:
        first, equals, second = text.partition("=")
        if not (equals and first.isdecimal() and second.isdecimal()):
            return None
        out.append((int(first), int(second)))
    return out


def show(home: Path, *, round_id: str, as_json: bool) -> int:
    """Show the rounds, or one with whether everything revealed is as committed."""
    from repatria.lists.rounds import fold_round  # noqa: PLC0415 -- as above
    from repatria.operations.rounds import round_of  # noqa: PLC0415 -- as above

    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            log = installation.log()
            ids = dict.fromkeys(e.statement.about[0] for e in log.of_kind("round.opened"))
            if round_id:
                shown = [round_of(log, round_id)]
            else:
                shown = [r for i in ids for r in [fold_round(i, log.about(i))] if r is not None]
        installation.close()
        described = [_described(each) for each in shown]
        if as_json:
            out_console.print_json(json.dumps(described[0] if round_id else described))
        elif not shown:
            err.print("there is no round here; open one with `repatria round open`")
        else:
            for each in shown:
                _tell(each)
    return code[0]


def _described(found: Round) -> dict[str, Any]:
    terms = found.terms
    return {
        "round": terms.round_id,
        "title": terms.title,
        "opened_by": found.by,
        "with_intermediary": terms.with_intermediary,
        "reveals": str(terms.reveals),
        "max_entries": terms.max_entries,
        "step": terms.step,
        "terms": found.digest,
        "confirmed": found.confirmation_stands,
        "promised": "order and attribution" if terms.with_intermediary else "attribution only",
        "parties": [_party(found, party) for party in terms.parties],
        "findings": [
            {"code": f.code, "about": list(f.about), **f.values} for f in found.findings()
        ],
    }


def _party(found: Round, party: PartyCode) -> dict[str, Any]:
    stand = found.stands[party]
    present = stand.present
    return {
        "party": party,
        "committed": present.commitment.root.hex() if present is not None else None,
        "slots": present.commitment.size if present is not None else 0,
        "statement": present.ref if present is not None else None,
        "amended": len(stand.made) - 1 if stand.made else 0,
        "opened": found.opened[party],
        "unmatched": found.unmatched.get(party),
        "done": found.is_done(party),
    }


def _tell(found: Round) -> None:
    terms = found.terms
    err.print(f"{terms.round_id}: {terms.title}; {terms.reveals}, at most {terms.max_entries}")
    if _last_can_walk_away(found):
        err.print(f"  {ALONE}")
    elif found.confirmation_stands:
        err.print("  the intermediary holds both lists and has checked them")
    for party in terms.parties:
        said = _party(found, party)
        state = f"committed ({said['slots']} slots)" if said["committed"] else "not committed"
        shown = f", {said['opened']} opened as committed" if said["opened"] else ""
        done = ", done" if said["done"] else ""
        err.print(f"  {party}: {state}{shown}{done}")
    for each in found.findings():
        err.print(f"  {each.values['party']}: {each.code} ({', '.join(each.about)})")


def _last_can_walk_away(found: Round) -> bool:
    """Whether lists are revealed with nobody between; in a private round none is."""
    return not found.terms.with_intermediary and found.terms.reveals is not Reveals.PRIVATE


def _role(installation: Installation, otherwise: Role) -> Role:
    return Role.INTERMEDIARY if installation.party == INTERMEDIARY else otherwise
