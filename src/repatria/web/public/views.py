"""What may everybody read? Figures with their speakers, who said what, what was promised."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from repatria.record.bulletin_figures import hxl_csv
from repatria.store.queries import public
from repatria.terms.parties import ANONYMOUS
from repatria.web.access import Request
from repatria.web.public.bulletins import newest
from repatria.web.public.page import public_page
from repatria.web.record.chart import chart_of
from repatria.web.record.pictures import event_charts, held_charts, point_map
from repatria.web.record.shown import claims_shown
from repatria.wiring.desks import installation_here

PER_PAGE = 50
ATOM = "http://www.w3.org/2005/Atom"


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """To the public pages in the language the browser asks for."""
    wanted = get_language_from_request(request)
    response = redirect(
        "public-home", language=wanted if wanted in dict(settings.LANGUAGES) else "en"
    )
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@public_page
def home(request: Request, language: str) -> HttpResponse:
    """What is newest, and where everything is."""
    context = {
        "language": language,
        "rows": newest(language)[:5],
        "states": _counted_commitments(),
        "claims": len(public.claims(ANONYMOUS)),
    }
    return render(request, "open/home.html", context)


def _counted_commitments() -> dict[str, int]:
    today = datetime.now(UTC).date()
    found: dict[str, int] = {}
    for each in public.commitments(ANONYMOUS):
        state = each.state(today)
        found[state] = found.get(state, 0) + 1
    return found


@require_safe
@public_page
def figures(request: Request, language: str) -> HttpResponse:
    """Held over time by claim, released by event, and where people crossed."""
    claims = claims_shown(ANONYMOUS)
    context = {
        "language": language,
        "held": held_charts(claims),
        "events": event_charts(claims, _figures_of_newest(), receipts_word=_("Both receipts")),
        "map": point_map(public.places(ANONYMOUS)),
    }
    return render(request, "open/figures.html", context)


def _figures_of_newest() -> Iterator[dict[str, Any]]:
    for row in newest("en"):
        yield from row.sealed.get("bulletin", {}).get("figures", ())


@require_safe
@public_page
def figures_file(request: Request, language: str) -> HttpResponse:
    """Every figure of the newest bulletins, as a table with HXL hashtags."""
    del request, language
    response = HttpResponse(hxl_csv(_figures_of_newest()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


@require_safe
@public_page
def said(request: Request, language: str) -> HttpResponse:
    """Who said what, by day."""
    claims = claims_shown(ANONYMOUS)
    page = Paginator(claims, PER_PAGE).get_page(request.GET.get("page"))
    context = {"language": language, "page": page, "chart": chart_of(list(page))}
    return render(request, "open/said.html", context)


@csrf_exempt  # it changes nothing; sent by POST so that no address and no log holds what was typed
@require_POST
@public_page
def search(request: Request, language: str) -> HttpResponse:
    """Bulletins, claims and promises that have these words."""
    words = request.POST.get("q", "").strip()[:200]
    context: dict[str, Any] = {"language": language, "q": words}
    if words:
        context["claims"] = claims_shown(ANONYMOUS, search=words)[:PER_PAGE]
        context["rows"] = [r for r in newest(language) if _has(r.document, words.casefold())]
        context["commitments"] = [
            c
            for c in public.commitments(ANONYMOUS)
            if words.casefold() in f"{c.words} {c.promised_by} {c.promised_to}".casefold()
        ]
    return render(request, "open/search.html", context)


def _has(document: Any, words: str) -> bool:
    if isinstance(document, str):
        return words in document.casefold()
    parts = document.values() if isinstance(document, dict) else document
    return any(_has(part, words) for part in parts) if not isinstance(document, int) else False


@require_safe
@public_page
def promises(request: Request, language: str) -> HttpResponse:
    """What was promised, what was signed for, what is overdue."""
    today = datetime.now(UTC).date()
    rows = [(c, c.state(today), c.contradicted_by(today)) for c in public.commitments(ANONYMOUS)]
    return render(request, "open/promises.html", {"language": language, "rows": rows})


@require_safe
@public_page
def feed(request: Request, language: str) -> HttpResponse:
    """Every version of every bulletin in a language. Source: RFC 4287."""
    rows = [r for r in public.bulletins(ANONYMOUS) if r.language == language][:PER_PAGE]
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    here = request.build_absolute_uri()
    newest_at = max((r.recorded_at for r in rows), default=datetime(2000, 1, 1, tzinfo=UTC))
    _add(root, "title", f"{installation_here().title}: {_('Bulletins')}")
    _add(root, "id", here)
    _add(root, "updated", newest_at.isoformat())
    _add(root, "link", rel="self", href=here)
    for row in rows:
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "title", row.document["title"])
        _add(entry, "id", f"urn:sha256:{row.content or row.digest}")
        _add(entry, "updated", row.recorded_at.isoformat())
        author = ET.SubElement(entry, f"{{{ATOM}}}author")
        _add(author, "name", row.author)
        address = reverse("public-exact", args=(language, row.content or row.digest))
        _add(entry, "link", rel="alternate", href=request.build_absolute_uri(address))
        _add(entry, "summary", row.document["issued"])
    raw = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(raw, content_type="application/atom+xml; charset=utf-8")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text or None
