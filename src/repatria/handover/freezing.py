"""May this manifest be frozen, and may one person take another's place on it?

A name on one frozen manifest is locked: it can enter no other plan until it is
released from the first.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from repatria.handover.crossing import CrossingState, CrossingStatus
from repatria.handover.manifest import Manifest
from repatria.ledger.kinds.manifest_frozen import ManifestLine
from repatria.terms import ManifestId, Objection, PartyCode, PersonId

_LIST = "GC III art. 46: the list is complete before anybody departs"
_LOCK = "procedure: a frozen name enters no other exchange"
_AGREED = "procedure: every party accepts the plan before a manifest is frozen"
_CHANGE = "procedure: a frozen manifest is changed only by a substitution all accept"


def objections_to_freezing(
    lines: Sequence[ManifestLine],
    plan_accepted_by: Collection[PartyCode],
    parties: Collection[PartyCode],
    locked: Mapping[PersonId, ManifestId],
) -> tuple[Objection, ...]:
    """Every reason against freezing these lines.

    `parties` are those who must have accepted the plan; `locked` says who is
    already on another frozen manifest, and on which.

    Source: GC III art. 46.
    """
    found: list[Objection] = []
    missing = sorted(set(parties) - set(plan_accepted_by))
    if missing:
        found.append(Objection(code="plan-not-accepted", rule=_AGREED, about=tuple(missing)))
    if not lines:
        found.append(Objection(code="nobody-on-it", rule=_LIST))
    counts = Counter(line.person for line in lines)
    twice = tuple(sorted(person for person, count in counts.items() if count > 1))
    if twice:
        found.append(Objection(code="person-twice", rule=_LIST, about=twice))
    found.extend(
        Objection(code="name-locked", rule=_LOCK, about=(person, locked[person]))
        for person in sorted(counts)
        if person in locked
    )
    return tuple(found)


def objections_to_substitution(
    manifest: Manifest | None,
    outgoing: PersonId,
    incoming: PersonId,
    crossing_state_out: CrossingState,
    locked: Mapping[PersonId, ManifestId],
    eligible: bool,
    incoming_held_by: PartyCode | None,
) -> tuple[Objection, ...]:
    """Every reason against one person taking another's place.

    `eligible` says that the incoming person is agreed between the parties;
    `incoming_held_by` is None when nobody has said who holds him.
    """
    if manifest is None:
        return (Objection(code="manifest-unknown", rule=_LIST, about=(outgoing, incoming)),)
    found: list[Objection] = []
    line = manifest.line_of(outgoing)
    if line is None:
        found.append(Objection(code="outgoing-not-on-manifest", rule=_CHANGE, about=(outgoing,)))
    elif incoming_held_by not in (None, line.giver):
        found.append(Objection(code="other-direction", rule=_CHANGE, about=(outgoing, incoming)))
    if manifest.line_of(incoming) is not None:
        found.append(
            Objection(code="incoming-already-on-manifest", rule=_CHANGE, about=(incoming,))
        )
    elif locked.get(incoming, manifest.manifest_id) != manifest.manifest_id:
        found.append(Objection(code="name-locked", rule=_LOCK, about=(incoming, locked[incoming])))
    if crossing_state_out.state is CrossingStatus.CROSSED:
        found.append(Objection(code="outgoing-already-crossed", rule=_CHANGE, about=(outgoing,)))
    if not eligible:
        found.append(Objection(code="incoming-not-agreed", rule=_AGREED, about=(incoming,)))
    return tuple(found)
