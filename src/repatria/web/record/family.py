"""The page of one family: what it asked, and what it was told.

Nobody is ever asked for money, and the page says so.
"""

import re

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from repatria.store.queries import families
from repatria.terms import Role
from repatria.web.access import Request, account_page

_PAGE_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
_ASKS_OR_ANSWERS = frozenset({Role.FAMILY, Role.REGISTRAR, Role.INTERMEDIARY})


@require_safe
@account_page
def family_page(request: Request) -> HttpResponseBase:
    """A family's own requests with the notices; at a desk, those it is to answer."""
    if request.viewer.role not in _ASKS_OR_ANSWERS:
        raise Http404
    number = request.GET.get("page", "")
    page = families.requests(
        request.viewer, page=int(number) if _PAGE_NUMBER.fullmatch(number) else 1
    )
    is_family = request.viewer.role is Role.FAMILY
    return render(request, "family/family.html", {"page": page, "is_family": is_family})
