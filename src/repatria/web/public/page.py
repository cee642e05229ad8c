"""What is a public page? One that any cache may keep, because it is the same for all.

The viewer is nobody, whoever is logged in elsewhere. The entity tag is of the
bytes of the page: it tells nothing about what else goes on in the installation.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import override

from repatria.terms import NotVisible
from repatria.terms.parties import ANONYMOUS
from repatria.web.access import Request

View = Callable[..., HttpResponse]
"""Takes the request, the language and what else the address holds."""
A_MINUTE = "public, max-age=60"
FOR_EVER = "public, max-age=31536000, immutable"


def public_page(view: View) -> Callable[..., HttpResponse]:
    """The page in the language of its address, with an entity tag; for nobody in particular."""

    @wraps(view)
    def asked(request: Request, *, language: str, **kwargs: Any) -> HttpResponse:
        if language not in dict(settings.LANGUAGES):
            raise NotVisible
        request.viewer = ANONYMOUS
        with override(language):
            request.LANGUAGE_CODE = language
            response = view(request, language, **kwargs)
        response.headers["Content-Language"] = language
        return kept(request, response)

    return asked


def kept(request: Request, response: HttpResponse) -> HttpResponse:
    """The response with what a cache needs; 304 where the asker has it already."""
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    if request.method not in {"GET", "HEAD"} or "no-store" in response.get("Cache-Control", ""):
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers.setdefault("Cache-Control", A_MINUTE)
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    answered = get_conditional_response(request, etag=etag, response=response)
    return answered or response


def never_kept(response: HttpResponse) -> HttpResponse:
    """The response, marked so that no cache keeps it."""
    response.headers["Cache-Control"] = "no-store"
    return response
