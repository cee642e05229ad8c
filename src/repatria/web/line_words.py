"""How are states at the line, checks and ways of travel called?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

CROSSINGS: Mapping[str, object] = {
    "waiting": _("waiting"),
    "departed": _("departed"),
    "crossed": _("crossed"),
    "refused": _("did not cross: refused"),
    "returned_to_custody": _("returned to custody"),
    "died": _("died"),
    "locked_out": _("turned away at the line"),
    "released_in_error": _("let go in error"),
    "received": _("received"),
    "substituted": _("somebody else goes instead"),
    "withdrawn_by_holder": _("withdrawn by the holder"),
    "retained": _("kept for proceedings"),
    "not_found": _("not found"),
    "duplicate": _("the same person as another"),
    "already_released": _("released before"),
    "exchanged_elsewhere": _("went in another exchange"),
    "open": _("open"),
}
# How far the two officials at the gate have come.
GATES: Mapping[str, object] = {
    "": _("not checked yet"),
    "unchecked": _("not checked yet"),
    "one": _("checked by one"),
    "passed": _("checked by two"),
    "mismatch": _("another person"),
    "moved": _("moved since"),
}
TRAVEL: Mapping[str, object] = {
    "": _("not said"),
    "bus": _("by bus"),
    "ambulance": _("by ambulance"),
    "aircraft": _("by aircraft"),
    "foot": _("on foot"),
}
