"""Blocks of numbers for units, and the tags that came back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from repatria.ledger.kinds.block_issued import BlockIssued
from repatria.operations.tags import blocks_of, issue_block, tags_given, take_in_tags
from repatria.register.tags import numbers_of, tag_number
from repatria.terms import Role
from repatria.web.access import Request
from repatria.web.acts import attempt
from repatria.web.exports import table_file
from repatria.web.lists.short import short_list
from repatria.web.register.forms import BlockForm, TagsForm
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import page_for
from repatria.web.table_formats import asked_format
from repatria.wiring.desks import desk_for

_BESIDE = {
    "block-size-wrong": "count",
    "block-unknown": "block",
    "tag-malformed": "rows",
    "tag-not-in-block": "rows",
    "tag-given-already": "rows",
    "person-unknown": "rows",
}


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(Role.REGISTRAR)
def tags_page(request: Request) -> HttpResponseBase:
    """Every block with how many of its numbers came back, and the forms to add to them."""
    desk = desk_for(request.viewer)
    blocks = blocks_of(desk)
    given: dict[str, int] = {}
    for tag in tags_given(desk):
        given[tag.block] = given.get(tag.block, 0) + 1
    rows = [
        (key, block, _first_and_last(block), given.get(key, 0)) for key, block in blocks.items()
    ]
    headings = [_("Unit"), _("Numbers"), _("Issued"), _("Taken in")]
    found = short_list(request, "tags", headings, rows, _cells)
    if found.file is not None:
        return found.file
    issues, searches = "unit" in request.POST, "q" in request.POST
    choices = [(key, f"{block.unit} · {_first_and_last(block)}") for key, block in blocks.items()]
    block_form = BlockForm(request.POST if issues else None)
    tags_form = TagsForm(
        request.POST if request.method == "POST" and not issues and not searches else None,
        viewer=request.viewer,
        blocks=choices,
    )

    def do(said: dict[str, Any]) -> HttpResponse:
        if issues:
            issue_block(desk, unit=said["unit"].strip(), count=said["count"])
            messages.success(request, _("The numbers were issued."))
        else:
            take_in_tags(desk, said["block"], said["rows"], on=said["on"])
            count = len(said["rows"])
            text = ngettext("%(count)d tag was taken in.", "%(count)d tags were taken in.", count)
            messages.success(request, text % {"count": count})
        return see_other("tags")

    form = block_form if issues else tags_form
    tried = attempt(form, do, _BESIDE)
    if tried.response is not None:
        return tried.response
    context = {
        "any_block": bool(blocks),
        "page": found.page,
        "asked": found.asked,
        "block_form": block_form,
        "tags_form": tags_form,
        "form": form,
        "objections": tried.objections,
    }
    return never_stored(render(request, "register/tags.html", context, status=tried.status))


def _cells(row: tuple[str, BlockIssued, str, int]) -> Sequence[object]:
    _key, block, numbers, given = row
    return [block.unit, numbers, block.count, given]


def _first_and_last(block: Any) -> str:
    return f"{tag_number(block.first)} – {tag_number(block.first + block.count - 1)}"


@require_POST
@page_for(Role.REGISTRAR)
def numbers_file(request: Request, token: str) -> HttpResponseBase:
    """All numbers of a block, to be printed on its tags."""
    block = blocks_of(desk_for(request.viewer)).get(f"block:{token}")
    if block is None:
        raise Http404
    rows = ([number, block.unit] for number in numbers_of(block))
    return table_file(f"numbers-{token}", [_("Number"), _("Unit")], rows, asked_format(request))
