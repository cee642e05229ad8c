"""Who may come in, and whose key is whose?"""

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.access_granted import AccessGranted
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.log import Receipt
from repatria.ledger.signing import VerifyKey
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.terms import ActorId, Objection, PartyCode, Refusal, Role

_AT_A_MEETING = Ground(basis="meeting", note="fingerprint compared aloud")
_BY_THE_PARTY = Ground(basis="appointment")


def found_installation(desk: Desk, *, title: str) -> Receipt:
    """The receipt of the first statement of a log: whose it is, under which key."""
    own = desk.key.verify_key
    founded = desk.state(
        PeerIntroduced(party=desk.party, title=title, public_key=own.text),
        about=(f"peer:{desk.party}",),
        audience={desk.party},
        ground=Ground(basis="foundation"),
    )
    return desk.log.append((founded,))


def introduce_peer(desk: Desk, *, party: PartyCode, title: str, key: VerifyKey) -> Receipt:
    """The receipt of a note whose key is whose; to be done once, at first contact.

    Raises:
        Refusal: `peer-is-ourselves`, or `peer-key-differs` when another key is
            known already (a change of key is a matter of its own).
    """
    with desk.log.exclusive():
        if party == desk.party:
            raise Refusal(Objection(code="peer-is-ourselves", rule="first contact"))
        known = key_of_peer(desk, party)
        if known is not None and known != key:
            raise Refusal(Objection(code="peer-key-differs", rule="first contact", about=(party,)))
        if known == key:
            return desk.log.append(())
        noted = desk.state(
            PeerIntroduced(party=party, title=title, public_key=key.text),
            about=(f"peer:{party}",),
            audience={desk.party},
            ground=_AT_A_MEETING,
        )
        return desk.log.append((noted,))


def key_of_peer(desk: Desk, party: PartyCode) -> VerifyKey | None:
    """The key noted for a peer; None when it was never introduced."""
    # Only our own note counts: whoever could note a key here could speak as anybody.
    entries = [
        e
        for e in desk.log.about(f"peer:{party}")
        if e.statement.kind == "peer.introduced" and e.origin == desk.party
    ]
    if not entries:
        return None
    return VerifyKey.from_text(payload_of(entries[-1], PeerIntroduced).public_key)


def grant_access(
    desk: Desk, *, account: ActorId, role: Role, party: PartyCode | None, title: str = ""
) -> Receipt:
    """The receipt of a role given to an account; a later grant replaces it."""
    granted = desk.state(
        AccessGranted(account=account, role=role, party=party, title=title),
        about=(f"account:{account}",),
        audience={desk.party},
        ground=_BY_THE_PARTY,
    )
    return desk.log.append((granted,))
