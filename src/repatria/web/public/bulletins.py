"""Bulletins for everybody: the newest, each version, what changed, and the files.

A version has an address that holds the digest of its content: what stands there
never changes.
"""

from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.bulletin_versions import check_copy, keys_of
from repatria.record.bulletin_difference import Change, difference
from repatria.record.signed_bulletin import SignedBulletin, signed_bulletin_in
from repatria.store.queries import public
from repatria.terms import IntegrityError, NotVisible
from repatria.terms.parties import ANONYMOUS
from repatria.web.access import Request
from repatria.web.public.page import FOR_EVER, kept, never_kept, public_page
from repatria.wiring.bulletins import published_file
from repatria.wiring.desks import installation_here
from repatria.wiring.peers import keyrings_here

KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
MOST_COPY_BYTES = 2 * 1024 * 1024


@require_safe
@public_page
def all_bulletins(request: Request, language: str) -> HttpResponse:
    """Every bulletin once, the newest first."""
    return render(request, "open/bulletins.html", {"rows": newest(language), "language": language})


def newest(language: str) -> list[Any]:
    """The newest version of every bulletin, in the language where there is one."""
    rows = public.bulletins(ANONYMOUS)
    best: dict[str, Any] = {}
    for row in rows:
        known = best.get(row.subject)
        rank = (row.version, row.language == language)
        if known is None or rank > (known.version, known.language == language):
            best[row.subject] = row
    return list(best.values())


@require_safe
@public_page
def one_bulletin(request: Request, language: str, token: str) -> HttpResponse:
    """The newest version of a bulletin, with its replies."""
    versions = public.bulletin_versions(ANONYMOUS, f"bulletin:{token}")
    if not versions:
        raise NotVisible
    row = max(versions, key=lambda r: (r.version, r.language == language))
    return _shown(request, language, row, versions)


@require_safe
@public_page
def exact_bulletin(request: Request, language: str, content: str) -> HttpResponse:
    """Exactly the version with this content, for ever."""
    row = public.bulletin_with(ANONYMOUS, content)
    return _shown(request, language, row, public.bulletin_versions(ANONYMOUS, row.subject))


def _shown(request: Request, language: str, row: Any, versions: list[Any]) -> HttpResponse:
    sources = {
        source
        for section in row.document["sections"]
        for sentence in section["sentences"]
        for source in sentence["sources"]
    }
    same = [r for r in versions if r.language == row.language]
    context = {
        "row": row,
        "document": row.document,
        "token": row.subject.partition(":")[2],
        "language": language,
        "others": [r for r in versions if r.version == row.version and r is not row],
        "versions": same,
        "is_newest": row.version == max(r.version for r in versions),
        "claim_ids": public.claims_among(ANONYMOUS, sources),
        "replies": public.replies_to(ANONYMOUS, row.subject),
        "files": [ending for ending in KINDS if ending == "json" or ending in _files(row)],
        "reason": row.sealed.get("bulletin", {}).get("reason", ""),
    }
    return render(request, "open/bulletin.html", context)


def _files(row: Any) -> dict[str, str]:
    """The digests of the files of a version; of the HTML file alone before there were more."""
    named = row.sealed.get("bulletin", {}).get("files", {})
    return named or {"html": row.digest}


@require_safe
@public_page
def changes(request: Request, language: str, token: str, version: int) -> HttpResponse:
    """What a version says differently from the one before it."""
    versions = public.bulletin_versions(ANONYMOUS, f"bulletin:{token}")
    spoken = {r.language for r in versions}
    shown_in = language if language in spoken else min(spoken, default="")
    by_version = {r.version: r for r in versions if r.language == shown_in}
    if version not in by_version or version - 1 not in by_version:
        raise NotVisible
    before, after = by_version[version - 1], by_version[version]
    context = {
        "before": before,
        "after": after,
        "token": token,
        "lines": difference(before.document, after.document),
        "change": Change,
        "reason": after.sealed.get("bulletin", {}).get("reason", ""),
        "language": language,
    }
    return render(request, "open/changes.html", context)


@require_safe
def file(request: Request, content: str, ending: str) -> HttpResponse:
    """A file of exactly this version, byte for byte as it was published."""
    row = public.bulletin_with(ANONYMOUS, content)
    raw = _signed_text(row) if ending == "json" else _bytes(row, ending)
    name = f"{row.subject.partition(':')[2]}-{row.version}.{row.language}.{ending}"
    response = HttpResponse(raw, content_type=KINDS[ending])
    # Always as a file to keep: the HTML brings its own style, which pages here may not.
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = FOR_EVER
    return kept(request, response)


def _signed_here() -> list[SignedBulletin]:
    rows = public.bulletins(ANONYMOUS)
    return [signed_bulletin_in(r.sealed, place="bulletin") for r in rows if r.sealed]


def _signed_text(row: Any) -> bytes:
    if not row.sealed:
        raise NotVisible
    return signed_bulletin_in(row.sealed, place="bulletin").text.encode()


def _bytes(row: Any, ending: str) -> bytes:
    digest = _files(row).get(ending, "")
    path = published_file(
        installation_here().folder / "published",
        row.subject,
        row.version,
        row.language,
        ending,
        digest=digest,
    )
    if not digest or path is None:
        raise NotVisible
    return path.read_bytes()


@csrf_exempt  # it changes nothing, and knows nobody whose authority could be borrowed
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def verify(request: Request, language: str) -> HttpResponse:
    """Whether a copy somebody holds is exactly what was published here."""
    context: dict[str, Any] = {"language": language}
    sent = request.FILES.get("copy")
    if request.method == "POST":
        raw = sent.read(MOST_COPY_BYTES + 1) if sent is not None else b""
        context["asked"] = True
        context["digest"] = sha256(raw).hexdigest()
        try:
            if len(raw) > MOST_COPY_BYTES:
                raise IntegrityError("copy", "copy-not-as-published")
            checked = check_copy(
                raw,
                known=_signed_here(),
                keys=keys_of(keyrings_here()),
                place="copy",
            )
            context["checked"] = checked
            context["address"] = reverse("public-exact", args=(language, checked.signed.digest))
        except IntegrityError as fault:
            context["fault"] = fault.code
    response = render(request, "open/verify.html", context)
    return never_kept(response) if request.method == "POST" else response
