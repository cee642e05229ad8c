"""What is typed into the pages about packages?"""

from datetime import UTC, datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.web.fields import PartiesForm
from repatria.web.lists.forms import AskedForm
from repatria.web.package_words import DIRECTIONS, PACKAGE_STATES, SENT_STATES


class PackageForm(forms.Form):
    """A package file."""

    file = forms.FileField(label=_("Package file"))


class ReasonForm(forms.Form):
    """Why a package is refused or taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class MakeForm(PartiesForm):
    """For whom a package is made, and until when it may be taken in."""

    to = forms.MultipleChoiceField(label=_("For"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(
        label=_("Not to be taken in after"),
        help_text=_("May be left empty. The end of the day, UTC."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @property
    def moment(self) -> datetime | None:
        """The end of the day that was chosen."""
        day = self.cleaned_data["until"]
        return datetime.combine(day, time(23, 59, 59), UTC) if day else None


class InboxForm(AskedForm):
    """Which files of the inbox to show."""

    state = forms.ChoiceField(required=False, choices=[("", ""), *PACKAGE_STATES.items()])


class OutboxForm(AskedForm):
    """Which packages that were made to show."""

    to = forms.CharField(required=False, max_length=64)
    state = forms.ChoiceField(required=False, choices=[("", ""), *SENT_STATES.items()])


class PassedForm(AskedForm):
    """Which of the packages that passed to show."""

    peer = forms.CharField(required=False, max_length=64)
    direction = forms.ChoiceField(required=False, choices=[("", ""), *DIRECTIONS.items()])
