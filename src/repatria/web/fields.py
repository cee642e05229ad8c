"""Fields that several forms have: a day, a party, the digest of a file."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.terms import PartialDate
from repatria.terms.times import day_of
from repatria.web.lists.forms import PartialDateField
from repatria.wiring.installation import now

MAX_FILE_BYTES = 50 * 1024 * 1024
_AS_KNOWN = _("As far as it is known: 1994, 1994-05 or 1994-05-17.")


def partial_date(label: Any, *, required: bool = False) -> PartialDateField:
    """A day of which only part may be known."""
    return PartialDateField(label=label, help_text=_AS_KNOWN, required=required, max_length=24)


class PastDayField(forms.DateField):
    """A whole day that has come; today where nothing is chosen."""

    def __init__(self, **rest: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **rest)

    def clean(self, value: Any) -> date | None:
        """The day; None for today."""
        day = super().clean(value)
        if day is None:
            return None
        if day > day_of(now()):
            raise forms.ValidationError(_("This day has not come yet."))
        return None if day == day_of(now()) else day


def moment_of(day: date | None) -> datetime | None:
    """Noon of a day, so that it is the same day wherever it is read; None for now."""
    return datetime.combine(day, time(12), UTC) if day is not None else None


def whole_day(date_said: PartialDate) -> date:
    """The first day that a date can mean."""
    return date_said.earliest


class PartiesForm(forms.Form):
    """A form in which parties are chosen, out of those that the page gives it.

    Attributes:
        chosen_in: the field in which they are chosen.
    """

    chosen_in: ClassVar[str] = "to"

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields[self.chosen_in].choices = parties  # type: ignore[attr-defined]


class SentForm(forms.Form):
    """What was sent: the file itself, of which only the digest is kept, or the digest."""

    file = forms.FileField(
        label=_("What was sent, as a file"),
        help_text=_("Only its SHA-256 digest is kept, by which anybody who has it knows it again."),
        required=False,
    )
    digest = forms.RegexField(
        label=_("Or its SHA-256 digest"),
        regex=r"^[0-9a-f]{64}$",
        required=False,
        max_length=64,
        error_messages={"invalid": _("A digest has 64 digits from 0 to 9 and a to f.")},
    )

    def clean(self) -> dict[str, Any]:
        """The same, with the digest of the file in place of the file."""
        said = super().clean() or {}
        file = said.pop("file", None)
        if file is None:
            return said
        if file.size > MAX_FILE_BYTES:
            self.add_error("file", _("The file is larger than 50 MB."))
            return said
        found = _digest(file.chunks())
        if said.get("digest") and said["digest"] != found:
            self.add_error("digest", _("This is not the digest of the file."))
        return {**said, "digest": found}


def _digest(chunks: Iterable[bytes]) -> str:
    digest = sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
