"""How is a name, a date, a party or a code written on a page?

Every name stands isolated in its own direction and says in which script it is;
dates are written as they were said, never completed.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)
from django.template.context import Context
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from repatria.linkage import MOST_RARE, rounded
from repatria.planning import Rule
from repatria.terms import Objection, PartialDate, UnreadableDateError
from repatria.terms.names import script_of
from repatria.web.documents.written_terms import WrittenTerms
from repatria.web.messages import fault_sentence, finding_sentence, objection_sentence
from repatria.web.reason_words import reason_sentence, schedule_reason
from repatria.web.rule_words import Sentence, sentence_of
from repatria.web.words import GROUNDS, word

register = template.Library()


@register.simple_tag(name="person")
def person_name(name: str, script: str = "") -> SafeString:
    """A name, isolated from the text around it, with the script it is written in."""
    written = script or str(script_of(name))
    return format_html('<bdi lang="und-{}" dir="auto">{}</bdi>', written, name)


@register.filter(name="said")
def said_date(value: object) -> str:
    """A date as somebody said it: `1990`, `about 1990`, `17 May 1990`, `1990 to 1994`."""
    if value is None or value == "":
        return ""
    try:
        date = value if isinstance(value, PartialDate) else PartialDate.parse(str(value))
    except UnreadableDateError:
        return str(value)
    return _in_words(date)


def _in_words(date: PartialDate) -> str:
    parts = [str(date.year)]
    if date.month is not None:
        parts.insert(0, str(MONTHS[date.month]))
    if date.day is not None:
        parts.insert(0, str(date.day))
    text = " ".join(parts)
    if date.about:
        text = _("about %(date)s") % {"date": text}
    if date.until is not None:
        text = _("%(first)s to %(last)s") % {"first": text, "last": _in_words(date.until)}
    return text


@register.simple_tag(takes_context=True)
def party(context: Context, code: str) -> str:
    """How a party is called here; its code where nobody introduced it."""
    titles = context.get("party_titles") or {}
    return str(titles.get(code) or code)


@register.filter
def words(code: object, table: str) -> str:
    """The words for a code: `{{ row.status|words:"status" }}`."""
    return word(table, code)


@register.filter(name="sentence_of")
def rule_sentence(rule: Rule) -> Sentence:
    """A rule of the terms in the language of the page, or in English, marked as such."""
    return sentence_of(rule)


@register.filter(name="reason_in")
def reason_in_words(reason: Mapping[str, object], written: WrittenTerms | None) -> Sentence:
    """Why somebody is not in a plan: `{{ person.reason|reason_in:written }}`."""
    return reason_sentence(reason, written or None)


@register.filter(name="schedule_reason")
def schedule_reason_in_words(told: str) -> Sentence:
    """Why there is no schedule, in the language of the page, or in English, marked as such."""
    return schedule_reason(told)


@register.filter
def token(subject: object) -> str:
    """The part of an id that stands in an address."""
    return str(subject).partition(":")[2]


@register.filter
def short(reference: object) -> str:
    """The beginning of a long digest or key."""
    return str(reference)[:12]


@register.filter
def slugref(reference: object) -> str:
    """A statement's reference as the anchor of its row: `north/17` as `north-17`."""
    return str(reference).replace("/", "-").replace(":", "-")


@register.filter
def bits(millibits: int) -> str:
    """The weight of a ground, with its sign."""
    return f"{millibits / 1000:+.1f}".replace("-", "\u2212")


@register.filter
def expected_number(value: float) -> str:
    """An expected count: whole where it is large, with one place where it is small."""
    return str(round(value)) if value >= 10 else f"{value:.1f}".removesuffix(".0")


@register.filter
def side(ground: Mapping[str, Any], which: str) -> str:
    """What one side says, written as elsewhere on the page."""
    value = str(ground[which])
    if ground["field"] in ("birth", "captured_on"):
        return said_date(value)
    if ground["field"] == "sex" and value:
        return word("sex", value)
    return value


@register.filter
def control(field: BoundField) -> SafeString:
    """A field's input, dressed for its kind and tied to its help and its errors."""
    attributes: dict[str, str | bool] = {"class": _dress(field)}
    if isinstance(field.field.widget, (TextInput, Textarea)):
        attributes["dir"] = "auto"
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


def _dress(field: BoundField) -> str:
    match field.field.widget:
        case CheckboxInput():
            return "form-check-input"
        case Select():
            return "form-select"
        case _:
            return "form-control"


@register.filter
def shape(field: BoundField) -> str:
    """How a field is laid out: `check`, `choices`, or empty for a label above one input."""
    match field.field.widget:
        case CheckboxInput():
            return "check"
        case RadioSelect() | CheckboxSelectMultiple():
            return "choices"
        case _:
            return ""


@register.filter
def ground_words(ground: Mapping[str, Any]) -> str:
    """What a comparison saw; its own sentence where the page has no words for it."""
    code = str(ground["code"])
    return word("ground", code) if code in GROUNDS else str(ground["sentence"])


@register.filter
def by_chance(one_in: int) -> str:
    """How rarely an agreement is met by chance, with no more figures than anybody knows."""
    # Narrow spaces, which no language reads as a decimal point.
    number = f"{rounded(min(one_in, MOST_RARE)):,}".replace(",", "\u202f")
    if one_in > MOST_RARE:
        return _("so by chance with fewer than 1 person in %(n)s") % {"n": number}
    return _("so by chance with 1 person in %(n)s") % {"n": number}


@register.filter
def objection(value: Objection) -> str:
    """An objection in words."""
    return objection_sentence(value.code)


@register.filter
def objection_code(code: str) -> str:
    """The sentence for the code of an objection."""
    return objection_sentence(code)


@register.filter
def finding(code: str) -> str:
    """A finding in words."""
    return finding_sentence(code)


@register.filter
def item(mapping: Any, key: object) -> Any:
    """What a mapping holds under a key; empty when it has none."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def fault(code: str) -> str:
    """What is not as signed, in words."""
    return fault_sentence(code)


@register.filter
def in_language(path: str, language: str) -> str:
    """The address of the same public page in another language."""
    head, _root, rest = path.partition("/public/")
    return f"{head}/public/{language}/{rest.partition('/')[2]}"
