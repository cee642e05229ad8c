"""What may a program have compared?

Files that are compared and forgotten, and lists that the installation holds. Nothing
is kept, and nothing is decided.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from ninja import File, Form, Router, Status, UploadedFile

from repatria.api.shapes import (
    MatchProblem,
    MatchShape,
    PairShape,
    Problem,
    RowProblem,
)
from repatria.api.tokens import TokenRequest
from repatria.linkage import sentence
from repatria.lists.reading import UnreadableFileError, sentence_for
from repatria.operations.comparison import scored_lists
from repatria.operations.file_comparison import DECISIONS, counts_of
from repatria.store.queries.lists import list_view
from repatria.terms import Refusal
from repatria.wiring.desks import desk_for
from repatria.wiring.matching import Arrived, RowsUnreadable, compare_uploads

if TYPE_CHECKING:
    from repatria.linkage.scored_pairs import ScoredPairs

router = Router()
_MOST_SHOWN = 10_000


@router.post(
    "/match",
    response={200: MatchShape, 403: Problem, 404: Problem, 422: MatchProblem},
    url_name="api-match",
)
def match(
    request: TokenRequest,
    left: File[UploadedFile],
    right: File[UploadedFile | None] = None,
    names_only: Form[bool] = False,
    limit: Form[int] = _MOST_SHOWN,
) -> Status[object]:
    """Candidate pairs of two list files, or within one; nothing of them is kept."""
    desk = desk_for(request.auth)
    arrived = [
        Arrived(name=(each.name or "")[:255], chunks=each.chunks())
        for each in (left, right)
        if each is not None
    ]
    try:
        compared = compare_uploads(
            desk, arrived[0], arrived[1] if arrived[1:] else None, names_only=names_only
        )
    except UnreadableFileError as fault:
        problem = MatchProblem(
            code=fault.code, message=fault.sentence, where=[fault.where], rows=[], rows_unreadable=0
        )
        return Status(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    except Refusal as refusal:
        first = refusal.objections[0]
        return Status(HTTPStatus.FORBIDDEN, Problem(code=first.code, message=first.rule))
    if isinstance(compared, RowsUnreadable):
        return Status(HTTPStatus.UNPROCESSABLE_ENTITY, _rows_unreadable(compared))
    return Status(HTTPStatus.OK, _told(compared.pairs, limit))


@router.post(
    "/lists/{list_id}/match",
    response={200: MatchShape, 403: Problem, 404: Problem},
    url_name="api-match-lists",
)
def match_lists(
    request: TokenRequest, list_id: str, other: Form[str] = "", limit: Form[int] = _MOST_SHOWN
) -> Status[object]:
    """Candidate pairs of a list and another, or within one; nothing is proposed or kept.

    `other` is the id of the other list; the ids of the pairs are those of lines.
    """
    desk = desk_for(request.auth)
    left, right = f"list:{list_id}", other or f"list:{list_id}"
    for each in (left, right):
        list_view(request.auth, each)
    try:
        pairs = scored_lists(desk, left=left, right=right)
    except Refusal as refusal:
        first = refusal.objections[0]
        return Status(HTTPStatus.FORBIDDEN, Problem(code=first.code, message=first.rule))
    return Status(HTTPStatus.OK, _told(pairs, limit))


def _told(pairs: "ScoredPairs", limit: int) -> MatchShape:
    return MatchShape(
        total=len(pairs),
        by_decision=counts_of(pairs),
        pairs=[
            PairShape(
                id_a=pairs.ids(at)[0],
                id_b=pairs.ids(at)[1],
                score=round(float(pairs.score[at]), 6),
                decision=DECISIONS[pairs.decision(at)],
                reasons=[sentence(ground) for ground in pairs.pair(at).comparisons],
            )
            for at in range(min(len(pairs), max(limit, 0)))
        ],
    )


def _rows_unreadable(found: RowsUnreadable) -> MatchProblem:
    return MatchProblem(
        code="rows-unreadable",
        message="Rows of the files cannot be read; nothing was compared.",
        where=[],
        rows=[
            RowProblem(
                file=name,
                row=row.number,
                column=fault.column,
                code=fault.reason,
                message=sentence_for(fault.reason),
            )
            for name, row in found.rows
            for fault in row.faults
        ],
        rows_unreadable=found.count,
    )
