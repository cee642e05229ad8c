"""How do the claims of one matter hang together?

Which is part of which, which was replaced, which only repeats another. Claims
are the same figure only when everything they count is the same, composition
included: two equal numbers are never joined on the number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from repatria.record.claims import FLOWS, Claim, Measure
from repatria.record.references import Circle, circles_in, without_circles
from repatria.terms import Category, ClaimId, Objection, PartialDate, Refusal

Composition = tuple[tuple[str, ...], ...]
_FIRST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure and everybody who gave it.

    Attributes:
        first: the earliest of its claims.
        claims: ids of all of them, in order of saying.
        speakers: who gave it, each once, in order of saying.
    """

    first: Claim
    claims: tuple[ClaimId, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBook:
    """Claims by id, with what follows from their references to each other.

    Build it with `ClaimBook.of`.

    Attributes:
        by_id: every claim, in order of id.
        superseded: ids of claims that their own speaker has replaced, as whoever recorded
            them, or the reader himself, wrote it down.
        components: ids of claims that are parts of another, by the same rule.
        circles: references that led back to where they began; the claims in `by_id` are
            without them.
    """

    by_id: Mapping[str, Claim]
    superseded: frozenset[str]
    components: frozenset[str]
    circles: tuple[Circle, ...] = ()

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> "ClaimBook":
        """The book of these claims; order and repetition do not matter.

        Raises:
            Refusal: two different claims have one id.
        """
        distinct = sorted(set(claims), key=lambda c: c.id)
        Refusal.unless_empty(
            _objection("claim-id-used-twice", key)
            for key, times in Counter(c.id for c in distinct).items()
            if times > 1
        )
        circles = circles_in(distinct)
        by_id: dict[str, Claim] = {c.id: c for c in without_circles(distinct, circles)}
        ordered = by_id.values()
        return cls(
            by_id=by_id,
            superseded=frozenset(
                c.supersedes
                for c in ordered
                if c.supersedes in by_id and c.replaces(by_id[c.supersedes])
            ),
            components=frozenset(
                part
                for c in ordered
                for part in c.parts
                if part not in by_id or c.may_speak_of(by_id[part])
            ),
            circles=circles,
        )

    def current(self) -> tuple[Claim, ...]:
        """Claims that still stand and were said afresh, in order of id."""
        return tuple(
            c
            for c in self.by_id.values()
            if c.id not in self.superseded and c.copy_of not in self.by_id
        )

    def wholes(self) -> tuple[Claim, ...]:
        """Current claims that are not parts of another: only these are compared."""
        return tuple(c for c in self.current() if c.id not in self.components)

    def leaves(self, claim: Claim) -> tuple[Claim, ...]:
        """The known claims it is made of in the end, in order of id; itself if it has none."""
        found: dict[str, Claim] = {}
        seen: set[str] = set()
        waiting = [claim]
        while waiting:
            one = waiting.pop()
            parts = [self.by_id[p] for p in one.parts if p in self.by_id]
            if not parts:
                found[one.id] = one
            waiting.extend(p for p in parts if p.id not in seen)
            seen.update(p.id for p in parts)
        return tuple(found[key] for key in sorted(found))

    def categories(self, claim: Claim) -> frozenset[Category]:
        """What its wording covers, or else the wording of all its parts; empty if not said."""
        if claim.categories:
            return claim.categories
        covered = [leaf.categories for leaf in self.leaves(claim)]
        return frozenset().union(*covered) if all(covered) else frozenset()

    def counts_unacknowledged(self, claim: Claim) -> bool:
        """Whether the figure has people in it whom the holder does not acknowledge."""
        return any(leaf.measure is Measure.UNACKNOWLEDGED for leaf in self.leaves(claim))

    def composition(self, claim: Claim) -> Composition:
        """What it is the sum of, comparable between speakers; empty when not said."""
        if not claim.parts:
            return ()
        return tuple(sorted((*_wording(p), str(p.span)) for p in self.leaves(claim)))

    def same_figure(self, left: Claim, right: Claim) -> bool:
        """Whether both claims give one figure: the same count of the same people.

        A repetition is the same figure as what it repeats as long as the number
        is the same. A number with a composition and one without are not the same.
        """
        return self._meaning(left) == self._meaning(right)

    def figures(self) -> tuple[Figure, ...]:
        """Claims that still stand, gathered by figure, in order of the first claim.

        Never on the number alone. Cost: n log n.
        """
        gathered: dict[object, list[Claim]] = {}
        standing = [c for c in self.by_id.values() if c.id not in self.superseded]
        for claim in sorted(standing, key=saying_order):
            gathered.setdefault(self._meaning(claim), []).append(claim)
        return tuple(
            Figure(
                first=same[0],
                claims=tuple(c.id for c in same),
                speakers=tuple(dict.fromkeys(c.speaker for c in same)),
            )
            for same in gathered.values()
        )

    def _meaning(self, claim: Claim) -> tuple[object, ...]:
        original = self.by_id.get(claim.copy_of)
        if original is not None and original.span == claim.span and not original.copy_of:
            claim = original
        anchored = claim.event if claim.event and claim.measure in FLOWS else ""
        return (
            *_wording(claim),
            claim.population,
            claim.holder,
            claim.to_party,
            claim.span,
            claim.event,
            None if anchored else claim.when,
            self.composition(claim),
        )


def saying_order(claim: Claim) -> tuple[object, ...]:
    """Sort key: when it was said, then id."""
    return (claim.said_on.earliest, claim.said_on.latest, claim.id)


def with_the_first(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs to compare: each claim with those before it, at most the first few.

    All pairs of a handful; of many, what everybody is compared with is who said it first.

    Cost: linear.
    """
    for number, claim in enumerate(claims):
        for first in claims[: min(number, _FIRST)]:
            yield first, claim


def surely_before(first: PartialDate, second: PartialDate) -> bool:
    """Whether the first ends before the second begins, however both are read."""
    return first.latest < second.earliest


def _wording(claim: Claim) -> tuple[str, ...]:
    said = [*map(str, sorted(claim.categories))] or [claim.category.casefold().strip()]
    return (claim.measure.value, *said)


def _objection(code: str, *about: str) -> Objection:
    return Objection(code=code, rule="procedure: attributed claims", about=about)
