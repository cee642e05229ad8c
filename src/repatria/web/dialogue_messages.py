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
    # register, families, remains
    "block-size-wrong": _("A block has one number at least, and 100,000 at most."),
    "block-unknown": _("There is no such block of numbers here."),
    "commission-visit-to-come": _("The day of the commission's visit has not come yet."),
    "container-without-label": _("Write down what stands on the container."),
    "duty-unknown": _("There is no such duty."),
    "health-class-unknown": _("Health is classed as fit, sick, or seriously ill or wounded."),
    "laboratory-not-receiving": _(
        "Only the laboratory of the party that received the remains says whose they are."
    ),
    "laboratory-without-name": _("Say which laboratory it is, and by which method it knows."),
    "link-not-confirmed": _("Confirm first to which record the request is linked."),
    "link-unchanged": _("The link says so already."),
    "number-taken": _("Another person has this number."),
    "particular-missing": _("Fill in at least one field."),
    "packet-given-back": _("The packet is back with its owner or with his family."),
    "packet-seal-differs": _(
        "The packet was closed with another seal. Read it again; if it is another, say so."
    ),
    "packet-seal-not-new": _("A packet that was opened gets a seal of its own, not the old one."),
    "packet-to-nobody": _("Say into whose hands the packet was passed on."),
    "packet-unknown": _("There is no such packet here."),
    "packet-without-list": _("A packet has a seal and a complete list of what is in it."),
    "packet-without-seal": _("Write down the seal as you found it."),
    "packet-without-witnesses": _("A packet is opened before two witnesses; name both."),
    "remains-received-already": _("Your party has said already that it received them."),
    "remains-unknown": _("There is no such container here."),
    "search-not-named": _("Say where was searched; the family may read it."),
    "tag-given-already": _("This number was given before."),
    "tag-malformed": _("The number and its check character do not agree; read it again."),
    "tag-not-in-block": _("The number is not one of this unit's block."),
    "tag-unknown": _("The person has no such tag."),
    "visit-not-neutral": _("Visits are noted by the neutral intermediary alone."),
}
REGISTER_FINDINGS: Mapping[str, object] = {
    "packet-missing": _("A sealed packet is missing."),
    "packet-of-another": _("Somebody says that a packet is another person's."),
    "remains-of-another": _("The remains are not those of the person they were said to be."),
    "seal-differs": _("A packet was found with another seal than it was closed with."),
    "second-test-due": _("A second test was recommended and is not done."),
    "laboratory-not-receiving": _(
        "Only the laboratory of the party that received the remains says whose they are."
    ),
}
