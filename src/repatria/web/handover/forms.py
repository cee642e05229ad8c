"""What is typed or chosen at the line, turned into what operations take."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.gate_checked import Means
from repatria.ledger.kinds.line_closed import ClosingReason
from repatria.operations.codes import read_card_code, read_list_stamp
from repatria.web.words import TABLES

NOT_NOW = "not_now"
_YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


def _said_yes(value: str) -> bool:
    return value == "yes"


class CodeForm(forms.Form):
    """One field: a code, typed or sent by a scanner that types.

    Attributes:
        stamp: of a printed list, when that was scanned instead of a card.
    """

    stamp: Mapping[str, int] | None = None
    code = forms.CharField(
        label=_("Scan the card, or type its code"),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autofocus": True,
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "form-control scan",
            }
        ),
    )

    def clean_code(self) -> str:
        """The code as it is printed; empty for the stamp of a list."""
        self.stamp = read_list_stamp(self.cleaned_data["code"])
        if self.stamp is not None:
            return ""
        code = read_card_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("This is not a whole code, or one letter is wrong. Try once more."),
                code="not-a-code",
            )
        return code


class EventForm(forms.Form):
    """Which event happened to the person."""

    event = forms.TypedChoiceField(
        choices=[(event.value, event.value) for event in CrossingEvent], coerce=CrossingEvent
    )
    mode = forms.ChoiceField(
        choices=[(mode, mode) for mode in ("bus", "ambulance", "aircraft", "foot")],
        required=False,
    )
    pressed_at = forms.DateTimeField(required=False)


class CheckForm(forms.Form):
    """By what an official checked who stands at the gate, and whether it is he."""

    means = forms.TypedChoiceField(
        choices=[(means.value, means.value) for means in Means], coerce=Means
    )
    matches = forms.TypedChoiceField(choices=_YES_OR_NO, coerce=_said_yes)


class LateForm(forms.Form):
    """What happened earlier, and when."""

    event = forms.TypedChoiceField(
        label=_("What happened?"),
        choices=[(event.value, TABLES["crossing"][event]) for event in CrossingEvent],
        coerce=CrossingEvent,
        widget=forms.RadioSelect,
    )
    occurred_at = forms.DateTimeField(
        label=_("When? (UTC)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "form-control"}),
    )


class TakeBackForm(forms.Form):
    """Which event did not happen so, and why it was written down."""

    ref = forms.ChoiceField(label=_("Which one?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What was wrong? Name nobody."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )

    def __init__(self, *args: Any, events: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ref"].choices = events  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    """Who answers for sending somebody who refused."""

    authority = forms.CharField(
        label=_("Which authority decided? Office and name."),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    reason = forms.CharField(
        label=_("On what does it rest?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )


class ClosingForm(forms.Form):
    """Why nobody comes any more on a line."""

    why = forms.TypedChoiceField(
        label=_("How did it end?"),
        choices=[(why.value, TABLES["crossing"][why]) for why in ClosingReason],
        coerce=ClosingReason,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Which proceedings, which exchange? Needed where the holder keeps the person."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )


class ExaminationForm(forms.Form):
    """What the examiner concludes; the finding stays with the medical role."""

    fit_to_travel = forms.TypedChoiceField(
        label=_("Is the person fit for this journey?"),
        choices=_YES_OR_NO,
        coerce=_said_yes,
        widget=forms.RadioSelect,
    )
    mode = forms.ChoiceField(
        label=_("How will the person travel?"),
        choices=[
            ("bus", _("by bus")),
            ("ambulance", _("by ambulance")),
            ("aircraft", _("by aircraft")),
            ("foot", _("on foot")),
        ],
        widget=forms.RadioSelect,
        initial="bus",
    )
    valid_for = forms.TypedChoiceField(
        label=_("How long does this hold?"),
        choices=[
            ("24", _("24 hours")),
            ("48", _("48 hours")),
            ("72", _("72 hours")),
            ("168", _("one week")),
        ],
        coerce=lambda hours: timedelta(hours=int(hours)),
        widget=forms.RadioSelect,
        initial="48",
    )
    finding = forms.CharField(
        label=_("What did you find?"),
        help_text=_("Read by the medical role only. The parties see yes or no, nothing else."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        max_length=4000,
    )


class ConsentForm(forms.Form):
    """What the person said about going, asked alone."""

    willing = forms.ChoiceField(
        label=_("Does the person want to go?"),
        choices=[*_YES_OR_NO, (NOT_NOW, _("Cannot be counted on, for another reason"))],
        widget=forms.RadioSelect,
    )
    occasion = forms.TypedChoiceField(
        label=_("When was the question asked?"),
        choices=[
            (Occasion.INTERVIEW.value, _("In the interview before the journey")),
            (Occasion.AT_THE_LINE.value, _("At the line")),
        ],
        coerce=Occasion,
        widget=forms.RadioSelect,
        initial=Occasion.INTERVIEW.value,
    )
    may_be_named = forms.BooleanField(
        label=_("The person agrees to be named in public"), required=False
    )
    nobody_else_present = forms.BooleanField(
        label=_("I asked the person alone; nobody else could hear"),
        error_messages={
            "required": _("Only an answer given alone counts. Ask again without witnesses.")
        },
    )


class ReceiptForm(forms.Form):
    """Whom our side handed over and received, line by line."""

    handed_over = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    received = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    incident = forms.CharField(
        label=_("Incidents, in your words; leave empty when there were none"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )

    def __init__(
        self,
        *args: Any,
        handing_over: list[tuple[str, str]],
        receiving: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handed_over"].choices = handing_over  # type: ignore[attr-defined]
        self.fields["received"].choices = receiving  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A receipt names somebody."""
        cleaned = super().clean() or {}
        if not cleaned.get("handed_over") and not cleaned.get("received"):
            raise forms.ValidationError(_("Choose at least one person."), code="nobody")
        return cleaned
