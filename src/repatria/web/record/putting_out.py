"""How does a press desk put a bulletin out: what may be said, who may be named, until when not?

Looked at first, in every language, as it would be signed; nothing is written before the
second button. Every reason against it is shown at once.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.handover import Manifest
from repatria.operations.bulletin_versions import document_of
from repatria.operations.bulletins import (
    bulletin_beforehand,
    obstacles_to_naming,
    publish_bulletin,
)
from repatria.operations.manifests import manifest_of
from repatria.operations.naming import Nameable, embargo_on, hold_publication
from repatria.record import WORDINGS, Bulletin, worded
from repatria.store.queries import exchange, public
from repatria.terms import BulletinId, ManifestId, NotVisible, PartyCode, PersonId, Refusal, Role
from repatria.web.access import Request
from repatria.web.record.entering import party_titles
from repatria.web.responses import see_other
from repatria.web.signing import page_for
from repatria.wiring.bulletins import write_bulletin
from repatria.wiring.desks import desk_for, installation_here

PUTS_OUT = (Role.PRESS, Role.INTERMEDIARY)
HOURS = (
    (6, gettext_lazy("for six hours")),
    (24, gettext_lazy("for a day")),
    (72, gettext_lazy("for three days")),
    (168, gettext_lazy("for a week")),
    (0, gettext_lazy("no longer: lift our embargo")),
)


class BulletinForm(forms.Form):
    """What a bulletin is to say, and of whom."""

    event = forms.CharField(
        label=gettext_lazy("Key under which claims count this handover"),
        help_text=gettext_lazy("As in the column “event” of the claims; else leave it as it is."),
        max_length=300,
    )
    says_released = forms.BooleanField(
        label=gettext_lazy("It is put out to say that persons were released"),
        help_text=gettext_lazy("Then it is refused unless both receipts of each direction exist."),
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
    )
    corrects = forms.ChoiceField(label=gettext_lazy("Corrects an earlier one"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it is corrected, for everybody to read"),
        required=False,
        max_length=1_000,
    )
    named = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        manifest: Manifest,
        titles: Mapping[str, str],
        free: Sequence[Nameable],
        earlier: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].initial = manifest.manifest_id
        languages: Any = self.fields["languages"]
        languages.choices = [(c, get_language_info(c)["name_local"]) for c in sorted(WORDINGS)]
        languages.initial = sorted(WORDINGS)
        named: Any = self.fields["named"]
        named.choices = [(each.person, each.names[0]) for each in free if each.names]
        corrects: Any = self.fields["corrects"]
        corrects.choices = [("", _("none: it is a new one")), *earlier]
        self._givers = {line.giver: line.receiver for line in manifest.lines}
        for giver, receiver in sorted(self._givers.items()):
            self.fields[f"whose-{giver}"] = forms.CharField(
                label=_("Whose persons %(party)s held, as claims call them")
                % {"party": titles.get(giver, giver)},
                initial=receiver,
                max_length=200,
            )

    def clean(self) -> dict[str, Any]:
        """One word cannot stand for the persons of two sides."""
        given = [self.cleaned_data.get(f"whose-{giver}", "") for giver in self._givers]
        if all(given) and len(set(given)) != len(given):
            self.add_error(
                f"whose-{max(self._givers)}", _("Each side's persons need a word of their own.")
            )
        return self.cleaned_data

    def whose(self) -> list[Any]:
        """The fields that say whose persons each side held."""
        return [self[f"whose-{giver}"] for giver in sorted(self._givers)]

    def populations(self) -> dict[PartyCode, str]:
        """Giver -> whose persons it held."""
        return {giver: self.cleaned_data[f"whose-{giver}"] for giver in sorted(self._givers)}


class HoldForm(forms.Form):
    """How long nothing is to be published, and why."""

    hours = forms.TypedChoiceField(choices=HOURS, coerce=int)
    reason = forms.CharField(required=False, max_length=500)


@require_http_methods(["GET", "HEAD"])
@page_for(*PUTS_OUT)
def choose_manifest(request: Request) -> HttpResponseBase:
    """Of which handover does the bulletin speak?"""
    rows = exchange.manifests(request.viewer)
    return render(request, "record/bulletin_manifests.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*PUTS_OUT)
def put_out(request: Request, manifest_id: str) -> HttpResponseBase:
    """The form, the bulletin as it would be, or the bulletin signed and published."""
    manifest = _manifest(request, manifest_id)
    desk = desk_for(request.viewer)
    obstacles = obstacles_to_naming(desk.log, manifest, desk.clock())
    titles = party_titles(request.viewer)
    form = BulletinForm(
        request.POST if request.method == "POST" else None,
        manifest=manifest,
        titles=titles,
        free=[each for each, codes in obstacles if not codes],
        earlier=_earlier(request),
    )
    context: dict[str, Any] = {
        "form": form,
        "token": manifest_id,
        "manifest": manifest,
        "others": [(each, codes) for each, codes in obstacles if codes],
        "embargo": embargo_on(desk.log, manifest.manifest_id),
        "holds": HoldForm(),
        "now": desk.clock(),
    }
    if request.method != "POST":
        return _page(request, context)
    if not form.is_valid():
        return _page(request, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    names = {each.person: each.names[0] for each, _codes in obstacles if each.names}
    asked = _asked(form, manifest, names)
    try:
        if request.POST.get("act") != "publish":
            draft = bulletin_beforehand(desk, **asked, corrects=_corrected(form))
            return _page(request, context | {"drafts": _drafts(draft, form, titles)})
        published = publish_bulletin(
            desk,
            **asked,
            corrects=_corrected(form),
            reason=form.cleaned_data["reason"],
            languages=form.cleaned_data["languages"],
            labels=dict.fromkeys(form.cleaned_data["languages"], titles),
            printed=True,
        )
    except Refusal as refusal:
        shown = context | {"objections": refusal.objections}
        return _page(request, shown, HTTPStatus.CONFLICT)
    folder = installation_here().folder / "published"
    for each in published:
        write_bulletin(folder, each)
    messages.success(request, _("The bulletin was signed and published."))
    return see_other("bulletin", published[0].bulletin.id.partition(":")[2])


@require_POST
@page_for(*PUTS_OUT)
def hold(request: Request, manifest_id: str) -> HttpResponseBase:
    """Ask that nothing be published for a while, or no longer."""
    manifest = _manifest(request, manifest_id)
    form = HoldForm(request.POST)
    if form.is_valid():
        desk = desk_for(request.viewer)
        until = desk.clock() + timedelta(hours=form.cleaned_data["hours"])
        reason = form.cleaned_data["reason"]
        hold_publication(desk, manifest_id=manifest.manifest_id, until=until, reason=reason)
        messages.success(request, _("This was noted; the others are told with the next package."))
    return see_other("bulletin-new", manifest_id)


def _manifest(request: Request, token: str) -> Manifest:
    row = exchange.manifest(request.viewer, f"manifest:{token}").row
    try:
        return manifest_of(desk_for(request.viewer).log, ManifestId(row.subject))
    except Refusal:
        raise NotVisible from None


def _earlier(request: Request) -> list[tuple[str, str]]:
    """Our own bulletins, newest first, as they are called in the language of the page."""
    ours = installation_here().party
    rows = [row for row in public.bulletins(request.viewer) if row.author == ours]
    here = get_language() or ""
    rows.sort(key=lambda row: (row.version, here.startswith(row.language)))
    newest = {row.subject: row for row in rows}
    return [(subject, row.document["title"]) for subject, row in reversed(newest.items())]


def _asked(form: BulletinForm, manifest: Manifest, names: Mapping[PersonId, str]) -> dict[str, Any]:
    title = installation_here().title
    return {
        "manifest_id": manifest.manifest_id,
        "event": form.cleaned_data["event"],
        "populations": form.populations(),
        "issued_by": title,
        "health_speaker": title,
        "says_released": form.cleaned_data["says_released"],
        "named": {PersonId(p): names[PersonId(p)] for p in form.cleaned_data["named"]},
    }


def _corrected(form: BulletinForm) -> BulletinId | None:
    chosen = form.cleaned_data["corrects"]
    return BulletinId(chosen) if chosen else None


def _drafts(
    bulletin: Bulletin, form: BulletinForm, titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "language": language,
            "document": document_of(worded(bulletin, language=language, labels=titles)),
        }
        for language in form.cleaned_data["languages"]
    ]


def _page(
    request: Request, context: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "record/bulletin_form.html", dict(context), status=status)
