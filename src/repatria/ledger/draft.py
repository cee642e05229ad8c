"""How does a payload become a statement that may be said?

The kind decides who may ever be given it: a wider audience is a programming
error, caught here, before anything is written.
"""

from datetime import datetime

from repatria.ledger.kinds import content_of, kind_of
from repatria.ledger.statement import Ground, Statement
from repatria.terms import ActorId, Audience, PartialDate, PartyCode


def draft(
    payload: object,
    *,
    about: tuple[str, ...],
    by: PartyCode,
    actor: ActorId,
    recorded_at: datetime,
    audience: Audience,
    ground: Ground,
    occurred_at: datetime | None = None,
    as_of: PartialDate | None = None,
    supersedes: tuple[str, ...] = (),
) -> Statement:
    """A statement of the payload's kind.

    Raises:
        ValueError: the kind does not admit this audience.
    """
    kind = kind_of(payload)
    if not kind.admits(audience, by):
        msg = f"{kind.name} may not be said to this audience"
        raise ValueError(msg)
    return Statement(
        kind=kind.name,
        about=about,
        by=by,
        actor=actor,
        recorded_at=recorded_at,
        audience=audience,
        ground=ground,
        content=content_of(payload),
        occurred_at=occurred_at,
        as_of=as_of,
        supersedes=supersedes,
    )
