"""What has somebody typed of terms that nobody has proposed?

No statement: nobody has said anything yet, and a log would keep every attempt for
ever. One draft for an account, in this installation alone, gone when the terms are
proposed, when he discards it, and when anything is erased: a draft may hold a name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from repatria.store.models import TermsDraft
from repatria.terms import ActorId

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """A draft as it was last typed."""

    fields: Fields
    saved_at: datetime


def keep_draft(actor: ActorId, fields: Fields, at: datetime) -> None:
    """Keep what an account has typed, in the place of what it typed before."""
    kept = {name: list(values) for name, values in fields.items()}
    TermsDraft.objects.update_or_create(actor=actor, defaults={"typed": kept, "saved_at": at})


def draft_of(actor: ActorId) -> KeptDraft | None:
    """What an account has typed; None when nothing is kept."""
    row = TermsDraft.objects.filter(actor=actor).first()
    return KeptDraft(fields=row.typed, saved_at=row.saved_at) if row is not None else None


def forget_draft(actor: ActorId) -> None:
    """Nothing is kept of what an account has typed."""
    TermsDraft.objects.filter(actor=actor).delete()


def forget_all_drafts() -> None:
    """Nothing is kept of what anybody has typed."""
    TermsDraft.objects.all().delete()
