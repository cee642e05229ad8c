"""How do two sides find whom both lists name, in four messages?

Private set intersection by commutative masking (Meadows 1986; Huberman, Franklin and
Hogg 1999): each masks its keys with a secret scalar, then the other's; what is equal
after both is equal before. North offers `aH(x)`; south answers `bH(y)` and `baH(x)`, in
north's order; north concludes with `abH(y)`, in south's order. Both then hold the same
table, and each opens a sample.

Assumed: the decisional Diffie-Hellman problem is hard in ristretto255, SHA-512 behaves as
a random function, and both sides follow the steps (semi-honest). Against sides that do
not: each is bound to one list per run by a commitment made before, elements of an opened
slot are proven to be keys of the committed record, and the answerer's second masking is
proven in a sample. Not prevented: that a side puts guesses on its list, that the offerer
stops after it has read the answer. See `docs/private-matching.md`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from repatria.ledger.escrow import Commitment
from repatria.linkage.private.group import GENERATOR, Progress, all_multiplied, multiplied
from repatria.linkage.private.keys import KEYS_PER_RECORD, WEIGHTS, Sort
from repatria.linkage.private.listing import OwnList, ProfileOf
from repatria.linkage.private.messages import (
    PLACE,
    Answer,
    Conclusion,
    Message,
    Offer,
    OpenedSample,
    Shown,
)
from repatria.linkage.private.sample import (
    checked_sample,
    opened_sample,
    proof_of,
    require_proof,
    sampled,
    second_pass,
    seed_of,
)
from repatria.terms import IntegrityError, PartyCode

Entropy = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record of ours and one of theirs that share a key.

    Attributes:
        own, theirs: slots of the committed lists.
        sorts: of the keys they share, by what we know of ours.
    """

    own: int
    theirs: int
    sorts: tuple[Sort, ...]

    @property
    def weight(self) -> int:
        """To show the likelier first; no probability."""
        return sum(WEIGHTS[sort] for sort in self.sorts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How the long multiplications are done and told."""

    progress: Progress | None = None
    workers: int = 1

    def masked(self, own: OwnList, elements: Sequence[bytes]) -> list[bytes]:
        """Elements of the other side, masked by us."""
        return all_multiplied(
            own.secret.scalar, elements, progress=self.progress, workers=self.workers
        )


_PLAIN = Speed()


def offer(own: OwnList, *, to: PartyCode, shown: int, blind: int, speed: Speed = _PLAIN) -> Offer:
    """The first message of a run."""
    return Offer(
        round_id=own.opening.round_id,
        by=own.opening.party,
        to=to,
        root=own.opening.commitment.root,
        public=multiplied(own.secret.scalar, GENERATOR),
        shown=shown,
        blind=blind,
        pledge=sha256(own.secret.share).digest(),
        elements=own.elements(progress=speed.progress, workers=speed.workers),
    )


def require_fitting(message: Message, committed: Commitment, *, to: PartyCode) -> None:
    """Do nothing when a message is of this round, for us, and of the list its sender committed to.

    Raises:
        IntegrityError: `private-other-run`, `private-not-as-committed`.
    """
    ours = (committed.round_id, committed.party, to)
    if (message.round_id, message.by, message.to) != ours:
        raise IntegrityError(PLACE, "private-other-run")
    if isinstance(message, Offer | Answer):
        size = len(message.elements) // KEYS_PER_RECORD
        if (message.root, size) != (committed.root, committed.size):
            raise IntegrityError(PLACE, "private-not-as-committed")


def answer(own: OwnList, offered: Offer, *, speed: Speed = _PLAIN) -> Answer:
    """The second message, to an offer that fits."""
    return Answer(
        round_id=own.opening.round_id,
        by=own.opening.party,
        to=offered.by,
        after=offered.digest,
        root=own.opening.commitment.root,
        public=multiplied(own.secret.scalar, GENERATOR),
        share=own.secret.share,
        elements=own.elements(progress=speed.progress, workers=speed.workers),
        twice=speed.masked(own, offered.elements),
    )


def conclude(
    own: OwnList, offered: Offer, answered: Answer, *, entropy: Entropy, speed: Speed = _PLAIN
) -> tuple[Conclusion, tuple[Match, ...]]:
    """The third message, and whom both lists name as far as keys tell.

    Raises:
        IntegrityError: `private-other-run`, `private-element-twice`.
    """
    _require_after(answered, offered)
    if len(answered.twice) != len(offered.elements):
        raise IntegrityError(PLACE, "private-malformed")
    theirs = speed.masked(own, answered.elements)
    found = matches(own, answered.twice, theirs)
    seed = seed_of(answered.digest, (own.secret.share, answered.share))
    slots = _sampled_of_us(own, offered, found, seed)
    sample, pairs = opened_sample(own, slots)
    context = answered.digest.encode()
    concluded = Conclusion(
        round_id=offered.round_id,
        by=offered.by,
        to=offered.to,
        after=answered.digest,
        share=own.secret.share,
        proof=proof_of(own, pairs, context=context, entropy=entropy),
        sample=sample,
        twice=theirs,
    )
    return concluded, found


def open_sample(
    own: OwnList,
    offered: Offer,
    answered: Answer,
    concluded: Conclusion,
    *,
    committed: Commitment,
    profile_of: ProfileOf,
    entropy: Entropy,
) -> tuple[OpenedSample, tuple[Match, ...]]:
    """The fourth message, once the offerer's sample was found to be in order; and the matches.

    Args:
        committed: what the offerer committed to.
        profile_of: what an entry says of a person.
        entropy: gives random bytes.

    Raises:
        IntegrityError: `private-other-run`, `private-share-false`, and what a sample can lack.
    """
    _require_after(concluded, answered)
    if sha256(concluded.share).digest() != offered.pledge:
        raise IntegrityError(PLACE, "private-share-false")
    if len(concluded.twice) != len(answered.elements):
        raise IntegrityError(PLACE, "private-malformed")
    found = matches(own, concluded.twice, answered.twice)
    seed = seed_of(answered.digest, (concluded.share, answered.share))
    pairs = _checked(
        concluded.sample, offered, found, seed,
        committed=committed, elements=offered.elements, profile_of=profile_of,
    )  # fmt: skip
    require_proof(offered.public, pairs, concluded.proof, context=answered.digest.encode())
    sample, own_pairs = opened_sample(own, _sampled_of_us(own, offered, found, seed))
    own_pairs += second_pass(seed, offered.elements, answered.twice)
    opened = OpenedSample(
        round_id=offered.round_id,
        by=offered.to,
        to=offered.by,
        after=concluded.digest,
        proof=proof_of(own, own_pairs, context=concluded.digest.encode(), entropy=entropy),
        sample=sample,
    )
    return opened, found


def verify_sample(
    own: OwnList,
    offered: Offer,
    answered: Answer,
    concluded: Conclusion,
    opened: OpenedSample,
    *,
    committed: Commitment,
    profile_of: ProfileOf,
) -> tuple[Match, ...]:
    """The matches again, once the answerer's sample was found to be in order.

    Args:
        committed: what the answerer committed to.

    Raises:
        IntegrityError: `private-other-run`, and what a sample can lack.
    """
    _require_after(opened, concluded)
    found = matches(own, answered.twice, concluded.twice)
    seed = seed_of(answered.digest, (concluded.share, answered.share))
    pairs = _checked(
        opened.sample, offered, found, seed,
        committed=committed, elements=answered.elements, profile_of=profile_of,
    )  # fmt: skip
    pairs += second_pass(seed, offered.elements, answered.twice)
    require_proof(answered.public, pairs, opened.proof, context=concluded.digest.encode())
    return found


def matches(
    own: OwnList, ours_twice: Sequence[bytes], theirs_twice: Sequence[bytes]
) -> tuple[Match, ...]:
    """Slots of ours and theirs that share an element, the likeliest first."""
    where = {element: at // KEYS_PER_RECORD for at, element in enumerate(theirs_twice)}
    shared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, element in enumerate(ours_twice):
        theirs = where.get(element)
        if theirs is not None:
            slot, place = divmod(at, KEYS_PER_RECORD)
            shared[slot, theirs].append(place)
    found = (
        Match(own=slot, theirs=theirs, sorts=_sorts(own, slot, places))
        for (slot, theirs), places in shared.items()
    )
    return tuple(sorted(found, key=lambda match: (-match.weight, match.own, match.theirs)))


def one_to_one(found: Sequence[Match]) -> tuple[Match, ...]:
    """Of matches, the likeliest first, those in which neither record was matched before."""
    owns: set[int] = set()
    others: set[int] = set()
    out = []
    for match in found:
        if match.own not in owns and match.theirs not in others:
            owns.add(match.own)
            others.add(match.theirs)
            out.append(match)
    return tuple(out)


def shown_entries(sample: Sequence[Shown]) -> Mapping[int, bytes]:
    """The records of an opened sample by slot; empty where nobody stands."""
    return {each.index: each.entry.encode() for each in sample}


def _sorts(own: OwnList, slot: int, places: Sequence[int]) -> tuple[Sort, ...]:
    keys = {key.place: key.key for key in own.keys[slot]}
    origins = own.origins(slot)
    # A filler is equal to another's element only where that one was copied from it.
    return tuple(
        sorted(keys[origin.place].sort for _, origin in (origins[p] for p in places)
               if origin.place in keys)
    )  # fmt: skip


def _sampled_of_us(own: OwnList, offered: Offer, found: Sequence[Match], seed: bytes) -> list[int]:
    return sampled(
        seed,
        own.opening.party,
        {match.own for match in found},
        len(own.opening.slots),
        shown=offered.shown,
        blind=offered.blind,
    )


def _checked(
    sample: Sequence[Shown],
    offered: Offer,
    found: Sequence[Match],
    seed: bytes,
    *,
    committed: Commitment,
    elements: Sequence[bytes],
    profile_of: ProfileOf,
) -> list[tuple[bytes, bytes]]:
    """The pairs to be proven of the other's sample, once it is as drawn and as committed."""
    expected = sampled(
        seed,
        committed.party,
        {match.theirs for match in found},
        committed.size,
        shown=offered.shown,
        blind=offered.blind,
    )
    return checked_sample(
        sample, expected=expected, committed=committed, elements=elements, profile_of=profile_of
    )


def _require_after(message: Message, former: Message) -> None:
    turned = (former.round_id, former.to, former.by, former.digest)
    if (message.round_id, message.by, message.to, message.after) != turned:
        raise IntegrityError(PLACE, "private-other-run")
