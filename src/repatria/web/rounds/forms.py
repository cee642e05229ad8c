"""What is typed into the pages about rounds?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from repatria.ledger.escrow import MAX_SLOTS
from repatria.ledger.kinds.round_opened import Reveals
from repatria.web.lists.forms import MAX_FILE_BYTES, AskedForm
from repatria.web.words import REVEALS

ALONE = "alone"
THROUGH = "through"


class EntriesForm(AskedForm):
    """Which persons of a round to show."""

    party = forms.CharField(required=False, max_length=64)


class OpenForm(forms.Form):
    """The terms of a new round."""

    title = forms.CharField(
        label=_("Title of the round"),
        help_text=_("The other party reads it. Write no name of a person."),
        max_length=200,
    )
    first = forms.ChoiceField(label=_("First party"))
    second = forms.ChoiceField(label=_("Other party"))
    through = forms.ChoiceField(
        label=_("Who stands between the two"),
        choices=[
            (THROUGH, _("the intermediary, who holds both")),
            (ALONE, _("nobody: the last can walk away")),
        ],
    )
    reveals = forms.ChoiceField(
        label=_("What is revealed"),
        help_text=_("Only the intermediary can tell which persons both lists name."),
        choices=REVEALS.items,
    )
    max_entries = forms.IntegerField(
        label=_("Longest list admitted"), min_value=1, max_value=MAX_SLOTS, initial=100
    )
    step = forms.IntegerField(
        label=_("Slots opened at a turn"),
        help_text=_("With nobody between the two only. 0: each opens its whole list at once."),
        min_value=0,
        max_value=MAX_SLOTS,
        initial=0,
        required=False,
    )

    def __init__(
        self, *args: Any, own: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(*args)
        self.fields["first"] = forms.ChoiceField(label=_("First party"), choices=own or others)
        self.fields["second"] = forms.ChoiceField(label=_("Other party"), choices=others)

    @property
    def terms(self) -> dict[str, Any]:
        """The terms as the operation takes them."""
        asked = self.cleaned_data
        return {
            "title": asked["title"],
            "parties": (asked["first"], asked["second"]),
            "with_intermediary": asked["through"] == THROUGH,
            "reveals": Reveals(asked["reveals"]),
            "max_entries": asked["max_entries"],
            "step": asked["step"] or 0,
        }


class CommitForm(forms.Form):
    """The list to commit to: one that only the intermediary was given, or a file."""

    chosen = forms.ChoiceField(
        label=_("A list that was handed in"),
        help_text=_("Lists are offered that nobody but the intermediary was given."),
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("CSV or XLSX, with headings. The file itself stays here."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why the list is changed"),
        help_text=_("The other party reads this."),
        required=False,
        max_length=1_000,
    )

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], amends: bool) -> None:
        super().__init__(*args)
        self.fields["chosen"] = forms.ChoiceField(
            label=_("A list that was handed in"),
            help_text=_("Lists are offered that nobody but the intermediary was given."),
            choices=[("", "—"), *lists],
            required=False,
        )
        self.fields["reason"].required = amends

    def clean_file(self) -> "UploadedFile[Any] | None":
        """The file, if it is not larger than a list can be."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size is None or file.size > MAX_FILE_BYTES):
            raise forms.ValidationError(_("The file is larger than 50 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two was given."""
        given = super().clean() or {}
        if bool(given.get("chosen")) == bool(given.get("file")):
            raise forms.ValidationError(_("Choose a list or a file, one of the two."))
        return given
