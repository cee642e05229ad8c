"""What may truthfully be said in public about an exchange?

Start with `claims.Claim` (who said which figure), then `consistency.checks`
(do they agree), `figures` (what both receipts support), `disclosure` (may it be
said now) and `compose.compose_bulletin`. Not here: receipts being signed
(`handover`), where claims are stored, and any name of a person held.
"""

from repatria.record.book import ClaimBook, Figure
from repatria.record.bulletin import Amount, Bulletin, Label, Paragraph, Sentence, SentenceCode
from repatria.record.bulletin_html import bulletin_html
from repatria.record.bulletin_pdf import bulletin_pdf
from repatria.record.check import Check, CheckKind, findings_of
from repatria.record.claims import Bound, Claim, Measure
from repatria.record.compose import (
    HealthConclusion,
    compose_bulletin,
    derived_remainders,
)
from repatria.record.confirmed import NamedPerson
from repatria.record.consistency import RegisterFigure, RegisterFigures, checks, contradictions
from repatria.record.disclosure import LineDisclosure, objections_to_publishing_release
from repatria.record.figures import (
    ConfirmedFigures,
    DerivedFigure,
    ReceiptFigure,
    ReceiptSide,
    SignedReceipt,
    derive_remaining,
)
from repatria.record.wording import WORDINGS, WordedBulletin, worded

__all__ = [
    "WORDINGS",
    "Amount",
    "Bound",
    "Bulletin",
    "Check",
    "CheckKind",
    "Claim",
    "ClaimBook",
    "ConfirmedFigures",
    "DerivedFigure",
    "Figure",
    "HealthConclusion",
    "Label",
    "LineDisclosure",
    "Measure",
    "NamedPerson",
    "Paragraph",
    "ReceiptFigure",
    "ReceiptSide",
    "RegisterFigure",
    "RegisterFigures",
    "Sentence",
    "SentenceCode",
    "SignedReceipt",
    "WordedBulletin",
    "bulletin_html",
    "bulletin_pdf",
    "checks",
    "compose_bulletin",
    "contradictions",
    "derive_remaining",
    "derived_remainders",
    "findings_of",
    "objections_to_publishing_release",
    "worded",
]
