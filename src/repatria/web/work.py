"""How is each kind of work called, and on which page is it done?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """Words for a kind of work, and the name of the page where it is done."""

    words: Promise | str
    page: str


WORK: Mapping[str, WorkPage] = {
    "answer-lines": WorkPage(words=_("lines wait for your answer"), page="list"),
    "review-pairs": WorkPage(words=_("pairs of records: the same person?"), page="review"),
    "settle-decisions": WorkPage(
        words=_("decisions about records contradict each other"), page="review-contradictions"
    ),
    "accept-terms": WorkPage(words=_("terms wait for your acceptance"), page="terms"),
    "sign-manifest": WorkPage(words=_("manifest waits for your signature"), page="manifest"),
    "accept-substitution": WorkPage(
        words=_("substitutions wait for your signature"), page="manifest"
    ),
    "commit-list": WorkPage(words=_("round waits for your list"), page="round"),
    "confirm-commitments": WorkPage(
        words=_("round: both have committed, check them"), page="round"
    ),
    "reveal-lists": WorkPage(words=_("round: lists can be revealed"), page="round"),
    "give-receipt": WorkPage(words=_("persons crossed: give your receipt"), page="manifest"),
    "record-crossing": WorkPage(words=_("persons have not crossed yet"), page="crossing"),
    "look-at-contradictions": WorkPage(words=_("public figures to look at"), page="contradictions"),
}
