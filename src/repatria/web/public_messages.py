"""What is wrong with a bulletin, a reply, a promise or a place, in words to act on?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

OBJECTIONS: Mapping[str, object] = {
    "amount-not-a-count": _("An amount is a whole number of at least one."),
    "bulletin-unknown": _("No bulletin of ours has this id."),
    "claim-without-speaker": _("Say who said it, and where."),
    "commitment-incomplete": _("Say who promised what to whom, in which words, and where."),
    "commitment-to-oneself": _("A promise is made to somebody else."),
    "commitment-unknown": _("There is no such promise here."),
    "contact-in-text": _("The text holds how its writer can be reached; take that out."),
    "correction-leaves-language": _("Correct the bulletin in every language it came out in."),
    "correction-needs-reason": _("Say why the bulletin is corrected; readers are shown it."),
    "name-not-given": _("Only the name the writer gave may stand under the reply."),
    "person-unknown": _("No person here has this id."),
    "place-incomplete": _("A place needs its name and the source of where it is."),
    "place-not-on-earth": _("There is no such latitude or longitude."),
    "receipt-needs-amount": _("Say how many; the promise counts."),
    "receipt-of-another": _(
        "Only who promised signs for delivering, only who was to get it signs for receiving."
    ),
    "receipt-of-the-future": _("A receipt is signed for what has happened."),
    "reply-empty": _("There are no words in it."),
    "reply-to-nothing": _("The bulletin that it answers is not here."),
    "reply-too-long": _("It is longer than a reply may be."),
    "reply-unknown": _("There is no such reply here."),
    "tip-stays-at-the-desk": _("It was told to the desk alone; it is never published."),
}
FAULTS: Mapping[str, object] = {
    "bulletin-malformed": _("The file is no signed bulletin, or was written anew."),
    "bulletin-not-as-signed": _(
        "The bulletin was changed after it was signed, or somebody else signed it."
    ),
    "copy-not-as-published": _("No bulletin signed here has a file with exactly these bytes."),
}
