"""Two parties find out whom both lists name, without an intermediary and without their lists.

Both have committed to a list in a private round. Then four messages go between them, each
signed with the node key of its maker and sealed for the two: offer, answer, conclusion,
opened sample. Nothing of it is written to the log: what a run found is an opinion about
names until people have looked. A party is answered once for each pair of commitments; to
bring another list it must amend its commitment, which all see, and three times at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from repatria.ledger.sealing import seal
from repatria.linkage.private.listing import SECRET_BYTES, OwnList
from repatria.linkage.private.messages import (
    MAX_BLIND,
    MAX_SHOWN,
    PLACE,
    Answer,
    Conclusion,
    Offer,
    OpenedSample,
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
    shown_entries,
    verify_sample,
)
from repatria.lists.release import ReleaseEntry, read_entry
from repatria.operations.desk import Desk
from repatria.operations.private_runs import (
    MAGIC,
    RULE,
    Run,
    opened_message,
    own_list,
    profile_of_entry,
    sealed_message,
    signed_parts,
)
from repatria.terms import Objection, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a side keeps of one run, each as a sealed file; empty where there is none yet."""

    secret: bytes = field(default=b"", repr=False)
    offer: bytes = b""
    answer: bytes = b""
    conclusion: bytes = b""
    opened: bytes = b""


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
    made = offer(own_list(run, secret), to=run.peer, shown=shown, blind=blind, speed=speed)
    sealed = sealed_message(desk, run, made)
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
    offered = opened_message(desk, run, raw, Offer, by=run.peer)
    if kept.offer:
        if not _is_answerer(desk, kept):
            raise Refusal(Objection(code="private-run-begun", rule=RULE, about=(run.peer,)))
        if opened_message(desk, run, kept.offer, Offer, by=run.peer).digest != offered.digest:
            raise Refusal(Objection(code="private-already-answered", rule=RULE, about=(run.peer,)))
        return Step(kept=kept, message=kept.answer)
    if (offered.shown, offered.blind) != (shown, blind):
        raise Refusal(Objection(code="private-sample-not-agreed", rule=RULE, about=(run.peer,)))
    secret = desk.entropy(SECRET_BYTES)
    sealed = sealed_message(desk, run, answer(own_list(run, secret), offered, speed=speed))
    kept = Kept(secret=seal(secret, [desk.node.identity.recipient]), offer=raw, answer=sealed)
    return Step(kept=kept, message=sealed)


def conclude_run(desk: Desk, run: Run, kept: Kept, raw: bytes, *, speed: Speed) -> Step:
    """The conclusion of a run that we offered, and whom both lists name.

    Raises:
        IntegrityError: the answer is not what the other party committed to and signed.
        Refusal: `private-no-run`, `private-already-answered` by another answer.
    """
    offered = _ours(desk, run, kept)
    answered = opened_message(desk, run, raw, Answer, by=run.peer)
    own = _own_kept(desk, run, kept)
    if kept.conclusion:
        former = opened_message(desk, run, kept.answer, Answer, by=run.peer)
        if former.digest != answered.digest:
            raise Refusal(Objection(code="private-already-answered", rule=RULE, about=(run.peer,)))
        concluded = opened_message(desk, run, kept.conclusion, Conclusion, by=desk.party)
        found = matches(own, answered.twice, concluded.twice)
        return _with_pairs(run, kept, kept.conclusion, found, {})
    concluded, found = conclude(own, offered, answered, entropy=desk.entropy, speed=speed)
    sealed = sealed_message(desk, run, concluded)
    return _with_pairs(run, replace(kept, answer=raw, conclusion=sealed), sealed, found, {})


def open_our_sample(desk: Desk, run: Run, kept: Kept, raw: bytes) -> Step:
    """Our part of the sample, once theirs is in order; and whom both lists name.

    Raises:
        IntegrityError: the conclusion or its sample is not what was committed to and masked.
        Refusal: `private-no-run`, `private-already-answered` by another conclusion.
    """
    if not kept.answer or not _is_answerer(desk, kept):
        raise Refusal(Objection(code="private-no-run", rule=RULE))
    offered = opened_message(desk, run, kept.offer, Offer, by=run.peer)
    answered = opened_message(desk, run, kept.answer, Answer, by=desk.party)
    concluded = opened_message(desk, run, raw, Conclusion, by=run.peer)
    if kept.conclusion:
        former = opened_message(desk, run, kept.conclusion, Conclusion, by=run.peer)
        if former.digest != concluded.digest:
            raise Refusal(Objection(code="private-already-answered", rule=RULE, about=(run.peer,)))
    opened, found = open_sample(
        _own_kept(desk, run, kept), offered, answered, concluded,
        committed=run.committed[run.peer], profile_of=profile_of_entry, entropy=desk.entropy,
    )  # fmt: skip
    sealed = kept.opened or sealed_message(desk, run, opened)
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
    answered = opened_message(desk, run, kept.answer, Answer, by=run.peer)
    concluded = opened_message(desk, run, kept.conclusion, Conclusion, by=desk.party)
    opened = opened_message(desk, run, raw, OpenedSample, by=run.peer)
    found = verify_sample(
        _own_kept(desk, run, kept), offered, answered, concluded, opened,
        committed=run.committed[run.peer], profile_of=profile_of_entry,
    )  # fmt: skip
    kept = replace(kept, opened=raw)
    return _with_pairs(run, kept, b"", found, shown_entries(opened.sample))


def _own_kept(desk: Desk, run: Run, kept: Kept) -> OwnList:
    return own_list(run, desk.node.identity.open(kept.secret, place="secret of a run"))


def _ours(desk: Desk, run: Run, kept: Kept) -> Offer:
    if not kept.offer or _is_answerer(desk, kept):
        raise Refusal(Objection(code="private-no-run", rule=RULE))
    return opened_message(desk, run, kept.offer, Offer, by=desk.party)


def _is_answerer(desk: Desk, kept: Kept) -> bool:
    """Whether the offer we keep is the other's: it is not signed with our key."""
    plain = desk.node.identity.open(kept.offer, place=PLACE)
    signature, body = signed_parts(plain)
    return not desk.key.verify_key.verifies(MAGIC + body, signature)


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
