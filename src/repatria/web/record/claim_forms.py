"""What is typed into the pages on which a claim is entered?

Every column of a table of claims has its field; what is left empty was not said.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.record import Bound, Claim, Measure
from repatria.record.claim_rows import NOT_SAID
from repatria.terms import Category, ClaimId
from repatria.web.lists.forms import PartialDateField
from repatria.web.record.wording import BOUNDS, MEASURES
from repatria.web.words import CATEGORIES

LARGEST = 100_000_000


def _text(label: Any, help_text: Any = "", *, length: int = 300, **more: Any) -> Any:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=length, **more
    )


def _party(label: object, help_text: object = "") -> Any:
    return _text(label, help_text, widget=forms.TextInput(attrs={"list": "parties"}))


class FigureForm(forms.Form):
    """What a speaker says of how many people."""

    speaker = forms.CharField(label=_("Said by"), max_length=300)
    value = forms.IntegerField(label=_("Number"), min_value=0, max_value=LARGEST)
    bound = forms.ChoiceField(label=_("How firmly"), choices=BOUNDS.items)
    measure = forms.ChoiceField(label=_("What is said of them"), choices=MEASURES.items)
    wording = _text(
        _("What is counted, in the speaker's words"),
        _("Needed only where none of the choices says it."),
    )
    category = _text(_("The persons, in the speaker's words"))
    population = _party(_("Whose persons"))
    holder = _party(_("In whose hands"))
    to_party = _party(_("Went to"))
    place = _text(_("Place"), _("Kept in the note."))
    as_of = PartialDateField(
        label=_("About which day"),
        help_text=_("As far as it is known: 1994, 1994-05 or 1994-05-17."),
        required=False,
        max_length=24,
    )
    composition = _text(_("Made up of"), _("For example: 41 soldiers + 6 civilians"))

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = {title.casefold(): code for code, title in titles.items()}

    def clean(self) -> dict[str, Any]:
        """The cells; parties by their codes, and nobody moved from one party to itself."""
        cells = super().clean() or {}
        for field in ("population", "holder", "to_party"):
            said = cells.get(field, "")
            cells[field] = self._codes.get(said.casefold(), said)
        if cells["holder"] and cells["holder"] == cells["to_party"]:
            self.add_error("to_party", _("Nobody goes from one party to itself."))
        if cells.get("measure") == Measure.OTHER and not cells.get("wording"):
            self.add_error("wording", _("Say in words what is counted."))
        return cells

    def claim(self, **known: Any) -> Claim:
        """The claim as typed, with what is known from elsewhere."""
        cells = self.cleaned_data | known
        place = cells.pop("place", "")
        note = "; ".join(
            part for part in (cells.pop("note", ""), place and f"place: {place}") if part
        )
        return Claim(
            id=ClaimId(cells["id"]),
            speaker=cells["speaker"],
            via=cells["via"],
            said_on=cells["said_on"],
            measure=Measure(cells["measure"]),
            population=cells["population"] or NOT_SAID,
            holder=cells["holder"],
            to_party=cells["to_party"],
            category=cells["category"],
            categories=frozenset(Category(c) for c in cells.get("categories", ())),
            bound=Bound(cells["bound"]),
            value=cells["value"],
            as_of=cells["as_of"],
            event=cells.get("event", ""),
            parts=tuple(ClaimId(part) for part in cells.get("parts", "").split()),
            supersedes=cells.get("supersedes", ""),
            copy_of=cells.get("copy_of", ""),
            matter=cells.get("matter", ""),
            wording=cells["wording"],
            included=tuple(w.strip() for w in cells.get("included", "").split(";") if w.strip()),
            composition=cells["composition"],
            note=note,
        )


class SaidForm(forms.Form):
    """Where and when something was said."""

    via = forms.CharField(
        label=_("Where it was published"),
        help_text=_("Outlet, document or address."),
        max_length=500,
    )
    said_on = PartialDateField(
        label=_("Said on"),
        help_text=_("As far as it is known: 1994, 1994-05 or 1994-05-17."),
        max_length=24,
    )
    matter = _text(
        _("What it belongs to"), _("Claims of two matters are never compared. May stay empty.")
    )


class ClaimForm(FigureForm, SaidForm):
    """A claim with every column."""

    id = forms.RegexField(
        label=_("Id of the claim"),
        regex=r"^[\w.:-]+$",
        max_length=120,
        error_messages={"invalid": _("Letters, digits, dots and hyphens only.")},
    )
    categories = forms.MultipleChoiceField(
        label=_("What these words cover"),
        help_text=_("Several may be chosen; none where it was not said."),
        required=False,
        choices=CATEGORIES.items,
        widget=forms.SelectMultiple(attrs={"size": len(CATEGORIES)}),
    )
    included = _text(
        _("Counted in as well"), _("What others leave out, such as minors or bodies; with ;")
    )
    event = _text(_("Event"), _("A key of the movement; the id of a manifest for one of our own."))
    parts = _text(_("Is the sum of these claims"), _("Ids, with spaces between."), length=2_000)
    supersedes = _text(_("Replaces the speaker's claim"), _("Id of his earlier claim."))
    copy_of = _text(_("Repeats the claim"), _("Id of the claim that is only repeated."))
    note = _text(
        _("Note"),
        _("Yours, not the speaker's. It is public like the claim."),
        length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, claims: Mapping[str, Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._claims = claims

    def clean(self) -> dict[str, Any]:
        """The cells; claims that are named are recorded, and not this one."""
        cells = super().clean()
        own = cells.get("id", "")
        for field in ("parts", "supersedes", "copy_of"):
            named = cells.get(field, "").split()
            if any(name not in self._claims for name in named):
                self.add_error(field, _("No claim with this id is recorded."))
            elif own in named:
                self.add_error(field, _("A claim does not refer to itself."))
            elif len(set(named)) < len(named):
                self.add_error(field, _("An id stands there twice."))
        earlier = self._claims.get(cells.get("supersedes", ""))
        if earlier is not None and earlier.speaker != cells.get("speaker"):
            self.add_error("supersedes", _("A speaker replaces only his own claims."))
        return cells


def typed(claim: Claim) -> dict[str, Any]:
    """A claim as it stands in the fields of the form."""
    return {
        "id": claim.id,
        "speaker": claim.speaker,
        "via": claim.via,
        "said_on": str(claim.said_on),
        "measure": claim.measure.value,
        "wording": claim.wording,
        "population": "" if claim.population == NOT_SAID else claim.population,
        "holder": claim.holder,
        "to_party": claim.to_party,
        "category": claim.category,
        "categories": sorted(claim.categories),
        "bound": claim.bound.value,
        "value": claim.value,
        "as_of": str(claim.as_of or ""),
        "event": claim.event,
        "parts": " ".join(claim.parts),
        "supersedes": claim.supersedes,
        "copy_of": claim.copy_of,
        "matter": claim.matter,
        "included": "; ".join(claim.included),
        "composition": claim.composition,
        "note": claim.note,
    }
