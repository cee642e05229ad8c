"""How is one act of a desk done on a page: asked for, refused beside the field, done?

A page of this shape is a function that gives its `Act` (what is asked and what is then
done), under `act_for` (whose act it is). A refusal that a field can mend stands beside that
field; any other stands above the form. Whatever is refused, nothing was written and nothing
typed is lost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from repatria.store.queries.peers import peers
from repatria.store.queries.persons import Shown
from repatria.terms import Objection, Refusal, Role, Viewer
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import P, Request, View
from repatria.web.messages import objection_sentence
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import page_for

Words = str | Promise
Said = dict[str, Any]
Do = Callable[[Said], HttpResponse]


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
    """One act of a desk: what is asked, and what is done with the answer.

    Attributes:
        form: bound only when it was sent.
        do: the act, with what was typed; gives where to look afterwards (`written`).
        beside: code of an objection -> the field that can mend it.
        back, back_words: where the user comes from.
        about: of whom it is, if of a person.
        groups: how the fields are grouped; all in one group when empty.
    """

    title: Words
    button: Words
    back: str
    back_words: Words
    form: forms.Form
    do: Do
    beside: Mapping[str, str] = field(default_factory=dict)
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
    do: Do,
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


def act_page(request: Request, act: Act) -> HttpResponseBase:
    """The page of one act; after it was done, where to look."""
    tried = attempt(act.form, act.do, act.beside)
    if tried.response is not None:
        return tried.response
    groups = act.groups or (Group(title="", fields=list(act.form.fields)),)
    context = {
        "act": act,
        "form": act.form,
        "groups": [(group, _fields(act.form, group)) for group in groups],
        "objections": tried.objections,
    }
    return never_stored(render(request, "act.html", context, status=tried.status))


def act_for(*roles: Role) -> Callable[[Callable[Concatenate[Request, P], Act]], View[P]]:
    """A decorator: the page of the act, there for these roles; for others it is not."""

    def decorate(view: Callable[Concatenate[Request, P], Act]) -> View[P]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @page_for(*roles)
        @wraps(view)
        def asked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return act_page(request, view(request, *args, **kwargs))

        return asked

    return decorate


def written(request: Request, sentence: str, page: str, *args: str) -> HttpResponse:
    """Where to look after an act was done; there the sentence says that it was."""
    messages.success(request, sentence)
    return see_other(page, *args)


def _fields(form: forms.Form, group: Group) -> Sequence[BoundField]:
    return [form[name] for name in group.fields]


def sent(request: Request) -> Any:
    """What was sent, for a form of which this page has only one; None on a first look."""
    return request.POST if request.method == "POST" else None


def files_sent(request: Request) -> Any:
    """The files sent with such a form; None on a first look."""
    return request.FILES if request.method == "POST" else None


def other_parties(viewer: Viewer) -> list[tuple[str, str]]:
    """Code and title of the parties introduced here, but for our own and the intermediary."""
    codes = [(row.subject.partition(":")[2], row.title) for row in peers(viewer)]
    return [(code, title) for code, title in codes if code not in (viewer.party, INTERMEDIARY)]
