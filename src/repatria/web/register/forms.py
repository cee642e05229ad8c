"""What is typed into the pages that add to a person's record?

The fields of a description are those of the Conventions, under their articles.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.ledger.kinds.person_described import Property
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.register.tags import serial_of
from repatria.terms import PersonId, Refusal, Viewer
from repatria.web.acts import Group
from repatria.web.dialogue_words import DUTIES, IDENTITIES, OUR_WORD, PARTICULARS
from repatria.web.fields import PartiesForm, PastDayField, SentForm, partial_date
from repatria.web.typed import person_typed
from repatria.web.words import SEXES

_OWN_LABELS: Mapping[Property, object] = {
    Property.FATHER: _("Father's first name"),
    Property.SEX: _("Sex"),
    Property.RANK: _("Rank"),
    Property.REFERENCE: _("Reference in your files"),
    Property.NOTE: _("Note"),
}
_LONG = frozenset({Property.INFORM, Property.MAIL, Property.MARKS, Property.NOTE})
_CHOSEN: Mapping[Property, Mapping[str, object]] = {
    Property.SEX: SEXES,
    Property.IDENTITY: IDENTITIES,
}
BIRTH, SOURCE = "birth", "source"
GROUPS = (
    Group(
        title=_("What a prisoner is bound to give"),
        help=_("GC III art. 17. Nobody is forced to give more."),
        fields=("rank", "service_number", BIRTH),
    ),
    Group(
        title=_("What the bureau sends on"),
        help=_("GC III art. 122, as far as it is known."),
        fields=("birth_place", "power", "father", "mother", "inform", "mail"),
    ),
    Group(
        title=_("Of civilians"),
        help=_("GC IV art. 138."),
        fields=("nationality", "residence", "marks", "measure"),
    ),
    Group(
        title=_("Of the wounded, the sick and the dead"),
        help=_("GC I art. 16."),
        fields=("unit", "disc"),
    ),
    Group(
        title=_("How it is known"),
        fields=("identity", "language", "sex", "reference", "note", SOURCE),
    ),
)


def label_of(which: Property) -> str:
    """What a particular is called above its field."""
    return str(_OWN_LABELS.get(which) or PARTICULARS[which])


class DescribeForm(forms.Form):
    """Particulars of a person; what is left empty says nothing."""

    def __init__(self, *args: Any, known: Mapping[str, Sequence[str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for which in Property:
            if which is not Property.BIRTH:
                self.fields[which.value] = _field(which)
        self.fields[BIRTH] = partial_date(_("Born"))
        self.fields[SOURCE] = forms.CharField(
            label=_("Where all of this comes from"),
            help_text=_("Such as: capture card, his own words, identity disc."),
            max_length=300,
        )
        for name, values in known.items():
            said = _("Said so far: %(values)s") % {"values": "; ".join(values)}
            own = self.fields[name].help_text
            self.fields[name].help_text = f"{own} {said}" if own else said

    @property
    def given(self) -> Mapping[Property, str]:
        """The particulars that were typed, but for the day of birth."""
        return {
            which: self.cleaned_data[which.value]
            for which in Property
            if which is not Property.BIRTH and self.cleaned_data[which.value]
        }


def _field(which: Property) -> forms.Field:
    if which in _CHOSEN:
        choices = [("", "—"), *_CHOSEN[which].items()]
        return forms.ChoiceField(label=label_of(which), required=False, choices=choices)
    widget = forms.Textarea(attrs={"rows": 2}) if which in _LONG else None
    return forms.CharField(label=label_of(which), required=False, max_length=500, widget=widget)


class WhereaboutsForm(PartiesForm):
    """Our own word on whether we have a person."""

    says = forms.TypedChoiceField(
        label=_("We say to that party"),
        choices=[(w.value, OUR_WORD[w]) for w in Whereabouts],
        coerce=Whereabouts,
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(label=_("Said to which party"))


class VisitForm(PartiesForm):
    """A visit: that it was, never what was said."""

    on = partial_date(_("On which day"), required=True)
    in_private = forms.BooleanField(
        label=_("The interview was without witnesses"), required=False, initial=True
    )
    to = forms.MultipleChoiceField(
        label=_("Told to which parties"),
        help_text=_("Nobody is told what was said; there is no field for it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class DutyForm(SentForm):
    """A duty that was done for a person."""

    duty = forms.ChoiceField(label=_("Which duty"), choices=[("", "—"), *DUTIES.items()])
    done_on = PastDayField(
        label=_("Done on"), help_text=_("May be left empty when it was today. The day in UTC.")
    )
    field_order = ("duty", "done_on", "file", "digest")


class JoinForm(forms.Form):
    """A permanent number beside that of a tag."""

    tag = forms.CharField(label=_("Number on the tag"), max_length=40)
    permanent = forms.CharField(
        label=_("Permanent number"),
        help_text=_("Both numbers find the person from then on."),
        max_length=80,
    )


class BlockForm(forms.Form):
    """A block of numbers for a unit."""

    unit = forms.CharField(label=_("For which unit"), max_length=200)
    count = forms.IntegerField(
        label=_("How many numbers"), min_value=1, max_value=100_000, initial=100
    )


class TagsForm(forms.Form):
    """The tags that a unit gave while it had no connection."""

    block = forms.ChoiceField(label=_("From which block"))
    rows = forms.CharField(
        label=_("Number and person, one pair a line"),
        help_text=_(
            "Such as 00417-K N-12: the number on the tag, then the reference or the id of the "
            "record. All are taken in, or none."
        ),
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    on = partial_date(_("Given on which day"))

    def __init__(
        self, *args: Any, viewer: Viewer, blocks: Sequence[tuple[str, str]], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.viewer = viewer
        self.fields["block"].choices = blocks  # type: ignore[attr-defined]

    def clean_rows(self) -> Mapping[str, PersonId]:
        """Number -> person; says of each line that cannot be understood which it is."""
        given: dict[str, PersonId] = {}
        wrong: list[Any] = []
        for place, line in enumerate(self.cleaned_data["rows"].splitlines(), start=1):
            number, _space, typed = line.strip().replace(";", " ").replace(",", " ").partition(" ")
            if not number:
                continue
            if serial_of(number) is None:
                wrong.append(_row(place, _("the number and its check character do not agree")))
            elif number.upper() in given:
                wrong.append(_row(place, _("the number stands here twice")))
            else:
                try:
                    given[number.upper()] = person_typed(self.viewer, typed.strip())
                except Refusal:
                    wrong.append(_row(place, _("there is no single record of this person")))
        if wrong:
            raise forms.ValidationError(wrong)
        return given


def _row(place: int, what: object) -> str:
    return str(_("Line %(place)d: %(what)s.") % {"place": place, "what": what})
