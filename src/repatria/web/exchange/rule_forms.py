"""How is one rule of the terms typed, so that it reads like a sentence of an agreement?

One form for each kind of rule, made of clauses. What this version does not know of
a rule (a newer key, a whole kind) is carried along word for word.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.planning import (
    CapturedBetween,
    CapturedTotal,
    CategoryExcluded,
    CategoryOnly,
    CategoryTotal,
    CrossesAt,
    ExchangeDays,
    Exclude,
    Include,
    MostAhead,
    Promise,
    Ratio,
    Share,
    SiteCapacity,
    Together,
    Total,
)
from repatria.web.words import CATEGORIES

KINDS: Mapping[str, object] = {
    Ratio.kind: _("So many for so many"),
    Total.kind: _("How many a party gives"),
    CategoryTotal.kind: _("How many of one category"),
    CapturedTotal.kind: _("How many captured in a certain time"),
    Include.kind: _("Persons who must go"),
    Exclude.kind: _("Persons who stay"),
    Together.kind: _("Together or not at all"),
    CategoryOnly.kind: _("Only these categories"),
    CategoryExcluded.kind: _("None of these categories"),
    CapturedBetween.kind: _("Only those captured in a certain time"),
    Share.kind: _("A share of one region or unit"),
    SiteCapacity.kind: _("How many can cross at a site in a day"),
    CrossesAt.kind: _("Who crosses at which site"),
    ExchangeDays.kind: _("On which days people cross"),
    MostAhead.kind: _("How far a party may be ahead"),
    Promise.kind: _("Something that is no person"),
}
GROUPS = [("region", _("region")), ("unit", _("unit"))]
Parties = Sequence[tuple[str, str]]
_MOST = 1_000_000
_NUMBER = {"min_value": 0, "max_value": _MOST}


def _count(label: Any, least: int = 0, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=_MOST, **more)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _site() -> forms.CharField:
    return forms.CharField(
        label=_("Site"),
        help_text=_("A crossing point, an airport or a route, always called the same."),
        max_length=120,
    )


def _needed_day(label: Any) -> forms.DateField:
    field = _day(label)
    field.required = True
    return field


def _party(label: Any, parties: Parties) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=parties)


def _categories(label: Any, *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=CATEGORIES.items,
        required=required,
        widget=forms.CheckboxSelectMultiple,
    )


def _persons() -> forms.CharField:
    return forms.CharField(
        label=_("Persons, one on each line"),
        help_text=_("Name in any script, reference, or id."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _range() -> dict[str, forms.Field]:
    return {
        "minimum": _count(_("at least"), initial=0, required=False),
        "maximum": _count(_("at most (empty: no limit)"), required=False),
    }


def _time() -> dict[str, forms.Field]:
    return {"since": _day(_("captured from")), "until": _day(_("captured until"))}


def _giver(parties: Parties) -> dict[str, forms.Field]:
    return {"from_party": _party(_("Given by"), parties)}


def _ratio(parties: Parties) -> dict[str, forms.Field]:
    return {
        "first_count": _count(_("Persons"), 1, initial=1),
        "first": _party(_("given by"), parties),
        "first_categories": _categories(_("of these categories (none: everybody counts)")),
        "second_count": _count(_("for every"), 1, initial=1),
        "second": _party(_("given by the other side,"), parties),
        "second_categories": _categories(_("of these categories there (none: everybody counts)")),
        "tolerance": _count(_("The two products may differ by"), initial=0, required=False),
    }


_CLAUSES: Mapping[str, Callable[[Parties], dict[str, forms.Field]]] = {
    Ratio.kind: _ratio,
    Total.kind: lambda parties: {**_giver(parties), **_range()},
    CategoryTotal.kind: lambda parties: {
        **_giver(parties),
        "category": forms.ChoiceField(label=_("of category"), choices=CATEGORIES.items),
        **_range(),
    },
    CapturedTotal.kind: lambda parties: {**_giver(parties), **_time(), **_range()},
    Include.kind: lambda _parties: {"ids": _persons()},
    Exclude.kind: lambda _parties: {
        "ids": _persons(),
        "reason": forms.CharField(
            label=_("Why they stay"),
            help_text=_("Every party reads this. Write no name and no illness."),
            max_length=300,
        ),
    },
    Together.kind: lambda _parties: {"ids": _persons()},
    CategoryOnly.kind: lambda parties: {
        **_giver(parties),
        "categories": _categories(_("Only these"), required=True),
    },
    CategoryExcluded.kind: lambda parties: {
        **_giver(parties),
        "categories": _categories(_("None of these"), required=True),
    },
    CapturedBetween.kind: lambda parties: {**_giver(parties), **_time()},
    Share.kind: lambda parties: {
        **_giver(parties),
        "limit": forms.ChoiceField(
            label=_("of each 100"),
            choices=[("at-least", _("at least")), ("at-most", _("at most"))],
        ),
        "percent": forms.IntegerField(label=_("so many"), min_value=0, max_value=100),
        "by": forms.ChoiceField(label=_("are of the"), choices=GROUPS),
        "value": forms.CharField(
            label=_("called"),
            help_text=_("As the answers of the holders call it."),
            max_length=120,
        ),
    },
    SiteCapacity.kind: lambda _parties: {
        "site": _site(),
        "per_day": _count(_("Persons in a day, both directions together")),
        "on": _day(_("on this day alone (empty: every day)")),
    },
    CrossesAt.kind: lambda parties: {
        **_giver(parties),
        "by": forms.ChoiceField(
            label=_("Only those of one"), choices=[("", _("everybody")), *GROUPS], required=False
        ),
        "value": forms.CharField(label=_("called"), max_length=120, required=False),
        "site": _site(),
    },
    ExchangeDays.kind: lambda _parties: {
        "first_day": _needed_day(_("First day")),
        "last_day": _needed_day(_("Last day")),
    },
    MostAhead.kind: lambda parties: {
        "from_party": _party(_("Party"), parties),
        "most": _count(
            _("is never ahead by more than"),
            help_text=_("As persons are weighed on the page of days and exposure."),
        ),
    },
    Promise.kind: lambda parties: {
        **_giver(parties),
        "what": forms.CharField(
            label=_("What is given"),
            help_text=_("Medicine, access to places of detention, a corridor."),
            max_length=300,
        ),
        "due": _needed_day(_("by the day")),
    },
}
_DAYS = ("since", "until", "on", "due", "first_day", "last_day")
_OPTIONAL_NUMBERS = ("minimum", "tolerance")
Meant = Callable[[str], Sequence[str]]


class RuleForm(forms.Form):
    """One rule, its clauses first, then who asks for it and on what it rests."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        parties: Parties,
        proposers: Parties,
        meant: Meant,
        kept: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """A form for a kind of rule.

        Args:
            kind: one of `KINDS`, or one that this version does not know.
            parties: who gives.
            proposers: who may ask for a rule.
            meant: ids of the persons that a typed line can mean.
            kept: the rule as it was written, when it comes from earlier terms.
        """
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._meant = meant
        self._kept = dict(kept or {})
        self.title = KINDS.get(kind, kind)
        self.known = kind in _CLAUSES
        clauses = _CLAUSES[kind](parties) if self.known else {}
        self.fields.update(clauses)
        self._clauses = tuple(clauses)
        self.fields["id"] = forms.RegexField(
            regex=r"^[\w.:-]+$", label=_("Called"), max_length=60, strip=True
        )
        self.fields["proposer"] = forms.ChoiceField(label=_("Asked for by"), choices=proposers)
        self.fields["source"] = forms.CharField(
            label=_("Rests on"),
            help_text=_("A meeting, a statement, an article of a treaty."),
            max_length=300,
        )

    @property
    def clauses(self) -> Sequence[forms.BoundField]:
        """The fields that make the sentence."""
        return [self[name] for name in self._clauses]

    @property
    def grounds(self) -> Sequence[forms.BoundField]:
        """What it is called, who asks for it, and on what it rests."""
        return [self[name] for name in ("id", "proposer", "source")]

    @property
    def kept(self) -> str:
        """The rule as it was written, carried along as text."""
        return json.dumps(self._kept, sort_keys=True) if self._kept else ""

    def clean_ids(self) -> tuple[str, ...]:
        """The persons who are meant, each once."""
        found: list[str] = []
        for line in filter(None, map(str.strip, self.cleaned_data["ids"].splitlines())):
            ids = self._meant(line)
            if len(ids) != 1:
                msg = (
                    _("More than one person is meant by this line: %(line)s")
                    if ids
                    else _("Nobody who is held is meant by this line: %(line)s")
                )
                raise forms.ValidationError(msg, params={"line": line})
            found += ids
        return tuple(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """Ranges are not empty."""
        given = super().clean() or {}
        least, most = given.get("minimum") or 0, given.get("maximum")
        if most is not None and most < least:
            self.add_error("maximum", _("This is less than the minimum."))
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This day is before the first one."))
        if self.kind == CrossesAt.kind and bool(given.get("by")) != bool(given.get("value")):
            self.add_error("value", _("A group has a kind and a name, or neither."))
        if given.get("first") and given.get("first") == given.get("second"):
            self.add_error("second", _("The two sides must be different parties."))
        return given

    @property
    def document(self) -> dict[str, Any]:
        """The rule as terms are written; only of a valid form."""
        written = {**self._kept, "kind": self.kind}
        for name in (*self._clauses, "id", "proposer", "source"):
            value = self.cleaned_data[name]
            if value is None and name in _OPTIONAL_NUMBERS:
                value = 0
            elif name in _DAYS and value is not None:
                value = value.isoformat()
            written[name] = list(value) if isinstance(value, (tuple, list)) else value
        return written


def initial_of(rule: Mapping[str, Any]) -> dict[str, Any]:
    """What a form of this rule shows at first."""
    ids = rule.get("ids")
    return {**rule, "ids": "\n".join(ids)} if isinstance(ids, list) else dict(rule)
