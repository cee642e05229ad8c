"""What does each sentence of a bulletin say in English?

A wording may use only values that its sentence has (a test tries them all).
Counts stand after a colon: no wording depends on singular or plural.
"""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "title": "Public bulletin of {issued_on}, version {version}",
    "issued": "Issued by {issued_by}, {issued_on}",
    "sources": "Sources:",
    "closing": (
        "Only what the receipts of both sides confirm is stated here as having happened. "
        "Every other figure is the word of the speaker named with it."
    ),
    "heading-confirmed": "Confirmed by both receipts",
    "heading-health": "Health before the journey",
    "heading-claimed": "What was said",
    "heading-remaining": "Who remains",
    "heading-disagreements": "Where the speakers disagree",
    "heading-apart": "Shown apart: not acknowledged by the holder",
    "released": (
        "Persons released by {holder} to {to_party} on {on} ({population}): {count}. "
        "The receipts of both sides confirm each of them."
    ),
    "named": "Named as they agreed, after their families were told: {names}.",
    "one-receipt": (
        "Only one side has signed for: {count} ({holder} to {to_party}, {on}, {population}). "
        "This bulletin does not say that they crossed."
    ),
    "nothing-confirmed": "No crossing is confirmed by the receipts of both sides.",
    "health-fit": "{speaker} concluded on {on} that all persons on the list are fit to travel.",
    "health-not-all-fit": (
        "{speaker} concluded on {on} that not all persons on the list are fit to travel."
    ),
    "announced": (
        "Announced by {speaker} ({via}, {said_on}), from {holder} to {to_party}: {count}. "
        "The receipts of both sides do not confirm it."
    ),
    "announced-and-done": (
        "Announced by {speaker} ({via}, {said_on}), from {holder} to {to_party}: {count}. "
        "The receipts of both sides confirm: {confirmed}."
    ),
    "counted": "Count given by {speaker} ({via}, {said_on}): {count}.",
    "counted-otherwise": (
        "Count given by {speaker} ({via}, {said_on}): {count}. "
        "The receipts of both sides confirm: {confirmed}."
    ),
    "held": "Held by {holder} according to {speaker} ({via}, {when}): {count}.",
    "missing": "Missing according to {speaker} ({via}, {when}), {population}: {count}.",
    "remaining": "Remaining with {holder} according to {speaker} ({via}, {when}): {count}.",
    "remaining-derived": (
        "Derived, counted by nobody; remaining with {holder}: {count}. This is {held} according "
        "to {speaker}, less those in both receipts: {released}."
    ),
    "disagree-category": (
        "{left_speaker} ({left_said_on}): {left_count}. {right_speaker} ({right_said_on}): "
        "{right_count}. One number for different kinds of people."
    ),
    "disagree-figure": (
        "{left_speaker} ({left_said_on}): {left_count}. {right_speaker} ({right_said_on}): "
        "{right_count}. The two do not agree."
    ),
    "disagree-direction": (
        "{left_speaker} ({left_said_on}): {left_count}. {right_speaker} ({right_said_on}): "
        "{right_count}. They do not agree which way these people went."
    ),
    "sum-fails": "The figures of {speakers} do not add up: {arithmetic}.",
    "same-number": (
        "{left_count} ({left_speaker}, {left_said_on}) and {right_count} ({right_speaker}, "
        "{right_said_on}) count different people; they are not one figure."
    ),
    "stale": (
        "{right_count}, repeated by {right_speaker} on {right_said_on}, was first given by "
        "{left_speaker} on {left_said_on} and has been overtaken since."
    ),
    "answer-changed": (
        "{left_speaker} said {left_count} on {left_said_on} and {right_count} on {right_said_on}."
    ),
    "apart": (
        "Claimed by {speaker} ({via}, {when}), not acknowledged by {holder}: {count}. "
        "Not added to any other figure."
    ),
    "apart-within": (
        "{speaker} ({via}, {when}) gives {count}. This sum holds people whom {holder} "
        "does not acknowledge; nothing is reckoned from it."
    ),
    "table-confirmed": "Crossings that both receipts confirm",
    "table-claims": "Claims, with their speakers",
    "column-on": "Day",
    "column-population": "Whose persons",
    "column-holder": "Handed over by",
    "column-to_party": "Received by",
    "column-count": "Figure",
    "column-handed_over": "Receipt for handing over",
    "column-received": "Receipt for receiving",
    "column-said_on": "Said on",
    "column-speaker": "Speaker",
    "column-via": "Where",
    "column-measure": "What is counted",
    "column-claim": "Claim",
    "label-measure-held": "held",
    "label-measure-announced": "to cross, as announced",
    "label-measure-moved": "crossed, as claimed",
    "label-measure-remaining": "remaining",
    "label-measure-unacknowledged": "held but not acknowledged",
    "label-measure-missing": "missing",
    "label-measure-listed": "on a list, as claimed",
    "label-measure-other": "counted otherwise",
    "bound-exactly": "{value}",
    "bound-about": "about {value}",
    "bound-at_least": "at least {value}",
    "bound-at_most": "at most {value}",
    "quoted": "{number} “{of}”",
    "label-unsaid": "(not said)",
}
