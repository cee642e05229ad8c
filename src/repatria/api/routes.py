"""What may a program read?

Each route asks one query as the token's viewer; what is not his is not found.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from ninja import Form, NinjaAPI

from repatria.api.comparing import router as comparing
from repatria.api.shapes import (
    BulletinShape,
    ClaimShape,
    LineShape,
    ListShape,
    PackageShape,
    PageOf,
    PeerShape,
    PersonShape,
    PlanShape,
    Problem,
)
from repatria.api.tokens import TokenOfAccount, TokenRequest
from repatria.ledger.keyring import read_keyring
from repatria.store.queries import exchange, lists, peers, persons, public
from repatria.store.queries.scope import Page
from repatria.terms import NotVisible, Viewer
from repatria.terms.parties import ANONYMOUS
from repatria.wiring.desks import sits_here
from repatria.wiring.installation import now

R = TypeVar("R", bound=Model)
S = TypeVar("S")

api = NinjaAPI(
    title="Repatria",
    version="1",
    description="Reads and compares what the token's account may read. Nothing is written here.",
    auth=TokenOfAccount(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("", comparing)


@api.exception_handler(NotVisible)
def not_visible(request: HttpRequest, fault: NotVisible) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Unknown and not yours look the same."""
    problem = Problem(code="not-found", message="There is no such thing, or it is not yours.")
    return api.create_response(request, problem, status=HTTPStatus.NOT_FOUND)


def _page(page: Page[R], shape: Callable[[R], S]) -> dict[str, object]:
    return {
        "rows": [shape(row) for row in page.rows],
        "page": page.number,
        "pages": page.pages,
        "total": page.total,
    }


def _reader(viewer: Viewer) -> Viewer:
    # What was folded for a family is about its own requests and holds nothing public.
    return viewer if viewer.at_a_desk else ANONYMOUS


def _line(row: lists.Line) -> LineShape:
    return LineShape(
        id=row.subject,
        number=row.number,
        name=row.name,
        script=row.script,
        birth=row.birth,
        category=row.category,
        captured_on=row.captured_on,
        reference=row.reference,
        status=row.status,
        person=row.person,
        answered_by=row.answered_by,
        ref=row.ref,
    )


def _person(row: persons.Person) -> PersonShape:
    return PersonShape(
        id=row.subject,
        name=row.name,
        script=row.script,
        birth=row.birth,
        category=row.category,
        holder=row.holder,
        custody=row.custody,
        captured_on=row.captured_on,
        statements=row.statements,
        findings=row.findings,
    )


@api.get("/lists", response=list[ListShape], url_name="api-lists")
def all_lists(request: TokenRequest) -> list[ListShape]:
    """The lists, newest first."""
    return [
        ListShape(
            id=view.row.subject,
            title=view.row.title,
            author=view.row.author,
            addressee=view.row.addressee,
            population=view.row.population,
            lines=view.lines,
            answered=view.answered,
            by_status=dict(view.by_status),
            recorded_at=view.row.recorded_at,
        )
        for view in lists.lists(request.auth)
    ]


@api.get(
    "/lists/{list_id}/lines",
    response={200: PageOf[LineShape], 404: Problem},
    url_name="api-lines",
)
def lines_of_list(
    request: TokenRequest, list_id: str, status: str = "", page: int = 1
) -> dict[str, object]:
    """Lines of a list by number; `status` narrows them down. An address leaves out `list:`."""
    subject = f"list:{list_id}"
    lists.list_view(request.auth, subject)
    return _page(
        lists.lines(request.auth, subject, status=status, page=page),
        _line,
    )


@api.get("/persons", response=PageOf[PersonShape], url_name="api-persons")
def all_persons(
    request: TokenRequest,
    custody: str = "",
    category: str = "",
    page: int = 1,
) -> dict[str, object]:
    """Persons by name; searching is a POST, because an address is logged and a body is not."""
    return _page(
        persons.persons(request.auth, custody=custody, category=category, page=page),
        _person,
    )


@api.post("/persons/search", response=PageOf[PersonShape], url_name="api-person-search")
def search_persons(
    request: TokenRequest,
    text: Form[str],
    custody: Form[str] = "",
    category: Form[str] = "",
    page: Form[int] = 1,
) -> dict[str, object]:
    """Persons whose name in any script, or whose number, is meant by `text`, the nearest first."""
    return _page(
        persons.persons(request.auth, search=text, custody=custody, category=category, page=page),
        _person,
    )


@api.post(
    "/lists/{list_id}/lines/search",
    response={200: PageOf[LineShape], 404: Problem},
    url_name="api-line-search",
)
def search_lines(
    request: TokenRequest,
    list_id: str,
    text: Form[str],
    status: Form[str] = "",
    page: Form[int] = 1,
) -> dict[str, object]:
    """Lines of a list that are meant by a name in any script, or a number, the nearest first."""
    subject = f"list:{list_id}"
    lists.list_view(request.auth, subject)
    return _page(lists.lines(request.auth, subject, search=text, status=status, page=page), _line)


@api.get("/plans", response=list[PlanShape], url_name="api-plans")
def all_plans(request: TokenRequest) -> list[PlanShape]:
    """The plans, newest first."""
    return [
        PlanShape(
            id=row.subject,
            terms=row.terms,
            author=row.author,
            status=row.status,
            selected=row.selected,
            left_out=row.left_out,
            levels=row.levels,
            reasons=row.reasons,
            digest=row.digest,
            accepted_by=row.accepted_by,
            recorded_at=row.recorded_at,
        )
        for row in exchange.plans(request.auth)
    ]


@api.get("/claims", response=list[ClaimShape], url_name="api-claims")
def all_claims(request: TokenRequest) -> list[ClaimShape]:
    """The public claims by the day they were made."""
    return [
        ClaimShape(
            id=row.subject,
            author=row.author,
            speaker=row.speaker,
            via=row.via,
            said_on=row.said_on,
            document=row.document,
            ref=row.ref,
        )
        for row in public.claims(_reader(request.auth))
    ]


@api.get("/bulletins", response=list[BulletinShape], url_name="api-bulletins")
def all_bulletins(request: TokenRequest, language: str = "") -> list[BulletinShape]:
    """The bulletins, newest first; `language` narrows them down."""
    return [
        BulletinShape(
            id=row.subject,
            version=row.version,
            language=row.language,
            author=row.author,
            digest=row.digest,
            document=row.document,
            recorded_at=row.recorded_at,
        )
        for row in public.bulletins(_reader(request.auth), language=language)
    ]


def _own(viewer: Viewer) -> Viewer:
    """The viewer, if he is of the installation's own party: a guest learns of no package."""
    if not sits_here(viewer):
        raise NotVisible
    return viewer


@api.get("/peers", response={200: list[PeerShape], 404: Problem}, url_name="api-peers")
def all_peers(request: TokenRequest) -> list[PeerShape]:
    """The peers by code, for the installation's own people."""
    return [
        PeerShape(
            party=each.code,
            title=each.row.title,
            fingerprint=read_keyring(each.row.keyring).fingerprint if each.row.keyring else "",
            size=each.ours,
            receipted=each.row.receipted_size,
            behind=each.behind,
            heard_size=each.row.heard_size,
            heard_at=each.row.heard_at,
            packages_made=each.sent,
            frozen=bool(each.row.evidence),
        )
        for each in peers.correspondents(_own(request.auth), now=now())
    ]


@api.get("/packages", response={200: PageOf[PackageShape], 404: Problem}, url_name="api-packages")
def all_packages(
    request: TokenRequest, direction: str = "", peer: str = "", page: int = 1
) -> dict[str, object]:
    """Packages, newest first; `direction` is sent, received or refused."""
    return _page(
        peers.packages(
            _own(request.auth),
            direction=[direction] if direction else [],
            peer_code=peer,
            page=page,
        ),
        lambda row: PackageShape(
            digest=row.subject.partition(":")[2],
            direction=row.direction,
            peer=row.peer,
            others=row.others,
            size=row.size,
            readable=row.bodies,
            until=row.until,
            revoked=bool(row.revoked_for),
            refused=bool(row.refused_for),
            recorded_at=row.recorded_at,
        ),
    )
