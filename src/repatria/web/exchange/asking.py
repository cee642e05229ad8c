"""Which persons of a plan does somebody want to see?"""

from django import forms

from repatria.store.queries.planned import GOING, STAYING, Asked
from repatria.web.access import Request
from repatria.web.lists.forms import AskedForm
from repatria.web.plan_words import PLAN_REASONS
from repatria.web.words import CATEGORIES


class PlannedForm(AskedForm):
    """Which persons of a plan to show."""

    going = forms.ChoiceField(required=False, choices=[("", ""), (GOING, ""), (STAYING, "")])
    holder = forms.CharField(required=False, max_length=64)
    category = forms.ChoiceField(required=False, choices=[("", ""), *CATEGORIES.items()])
    code = forms.ChoiceField(required=False, choices=[("", ""), *PLAN_REASONS.items()])


def asked_for(request: Request) -> tuple[Asked, int]:
    """What is asked for, and which page of it; everything when it cannot be understood."""
    form = PlannedForm(request.POST or request.GET)
    if not form.is_valid():
        return Asked(), 1
    given = form.cleaned_data
    asked = Asked(**{name: given[name] for name in ("q", "going", "holder", "category", "code")})
    return asked, given["page"] or 1
