"""What is typed when a pair is decided, or the queue is filtered?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.web.words import DECISIONS


class DecisionForm(forms.Form):
    """A decision with its reason; that the reason is there is the operation's rule."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(d.value, DECISIONS[d]) for d in MatchDecision],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QueueForm(forms.Form):
    """Which pairs to show."""

    decision = forms.ChoiceField(
        required=False,
        choices=[
            (code, DECISIONS.get(code, _("all")))
            for code in ("undecided", "same", "not_same", "cannot_tell", "all")
        ],
    )
    page = forms.IntegerField(required=False, min_value=1)
