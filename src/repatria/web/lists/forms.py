"""What is typed into the pages about lists?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.linkage.expectation import ErrorCosts, costs_of
from repatria.terms import PartialDate, UnreadableDateError
from repatria.web.dialogue_words import OBSERVATIONS, TALKS
from repatria.web.words import ANSWERS, CATEGORIES, POPULATIONS, STANDING, STATUSES

MAX_FILE_BYTES = 50 * 1024 * 1024


class AskedForm(forms.Form):
    """A search, a filter, a page: whatever cannot be understood asks for everything."""

    q = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1)
    format = forms.ChoiceField(required=False, choices=[("csv", "CSV"), ("xlsx", "XLSX")])

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for; everything where it cannot be understood."""
        return self.cleaned_data if self.is_valid() else dict.fromkeys(self.fields, "")


class LinesForm(AskedForm):
    """Which lines of a list to show."""

    status = forms.ChoiceField(required=False, choices=[("", ""), *STATUSES.items()])
    talk = forms.ChoiceField(required=False, choices=[("", ""), *TALKS.items()])


class PersonsForm(AskedForm):
    """Which persons to show."""

    custody = forms.ChoiceField(required=False, choices=[("", ""), *STANDING.items()])
    category = forms.ChoiceField(required=False, choices=[("", ""), *CATEGORIES.items()])


class CompareForm(forms.Form):
    """Which lists to compare, and how much worse a false link is than a missed one."""

    other = forms.SlugField(required=False, max_length=200)
    care = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("as usual")),
            ("10", _("a wrong link is 10 times worse than a missed one")),
            ("50", _("a wrong link is 50 times worse than a missed one")),
        ],
    )

    @property
    def costs(self) -> ErrorCosts | None:
        """The costs; None when they were not weighed."""
        return costs_of(self.cleaned_data["care"])


class PartialDateField(forms.CharField):
    """A date of which only part may be known."""

    def clean(self, value: Any) -> PartialDate | None:
        """The date; None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except UnreadableDateError:
            raise forms.ValidationError(_("Write 1994, 1994-05 or 1994-05-17.")) from None


class AnswerForm(forms.Form):
    """What is said of one line, or of several at once."""

    code = forms.ChoiceField(
        label=_("Answer"), choices=[("", "—"), *((c.value, ANSWERS[c]) for c in AnswerCode)]
    )
    person = forms.CharField(
        label=_("Record in your register"),
        help_text=_("Reference or id of the record; needed when the person is held."),
        required=False,
        max_length=200,
    )
    duplicate_of = forms.IntegerField(
        label=_("Repeats line number"), required=False, min_value=1, max_value=10_000_000
    )
    exchange = forms.CharField(
        label=_("Released in which exchange"), required=False, max_length=200
    )
    on = PartialDateField(
        label=_("On which day"),
        help_text=_("As far as it is known: 1994, 1994-05 or 1994-05-17."),
        required=False,
        max_length=24,
    )
    retained = forms.BooleanField(
        label=_("kept for criminal proceedings or a sentence"),
        help_text=_("The ground below then says for which, and since when."),
        required=False,
    )
    note = forms.CharField(
        label=_("Ground, in words"),
        help_text=_("The party that asks reads this."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RemarkForm(forms.Form):
    """What is said of the answers to some lines, or in reply to what was said of them."""

    code = forms.ChoiceField(
        label=_("Observation"), choices=[("", "—"), *OBSERVATIONS.items()], required=False
    )
    note = forms.CharField(
        label=_("Ground, in words"),
        help_text=_("The other party reads this."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, replies: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if replies:
            del self.fields["code"]
        else:
            self.fields["code"].required = True


class ImportForm(forms.Form):
    """A list file, and what it is."""

    title = forms.CharField(
        label=_("Title of the list"),
        help_text=_("The same title again brings a newer version of the same list."),
        max_length=300,
    )
    population = forms.ChoiceField(label=_("Whose names are on it"), choices=POPULATIONS.items)
    to = forms.ChoiceField(label=_("Put to which party"))

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(label=_("Put to which party"), choices=parties)

    @property
    def chosen_population(self) -> Population:
        """Whose names are on it."""
        return Population(self.cleaned_data["population"])


class UploadForm(ImportForm):
    """The same, with the file itself."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, with headings, in any of the languages known here."),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """The file, if it is not larger than a list can be."""
        return _not_too_large(self.cleaned_data["file"])


def _not_too_large(file: "UploadedFile[Any]") -> "UploadedFile[Any]":
    if file.size is None or file.size > MAX_FILE_BYTES:
        raise forms.ValidationError(_("The file is larger than 50 MB."))
    return file


class MatchForm(forms.Form):
    """Two list files to compare, or one to look for repeats in."""

    left = forms.FileField(
        label=_("One list"),
        help_text=_("CSV or XLSX, with a column of ids and one of names."),
    )
    right = forms.FileField(
        label=_("The other list"),
        help_text=_("Without it, persons are looked for who stand in the first list twice."),
        required=False,
    )
    names_only = forms.BooleanField(label=_("Look at names only"), required=False)
    format = forms.ChoiceField(
        label=_("Result"),
        choices=[("page", _("On a page")), ("csv", "CSV"), ("xlsx", "XLSX")],
    )

    def clean_left(self) -> "UploadedFile[Any]":
        """The file, if it is not larger than a list can be."""
        return _not_too_large(self.cleaned_data["left"])

    def clean_right(self) -> "UploadedFile[Any] | None":
        """The file, if there is one and it is not larger than a list can be."""
        file = self.cleaned_data["right"]
        return _not_too_large(file) if file else None


class ApplyForm(ImportForm):
    """The same, with the digest of the file that was looked at."""

    digest = forms.RegexField(regex=r"^[0-9a-f]{64}$")
    filename = forms.CharField(max_length=255)
