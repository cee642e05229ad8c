"""Two parties find out whom both lists name, without an intermediary and without their lists.

Both have committed to a list in a private round. Then four messages go between them, each
signed with the node key of its maker and sealed for the two: offer, answer, conclusion,
opened sample. Nothing of it is written to the log: what a run found is an opinion about
names until people have looked. A party is answered once for each pair of commitments; to
bring another list it must amend its commitment, which all see, and three times at most.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar

from repatria.ledger.escrow import Commitment, Opening, copied_codes
from repatria.ledger.kinds.round_opened import Reveals
from repatria.ledger.sealing import seal
from repatria.ledger.signing import SIGNATURE_BYTES, VerifyKey
from repatria.linkage import Profile
from repatria.linkage.private.listing import SECRET_BYTES, OwnList, RunSecret
from repatria.linkage.private.messages import (
    MAX_BLIND,
    MAX_SHOWN,
    PLACE,
    Answer,
    Conclusion,
    Message,
    Offer,
    OpenedSample,
    read_message,
)
from repatria.linkage.private.run import (
    Match,
    Speed,
    answer,
    conclude,
    matches,
    offer,
    one_to_one,
    open_sample,
    require_fitting,
    shown_entries,
    verify_sample,
)
from repatria.lists.release import ReleaseEntry, read_entry
from repatria.lists.rounds import Round
from repatria.operations.access import keyring_of
from repatria.operations.desk import Desk
from repatria.operations.rounds import round_of
from repatria.terms import IntegrityError, Objection, PartyCode, Refusal, Role

RULE = "private matching"
MOST_LISTS = 3
"""Lists that a party may bring into one private round, amendments counted."""
_MAGIC = b"repatria/private-message/v1\n"
M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a side keeps of one run, each as a sealed file; empty where there is none yet."""

    secret: bytes = field(default=b"", repr=False)
    offer: bytes = b""
    answer: bytes = b""
    conclusion: bytes = b""
    opened: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Two commitments that may be compared.

    Attributes:
        peer: the other party.
        own: the opening of our commitment.
        committed: the commitments of both, by party.
        lists: how many lists the other party has brought, the present one included.
    """

    round: Round
    peer: PartyCode
    own: Opening
    committed: Mapping[PartyCode, Commitment]
    lists: int

    @property
    def name(self) -> str:
        """Stands for the round and both commitments: another list is another run."""
        roots = sorted(each.root for each in self.committed.values())
        return sha256(self.round.terms.round_id.encode() + b"".join(roots)).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPair:
    """A record of ours that shares keys with a record of theirs.

    Attributes:
        match: their slots, and what they share.
        ours: our record.
        theirs: their record, where it was opened.
    """

    match: Match
    ours: ReleaseEntry | None
    theirs: ReleaseEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step gave.

    Attributes:
        kept: what is to be kept now.
        message: the sealed file for the other side; empty after the last step.
        pairs: whom both lists seem to name, one to one; empty before it is known.
        disclosed: how many pairs of records share a key, rivals included.
        opened: slots the other side opened that no match names, with what stands there.
    """

    kept: Kept
    message: bytes = b""
    pairs: tuple[FoundPair, ...] = ()
    disclosed: int = 0
    opened: Mapping[int, ReleaseEntry | None] = field(default_factory=dict)


def run_of(desk: Desk, round_id: str) -> Run:
    """The run that the two present commitments of a private round allow.

    Raises:
        Refusal: `role-may-not`, `round-unknown`, `not-a-party`, `round-not-private`,
            `not-committed`, `other-not-committed`, `round-terms-differ`,
            `commitment-copied`, `private-too-many-lists`, `opening-missing`.
    """
    desk.require(Role.NEGOTIATOR)
    found = round_of(desk.log, round_id)
    if desk.party not in found.stands:
        raise Refusal(Objection(code="not-a-party", rule=RULE))
    peer = found.other(desk.party)
    Refusal.unless_empty(_objections_to_run(found, desk.party, peer))
    committed = {
        party: stand.present.commitment
        for party, stand in found.stands.items()
        if stand.present is not None
    }
    opening = found.stands[desk.party].opening_of(committed[desk.party])
    if opening is None or opening.commitment != committed[desk.party]:
        raise Refusal(Objection(code="opening-missing", rule=RULE, about=(desk.party,)))
    lists = len(found.stands[peer].made)
    return Run(round=found, peer=peer, own=opening, committed=committed, lists=lists)


def _objections_to_run(found: Round, own: PartyCode, peer: PartyCode) -> Iterator[Objection]:
    if found.terms.reveals is not Reveals.PRIVATE:
        yield Objection(code="round-not-private", rule=RULE)
    presents = {party: found.stands[party].present for party in (own, peer)}
    if presents[own] is None:
        yield Objection(code="not-committed", rule=RULE)
    if presents[peer] is None:
        yield Objection(code="other-not-committed", rule=RULE, about=(peer,))
    for party, present in presents.items():
        if present is not None and present.terms != found.digest:
            yield Objection(code="round-terms-differ", rule=RULE, about=(party,))
        if len(found.stands[party].made) > MOST_LISTS:
            yield Objection(code="private-too-many-lists", rule=RULE, about=(party,))
    for finding in found.findings():
        if finding.code == "list-too-long":
            yield Objection(code="list-too-long", rule=RULE, about=(finding.values["party"],))  # type: ignore[arg-type]
    both = [present.commitment for present in presents.values() if present is not None]
    if len(both) == len(presents):
        yield from (Objection(code=code, rule=RULE, about=(peer,)) for code in copied_codes(*both))


def make_offer(desk: Desk, run: Run, kept: Kept, *, shown: int, blind: int, speed: Speed) -> Step:
    """The offer of a run; the one made before when there is one.

    Args:
        shown: how many matched records each side will open; the other must ask for as many.
        blind: how many slots besides, matched or not.

    Raises:
        Refusal: `private-run-begun` by answering, `private-sample-out-of-range`.
    """
    if kept.offer:
        if _is_answerer(desk, kept):
            raise Refusal(Objection(code="private-run-begun", rule=RULE, about=(run.peer,)))
        return Step(kept=kept, message=kept.offer)
    if not (0 <= shown <= MAX_SHOWN and 0 <= blind <= MAX_BLIND):
        raise Refusal(Objection(code="private-sample-out-of-range", rule=RULE))
    secret = desk.entropy(SECRET_BYTES)
    made = offer(_own(run, secret), to=run.peer, shown=shown, blind=blind, speed=speed)
    sealed = _sealed(desk, run, made)
    kept = Kept(secret=seal(secret, [desk.node.identity.recipient]), offer=sealed)
    return Step(kept=kept, message=sealed)


def answer_offer(
    desk: Desk, run: Run, kept: Kept, raw: bytes, *, shown: int, blind: int, speed: Speed
) -> Step:
    """The answer to an offer; to the same offer the same answer, to another one none.

    Raises:
        IntegrityError: the message is not what the other party committed to and signed.
        Refusal: `private-run-begun` by offering, `private-already-answered`,
            `private-sample-not-agreed`.
    """
    offered = _opened(desk, run, raw, Offer, by=run.peer)
    if kept.offer:
        if not _is_answerer(desk, kept):
            raise Refusal(Objection(code="private-run-begun", rule=RULE, about=(run.peer,)))
        if _opened(desk, run, kept.offer, Offer, by=run.peer).digest != offered.digest:
            raise Refusal(Objection(code="private-already-answered", rule=RULE, about=(run.peer,)))
        return Step(kept=kept, message=kept.answer)
    if (offered.shown, offered.blind) != (shown, blind):
        raise Refusal(Objection(code="private-sample-not-agreed", rule=RULE, about=(run.peer,)))
    secret = desk.entropy(SECRET_BYTES)
    sealed = _sealed(desk, run, answer(_own(run, secret), offered, speed=speed))
    kept = Kept(secret=seal(secret, [desk.node.identity.recipient]), offer=raw, answer=sealed)
    return Step(kept=kept, message=sealed)


def conclude_run(desk: Desk, run: Run, kept: Kept, raw: bytes, *, speed: Speed) -> Step:
    """The conclusion of a run that we offered, and whom both lists name.

    Raises:
        IntegrityError: the answer is not what the other party committed to and signed.
        Refusal: `private-no-run`, `private-already-answered` by another answer.
    """
    offered = _ours(desk, run, kept)
    answered = _opened(desk, run, raw, Answer, by=run.peer)
    own = _own_kept(desk, run, kept)
    if kept.conclusion:
        former = _opened(desk, run, kept.answer, Answer, by=run.peer)
        if former.digest != answered.digest:
            raise Refusal(Objection(code="private-already-answered", rule=RULE, about=(run.peer,)))
        concluded = _opened(desk, run, kept.conclusion, Conclusion, by=desk.party)
        found = matches(own, answered.twice, concluded.twice)
        return _with_pairs(run, kept, kept.conclusion, found, {})
    concluded, found = conclude(own, offered, answered, entropy=desk.entropy, speed=speed)
    sealed = _sealed(desk, run, concluded)
    return _with_pairs(run, replace(kept, answer=raw, conclusion=sealed), sealed, found, {})


def open_our_sample(desk: Desk, run: Run, kept: Kept, raw: bytes) -> Step:
    """Our part of the sample, once theirs is in order; and whom both lists name.

    Raises:
        IntegrityError: the conclusion or its sample is not what was committed to and masked.
        Refusal: `private-no-run`, `private-already-answered` by another conclusion.
    """
    if not kept.answer or not _is_answerer(desk, kept):
        raise Refusal(Objection(code="private-no-run", rule=RULE))
    offered = _opened(desk, run, kept.offer, Offer, by=run.peer)
    answered = _opened(desk, run, kept.answer, Answer, by=desk.party)
    concluded = _opened(desk, run, raw, Conclusion, by=run.peer)
    if kept.conclusion:
        former = _opened(desk, run, kept.conclusion, Conclusion, by=run.peer)
        if former.digest != concluded.digest:
            raise Refusal(Objection(code="private-already-answered", rule=RULE, about=(run.peer,)))
    opened, found = open_sample(
        _own_kept(desk, run, kept), offered, answered, concluded,
        committed=run.committed[run.peer], profile_of=profile_of_entry, entropy=desk.entropy,
    )  # fmt: skip
    sealed = kept.opened or _sealed(desk, run, opened)
    kept = replace(kept, conclusion=raw, opened=sealed)
    return _with_pairs(run, kept, sealed, found, shown_entries(concluded.sample))


def check_their_sample(desk: Desk, run: Run, kept: Kept, raw: bytes) -> Step:
    """Whom both lists name, once the other's part of the sample is found to be in order.

    Raises:
        IntegrityError: the sample is not what was committed to and masked.
        Refusal: `private-no-run`.
    """
    offered = _ours(desk, run, kept)
    if not kept.conclusion:
        raise Refusal(Objection(code="private-no-run", rule=RULE))
    answered = _opened(desk, run, kept.answer, Answer, by=run.peer)
    concluded = _opened(desk, run, kept.conclusion, Conclusion, by=desk.party)
    opened = _opened(desk, run, raw, OpenedSample, by=run.peer)
    found = verify_sample(
        _own_kept(desk, run, kept), offered, answered, concluded, opened,
        committed=run.committed[run.peer], profile_of=profile_of_entry,
    )  # fmt: skip
    kept = replace(kept, opened=raw)
    return _with_pairs(run, kept, b"", found, shown_entries(opened.sample))


def profile_of_entry(entry: bytes) -> Profile | None:
    """What a committed entry says of a person; None when it cannot be read."""
    read = read_entry(entry)
    if read is None:
        return None
    return Profile(id="-", names=read.names, birth=read.birth, father=read.father)


def _own(run: Run, secret: bytes) -> OwnList:
    return OwnList.of(run.own, profile_of_entry, RunSecret(secret))


def _own_kept(desk: Desk, run: Run, kept: Kept) -> OwnList:
    return _own(run, desk.node.identity.open(kept.secret, place="secret of a run"))


def _ours(desk: Desk, run: Run, kept: Kept) -> Offer:
    if not kept.offer or _is_answerer(desk, kept):
        raise Refusal(Objection(code="private-no-run", rule=RULE))
    return _opened(desk, run, kept.offer, Offer, by=desk.party)


def _is_answerer(desk: Desk, kept: Kept) -> bool:
    """Whether the offer we keep is the other's: it is not signed with our key."""
    plain = desk.node.identity.open(kept.offer, place=PLACE)
    signature, body = _parts(plain)
    return not desk.key.verify_key.verifies(_MAGIC + body, signature)


def _sealed(desk: Desk, run: Run, message: Message) -> bytes:
    keyring = keyring_of(desk.log, run.peer)
    if keyring is None:
        raise Refusal(Objection(code="peer-unknown", rule=RULE, about=(run.peer,)))
    body = message.raw
    signed = _MAGIC + desk.key.sign(_MAGIC + body) + body
    return seal(signed, [desk.node.identity.recipient, keyring.newest.recipient])


def _opened(desk: Desk, run: Run, sealed: bytes, kind: type[M], *, by: PartyCode) -> M:
    """The message in a sealed file, signed by a party and fitting its commitment.

    Raises:
        IntegrityError: every way in which it is not.
        Refusal: `peer-unknown`.
    """
    signature, body = _parts(desk.node.identity.open(sealed, place=PLACE))
    if not any(key.verifies(_MAGIC + body, signature) for key in _keys(desk, by)):
        raise IntegrityError(PLACE, "private-signature-false")
    message = read_message(body, kind)
    to = run.peer if by == desk.party else desk.party
    require_fitting(message, run.committed[by], to=to)
    return message


def _parts(plain: bytes) -> tuple[bytes, bytes]:
    if not plain.startswith(_MAGIC) or len(plain) < len(_MAGIC) + SIGNATURE_BYTES:
        raise IntegrityError(PLACE, "private-malformed")
    rest = plain[len(_MAGIC) :]
    return rest[:SIGNATURE_BYTES], rest[SIGNATURE_BYTES:]


def _keys(desk: Desk, by: PartyCode) -> tuple[VerifyKey, ...]:
    if by == desk.party:
        return (desk.key.verify_key,)
    keyring = keyring_of(desk.log, by)
    if keyring is None:
        raise Refusal(Objection(code="peer-unknown", rule=RULE, about=(by,)))
    return (keyring.newest.key,)


def _with_pairs(
    run: Run,
    kept: Kept,
    message: bytes,
    found: tuple[Match, ...],
    opened: Mapping[int, bytes],
) -> Step:
    entries = {slot: read_entry(raw) if raw else None for slot, raw in opened.items()}
    matched = {match.theirs for match in found}
    return Step(
        kept=kept,
        message=message,
        pairs=tuple(
            FoundPair(
                match=match,
                ours=read_entry(run.own.slots[match.own].entry),
                theirs=entries.get(match.theirs),
            )
            for match in one_to_one(found)
        ),
        disclosed=len(found),
        opened={slot: entry for slot, entry in entries.items() if slot not in matched},
    )
