"""Bulletins, for everybody, in the reader's language, without an account.

The file to take away is the one that was signed, byte for byte.
"""

from hashlib import sha256
from pathlib import Path

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from repatria.store.queries import public
from repatria.terms import NotVisible
from repatria.web.access import Request
from repatria.web.record.putting_out import PUTS_OUT
from repatria.web.record.shown import reader
from repatria.web.signing import may
from repatria.wiring.desks import installation_here


@require_safe
def bulletins_page(request: Request) -> HttpResponseBase:
    """Every bulletin once, in the reader's language where it exists."""
    language = get_language() or "en"
    rows = public.bulletins(reader(request.viewer))
    newest = [
        max(
            (row for row in rows if row.subject == subject),
            key=lambda row: (row.version, row.language == language),
        )
        for subject in dict.fromkeys(row.subject for row in rows)
    ]
    context = {"rows": newest, "puts_out": may(request, PUTS_OUT)}
    return render(request, "public/bulletins.html", context)


@require_safe
def bulletin_page(request: Request, bulletin_id: str) -> HttpResponseBase:
    """One bulletin; each sentence leads to who said it."""
    wanted = request.GET.get("lang") or get_language() or "en"
    subject = f"bulletin:{bulletin_id}"
    row = public.bulletin(reader(request.viewer), subject, wanted)
    versions = [r for r in public.bulletins(reader(request.viewer)) if r.subject == subject]
    context = {
        "row": row,
        "token": bulletin_id,
        "document": row.document,
        "languages": sorted({r.language for r in versions if r.version == row.version}),
        "claim_ids": {r.subject.partition(":")[2] for r in public.claims(reader(request.viewer))},
        "has_file": published_file(row.digest) is not None,
    }
    return render(request, "public/bulletin.html", context)


@require_safe
def bulletin_file(request: Request, bulletin_id: str, language: str) -> HttpResponseBase:
    """The published file itself.

    Raises:
        NotVisible: no such bulletin in this language, or its file is not here.
    """
    row = public.bulletin(reader(request.viewer), f"bulletin:{bulletin_id}", language)
    path = published_file(row.digest)
    if path is None or row.language != language:
        raise NotVisible
    name = f"bulletin-{bulletin_id}-{language}.html"
    # Always as a file to keep: it brings its own style, which pages here may not.
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="text/html; charset=utf-8"
    )


def published_file(digest: str) -> Path | None:
    """The published file with exactly this content; None when it is not here.

    Cost: reads every published file; there are as many as bulletins.
    """
    for path in sorted((installation_here().folder / "published").glob("*.html")):
        if sha256(path.read_bytes()).hexdigest() == digest:
            return path
    return None
