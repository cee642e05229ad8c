"""How is one act of a desk done on a page: asked for, refused beside the field, done?

A refusal that a field can mend stands beside that field; any other stands above the
form. Whatever is refused, nothing was written and nothing typed is lost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise

from repatria.store.queries.peers import peers
from repatria.store.queries.persons import Shown
from repatria.terms import Objection, Refusal, Viewer
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import Request
from repatria.web.messages import objection_sentence
from repatria.web.responses import never_stored

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together.

    Attributes:
        title: empty for fields that need none.
        fields: names, in order.
    """

    title: Words
    fields: Sequence[str]
    help: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What stands around the form of one act.

    Attributes:
        back, back_words: where the user comes from.
        about: of whom it is, if of a person.
        groups: how the fields are grouped; all in one group when empty.
    """

    title: Words
    button: Words
    back: str
    back_words: Words
    lead: Words = ""
    about: Shown | None = None
    groups: Sequence[Group] = ()


@dataclass(slots=True, kw_only=True)
class Attempt:
    """How sending a form ended.

    Attributes:
        response: where to look afterwards; None when nothing was done.
        objections: those that no field of the form can mend.
    """

    response: HttpResponse | None = None
    status: HTTPStatus = HTTPStatus.OK
    objections: Sequence[Objection] = field(default_factory=tuple)


def attempt(
    form: forms.Form,
    do: Callable[[dict[str, Any]], HttpResponse],
    beside: Mapping[str, str],
) -> Attempt:
    """Do what a form asks, if it was sent and can be understood.

    Args:
        form: bound only when it was sent.
        do: the act, with what was typed; gives where to look afterwards.
        beside: code of an objection -> the field that can mend it.
    """
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return Attempt(response=do(form.cleaned_data))
    except Refusal as refusal:
        rest = tuple(_not_beside(form, refusal, beside))
        return Attempt(status=HTTPStatus.CONFLICT, objections=rest)


def _not_beside(
    form: forms.Form, refusal: Refusal, beside: Mapping[str, str]
) -> Iterator[Objection]:
    """Put each objection beside its field; gives those that have none."""
    for objection in refusal.objections:
        name = beside.get(objection.code)
        if name is None or name not in form.fields:
            yield objection
            continue
        # The page says of whom or what it is; a number that was typed has to be found again.
        about = " ".join(each for each in objection.about if ":" not in each)
        sentence = objection_sentence(objection.code)
        form.add_error(name, f"{sentence} ({about})" if about else sentence)


def act_page(
    request: Request,
    act: Act,
    form: forms.Form,
    do: Callable[[dict[str, Any]], HttpResponse],
    *,
    beside: Mapping[str, str],
) -> HttpResponseBase:
    """The page of one act; after it was done, where to look."""
    tried = attempt(form, do, beside)
    if tried.response is not None:
        return tried.response
    groups = act.groups or (Group(title="", fields=list(form.fields)),)
    context = {
        "act": act,
        "form": form,
        "groups": [(group, _fields(form, group)) for group in groups],
        "objections": tried.objections,
    }
    return never_stored(render(request, "act.html", context, status=tried.status))


def _fields(form: forms.Form, group: Group) -> Sequence[BoundField]:
    return [form[name] for name in group.fields]


def sent(request: Request) -> Any:
    """What was sent, for a form of which this page has only one; None on a first look."""
    return request.POST if request.method == "POST" else None


def other_parties(viewer: Viewer) -> list[tuple[str, str]]:
    """Code and title of the parties introduced here, but for our own and the intermediary."""
    codes = [(row.subject.partition(":")[2], row.title) for row in peers(viewer)]
    return [(code, title) for code, title in codes if code not in (viewer.party, INTERMEDIARY)]
