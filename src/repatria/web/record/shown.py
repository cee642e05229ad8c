"""A claim and a comparison as a page shows them: who, where, when, how many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from repatria.operations.findings import SetAside, findings_set_aside, key_of
from repatria.operations.register_counts import register_figures
from repatria.record import Check, CheckKind, Claim
from repatria.record.check import ABOUT_REFERENCES
from repatria.record.comparing import findings_and_checks, gathered
from repatria.store.queries import public
from repatria.terms import Severity, Viewer
from repatria.terms.parties import ANONYMOUS
from repatria.web.record.verdicts import verdict
from repatria.web.record.wording import BOUNDS, KINDS, MEASURES, SEVERITIES, SIGNS
from repatria.wiring.desks import desk_for, sits_here


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
    """A comparison with the claims it compares; one that is not readable here is left out.

    Attributes:
        aside: who set it aside and why; None where nobody did, or for readers elsewhere.
        follows: the comparison of which this one is only a consequence; None for most.
        also: what follows from this one.
    """

    check: Check
    claims: Sequence[ShownClaim]
    aside: SetAside | None = None
    follows: Check | None = None
    also: Sequence["ShownCheck"] = ()

    @property
    def verdict(self) -> str:
        """What follows, in a sentence."""
        return verdict(self.check)

    @property
    def own_count(self) -> int | None:
        """What our own register counts, where the figure is held against it."""
        return self.check.right if self.check.kind is CheckKind.REGISTER_DIFFERS else None

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
            claim=public.claim_in(reader(viewer), row),
            author=row.author,
            ref=row.ref,
        )
        for row in public.claims(reader(viewer), search=search)
    ]


def by_id(claims: Iterable[ShownClaim]) -> Mapping[str, ShownClaim]:
    """The claims by their id."""
    return {shown.claim.id: shown for shown in claims}


def checks_shown(viewer: Viewer, claims: Mapping[str, ShownClaim]) -> list[ShownCheck]:
    """Every comparison with its claims, what contradicts first, what was set aside last.

    What follows from a comparison comes behind it and says so.

    A reference that leads nowhere is work for a desk, not news for the public. What our own
    register counts, and why we set something aside, is for our own desk alone.
    """
    order = [Severity.CONTRADICTION, Severity.WARNING, Severity.UNREADABLE, Severity.NOTE]
    at_home = sits_here(viewer)
    aside = findings_set_aside(desk_for(viewer).log) if at_home else {}
    checks = _with_our_counts(viewer, claims) if at_home else public.claims_compared(reader(viewer))
    told = gathered(
        [c for c in checks if viewer.at_a_desk or c.kind not in ABOUT_REFERENCES],
        {key: shown.claim for key, shown in claims.items()},
    )
    found = [
        ShownCheck(
            check=check,
            claims=[claims[i] for i in check.claims if i in claims],
            aside=aside.get(key_of(check)),
            follows=None if check is each.check else each.check,
            also=[ShownCheck(check=c, claims=()) for c in each.also if check is each.check],
        )
        for each in told
        for check in (each.check, *each.also)
    ]
    return sorted(
        found, key=lambda shown: (shown.aside is not None, order.index(shown.check.severity))
    )


def _with_our_counts(viewer: Viewer, claims: Mapping[str, ShownClaim]) -> Sequence[Check]:
    """The comparisons, also with our own register, for a reader at our own desk."""
    said = [shown.claim for shown in claims.values()]
    return findings_and_checks(said, register=register_figures(desk_for(viewer).log, said))
