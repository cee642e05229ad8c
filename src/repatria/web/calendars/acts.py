"""A calendar is opened, a step of it delivered, and duties for several persons noted at once."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from repatria.operations.calendars import deliver_step, open_calendar
from repatria.operations.register_acts import do_duties
from repatria.store.queries.dialogue import obligation
from repatria.terms import PartyCode, PersonId, Role
from repatria.web.access import Request
from repatria.web.acts import Act, Said, act_for, files_sent, other_parties, sent, written
from repatria.web.fields import PartiesForm, PastDayField, SentForm, moment_of
from repatria.web.responses import see_other
from repatria.web.signing import page_for
from repatria.web.templatetags.repatria import said_date
from repatria.web.words import word
from repatria.wiring.desks import desk_for

DELIVERS = (Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY)


class CalendarForm(PartiesForm):
    """A calendar of six steps that counts from an agreed event."""

    chosen_in = "parties"
    title = forms.CharField(label=gettext_lazy("How the calendar is called"), max_length=200)
    start_event = forms.CharField(
        label=gettext_lazy("Counted from which event"),
        help_text=gettext_lazy("Such as: signature of 13 December."),
        max_length=200,
    )
    starts_on = forms.DateField(
        label=gettext_lazy("On which day the event was"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Agreed with"), widget=forms.CheckboxSelectMultiple
    )


class DeliverForm(SentForm):
    """What was delivered at a step."""

    items = forms.IntegerField(
        label=gettext_lazy("How many lines or persons it has"),
        required=False,
        min_value=0,
        max_value=10_000_000,
    )
    done_on = PastDayField(
        label=gettext_lazy("Delivered on"),
        help_text=gettext_lazy("May be left empty when it was today. The day in UTC."),
    )
    field_order = ("file", "digest", "items", "done_on")

    def clean(self) -> dict[str, Any]:
        """The same; a delivery is known by its digest."""
        said = super().clean()
        if not said.get("digest") and not self.errors:
            self.add_error("file", _("Choose the file that was delivered, or give its digest."))
        return said


@act_for(*DELIVERS)
def open_page(request: Request) -> Act:
    """A calendar with the steps of the list dialogue."""
    form = CalendarForm(sent(request), parties=other_parties(request.viewer))

    def do(said: Said) -> HttpResponse:
        desk = desk_for(request.viewer)
        others = [PartyCode(party) for party in said["parties"]]
        open_calendar(
            desk,
            title=said["title"],
            start_event=said["start_event"],
            starts_on=said["starts_on"],
            parties=[desk.party, *others] if Role(desk.role) is not Role.INTERMEDIARY else others,
        )
        return written(request, _("The calendar is open."), "due")

    return Act(
        title=_("Open a calendar"),
        button=_("Open the calendar"),
        back=reverse("due"),
        back_words=_("What is due"),
        lead=_(
            "Seven days each for lists, answers, observations and final replies, ten for "
            "interviews and medical checks, and the exchange on the day after."
        ),
        form=form,
        do=do,
        beside={"calendar-without-start": "start_event"},
    )


@act_for(*DELIVERS)
def deliver_page(request: Request, token: str, step: str) -> Act:
    """That we delivered what a step of a calendar asks of us."""
    calendar = f"calendar:{token}"
    row = obligation(request.viewer, calendar, step)
    form = DeliverForm(sent(request), files_sent(request))

    def do(said: Said) -> HttpResponse:
        deliver_step(
            desk_for(request.viewer),
            calendar,
            step,
            digest=said["digest"],
            items=said["items"] or 0,
            delivered_at=moment_of(said["done_on"]),
        )
        return written(request, _("The delivery was noted."), "due")

    return Act(
        title=_("Delivered: %(step)s") % {"step": word("step", step)},
        button=_("Note the delivery"),
        back=reverse("due"),
        back_words=_("What is due"),
        lead=_("%(calendar)s. Due on %(day)s. The first delivery counts.")
        % {"calendar": row.title, "day": said_date(row.due_on)},
        form=form,
        do=do,
        beside={"step-delivered-already": "file", "step-not-yours": "file"},
    )


class DoneForm(forms.Form):
    """On which day the chosen duties were done."""

    done_on = PastDayField(
        label=gettext_lazy("Done on"),
        help_text=gettext_lazy("May be left empty when it was today. The day in UTC."),
    )


@require_POST
@page_for(Role.REGISTRAR)
def duties_done(request: Request) -> HttpResponseBase:
    """Note the chosen duties as done; nothing typed is a reason to lose what was chosen."""
    chosen: defaultdict[str, list[PersonId]] = defaultdict(list)
    for each in request.POST.getlist("owed"):
        duty, _bar, token = each.partition("|")
        chosen[duty].append(PersonId(f"person:{token}"))
    form = DoneForm(request.POST)
    if not chosen:
        messages.error(request, _("Nobody was chosen. Tick the persons for whom it was done."))
    elif not form.is_valid():
        messages.error(request, _("This day has not come yet."))
    else:
        desk, at = desk_for(request.viewer), moment_of(form.cleaned_data["done_on"])
        for duty, persons in sorted(chosen.items()):
            do_duties(desk, persons, duty, done_at=at)
        count = sum(map(len, chosen.values()))
        text = ngettext("%(count)d duty was noted.", "%(count)d duties were noted.", count)
        messages.success(request, text % {"count": count})
    return see_other("due")
