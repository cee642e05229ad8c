"""What is wrong on the way from a frozen list to the far side of the line, in words?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

LINE_OBJECTIONS: Mapping[str, object] = {
    "after-terminal": _("The person's way is already at its end; nothing can follow."),
    "already-recorded": _("This was recorded before; nothing was written twice."),
    "clearance-expired": _("The medical clearance has expired; examine again."),
    "consent-not-in-private": _("The person was not asked in private; ask again, alone."),
    "crossing-not-recorded": _("The crossing of this person was not recorded."),
    "authority-not-named": _("Say which authority decided, and on what ground."),
    "closing-without-reason": _("Say why, in a few words."),
    "event-in-the-future": _("This time has not come yet."),
    "event-not-yours": _("Only whoever wrote this down can take it back."),
    "gate-another-person": _(
        "Somebody at the gate found another person. Stop, and check again, two of you."
    ),
    "gate-not-checked": _("Nobody has checked yet who stands at the gate."),
    "gate-one-official": _(
        "A second official checks too: one by the code, the other by a photograph or a question."
    ),
    "line-already-ended": _(
        "This line has come to the line, or is closed. What happened there stands."
    ),
    "list-out-of-date": _(
        "The person was moved after this list was printed. Print the list again."
    ),
    "moved-since-checked": _("The person was moved since he was checked. Check again."),
    "not-yours-to-say": _("This is not for your party to say. Ask the intermediary."),
    "nothing-to-override": _("The person has not refused."),
    "receipt-names-person": _(
        "A receipt names this person. The party that gave it replaces it first."
    ),
    "wounded-against-his-will": _(
        "Nobody who is seriously wounded or sick is sent against his will."
    ),
    "incoming-already-on-manifest": _("The person coming in is already on the manifest."),
    "incoming-not-agreed": _("The person coming in was not agreed on."),
    "line-not-yours": _("This line is not yours to receipt."),
    "manifest-digest-differs": _("The lines are not those that were frozen."),
    "manifest-not-accepted": _("Not every party has signed the manifest."),
    "manifest-unknown": _("There is no such manifest here."),
    "name-locked": _("The person is already on another manifest."),
    "no-consent": _("The person has not said whether to go."),
    "no-medical-clearance": _("There is no medical clearance."),
    "no-substitute": _("The terms admit nobody in this place."),
    "nobody-on-it": _("Nobody is on it."),
    "not-a-party": _("Your party is not a party to this."),
    "not-asked-at-the-line": _("The person was not asked again at the line."),
    "not-departed": _("The departure was not recorded yet."),
    "not-available": _("The intermediary has said that the person is not available."),
    "not-fit": _("The medical conclusion is that the person is not fit to travel."),
    "not-on-manifest": _("The person is not on this manifest."),
    "other-direction": _("The two persons go in different directions."),
    "outgoing-already-crossed": _("The person going out has already crossed."),
    "outgoing-not-on-manifest": _("The person going out is not on the manifest."),
    "person-no-longer-held": _("The holder no longer says that it holds this person."),
    "person-not-a-candidate": _("The person may not be exchanged under these terms."),
    "person-twice": _("The person stands there twice."),
    "plan-without-agreement": _("The plan was not agreed by both parties."),
    "refused-to-go": _("The person does not want to go, and is not made to."),
    "substitution-does-not-fit": _("The change does not fit the manifest."),
    "substitution-unknown": _("There is no such substitution here."),
    "withdrawn": _("The person was withdrawn."),
    # paper
    "form-malformed": _("This list of fields cannot be read; correct it or take it away."),
    "form-unknown": _("There is no such form."),
    "languages-on-paper": _("Choose one to three of the languages that the sheets have."),
    "receipt-not-given": _("This party has given no receipt yet."),
}
LINE_FINDINGS: Mapping[str, object] = {
    "event-taken-back": _("An event was taken back by whoever wrote it down."),
    "said-without-duty": _("Somebody said this whose duty it is not; it does not count."),
    "moved-without-check": _("Departed without a check by two officials."),
    "moved-without-clearance": _("Departed or crossed without a valid medical clearance."),
    "moved-without-consent": _("Departed or crossed without having said yes."),
    "moved-against-his-will": _(
        "Departed or crossed although he had refused; an authority answers for it."
    ),
    "recorded-late": _("Written down later than it happened."),
    "event-out-of-order": _("A departure is told after the end."),
    "crossing-contradicted": _("Two endings exclude each other; the earlier stands."),
    "crossed-without-departure": _("A crossing is told, a departure is not."),
}
