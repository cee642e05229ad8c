"""What is there to do at this desk?"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from repatria.operations.findings import FindingKey, key_of
from repatria.store import models
from repatria.store.queries.lists import list_rows
from repatria.store.queries.pair_queue import contradicted
from repatria.store.queries.public import findings_told
from repatria.store.queries.scope import seen_by
from repatria.terms import Severity, Viewer
from repatria.terms.parties import INTERMEDIARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One thing to do.

    Attributes:
        code: what it is; the page has the words.
        count: of how many.
        about: id of the list, manifest or terms concerned; empty for a queue.
        title: how the thing is called, where it has a name.
    """

    code: str
    count: int
    about: str = ""
    title: str = ""


def work_queue(viewer: Viewer, *, aside: Collection[FindingKey] = ()) -> list[Work]:
    """What waits for this desk, in the order of the procedure; empty for others.

    Args:
        viewer: who asks.
        aside: findings among public figures that this desk has set aside.
    """
    if not viewer.at_a_desk:
        return []
    return [
        *_answers_due(viewer),
        *_pairs_due(viewer),
        *_signatures_due(viewer),
        *_rounds_due(viewer),
        *_receipts_due(viewer),
        *_contradictions(viewer, aside),
    ]


def _answers_due(viewer: Viewer) -> Iterator[Work]:
    for row in list_rows(viewer):
        if row.addressee != viewer.party or row.population != "claimed":
            continue
        lines = seen_by(viewer, models.LineRow).filter(list_subject=row.subject, status="listed")
        if open_lines := lines.count():
            yield Work(code="answer-lines", count=open_lines, about=row.subject, title=row.title)


def _pairs_due(viewer: Viewer) -> Iterator[Work]:
    count = seen_by(viewer, models.PairRow).filter(decision="").count()
    if count:
        yield Work(code="review-pairs", count=count)
    if against := contradicted(viewer):
        yield Work(code="settle-decisions", count=len(against))


def _signatures_due(viewer: Viewer) -> Iterator[Work]:
    for terms in seen_by(viewer, models.TermsRow):
        if viewer.party not in terms.accepted_by and viewer.party != "intermediary":
            yield Work(code="accept-terms", count=1, about=terms.subject)
    for manifest in seen_by(viewer, models.ManifestRow):
        parties = {p for line in manifest.lines for p in (line["giver"], line["receiver"])}
        if viewer.party not in parties:
            continue
        if viewer.party not in manifest.accepted_by:
            yield Work(code="sign-manifest", count=1, about=manifest.subject)
        waiting = [
            s
            for s in manifest.substitutions
            if not s["in_force"] and viewer.party not in s["accepted_by"]
        ]
        if waiting:
            yield Work(code="accept-substitution", count=len(waiting), about=manifest.subject)


def _rounds_due(viewer: Viewer) -> Iterator[Work]:
    for row in seen_by(viewer, models.RoundRow).filter(settled=False):
        stands = {stand["party"]: stand for stand in row.stands}
        ours = stands.get(str(viewer.party))
        both = all(stand["committed"] for stand in stands.values())
        code = ""
        if ours is not None and not ours["committed"]:
            code = "commit-list"
        elif viewer.party == INTERMEDIARY and both:
            code = "reveal-lists" if row.confirmed else "confirm-commitments"
        elif ours is not None and both and not row.with_intermediary and not ours["done"]:
            code = "reveal-lists"
        if code:
            yield Work(code=code, count=1, about=row.subject, title=row.title)


def _receipts_due(viewer: Viewer) -> Iterator[Work]:
    for manifest in seen_by(viewer, models.ManifestRow):
        people = [line["person"] for line in manifest.lines]
        rows = seen_by(viewer, models.CrossingRow).filter(subject__in=people, state="crossed")
        crossed = rows.count()
        if crossed and viewer.party in manifest.receipts["missing"]:
            yield Work(code="give-receipt", count=crossed, about=manifest.subject)
        elif crossed < len(people) and viewer.party == manifest.author:
            yield Work(code="record-crossing", count=len(people) - crossed, about=manifest.subject)


def _contradictions(viewer: Viewer, aside: Collection[FindingKey]) -> Iterator[Work]:
    """Each disagreement once, however many comparisons it shows in."""
    flagged = [
        each
        for each in findings_told(viewer)
        if (not each.check.holds or each.check.severity is not Severity.NOTE)
        and key_of(each.check) not in aside
    ]
    if flagged:
        yield Work(code="look-at-contradictions", count=len(flagged))
