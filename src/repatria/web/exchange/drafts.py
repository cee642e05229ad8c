"""What has somebody typed so far of terms that nobody has proposed?

Every look at a draft sends all of it. What was sent last is kept for the account that
typed it (`store.drafts`), so that a page that was left is not lost; nobody else sees it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from repatria.operations.document_kinds import DocumentKind
from repatria.planning import (
    Terms,
    UnreadableTermsError,
    standard_priorities,
    terms_from_json,
    terms_to_json,
)
from repatria.planning.agreement import Priority, PriorityKind
from repatria.web.exchange.rule_forms import KINDS, Meant, Parties, RuleForm, initial_of
from repatria.web.words import DOCUMENTS

_MOST_RULES = 200
_NOT_KEPT = frozenset({"act", "csrfmiddlewaretoken", "new_kind", "seconds"})
_MOST_BANDS = 12


class HeadForm(forms.Form):
    """Everything of terms but the rules."""

    terms_id = forms.SlugField(
        label=_("Short name of the terms"),
        help_text=_("Letters, digits and hyphens. The same name again makes a new version."),
        max_length=60,
    )
    as_of = forms.DateField(
        label=_("Ages and captivity are counted to"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    nonce = forms.CharField(
        label=_("Text for the lottery"),
        help_text=_("Drawn by all parties together, so that nobody can steer it."),
        max_length=300,
    )
    bands = forms.RegexField(
        regex=r"^\s*\d+\s*(,\s*\d+\s*)*$",
        label=_("Those held longest first, by months"),
        help_text=_("Whole months with commas between, such as 36, 24, 12."),
        max_length=100,
        initial="36, 24, 12",
    )
    fairness = forms.ChoiceField(
        label=_("A fair share for each"),
        help_text=_("Before the total: the share of the one with the smallest share counts."),
        required=False,
        choices=[("", _("not asked for")), ("region", _("region")), ("unit", _("unit"))],
    )

    def __init__(self, *args: Any, parties: Parties, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"] = forms.MultipleChoiceField(
            label=_("Between which parties"),
            choices=parties,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["four_eyes"] = forms.MultipleChoiceField(
            label=_("One approves and another signs"),
            choices=[(kind.value, DOCUMENTS[kind.value]) for kind in DocumentKind],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_bands(self) -> tuple[int, ...]:
        """The months, each positive."""
        months = tuple(int(part) for part in self.cleaned_data["bands"].split(","))
        if 0 in months or len(months) > _MOST_BANDS or max(months) > 1_200:
            raise forms.ValidationError(_("Write at most 12 numbers between 1 and 1200."))
        return months

    def clean_parties(self) -> Sequence[str]:
        """At least two."""
        parties: Sequence[str] = self.cleaned_data["parties"]
        if len(parties) < 2:
            raise forms.ValidationError(_("Terms are between at least two parties."))
        return parties

    @property
    def priorities(self) -> Sequence[Priority]:
        """Who comes first, in order."""
        return _order(self.cleaned_data["bands"], self.cleaned_data["fairness"])


@dataclass(slots=True, kw_only=True)
class Draft:
    """Terms as typed.

    Attributes:
        head: everything but the rules.
        rules: number of the row in the form, and its form.
        version: that proposing would make.
        kept: the document it began from, for what this version does not know of it.
        wrong: what does not fit together, beside what stands at the fields.
    """

    head: HeadForm
    rules: Sequence[tuple[str, RuleForm]]
    version: int
    kept: Mapping[str, Any]
    wrong: str = ""

    @property
    def kept_text(self) -> str:
        """What it began from, carried along as text."""
        return json.dumps(self.kept, sort_keys=True) if self.kept else ""

    def terms(self) -> Terms | None:
        """The terms; None where something cannot be understood, which the forms then say."""
        valid = [self.head.is_valid(), *(form.is_valid() for _, form in self.rules)]
        if not all(valid):
            return None
        ids = [form.cleaned_data["id"] for _, form in self.rules]
        for _number, form in self.rules:
            if ids.count(form.cleaned_data["id"]) > 1:
                form.add_error("id", _("Another rule is called the same."))
        if len(set(ids)) != len(ids):
            return None
        try:
            return terms_from_json(self._document())
        except UnreadableTermsError as fault:
            self.wrong = str(fault)
            return None

    def _document(self) -> dict[str, Any]:
        asked = self.head.cleaned_data
        wanted = Terms(
            id=asked["terms_id"],
            version=self.version,
            as_of=asked["as_of"],
            rules=(),
            priorities=tuple(self.head.priorities),
            nonce=asked["nonce"],
            four_eyes=tuple(asked["four_eyes"]),
        )
        rules = [form.document for _, form in self.rules]
        order = {"priorities": self.kept["priorities"]} if self.keeps_order else {}
        return {**self.kept, **terms_to_json(wanted), **order, "rules": rules}

    @property
    def keeps_order(self) -> bool:
        """Whether who comes first stays as in the version before, because no field can say it."""
        return "priorities" in self.kept


def kept_fields(data: QueryDict) -> Mapping[str, Sequence[str]]:
    """What is kept of a form: everything typed, not what was pressed, nor the form's own key."""
    return {name: data.getlist(name) for name in sorted(data) if name not in _NOT_KEPT}


def form_of(fields: Mapping[str, Sequence[str]]) -> QueryDict:
    """The form as it was sent, made of what was kept of it."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, list(values))
    return data


def draft_of_form(
    data: QueryDict,
    *,
    parties: Parties,
    proposers: Parties,
    meant: Meant,
    versions: Mapping[str, int],
) -> Draft:
    """The draft that was sent, with the row taken out or added that a button asked for.

    Args:
        data: of a POST.
        parties, proposers, meant: as for `RuleForm`.
        versions: the newest version of each of the terms there are.
    """
    act = data.get("act", "")
    numbers = [n for n in data.getlist("row") if n.isdigit()][:_MOST_RULES]
    numbers = [n for n in numbers if act != f"remove:{n}"]
    more: dict[str, Any] = {"parties": parties, "proposers": proposers, "meant": meant}
    rules = [
        (
            n,
            RuleForm(
                data,
                kind=data.get(f"rule-{n}-kind", "")[:60],
                kept=_object(data.get(f"rule-{n}-kept", "")),
                prefix=f"rule-{n}",
                **more,
            ),
        )
        for n in numbers
    ]
    kind = data.get("new_kind", "")
    if act == "add" and kind in KINDS and len(rules) < _MOST_RULES:
        number = str(1 + max((int(n) for n in data.getlist("row") if n.isdigit()), default=0))
        taken = {data.get(f"rule-{n}-id") for n in numbers}
        free = next(f"r{i}" for i in range(1, _MOST_RULES + 2) if f"r{i}" not in taken)
        form = RuleForm(initial={"id": free}, kind=kind, prefix=f"rule-{number}", **more)
        rules.append((number, form))
    name = data.get("terms_id", "")
    return Draft(
        head=HeadForm(data, parties=parties),
        rules=rules,
        version=versions.get(name, 0) + 1,
        kept=_object(data.get("kept", "")),
    )


def draft_of_terms(
    terms: Terms | None,
    *,
    told: Sequence[str],
    today: object,
    parties: Parties,
    proposers: Parties,
    meant: Meant,
    version: int,
) -> Draft:
    """A draft to begin with: of a next version of terms, or of new ones.

    Args:
        terms: the version to begin from, if any.
        told: the parties that it is between.
        today: the day that new terms count to.
        parties, proposers, meant: as for `RuleForm`.
        version: that proposing would make.
    """
    if terms is None:
        head = HeadForm(initial={"as_of": today, "parties": told}, parties=parties)
        return Draft(head=head, rules=(), version=version, kept={})
    document = terms_to_json(terms)
    held = [p.months for p in terms.priorities if p.kind is PriorityKind.CAPTIVITY]
    initial = {
        "terms_id": terms.id,
        "as_of": terms.as_of,
        "nonce": terms.nonce,
        "bands": ", ".join(map(str, held)),
        "fairness": next((p.by for p in terms.priorities if p.by), ""),
        "parties": told,
        "four_eyes": terms.four_eyes,
    }
    rules = [
        (
            str(number),
            RuleForm(
                initial=initial_of(rule),
                kind=str(rule["kind"]),
                kept=rule,
                prefix=f"rule-{number}",
                parties=parties,
                proposers=proposers,
                meant=meant,
            ),
        )
        for number, rule in enumerate(document["rules"], start=1)
    ]
    known = {"id", "version", "as_of", "rules", "priorities", "nonce", "four_eyes"}
    kept = {key: value for key, value in document.items() if key not in known}
    if terms.priorities != _order(held, str(initial["fairness"])):
        kept["priorities"] = document["priorities"]
        initial["bands"] = initial["bands"] or "12"
    head = HeadForm(initial=initial, parties=parties)
    return Draft(head=head, rules=rules, version=version, kept=kept)


def _order(bands: Sequence[int], by: str) -> tuple[Priority, ...]:
    *first, total = standard_priorities(tuple(bands))
    fair = [Priority(id="fairness", kind=PriorityKind.COVERAGE, by=by)] if by else []
    return (*first, *fair, total)


def _object(text: str) -> dict[str, Any]:
    """The JSON object in a hidden field; nothing when it is none."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
