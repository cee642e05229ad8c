"""The forms about promises."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from repatria.record.commitments import Promise, Side, Verdict
from repatria.terms import PartialDate, UnreadableDateError
from repatria.web.lists.forms import AskedForm
from repatria.web.promise_words import COMMITMENT_STATES, PROMISES, SIDES, VERDICTS


class DateField(forms.CharField):
    """A date as somebody said it: 2021, 2021-06, 2021-06-12."""

    def clean(self, value: Any) -> Any:
        """The date; None when nothing was said."""
        text = super().clean(value)
        try:
            return PartialDate.parse(text) if text else None
        except UnreadableDateError:
            raise ValidationError(_("Write the date as 2021, 2021-06 or 2021-06-12.")) from None


class PromisesForm(AskedForm):
    """Which promises to show."""

    state = forms.ChoiceField(required=False, choices=[("", ""), *COMMITMENT_STATES.items()])


class PromiseForm(forms.Form):
    """A promise, as a statement or terms have it."""

    promised_by = forms.CharField(label=_("Who promised"), max_length=200)
    promised_to = forms.CharField(label=_("To whom"), max_length=200)
    what = forms.ChoiceField(label=_("What"), choices=[(p.value, PROMISES[p]) for p in Promise])
    words = forms.CharField(label=_("In these words"), max_length=2000, widget=forms.Textarea)
    source = forms.CharField(label=_("Where it was said"), max_length=500)
    amount = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=10**9)
    unit = forms.CharField(label=_("Of what"), required=False, max_length=60)
    due = DateField(label=_("Due"), required=False, max_length=40)
    public = forms.BooleanField(label=_("Show it to everybody"), required=False, initial=True)


class ReceiptForm(forms.Form):
    """What our side delivered or received."""

    side = forms.ChoiceField(label=_("We have"), choices=[(s.value, SIDES[s]) for s in Side])
    on = DateField(label=_("Day"), max_length=40)
    amount = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=10**9)
    words = forms.CharField(label=_("What exactly"), required=False, max_length=1000)
    digest = forms.RegexField(
        label=_("SHA-256 of the file, if it is one"), regex=r"^[0-9a-f]{64}$", required=False
    )


class ToldForm(forms.Form):
    """What somebody said in public about a promise."""

    speaker = forms.CharField(label=_("Who says it"), max_length=200)
    via = forms.CharField(label=_("Where it was said"), max_length=500)
    said_on = DateField(label=_("Said on"), max_length=40)
    says = forms.ChoiceField(label=_("What"), choices=[(v.value, VERDICTS[v]) for v in Verdict])
    words = forms.CharField(label=_("In these words"), required=False, max_length=1000)
