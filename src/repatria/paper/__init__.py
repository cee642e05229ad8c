"""How does what is known look on paper, in the languages of those who read it?

Start at `sheet_pdf` (cards, tags, notices), `manifest_pdf` and `receipt_pdf`. The
fields of the treaties' forms are data (`forms/*.toml`): an installation can lay
its own beside them, and every sheet says which list of fields it follows. The
same facts give the same bytes. Not here: what the facts are (`register`,
`handover`), who may print (`web`, `cli`).
"""

from repatria.paper.form import Form, FormField, builtin_form, read_form
from repatria.paper.lists import (
    ListedPerson,
    ManifestPaper,
    ReceiptPaper,
    manifest_pdf,
    receipt_pdf,
)
from repatria.paper.names import FORMS, LANGUAGES
from repatria.paper.sheets import sheet_pdf

__all__ = [
    "FORMS",
    "LANGUAGES",
    "Form",
    "FormField",
    "ListedPerson",
    "ManifestPaper",
    "ReceiptPaper",
    "builtin_form",
    "manifest_pdf",
    "read_form",
    "receipt_pdf",
    "sheet_pdf",
]
