"""What is typed or chosen at the line, turned into what operations take."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.operations.codes import read_card_code

_YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


def _said_yes(value: str) -> bool:
    return value == "yes"


class CodeForm(forms.Form):
    """One field: a code, typed or sent by a scanner that types."""

    code = forms.CharField(
        label=_("Scan the card, or type its code"),
        max_length=40,
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
        """The code as it is printed."""
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

    willing = forms.TypedChoiceField(
        label=_("Does the person want to go?"),
        choices=_YES_OR_NO,
        coerce=_said_yes,
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
