"""Why was an act refused in the dialogue about a list, in the register, or for a family?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

DIALOGUE: Mapping[str, object] = {
    "answer-missing": _("There is no answer yet on which to remark."),
    "calendar-steps-wrong": _("A calendar has steps of different names, each of no days or more."),
    "calendar-without-start": _("Say how the calendar is called, and from which event it counts."),
    "channel-without-name": _("Say for which channel the name is locked."),
    "line-not-yours-to-observe": _(
        "Only the party that wrote a line remarks on the answers to it."
    ),
    "list-digest-differs": _("The list is not the one that was shown. Look at it again."),
    "list-lines-open": _("Some lines have no answer yet."),
    "list-not-checked": _("Look through the list as it now is before you sign it."),
    "list-not-signed-by-both": _("Both parties sign before the intermediary does."),
    "list-observations-open": _("Some observations have no final reply yet."),
    "list-signed-already": _("Your party has signed this very list."),
    "lock-unknown": _("Your party has not locked this name for that channel."),
    "nothing-to-reply-to": _("Nothing was said against this answer that waits for a reply."),
    "observation-unchanged": _("The same was said of this answer before."),
    "release-not-answered": _(
        "A line names somebody who was released earlier, and is not answered so."
    ),
    "repeat-not-answered": _("A line repeats another, and is not answered so."),
    "step-delivered-already": _("This was delivered before; the first delivery counts."),
    "step-not-yours": _("This step is owed by another party."),
    "step-unknown": _("The calendar has no such step."),
}
