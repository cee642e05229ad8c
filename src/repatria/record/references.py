"""Do the references of claims lead back to where they began?

A peer's claim may say that it is a part of what is part of it, or that it repeats
what repeats it. Such a circle is shown to a person, and none of the references that
make it up is followed; every other reference is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from repatria.record.claims import Claim
from repatria.terms import Objection


class Reference(StrEnum):
    """How one claim names another; the value is the code by which a circle is refused."""

    PARTS = "composition-in-a-circle"
    SUPERSEDES = "claim-replaces-itself"
    COPY_OF = "claim-repeats-itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Claims that lead back to each other by one kind of reference; ids, sorted."""

    reference: Reference
    claims: tuple[str, ...]


def circles_in(claims: Iterable[Claim]) -> tuple[Circle, ...]:
    """Every circle, by the kind of reference and then by id; the order of claims does not matter.

    Cost: linear in claims and references.
    """
    ordered = sorted(claims, key=lambda c: c.id)
    return tuple(
        Circle(reference=kind, claims=tuple(sorted(members)))
        for kind in Reference
        for members in _leading_back(_references(ordered, kind))
    )


def without_circles(claims: Iterable[Claim], circles: Sequence[Circle]) -> tuple[Claim, ...]:
    """The claims without the references by which they stand in a circle."""
    inside = {(c.reference, member): c.claims for c in circles for member in c.claims}
    return tuple(_freed(claim, inside) if inside else claim for claim in claims)


def objections_to_circles(known: Iterable[Claim], added: Iterable[Claim]) -> tuple[Objection, ...]:
    """What forbids recording these: a circle that one of them closes.

    A circle among what a peer said is not ours to refuse.
    """
    by_id = {c.id: c for c in (*known, *added)}
    new = {c.id for c in added}
    return tuple(
        Objection(
            code=circle.reference.value, rule="procedure: attributed claims", about=circle.claims
        )
        for circle in circles_in(by_id.values())
        if not new.isdisjoint(circle.claims)
    )


def _references(claims: Iterable[Claim], kind: Reference) -> dict[str, tuple[str, ...]]:
    """Of the claims that name another at all, whom they name: the rest stand in no circle."""
    named = ((claim.id, tuple(_named(claim, kind))) for claim in claims)
    return {key: others for key, others in named if others}


def _named(claim: Claim, kind: Reference) -> Iterator[str]:
    match kind:
        case Reference.PARTS:
            yield from claim.parts
        case Reference.SUPERSEDES if claim.supersedes:
            yield claim.supersedes
        case Reference.COPY_OF if claim.copy_of:
            yield claim.copy_of
        case _:
            pass


def _freed(claim: Claim, inside: Mapping[tuple[Reference, str], tuple[str, ...]]) -> Claim:
    divided = frozenset(inside.get((Reference.PARTS, claim.id), ()))
    replaced = inside.get((Reference.SUPERSEDES, claim.id), ())
    repeated = inside.get((Reference.COPY_OF, claim.id), ())
    if not (divided or replaced or repeated):
        return claim
    return replace(
        claim,
        # A sum that lacks one of its parts is no sum: then none of them is compared with it.
        parts=() if divided & set(claim.parts) else claim.parts,
        supersedes="" if claim.supersedes in replaced else claim.supersedes,
        copy_of="" if claim.copy_of in repeated else claim.copy_of,
    )


def _leading_back(named: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The strongly connected parts of more than one, and what names itself.

    Source: R. Tarjan, Depth-first search and linear graph algorithms (1972), without recursion:
        a peer decides how long a chain is.
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []  # reached, and not yet known to lead nowhere back
    among: set[str] = set()
    for start in named:
        walk = [start] if start not in number else []
        ahead: dict[str, Iterator[str]] = {}
        while walk:
            here = walk[-1]
            if here not in number:
                number[here] = low[here] = len(number)
                waiting.append(here)
                among.add(here)
                ahead[here] = iter(named[here])
            step = next((n for n in ahead[here] if n in named), None)
            if step is None:
                walk.pop()
                if walk:
                    low[walk[-1]] = min(low[walk[-1]], low[here])
                if low[here] == number[here]:
                    members = _taken_down_to(here, waiting, among)
                    if len(members) > 1 or here in named[here]:
                        yield members
            elif step not in number:
                walk.append(step)
            elif step in among:
                low[here] = min(low[here], number[step])


def _taken_down_to(last: str, waiting: list[str], among: set[str]) -> list[str]:
    taken = [waiting.pop()]
    while taken[-1] != last:
        taken.append(waiting.pop())
    among.difference_update(taken)
    return taken
