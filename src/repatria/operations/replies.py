"""A reader may answer; the desk reads, decides, and only then is anything published.

How to reach the writer is sealed before it is written down, and never leaves the
desk. A tip about a person becomes a statement with its own ground; it is nobody's
status.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.reply_given import ReplyGiven
from repatria.ledger.kinds.reply_published import ReplyPublished
from repatria.ledger.kinds.reply_reviewed import ReplyReviewed
from repatria.ledger.kinds.tip_recorded import TipRecorded
from repatria.ledger.sealing import seal
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.desk import Desk
from repatria.terms import IntegrityError, Objection, PersonId, Refusal, Role
from repatria.terms.parties import PUBLIC

RULE = "procedure: replies are reviewed before publication"
MOST_TEXT, MOST_NAME, MOST_CONTACT = 5_000, 200, 300


class Purpose(StrEnum):
    """What a reader writes for."""

    REPLY = "reply"
    TIP = "tip"


class Decision(StrEnum):
    """What becomes of it."""

    PUBLISH = "publish"
    KEEP = "keep"
    REFUSE = "refuse"


class ReplyState(StrEnum):
    """Where it stands."""

    WAITING = "waiting"
    PUBLISHED = "published"
    KEPT = "kept"
    REFUSED = "refused"


_STATE_AFTER = {
    Decision.PUBLISH: ReplyState.PUBLISHED,
    Decision.KEEP: ReplyState.KEPT,
    Decision.REFUSE: ReplyState.REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply with what was decided about it.

    Attributes:
        given: as it came; None where only the published words are known.
        published: the words in which it stands in public; None when it does not.
        persons: about whom something was recorded from it.
    """

    state: ReplyState
    given: ReplyGiven | None = None
    published: ReplyPublished | None = None
    persons: tuple[PersonId, ...] = ()


def take_reply(
    desk: Desk,
    *,
    purpose: Purpose,
    text: str,
    answers: str = "",
    name: str = "",
    contact: str = "",
    language: str = "",
) -> str:
    """The id of a reply that was taken in from the public form; nothing of it is published.

    Raises:
        Refusal: `reply-empty`, `reply-too-long`, `reply-to-nothing`.
    """
    desk.require(Role.OUTSIDER)
    with desk.log.exclusive():
        objections = []
        if not text.strip():
            objections.append(Objection(code="reply-empty", rule=RULE))
        if len(text) > MOST_TEXT or len(name) > MOST_NAME or len(contact) > MOST_CONTACT:
            objections.append(Objection(code="reply-too-long", rule=RULE))
        if answers and not any(
            e.statement.kind == "bulletin.published" for e in desk.log.about(answers)
        ):
            objections.append(Objection(code="reply-to-nothing", rule=RULE))
        Refusal.unless_empty(objections)
        given = ReplyGiven(
            reply_id=desk.new_id("reply"),
            answers=answers,
            purpose=purpose,
            text=_plain(text),
            name=_plain(name),
            contact=_sealed(desk, _plain(contact)),
            language=language,
        )
        said = desk.state(
            given,
            about=(given.reply_id,),
            audience={desk.party},
            ground=Ground(basis="public form", source=answers),
        )
        desk.log.append([said])
    return given.reply_id


def _plain(text: str) -> str:
    """The text without control characters other than line ends."""
    kept = (c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    return "".join(kept).strip()


def _sealed(desk: Desk, contact: str) -> str:
    if not contact:
        return ""
    return base64.b64encode(seal(contact.encode(), [desk.node.identity.recipient])).decode()


def contact_of(desk: Desk, reply_id: str) -> str:
    """How to reach the writer; empty when none was given.

    Raises:
        Refusal: `reply-unknown`.
        IntegrityError: the seal is not for this desk, or was damaged.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    given, entry = _given(desk, reply_id)
    return _opened(desk, given, place=f"{entry.ref} contact")


def _opened(desk: Desk, given: ReplyGiven, *, place: str) -> str:
    if not given.contact:
        return ""
    try:
        raw = base64.b64decode(given.contact, validate=True)
    except binascii.Error:
        raise IntegrityError(place, "seal-broken") from None
    return desk.node.identity.open(raw, place=place).decode("utf-8", "replace")


def review_reply(
    desk: Desk,
    reply_id: str,
    decision: Decision,
    *,
    text: str = "",
    name: str = "",
    reason: str = "",
) -> ReplyState:
    """The state of a reply after this decision.

    Args:
        text: for publishing: the words in which it may stand, which may be fewer.
        name: under which it stands; only the one the writer gave, or none.
        reason: for the desk.

    Raises:
        Refusal: `reply-unknown`, `tip-stays-at-the-desk`, `reply-empty`,
            `contact-in-text`, `name-not-given`.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY)
    with desk.log.exclusive():
        given, entry = _given(desk, reply_id)
        said: list[Statement] = []
        if decision is Decision.PUBLISH:
            published = ReplyPublished(
                reply_id=reply_id,
                answers=given.answers,
                text=_plain(text),
                name=_plain(name),
                shortened=_plain(text) != given.text,
            )
            contact = _opened(desk, given, place=f"{entry.ref} contact")
            Refusal.unless_empty(_objections_to_publishing(given, published, contact))
            about = (reply_id, given.answers) if given.answers else (reply_id,)
            said.append(
                desk.state(
                    published,
                    about=about,
                    audience={desk.party, PUBLIC},
                    ground=Ground(basis="public form", source=given.answers),
                )
            )
        elif (shown := _standing(desk, reply_id)) is not None:
            said.append(
                desk.state(
                    ReplyPublished(reply_id=reply_id, answers=given.answers, text=""),
                    about=shown.statement.about,
                    audience={desk.party, PUBLIC},
                    ground=Ground(basis="review", source=entry.ref),
                    supersedes=(shown.ref,),
                )
            )
        said.append(
            desk.state(
                ReplyReviewed(reply_id=reply_id, decision=decision, reason=reason.strip()),
                about=(reply_id,),
                audience={desk.party},
                ground=Ground(basis="review", source=entry.ref),
            )
        )
        desk.log.append(said)
    return _STATE_AFTER[decision]


def _objections_to_publishing(
    given: ReplyGiven, published: ReplyPublished, contact: str
) -> Iterable[Objection]:
    about = (given.reply_id,)
    if given.purpose != Purpose.REPLY:
        yield Objection(code="tip-stays-at-the-desk", rule=RULE, about=about)
    if not published.text:
        yield Objection(code="reply-empty", rule=RULE, about=about)
    if published.name and published.name != given.name:
        yield Objection(code="name-not-given", rule=RULE, about=about)
    shown = f"{published.text}\n{published.name}".casefold()
    # Of a contact in several words, each that could lead to the writer alone.
    parts = [contact, *(p for p in contact.split() if "@" in p or sum(map(str.isdigit, p)) > 5)]
    if any(part and part.casefold() in shown for part in parts):
        yield Objection(code="contact-in-text", rule=RULE, about=about)


def record_tip(desk: Desk, reply_id: str, *, person: PersonId, words: str) -> None:
    """Nothing; afterwards what a reader told about a person stands with its ground.

    No fold of a person reads it: not who holds him, not whether he lives.

    Raises:
        Refusal: `reply-unknown`, `person-unknown`, `reply-empty`.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        _, entry = _given(desk, reply_id)
        objections = []
        if not desk.log.about(person):
            objections.append(Objection(code="person-unknown", rule=RULE, about=(person,)))
        if not words.strip():
            objections.append(Objection(code="reply-empty", rule=RULE, about=(reply_id,)))
        Refusal.unless_empty(objections)
        said = desk.state(
            TipRecorded(reply_id=reply_id, person=person, words=_plain(words)),
            about=(person, reply_id),
            audience={desk.party},
            ground=Ground(basis="tip", source=entry.ref),
        )
        desk.log.append([said])


def _standing(desk: Desk, reply_id: str) -> Entry | None:
    """The statement by which it stands in public now; None when it does not."""
    published = [
        e
        for e in desk.log.about(reply_id)
        if e.statement.kind == "reply.published" and e.origin == desk.party
    ]
    last = max(published, default=None)
    return last if last is not None and payload_of(last, ReplyPublished).text else None


def _given(desk: Desk, reply_id: str) -> tuple[ReplyGiven, Entry]:
    for entry in desk.log.about(reply_id):
        if entry.statement.kind == "reply.given" and entry.origin == desk.party:
            return payload_of(entry, ReplyGiven), entry
    raise Refusal(Objection(code="reply-unknown", rule=RULE, about=(reply_id,)))


def fold_reply(entries: Iterable[Entry]) -> Reply | None:
    """What entries about one reply come to, the last decision standing; None for none."""
    given = published = None
    state, persons = ReplyState.WAITING, []
    for entry in sorted(entries):
        match entry.statement.kind:
            case "reply.given":
                given = payload_of(entry, ReplyGiven)
            case "reply.published":
                published = payload_of(entry, ReplyPublished)
                # Without words it takes back what stood there before.
                state = ReplyState.PUBLISHED if published.text else ReplyState.REFUSED
            case "reply.reviewed":
                decision = payload_of(entry, ReplyReviewed).decision
                if decision in set(Decision):
                    state = _STATE_AFTER[Decision(decision)]
            case "tip.recorded":
                persons.append(payload_of(entry, TipRecorded).person)
            case _:
                pass
    if given is None and published is None:
        return None
    return Reply(state=state, given=given, published=published, persons=tuple(persons))
