"""What is there to know about one pair beside its grounds?"""

from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.match_decided import MatchDecided
from repatria.operations.records import pair_id as pair_id_of
from repatria.register import one_source
from repatria.store import models
from repatria.store.entries import entries_about
from repatria.store.queries.lists import lines_by_id
from repatria.store.queries.pairs import PairView, views_of
from repatria.store.queries.scope import seen_by
from repatria.terms import NotVisible, Viewer


def pair_of_lines(viewer: Viewer, left: str, right: str) -> PairView:
    """Two lines as a pair, whether or not a comparison ever proposed them.

    Raises:
        NotVisible: one of them is not his, or both are one.
    """
    first, second = sorted((left, right))
    if first == second or len(lines_by_id(viewer, (first, second))) < 2:
        raise NotVisible
    subject = pair_id_of(first, second)
    row = seen_by(viewer, models.PairRow).filter(subject=subject).first()
    return views_of(viewer, [row or _unproposed(subject, first, second)])[0]


def _unproposed(subject: str, left: str, right: str) -> models.PairRow:
    """A row that is in no table: nobody has proposed or decided this pair."""
    return models.PairRow(
        subject=subject,
        left=left,
        right=right,
        score_ppm=0,
        weight_millibits=0,
        proposed="",
        comparisons=[],
        decision="",
        reason="",
        decided_by="",
        evidence=[],
        remembered=False,
        left_words="",
        right_words="",
    )


def from_one_source(viewer: Viewer, view: PairView) -> bool:
    """Whether lines of two lists go back to one source, so that their agreeing shows nothing."""
    if view.left is None or view.right is None or view.left.list_subject == view.right.list_subject:
        return False
    found = entries_about([view.row.left, view.row.right], {"list.line"})
    left, right = (
        [e for e in found.get(line, ()) if viewer.may_read(e.statement.audience)]
        for line in (view.row.left, view.row.right)
    )
    return one_source(left, right)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade:
    """One decision about a pair, as it was made."""

    ref: str
    by: str
    actor: str
    at: datetime
    said: MatchDecided
    basis: str
    source: str
    stands: bool


def decisions_of(viewer: Viewer, pair_id: str) -> list[DecisionMade]:
    """Every decision about a pair, the last first; only the last stands."""
    entries = [
        e
        for e in entries_about([pair_id], {"match.decided"}).get(pair_id, ())
        if e.statement.about[0] == pair_id and viewer.may_read(e.statement.audience)
    ]
    return [
        DecisionMade(
            ref=entry.ref,
            by=entry.origin,
            actor=str(entry.statement.actor),
            at=entry.statement.recorded_at,
            said=payload_of(entry, MatchDecided),
            basis=entry.statement.ground.basis,
            source=entry.statement.ground.source,
            stands=entry is entries[-1],
        )
        for entry in reversed(entries)
    ]
