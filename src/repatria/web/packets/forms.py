"""What is typed when a packet is closed, passed on, or opened before witnesses?"""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.ledger.kinds.packet_passed import PacketEvent
from repatria.ledger.kinds.packet_sealed import PacketItem
from repatria.web.keeping_words import PACKETS

_ITEM = re.compile(r"(\d{1,9})\s*[x×]?\s+(\S.*)")


class ItemsField(forms.CharField):
    """Everything that is in a packet: how many and what, one kind of thing a line."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Everything that is in it"),
            help_text=_(
                "One kind of thing a line, how many before it. Such as: 1 ring of yellow metal. "
                "The list is complete: what is not on it was not in the packet."
            ),
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "dir": "auto"}),
        )

    def clean(self, value: Any) -> tuple[PacketItem, ...]:
        """The things; says of each line that cannot be understood which it is."""
        lines = [line.strip() for line in super().clean(value).splitlines()]
        found = [(place, _ITEM.fullmatch(line)) for place, line in enumerate(lines, 1) if line]
        wrong = [
            str(_("Line %(place)d does not begin with how many.") % {"place": place})
            for place, match in found
            if match is None or int(match[1]) < 1
        ]
        if wrong:
            raise forms.ValidationError(wrong)
        return tuple(
            PacketItem(what=match[2], count=int(match[1])) for _place, match in found if match
        )


class SealForm(forms.Form):
    """A packet that is closed."""

    seal = forms.CharField(label=_("Number or mark on the seal"), max_length=100)
    items = ItemsField()
    to = forms.ChoiceField(
        label=_("Told to which party"),
        help_text=_("It reads the list of contents; so does the neutral intermediary."),
    )

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["to"].choices = parties  # type: ignore[attr-defined]


class FoundSealForm(forms.Form):
    """The seal as somebody found it."""

    found_seal = forms.CharField(
        label=_("The seal as you find it"),
        help_text=_("Read it from the packet; it is compared with the one it was closed with."),
        max_length=100,
        required=False,
    )
    seal_differs = forms.BooleanField(
        label=_("The seal is another than it was closed with, and I read it twice"),
        required=False,
    )


class PassForm(FoundSealForm):
    """A step on the way of a packet."""

    event = forms.TypedChoiceField(
        label=_("What happened"),
        choices=[(e.value, PACKETS[e]) for e in PacketEvent],
        coerce=PacketEvent,
        widget=forms.RadioSelect,
    )
    to = forms.CharField(
        label=_("Into whose hands"),
        help_text=_("Office and name. May be left empty when the owner has it back."),
        max_length=300,
        required=False,
    )
    field_order = ("event", "to", "found_seal", "seal_differs")


class OpenForm(FoundSealForm):
    """A packet that is opened before witnesses and closed again."""

    witnesses = forms.CharField(
        label=_("Before which witnesses"),
        help_text=_("Two at least, one a line, with their office."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    items = ItemsField()
    seal = forms.CharField(label=_("The new seal"), max_length=100)
    field_order = ("found_seal", "seal_differs", "witnesses", "items", "seal")

    def clean_witnesses(self) -> list[str]:
        """The witnesses, each once."""
        lines = (line.strip() for line in self.cleaned_data["witnesses"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))
