"""What do the scripted people of the story do where a person decides?

They look at what the program shows and follow one rule; they know nothing else.
"""

from collections.abc import Sequence
from datetime import datetime

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.gate_checked import Means
from repatria.ledger.kinds.line_answered import LineAnswered
from repatria.ledger.kinds.manifest_frozen import ManifestLine
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.kinds.match_proposed import MatchProposed
from repatria.linkage import Profile, match_lists
from repatria.operations.candidates import candidates_from
from repatria.operations.comparison import (
    current_lines,
    decide_match,
    profile_of,
)
from repatria.operations.crossing import (
    record_examination,
)
from repatria.operations.desk import Desk
from repatria.operations.gate import check_at_gate
from repatria.operations.manifests import manifest_of
from repatria.terms import (
    ManifestId,
    PartyCode,
    PersonId,
    PersonName,
)

# What a reviewer would not give as a reason: corrections, and what follows from the lists.
_OF_THE_WHOLE = {"names-together", "beforehand", "rivals"}


def review_pairs(desk: Desk) -> dict[MatchDecision, int]:
    """The scripted reviewer: says "same" where the comparison links, giving its grounds."""
    decided = dict.fromkeys(MatchDecision, 0)
    for entry in desk.log.of_kind("match.proposed"):
        pair = payload_of(entry, MatchProposed)
        link = pair.decision == "link"
        decision = MatchDecision.SAME if link else MatchDecision.CANNOT_TELL
        grounds = sorted(
            (c for c in pair.comparisons if c["code"] not in _OF_THE_WHOLE),
            key=lambda c: -abs(c["weight_millibits"]),
        )
        reason = " ".join(str(c["sentence"]) for c in grounds[:3]) or "nothing to compare"
        decide_match(desk, left=pair.left, right=pair.right, decision=decision, reason=reason)
        decided[decision] += 1
    return decided


def examine_one(
    desk: Desk, manifest_id: ManifestId, person: PersonId, until: datetime, *, fit: bool
) -> None:
    """Write one examination down, with its verdict."""
    record_examination(
        desk,
        manifest_id=manifest_id,
        person=person,
        fit_to_travel=fit,
        mode="bus",
        valid_until=until,
        finding="satisfactory" if fit else "not to travel for a week",
    )


def check_everybody(desk: Desk, manifest_id: ManifestId, means: Means) -> None:
    """One official's look at everybody on a list."""
    for line in manifest_of(desk.log, manifest_id).lines:
        check_at_gate(desk, manifest_id=manifest_id, person=line.person, means=means, matches=True)


def first_who_counts(desk: Desk, lines: Sequence[ManifestLine], giver: PartyCode) -> PersonId:
    """The first person of a giver who goes within the agreed number.

    Whoever is seriously wounded goes outside it: nobody would come in his place.
    """
    counted = {c.id for c in candidates_from(desk.log) if not c.outside_ratios}
    return next(line.person for line in lines if line.giver == giver and line.person in counted)


def persons_sought(desk: Desk, text: str, among: frozenset[PersonId]) -> list[PersonId]:
    """The likeliest person, among those who crossed, that a family's words name; or nobody."""
    answers = [payload_of(e, LineAnswered) for e in desk.log.of_kind("line.answered")]
    lines = current_lines(desk.log.of_kind("list.line"))
    person_of = {str(a.line_id): a.person for a in answers if a.person in among and a.person}
    profiles = [profile_of(line) for i, line in lines.items() if i in person_of]
    asked = Profile(id="asked", names=(PersonName(text=text),), birth=None, sex=None)
    return [person_of[pair.right_id] for pair in match_lists([asked], profiles)[:1]]
