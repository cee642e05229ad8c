"""What do all sign at the end of the dialogue, and may this party sign it yet?

The final table has every line with the answer that stands. Both sides work it out
from their own logs, so a signature is under what the signer himself holds.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.lists.line import LineState
from repatria.terms import LineId, ListId, Objection, PartyCode

_ANSWERS = "Stockholm mechanism, December 2018: a statement on every name before the final lists"
_REPLIES = "Stockholm mechanism, December 2018: a final reply to every observation"
_CHECK = "procedure: a list is looked through before it is signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalTable:
    """Every line of a list with the answer that stands.

    Attributes:
        digest: SHA-256 of the table, hexadecimal.
        open_lines: lines without an answer.
        disputed: lines whose last observation has no reply.
        answered: how many lines have each answer.
    """

    list_id: ListId
    lines: int
    digest: str
    open_lines: tuple[LineId, ...]
    disputed: tuple[LineId, ...]
    duplicates: frozenset[LineId]
    released: frozenset[LineId]
    answered: dict[AnswerCode, int]


def final_table(list_id: ListId, states: Iterable[LineState]) -> FinalTable:
    """The table of a list, the same wherever the same statements are held."""
    ordered = sorted(states, key=lambda state: (state.line.number, state.line.line_id))
    rows = [
        [
            state.line.number,
            state.line.line_id,
            state.ref,
            state.current.code if state.current is not None else "",
            state.current.ref if state.current is not None else "",
        ]
        for state in ordered
    ]
    text = json.dumps([list_id, rows], ensure_ascii=False, separators=(",", ":"))
    codes = Counter(state.current.code for state in ordered if state.current is not None)
    return FinalTable(
        list_id=list_id,
        lines=len(ordered),
        digest=sha256(text.encode()).hexdigest(),
        open_lines=tuple(s.line.line_id for s in ordered if s.current is None),
        disputed=tuple(s.line.line_id for s in ordered if s.waits_for_reply),
        duplicates=_answered(ordered, AnswerCode.DUPLICATE),
        released=_answered(ordered, AnswerCode.ALREADY_RELEASED),
        answered=dict(sorted(codes.items())),
    )


def _answered(states: Iterable[LineState], code: AnswerCode) -> frozenset[LineId]:
    return frozenset(
        state.line.line_id
        for state in states
        if state.current is not None and state.current.code is code
    )


def objections_to_signing(
    table: FinalTable,
    *,
    by: PartyCode,
    parties: Collection[PartyCode],
    digest: str,
    checked: bool,
    repeats: Collection[LineId],
    released: Collection[LineId],
    signed: bool,
) -> tuple[Objection, ...]:
    """Every reason against this signature.

    Args:
        table: as it stands now.
        by: who would sign.
        parties: who signs this list.
        digest: what the signer was shown.
        checked: whether the signer has looked through the lines as they now are.
        repeats, released: lines that its check found to repeat another, or released earlier.
        signed: whether the signer has signed this very table.
    """
    found: list[Objection] = []
    if by not in parties:
        found.append(Objection(code="not-a-party", rule="procedure", about=(table.list_id,)))
    if digest != table.digest:
        found.append(_objection("list-digest-differs", "procedure", table))
    if signed:
        found.append(_objection("list-signed-already", "procedure", table))
    if table.open_lines:
        found.append(_objection("list-lines-open", _ANSWERS, table))
    if table.disputed:
        found.append(_objection("list-observations-open", _REPLIES, table))
    if not checked:
        found.append(_objection("list-not-checked", _CHECK, table))
    found.extend(
        Objection(code="repeat-not-answered", rule=_CHECK, about=(line,))
        for line in sorted(set(repeats) - table.duplicates)
    )
    # Somebody set free may be answered in other words, but never be given away as held.
    found.extend(
        Objection(code="release-not-answered", rule=_CHECK, about=(line,))
        for line in sorted(set(released) - table.released - table.duplicates)
    )
    return tuple(found)


def _objection(code: str, rule: str, table: FinalTable) -> Objection:
    return Objection(code=code, rule=rule, about=(table.list_id,))
