"""At whose desk, with which log, at what time is something done?

An operation takes a desk and nothing else from the world: the clock and the
random bytes are the desk's. It computes, then appends once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.draft import draft
from repatria.ledger.log import Log, Progress, Receipt
from repatria.ledger.node import NodeSecrets
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import Ground, Statement
from repatria.terms import ActorId, Objection, PartialDate, PartyCode, Refusal, Role
from repatria.terms.ids import new_id
from repatria.terms.parties import INTERMEDIARY


def halves(progress: Progress | None) -> tuple[Progress, Progress]:
    """Two parts of one bar: what is worked out, and what is written of it.

    Args:
        progress: hears both; nobody when None.
    """

    def first(done: int, total: int) -> None:
        if progress is not None:
            progress(done, 2 * total)

    def second(done: int, total: int) -> None:
        if progress is not None:
            progress(total + done, 2 * total)

    return first, second


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody at work in an installation.

    Attributes:
        log: the installation's memory, and the only way to write.
        actor: the account.
        role: what he may do.
        clock: gives the present moment, with its offset.
        entropy: gives random bytes.
        node: the installation's private keys.
    """

    log: Log
    actor: ActorId
    role: Role
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    node: NodeSecrets

    @property
    def party(self) -> PartyCode:
        """Whose desk it is."""
        return self.log.party

    @property
    def key(self) -> SigningKey:
        """Signs what the party says."""
        return self.node.signing

    def new_id(self, kind: str) -> str:
        """A new id of a kind."""
        return new_id(kind, self.party, self.entropy(10))

    def require(self, *roles: Role) -> None:
        """Refuse unless the actor has one of these roles."""
        if self.role not in roles:
            raise Refusal(Objection(code="role-may-not", rule="least privilege"))

    def state(
        self,
        payload: object,
        *,
        about: tuple[str, ...],
        audience: Iterable[str],
        ground: Ground,
        occurred_at: datetime | None = None,
        as_of: PartialDate | None = None,
        supersedes: tuple[str, ...] = (),
    ) -> Statement:
        """A statement by this desk, not yet written."""
        return draft(
            payload,
            about=about,
            by=self.party,
            actor=self.actor,
            recorded_at=self.clock(),
            audience=frozenset(audience),
            ground=ground,
            occurred_at=occurred_at,
            as_of=as_of,
            supersedes=supersedes,
        )

    def append_computed(
        self,
        compute: Callable[[], Iterable[Statement]],
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """The receipt of what took long to compute; meanwhile others could write.

        Args:
            compute: gives the statements, from the log alone; done again, with nobody else
                writing, when somebody wrote in between.
            progress: hears how much is written.
        """
        read = self.log.head(self.party).size
        said = tuple(compute())
        with self.log.exclusive():
            if self.log.head(self.party).size != read:
                said = tuple(compute())
            return self.log.append(said, progress=progress)

    def for_agency(self) -> frozenset[str]:
        """The audience of what is withheld from the other party, never from the Agency."""
        return frozenset({self.party, INTERMEDIARY})

    def with_parties(self, *parties: PartyCode) -> frozenset[str]:
        """The audience of what is said between parties, with the intermediary."""
        return frozenset({self.party, INTERMEDIARY, *parties})
