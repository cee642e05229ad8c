"""How is it called that somebody is kept back, or held again after a release; who reads of it?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from repatria.terms import Role

READS = (Role.REGISTRAR, Role.NEGOTIATOR, Role.HANDOVER_OFFICER, Role.INTERMEDIARY)

# By which words somebody was named as kept back.
RETAINED: Mapping[str, object] = {
    "proceedings": _("kept for proceedings or a sentence, by an answer to a list"),
    "criminal_charge": _("held on a criminal charge, by an answer to a list"),
    "line_closed": _("kept for proceedings or a sentence, when a line of an exchange was ended"),
}
CLEARED: Mapping[str, object] = {
    "answered_otherwise": _("the holder has answered otherwise"),
    "closed_otherwise": _("the line was ended for another reason"),
    "released": _("released"),
    "escaped": _("escaped"),
    "died": _("died"),
}
RETAINED_STATES: Mapping[str, object] = {
    "open": _("still kept"),
    "cleared": _("cleared since"),
}
# By which words somebody is said to be held after a release.
HELD_BY: Mapping[str, object] = {
    "notice": _("a notice about custody"),
    "answer": _("an answer to a list"),
    "whereabouts": _("a word that the person is held"),
    "listed": _("a list handed in after the release"),
}
AGAIN: Mapping[str, object] = {
    "held": _("still held, as far as is said"),
    "released": _("released again"),
    "escaped": _("escaped"),
    "died": _("died"),
    "denied": _("the holder has denied it since"),
    "answered_otherwise": _("the holder has answered otherwise"),
}
AGAIN_STATES: Mapping[str, object] = {
    "open": _("still held"),
    "cleared": _("held no more"),
}
TABLES: Mapping[str, Mapping[str, object]] = {
    "retained": RETAINED,
    "cleared": CLEARED,
    "held_by": HELD_BY,
    "again": AGAIN,
}
