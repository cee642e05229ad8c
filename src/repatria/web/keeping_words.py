"""How are the states of packets and the decisions of medical commissions called?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What happened last to a packet, and what more can be asked for.
PACKETS: Mapping[str, object] = {
    "sealed": _("sealed, lies where it was closed"),
    "passed_on": _("passed on"),
    "restored": _("given back to its owner"),
    "sent_to_family": _("sent to the family"),
    "missing": pgettext_lazy("packet", "missing"),
}
PACKET_STATES: Mapping[str, object] = {
    "owed": _("not given back yet"),
    **PACKETS,
    "to_look_at": _("something to look at"),
}
COMMISSIONS: Mapping[str, object] = {
    "repatriate": _("to be sent home"),
    "neutral_country": _("to be received by a neutral country"),
    "examine_again": _("to be examined again"),
}
TABLES: Mapping[str, Mapping[str, object]] = {"packet": PACKETS, "commission": COMMISSIONS}
