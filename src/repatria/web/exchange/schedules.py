"""The page of a schedule: on which day do how many cross, and what if it stops there?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from repatria.operations.schedules import Schedule, question_for, schedule_for
from repatria.store.queries.planned import plan_row
from repatria.web.access import Request
from repatria.web.exchange.editor import PROPOSES
from repatria.web.exchange.proofs import at_hand
from repatria.web.exchange.waiting import begin_for, known_to
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import page_for

WIDTH, MARGIN, ROW, TOP, BAR = 360, 8, 62, 6, 16
_SECONDS = 60
_LEAST = 24


class ScheduleForm(forms.Form):
    """What a schedule must keep to."""

    per_day = forms.IntegerField(
        label=_("Persons who can cross in a day"),
        help_text=_("Both directions together."),
        min_value=1,
        max_value=100_000,
        initial=50,
    )
    days = forms.IntegerField(
        label=_("Days"),
        help_text=_("Empty: as few as possible."),
        min_value=1,
        max_value=365,
        required=False,
    )
    most_ahead = forms.IntegerField(
        label=_("Nobody may be ahead by more than"),
        help_text=_("Empty: the least that is possible is looked for."),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    legs = forms.ChoiceField(
        label=_("Within a day both sides hand over"),
        choices=[
            ("simultaneous", _("at the same moment")),
            ("alternating", _("one after the other, in turns")),
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Those of one party who cross on a day, as drawn."""

    party: str
    count: int
    x: int
    width: int
    pattern: int

    @property
    def words_x(self) -> int:
        """Where the number stands."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day as drawn, with how far each party is ahead at most."""

    number: int
    y: int
    pieces: Sequence[Piece]
    ahead: Sequence[tuple[str, int]]
    ahead_width: int
    ahead_x: int

    @property
    def text_y(self) -> int:
        """Where its words stand."""
        return self.y - 5

    @property
    def count_y(self) -> int:
        """Where the numbers on the bars stand."""
        return self.y + 13

    @property
    def ahead_y(self) -> int:
        """Where the bar of being ahead stands."""
        return self.y + BAR + 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All days; sizes in units of the picture's own."""

    days: Sequence[Day]
    height: int
    mirrored: bool
    width: int = WIDTH
    bar: int = BAR

    @property
    def words_x(self) -> int:
        """Where words begin."""
        return WIDTH - MARGIN if self.mirrored else MARGIN


def timeline_of(schedule: Schedule, *, mirrored: bool = False) -> Timeline:
    """The drawing of a schedule; bars of persons and of being ahead have scales of their own."""
    # Every bar is wide enough for its number, however few it stands for.
    span = WIDTH - 2 * MARGIN - _LEAST * len(schedule.parties)
    widest = max((sum(t.crosses.values()) for t in schedule.tranches), default=1) or 1
    furthest = max((max(t.ahead.values()) for t in schedule.tranches), default=0) or 1
    days = []
    for number, tranche in enumerate(schedule.tranches):
        pieces, at = [], 0
        for pattern, party in enumerate(schedule.parties):
            count = tranche.crosses[party]
            if not count:
                continue
            width = _LEAST + round(span * count / widest)
            x = WIDTH - MARGIN - at - width if mirrored else MARGIN + at
            pieces.append(Piece(party=party, count=count, x=x, width=width, pattern=pattern % 5))
            at += width
        ahead_width = round(span * max(0, *tranche.ahead.values()) / furthest)
        days.append(
            Day(
                number=tranche.number,
                y=TOP + 20 + number * ROW,
                pieces=pieces,
                ahead=[(p, n) for p, n in tranche.ahead.items() if n > 0],
                ahead_width=ahead_width,
                ahead_x=WIDTH - MARGIN - ahead_width if mirrored else MARGIN,
            )
        )
    return Timeline(days=days, height=TOP + len(days) * ROW + 4, mirrored=mirrored)


@require_http_methods(["GET", "POST"])
@page_for(*PROPOSES)
def schedule_page(request: Request, plan_id: str) -> HttpResponseBase:
    """A schedule for the plan, computed on asking; it is nobody's agreement."""
    row = plan_row(request.viewer, f"plan:{plan_id}")
    matter = f"schedule {plan_id}"
    form = ScheduleForm(request.POST) if request.method == "POST" else ScheduleForm()
    if request.method == "POST" and form.is_valid():
        people, terms, _plan = at_hand(request, plan_id)
        chosen = frozenset(row.selected)
        going = tuple(person for person in people if person.id in chosen)
        asked = form.cleaned_data
        question = question_for(
            going,
            terms,
            per_day=asked["per_day"],
            days=asked["days"],
            most_ahead=asked["most_ahead"],
            simultaneous=asked["legs"] == "simultaneous",
        )
        begin_for(
            request,
            matter,
            lambda _report, _cancelled: schedule_for(going, terms, question, seconds=_SECONDS),
        )
        return see_other("plan-schedule", plan_id)
    known = known_to(request, matter)
    found = known.value if known is not None else None
    schedule = found if isinstance(found, Schedule) else None
    context = {
        "row": row,
        "form": form,
        "calculation": known,
        "schedule": schedule,
        "timeline": timeline_of(schedule, mirrored=get_language_bidi()) if schedule else None,
    }
    return never_stored(render(request, "exchange/schedule.html", context))
