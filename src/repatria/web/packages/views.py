"""Peers with the fingerprints of their keys; packages made for them and taken in."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from repatria.ledger.signing import VerifyKey
from repatria.operations.packages import send_package, take_in_package
from repatria.store.queries.peers import packages, peers
from repatria.terms import NotVisible, PartyCode
from repatria.web.access import Request, desk_page
from repatria.web.exports import download
from repatria.web.responses import see_other
from repatria.wiring.desks import desk_for, installation_here, sits_here
from repatria.wiring.residues import clean_if_erased

MAX_PACKAGE_BYTES = 200 * 1024 * 1024


class PackageForm(forms.Form):
    """A package file."""

    file = forms.FileField(label=gettext_lazy("Package file"))


class PageForm(forms.Form):
    """Which page of packages."""

    page = forms.IntegerField(required=False, min_value=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A peer as shown: how its key is read aloud."""

    code: str
    title: str
    fingerprint: str
    is_ourselves: bool


@require_safe
@desk_page
def all_packages(request: Request) -> HttpResponseBase:
    """Peers, and packages newest first; for the installation's own people."""
    if not sits_here(request.viewer):
        raise Http404
    known = [
        Peer(
            code=row.subject.partition(":")[2],
            title=row.title,
            fingerprint=VerifyKey.from_text(row.public_key).fingerprint,
            is_ourselves=row.subject == f"peer:{request.viewer.party}",
        )
        for row in peers(request.viewer)
    ]
    form = PageForm(request.GET)
    number = (form.cleaned_data["page"] if form.is_valid() else None) or 1
    context = {
        "peers": known,
        "others": [peer for peer in known if not peer.is_ourselves],
        "page": packages(request.viewer, page=number),
        "form": PackageForm(),
    }
    return render(request, "packages/all.html", context)


@require_POST
@desk_page
def send(request: Request) -> HttpResponseBase:
    """A new package for a peer, as a download; noted before it leaves."""
    to = PartyCode(request.POST.get("to", ""))
    made = send_package(desk_for(request.viewer), to=to)
    name = f"{request.viewer.party}-{to}-{made.digest[:12]}.repatria"
    return download(made.raw, name, "application/octet-stream")


@require_POST
@desk_page
def take_in(request: Request) -> HttpResponseBase:
    """Take a package in, once every check has passed."""
    desk = desk_for(request.viewer)
    form = PackageForm(request.POST, request.FILES)
    if not form.is_valid():
        raise NotVisible
    file = form.cleaned_data["file"]
    if file.size > MAX_PACKAGE_BYTES:
        messages.error(request, _("The file is larger than any package."))
        return see_other("packages")
    brought = take_in_package(desk, file.read())
    clean_if_erased(installation_here())
    text = _("Taken in: %(new)d new statements, %(disclosed)d of them to be read here.")
    messages.success(request, text % {"new": brought.new, "disclosed": brought.disclosed})
    return see_other("packages")
