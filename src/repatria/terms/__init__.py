"""Which words does everybody here use, and what do they mean exactly?

Types, parsing and errors only: no rule of an exchange lives here. Each word is
in `docs/glossary.md` with its source. Not here: anything one room alone needs.
"""

from repatria.terms.categories import Category, LifeStatus, Sex
from repatria.terms.dates import DatePrecision, PartialDate, UnreadableDateError
from repatria.terms.errors import (
    Finding,
    IntegrityError,
    NotVisible,
    Objection,
    Refusal,
    RepatriaError,
    Severity,
)
from repatria.terms.ids import (
    BulletinId,
    ClaimId,
    LineId,
    ListId,
    ManifestId,
    PersonId,
    PlanId,
    RoundId,
    SubjectId,
    subject_kind,
)
from repatria.terms.names import NameOrder, PersonName, Script, script_of
from repatria.terms.parties import ActorId, Audience, PartyCode, Role, Viewer
from repatria.terms.places import Place

__all__ = [
    "ActorId",
    "Audience",
    "BulletinId",
    "Category",
    "ClaimId",
    "DatePrecision",
    "Finding",
    "IntegrityError",
    "LifeStatus",
    "LineId",
    "ListId",
    "ManifestId",
    "NameOrder",
    "NotVisible",
    "Objection",
    "PartialDate",
    "PartyCode",
    "PersonId",
    "PersonName",
    "Place",
    "PlanId",
    "Refusal",
    "RepatriaError",
    "Role",
    "RoundId",
    "Script",
    "Severity",
    "Sex",
    "SubjectId",
    "UnreadableDateError",
    "Viewer",
    "script_of",
    "subject_kind",
]
