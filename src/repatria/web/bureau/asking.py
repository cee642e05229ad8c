"""A family asks, by itself or with the desk; and is told what happened before anybody else."""

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from repatria.ledger.kinds.tracing_linked import TracingLink
from repatria.operations.families import notify_family, request_tracing
from repatria.store.queries.accounts import account_named
from repatria.store.queries.bureau import requests_by_id
from repatria.store.queries.persons import Shown
from repatria.terms import ActorId, PersonName, Role
from repatria.terms.names import script_of
from repatria.web.access import Request, account_page
from repatria.web.acts import Act, Said, act_for, act_page, sent, written
from repatria.web.fields import partial_date
from repatria.web.typed import person_typed
from repatria.web.words import NOTICES
from repatria.wiring.desks import desk_for, family_desk

ANSWERS_FAMILIES = (Role.REGISTRAR, Role.INTERMEDIARY)


class AskForm(forms.Form):
    """Whom somebody looks for."""

    sought = forms.CharField(
        label=gettext_lazy("Name of the person who is sought"),
        help_text=gettext_lazy("As the family writes it, in any script."),
        max_length=200,
    )
    birth = partial_date(gettext_lazy("Born"))
    relation = forms.CharField(
        label=gettext_lazy("Who asks"),
        help_text=gettext_lazy("Such as: brother, mother, wife."),
        max_length=200,
        required=False,
    )

    def clean_sought(self) -> PersonName:
        """The name."""
        return PersonName(text=self.cleaned_data["sought"])


class DeskAskForm(AskForm):
    """The same, written down by the desk with the family."""

    family = forms.CharField(
        label=gettext_lazy("Account of the family"),
        help_text=gettext_lazy("With it the family reads the answers on its own page."),
        max_length=150,
    )
    field_order = ("family", "sought", "birth", "relation")

    def clean_family(self) -> ActorId:
        """The account, if it is a family's."""
        name = self.cleaned_data["family"].strip()
        row = account_named(name)
        if row is None or row.role != Role.FAMILY:
            raise forms.ValidationError(_("No family has an account of this name here."))
        return ActorId(name)


class NotifyForm(forms.Form):
    """What a family is told about a person."""

    person = forms.CharField(
        label=gettext_lazy("Which person"),
        help_text=gettext_lazy("Reference or id of the record."),
        max_length=200,
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What the family is told"),
        choices=NOTICES.items,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def ask(request: Request) -> HttpResponseBase:
    """The family's own request."""
    if request.viewer.role is not Role.FAMILY:
        raise Http404

    def do(said: Said) -> HttpResponse:
        desk = family_desk(request.viewer)
        request_tracing(desk, family=request.viewer.actor, **said)
        return written(
            request, _("Your request was written down. The answer will stand here."), "family"
        )

    act = Act(
        title=_("Ask for a relative"),
        button=_("Send the request"),
        back=reverse("family"),
        back_words=_("Your requests"),
        lead=_("This office and the neutral intermediary read it. It costs nothing."),
        form=AskForm(sent(request)),
        do=do,
    )
    return act_page(request, act)


@act_for(*ANSWERS_FAMILIES)
def write_down(request: Request) -> Act:
    """A request that the desk writes down with a family."""

    def do(said: Said) -> HttpResponse:
        made = request_tracing(desk_for(request.viewer), **said)
        return written(
            request, _("The request was written down."), "tracing-one", made.partition(":")[2]
        )

    return Act(
        title=_("Write a request down"),
        button=_("Write it down"),
        back=reverse("tracing"),
        back_words=_("Tracing requests of families"),
        lead=_("With the family beside you. Nobody is ever asked for money."),
        form=DeskAskForm(sent(request)),
        do=do,
    )


@act_for(*ANSWERS_FAMILIES)
def notify(request: Request, token: str) -> Act:
    """Tell a family what happened to the person it asked for."""
    subject = f"tracing:{token}"
    row = requests_by_id(request.viewer, [subject]).get(subject)
    if row is None:
        raise Http404
    confirmed = [
        each["record"]
        for each in row.links
        if each["link"] == TracingLink.CONFIRMED and each["record"].startswith("person:")
    ]
    form = NotifyForm(sent(request), initial={"person": confirmed[0] if confirmed else ""})

    def do(said: Said) -> HttpResponse:
        person = person_typed(request.viewer, said["person"].strip())
        desk = desk_for(request.viewer)
        notify_family(desk, request=subject, person=person, what=said["what"])
        return written(request, _("The family was told."), "tracing-one", token)

    return Act(
        title=_("Tell the family"),
        button=_("Tell the family"),
        back=reverse("tracing-one", args=[token]),
        back_words=_("Tracing request"),
        about=Shown(id=subject, name=row.sought, script=str(script_of(row.sought))),
        lead=_("It reads this on its page, with a code by which it knows that it is from us."),
        form=form,
        do=do,
        beside={"person-unknown": "person"},
    )
