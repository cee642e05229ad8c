"""A claim and a comparison as a page shows them: who, where, when, how many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from repatria.ledger.payload import from_json
from repatria.record import Check, CheckKind, Claim
from repatria.store.queries import public
from repatria.terms import Severity, Viewer
from repatria.terms.parties import ANONYMOUS
from repatria.web.record.wording import BOUNDS, KINDS, MEASURES, SEVERITIES, SIGNS


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """A claim with its words; `author` is the party whose desk recorded it."""

    claim: Claim
    author: str
    ref: str

    @property
    def measure(self) -> str:
        """What it counts, in words."""
        return str(MEASURES[self.claim.measure])

    @property
    def bound(self) -> str:
        """How firmly the figure was put, in words."""
        return str(BOUNDS[self.claim.bound])

    @property
    def figure(self) -> str:
        """The figure with its sign: `55`, `~80`."""
        return f"{SIGNS[self.claim.bound]}{self.claim.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCheck:
    """A comparison with the claims it compares; one that is not readable here is left out."""

    check: Check
    claims: Sequence[ShownClaim]

    @property
    def kind(self) -> str:
        """What was compared, in words."""
        return str(KINDS[self.check.kind])

    @property
    def severity(self) -> str:
        """What came of it, in words."""
        return str(SEVERITIES[self.check.severity])


def reader(viewer: Viewer) -> Viewer:
    """With whose eyes public pages are read: a desk's own, for everybody else the public's.

    What was folded for a family is about its own requests and holds nothing public.
    """
    return viewer if viewer.at_a_desk else ANONYMOUS


def claims_shown(viewer: Viewer, *, search: str = "") -> list[ShownClaim]:
    """The claims a viewer may read, by the day they were made."""
    return [
        ShownClaim(
            claim=from_json(Claim, row.document, place=f"{row.ref} claim"),
            author=row.author,
            ref=row.ref,
        )
        for row in public.claims(reader(viewer), search=search)
    ]


def by_id(claims: Iterable[ShownClaim]) -> Mapping[str, ShownClaim]:
    """The claims by their id."""
    return {shown.claim.id: shown for shown in claims}


def checks_shown(viewer: Viewer, claims: Mapping[str, ShownClaim]) -> list[ShownCheck]:
    """Every comparison with its claims, what contradicts first.

    A reference that leads nowhere is work for a desk, not news for the public.
    """
    order = [Severity.CONTRADICTION, Severity.WARNING, Severity.UNREADABLE, Severity.NOTE]
    found = [
        ShownCheck(check=check, claims=[claims[i] for i in check.claims if i in claims])
        for check in public.claims_compared(reader(viewer))
        if viewer.at_a_desk or check.kind is not CheckKind.BROKEN_REFERENCE
    ]
    return sorted(found, key=lambda shown: order.index(shown.check.severity))


def needs_a_look(shown: ShownCheck) -> bool:
    """Whether a comparison is more than an agreement."""
    return not shown.check.holds or shown.check.severity is not Severity.NOTE
