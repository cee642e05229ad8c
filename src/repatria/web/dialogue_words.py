"""How is what happens in the dialogue about a list, in the register or for families called?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

# What is said of answers, and how it stands with a line after it.
OBSERVATIONS: Mapping[str, object] = {
    "accepted": _("we accept the answer"),
    "disputed": _("we dispute the answer"),
    "more_given": _("we give more particulars"),
}
TALKS: Mapping[str, object] = {
    "waits": _("waits for a final reply"),
    "upheld": _("answer kept in reply"),
    "accepted": _("answer accepted"),
    "changed": _("answer changed"),
}
FOUND: Mapping[str, object] = {
    "repeat": _("repeats another line"),
    "released": _("released earlier"),
    "known": _("on our own list"),
    "too_little": _("too little to identify"),
    "outside": _("outside the criteria"),
    "not_decidable": _("criteria cannot be decided"),
}
CRITERIA: Mapping[str, object] = {
    "age": _("age"),
    "category": _("category"),
    "sex": _("sex"),
    "captured": _("day of capture"),
}
# Steps of a calendar, and how it stands with what is owed.
STEPS: Mapping[str, object] = {
    "lists": _("lists"),
    "answers": _("answers to every line"),
    "observations": _("observations on the answers"),
    "final_replies": _("final replies"),
    "preparation": _("interviews and medical checks"),
    "exchange": _("exchange"),
}
OWED: Mapping[str, object] = {
    "delivered": _("delivered in time"),
    "late": _("delivered late"),
    "waiting": _("not due yet"),
    "overdue": _("overdue"),
}
