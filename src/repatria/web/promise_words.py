"""How are promises, their receipts and replies called on a page?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

PROMISES: Mapping[str, object] = {
    "release": _("to release persons"),
    "withdraw": _("to withdraw troops"),
    "deliver": _("to deliver a thing, such as maps of mines"),
    "drop_objection": _("to drop an objection"),
    "sign": _("to sign a treaty"),
    "other": _("something else"),
}
COMMITMENT_STATES: Mapping[str, object] = {
    "open": _("open"),
    "overdue": _("overdue"),
    "signed-by-one": _("signed for by one side"),
    "partly": _("partly kept"),
    "kept": _("kept"),
}
SIDES: Mapping[str, object] = {"delivered": _("delivered"), "received": _("received")}
VERDICTS: Mapping[str, object] = {
    "kept": _("says it was kept"),
    "partly": _("says it was partly kept"),
    "broken": _("says it was not kept"),
    "denied": _("denies that it was promised"),
    "withdrawn": _("says it was withdrawn"),
}
REPLY_STATES: Mapping[str, object] = {
    "waiting": _("waits to be read"),
    "published": _("published"),
    "kept": _("kept at the desk"),
    "refused": _("refused"),
}
PURPOSES: Mapping[str, object] = {"reply": _("An answer"), "tip": _("Information for the desk")}
TABLES: Mapping[str, Mapping[str, object]] = {
    "promise": PROMISES,
    "commitment": COMMITMENT_STATES,
    "side": SIDES,
    "verdict": VERDICTS,
    "reply_state": REPLY_STATES,
    "purpose": PURPOSES,
}
