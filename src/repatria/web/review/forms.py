"""What is typed when a pair is decided, or the queue is filtered?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.web.lists.forms import AskedForm
from repatria.web.words import DECISIONS

SHOWN = ("undecided", "contradicted", "again", "same", "not_same", "cannot_tell", "all")


class DecisionForm(forms.Form):
    """A decision with its reason; that the reason is there is the operation's rule."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(d.value, DECISIONS[d]) for d in MatchDecision],
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2, "required": True}),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_("One each line: a statement such as north/17, the digest of a file, or words."),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class QueueForm(AskedForm):
    """Which pairs to show."""

    decision = forms.ChoiceField(
        required=False, choices=[(code, DECISIONS.get(code, _("all"))) for code in SHOWN]
    )
    list = forms.SlugField(required=False, max_length=200)
    other = forms.SlugField(required=False, max_length=200)
