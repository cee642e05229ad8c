"""How is what happens to packages called in the reader's language?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# How it stands with a package file that waits here.
PACKAGE_STATES: Mapping[str, object] = {
    "waiting": pgettext_lazy("package", "waits"),
    "nothing_new": _("nothing new"),
    "taken_in": _("taken in"),
    "refused": pgettext_lazy("package", "refused"),
    "revoked": _("taken back"),
    "expired": _("too late"),
    "gap": _("an earlier one is missing"),
    "fork": _("two stories"),
    "frozen": _("log is frozen"),
    "set_back": _("our own log is shorter"),
    "stranger": _("from a stranger"),
    "not_for_us": _("not for us"),
    "damaged": _("damaged"),
}
# How it stands with a package that was made here.
SENT_STATES: Mapping[str, object] = {
    "under_way": _("no receipt yet"),
    "receipted": _("receipted"),
    "revoked": _("taken back"),
    "expired": _("too late"),
}
DIRECTIONS: Mapping[str, object] = {
    "sent": _("made for"),
    "received": _("taken in from"),
    "refused": _("refused from"),
}
