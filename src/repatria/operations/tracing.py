"""Every family that asks gets an answer, and whom its own list forgot is found.

A request is linked to persons and lines and never merged with them: what a family knows
stays the family's. "Nothing is known" is an answer, with where was searched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of, payloads_in
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.tracing_answered import TracingAnswer, TracingAnswered
from repatria.ledger.kinds.tracing_linked import TracingLink, TracingLinked
from repatria.ledger.kinds.tracing_requested import TracingRequested
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Entry, Ground
from repatria.linkage import Decision, Profile, score_lists
from repatria.operations.codes import card_code, read_card_code
from repatria.operations.desk import Desk
from repatria.operations.records import current_lines, profile_of
from repatria.terms import NotVisible, Objection, Refusal, Role
from repatria.terms.ids import subject_kind

_ANSWER = "GC III art. 122, GC IV art. 137: the bureau answers every enquiry"
_NEEDS_SEARCH = frozenset({TracingAnswer.SEARCHING, TracingAnswer.NOT_FOUND})


def answer_request(
    desk: Desk, request: str, answer: TracingAnswer, *, searched: str = ""
) -> Receipt:
    """The receipt of an answer to a family, with a code by which it can check it.

    Raises:
        NotVisible: there is no such request.
        Refusal: `search-not-named` where nothing was found and it is not said where was
            searched; `link-not-confirmed` where somebody is said to be found or dead and no
            link to a record is confirmed.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        entries = desk.log.about(request)
        asked = _asked(entries)
        found = []
        if answer in _NEEDS_SEARCH and not searched.strip():
            found.append(Objection(code="search-not-named", rule=_ANSWER, about=(request,)))
        confirmed = TracingLink.CONFIRMED in links_in(request, entries).values()
        if answer in (TracingAnswer.FOUND, TracingAnswer.DEAD) and not confirmed:
            found.append(Objection(code="link-not-confirmed", rule=_ANSWER, about=(request,)))
        Refusal.unless_empty(found)
        said = desk.state(
            TracingAnswered(
                request=request,
                answer=answer,
                searched=searched,
                code=card_code(desk.entropy(5)),
            ),
            about=(request,),
            audience={desk.party, *_family(asked), *desk.for_agency()},
            ground=Ground(basis="register"),
        )
        return desk.log.append((said,))


def link_request(desk: Desk, request: str, record: str, link: TracingLink) -> Receipt:
    """The receipt of a link between a request and a person or a line; never shown to the family.

    Raises:
        NotVisible: there is no such request.
        Refusal: `record-unknown`, `link-unchanged`.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        entries = desk.log.about(request)
        _asked(entries)
        found = []
        if subject_kind(record) not in ("person", "line") or not desk.log.is_named(record):
            found.append(Objection(code="record-unknown", rule=_ANSWER, about=(record,)))
        if links_in(request, entries).get(record) is link:
            found.append(Objection(code="link-unchanged", rule=_ANSWER, about=(record,)))
        Refusal.unless_empty(found)
        said = desk.state(
            TracingLinked(request=request, record=record, link=link),
            about=(request, record),
            audience=desk.for_agency(),
            ground=Ground(basis="comparison"),
        )
        return desk.log.append((said,))


def _asked(entries: Iterable[Entry]) -> Entry:
    asked = [entry for entry in entries if entry.statement.kind == "tracing.requested"]
    if not asked:
        raise NotVisible
    return asked[0]


def _family(asked: Entry) -> frozenset[str]:
    return frozenset(label for label in asked.statement.audience if label.startswith("family:"))


def links_in(request: str, entries: Iterable[Entry]) -> Mapping[str, TracingLink]:
    """The link that stands to each record."""
    return {
        said.record: said.link
        for _entry, said in payloads_in(entries, TracingLinked)
        if said.request == request
    }


def is_our_notice(log: Log, typed: str) -> bool:
    """Whether a code stands under a notice or an answer that this office gave.

    Tells nothing else: not to whom, about whom, or what.
    """
    code = read_card_code(typed)
    return code is not None and any(
        entry.statement.content.get("code") == code
        for entry in log.of_kind("family.notified", "tracing.answered")
        if entry.origin == log.party
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """A request about somebody whom no list of ours names.

    Attributes:
        nearest: the line that comes nearest, for somebody to look at; empty when none does.
        score_ppm: how likely that line is the same person, in millionths.
    """

    request: str
    nearest: str = ""
    score_ppm: int = 0


def unlisted_requests(desk: Desk) -> tuple[Unlisted, ...]:
    """The families that ask for somebody whom our own outgoing lists do not name.

    Own fighters have been left off their own side's list, carried as absent without leave; a
    family knows. A request with a confirmed link to a line of ours is listed; so is one that
    the comparison links to one.

    Cost: as comparing the requests with the lines.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    asked = {
        said.request: said
        for entry in desk.log.of_kind("tracing.requested")
        for said in [payload_of(entry, TracingRequested)]
    }
    lines = _own_lines(desk)
    links = desk.log.about_each(asked, "tracing.linked")
    listed = {
        request
        for request, entries in links.items()
        for record, link in links_in(request, entries).items()
        if link is TracingLink.CONFIRMED and record in lines
    }
    waiting = {request: said for request, said in asked.items() if request not in listed}
    nearest: dict[str, tuple[str, float]] = {}
    scored = score_lists(
        [
            Profile(id=request, names=(said.sought,), birth=said.birth)
            for request, said in waiting.items()
        ],
        list(lines.values()),
    )
    for at in range(len(scored)):
        request, line = scored.ids(at)
        if scored.decision(at) is Decision.LINK:
            listed.add(request)
        nearest.setdefault(request, (line, float(scored.score[at])))
    return tuple(
        Unlisted(
            request=request,
            nearest=nearest[request][0] if request in nearest else "",
            score_ppm=round(nearest[request][1] * 1_000_000) if request in nearest else 0,
        )
        for request in sorted(waiting)
        if request not in listed
    )


def _own_lines(desk: Desk) -> Mapping[str, Profile]:
    """The lines with which we ask others for our people."""
    asking = {
        said.list_id
        for entry in desk.log.of_kind("list.submitted")
        if entry.origin == desk.party
        for said in [payload_of(entry, ListSubmitted)]
        if said.population is Population.CLAIMED
    }
    lines = current_lines(e for e in desk.log.of_kind("list.line") if e.origin == desk.party)
    return {key: profile_of(line) for key, line in lines.items() if line.list_id in asking}
