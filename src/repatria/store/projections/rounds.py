"""Rounds of release lists: where does each party stand, and who was revealed?

Folded for each label from what that label may read: the other party's escrow is
no part of its rows.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from repatria.ledger.statement import Entry
from repatria.linkage import search_keys
from repatria.lists.release import read_entry
from repatria.lists.rounds import Round, fold_round
from repatria.lists.standing import Standing
from repatria.store import models
from repatria.store.projections.projection import Projection

_KINDS = frozenset(
    {
        "list.amended",
        "list.committed",
        "list.escrowed",
        "list.revealed",
        "round.both_committed",
        "round.opened",
    }
)


def round_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A round with where each party stands."""
    found = fold_round(subject, entries)
    if found is None:
        return []
    terms = found.terms
    return [
        models.RoundRow(
            author=found.by,
            title=terms.title,
            parties=list(terms.parties),
            with_intermediary=terms.with_intermediary,
            reveals=str(terms.reveals),
            max_entries=terms.max_entries,
            step=terms.step,
            digest=found.digest,
            stands=[_stand(found, stand) for stand in found.stands.values()],
            confirmed=found.confirmation_stands,
            settled=all(found.is_done(party) for party in terms.parties),
            findings=[
                {"code": f.code, "about": list(f.about), **f.values} for f in found.findings()
            ],
            recorded_at=found.at,
        )
    ]


def _stand(found: Round, stand: Standing) -> dict[str, Any]:
    present, counted = stand.present, found.counted(stand.party)
    opening = stand.opening_of(counted) if counted is not None else None
    good = [r for r in found.revealed if r.party == stand.party and not r.fault]
    return {
        "party": stand.party,
        "committed": present is not None,
        "ref": present.ref if present is not None else "",
        "root": present.commitment.root.hex() if present is not None else "",
        "slots": counted.size if counted is not None else 0,
        "amendments": [{"ref": made.ref, "reason": made.reason} for made in stand.made[1:]],
        "entries": len(opening.entries) if opening is not None else None,
        "opened": found.opened[stand.party],
        "persons": sum(bool(r.entry) for r in good),
        "revealed": stand.party in found.revealed_of,
        "done": found.is_done(stand.party),
        "faults": sum(r.party == stand.party and bool(r.fault) for r in found.revealed),
        "unmatched": found.unmatched.get(stand.party),
    }


def round_entry_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """Every person revealed in a round, and those in an escrow that is read here."""
    found = fold_round(subject, entries)
    return list(_entry_rows(found)) if found is not None else []


def _entry_rows(found: Round) -> Iterator[models.RoundEntryRow]:
    for each in found.revealed:
        if each.entry or each.fault:
            yield _entry_row(
                each.party,
                each.index,
                each.entry,
                revealed=True,
                fault=each.fault,
                same_as=each.same_as,
                ref=each.ref,
            )
    shown = {(r.party, r.index) for r in found.revealed if not r.fault}
    for party, stand in found.stands.items():
        counted = found.counted(party)
        opening = stand.opening_of(counted) if counted is not None else None
        for index, raw in opening.entries.items() if opening is not None else ():
            if (party, index) not in shown:
                yield _entry_row(party, index, raw)


def _entry_row(
    party: str,
    index: int,
    raw: bytes,
    *,
    revealed: bool = False,
    fault: str = "",
    same_as: int | None = None,
    ref: str = "",
) -> models.RoundEntryRow:
    entry = read_entry(raw)
    name = entry.names[0] if entry is not None else None
    keys = {key for each in entry.names for key in search_keys(each)} if entry else set()
    return models.RoundEntryRow(
        party=party,
        slot=index,
        name=name.text if name else "",
        script=name.script if name else "",
        father=entry.father if entry else "",
        birth=str(entry.birth or "") if entry else "",
        category=str(entry.category or "") if entry else "",
        reference=entry.reference if entry else "",
        line=(entry.line or "") if entry else "",
        keys="".join(f" {key}" for key in sorted(keys)),
        revealed=revealed,
        fault=fault or ("" if entry or not raw else "entry-not-readable"),
        same_as=same_as,
        ref=ref,
    )


PROJECTIONS = (
    Projection(model=models.RoundRow, subject="round", kinds=_KINDS, rows=round_rows),
    Projection(model=models.RoundEntryRow, subject="round", kinds=_KINDS, rows=round_entry_rows),
)
