"""Who may come in, and whose keys are whose?"""

from repatria.ledger.keyring import Keyring, read_keyring
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.access_granted import AccessGranted
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.log import Log, Receipt
from repatria.ledger.signing import VerifyKey
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.desk import Desk
from repatria.terms import ActorId, Objection, PartyCode, Refusal, Role

_AT_A_MEETING = Ground(basis="meeting", note="fingerprint compared aloud")
_BY_THE_PARTY = Ground(basis="appointment")


def found_installation(desk: Desk, *, title: str, keyring: Keyring) -> Receipt:
    """The receipt of the first statement of a log: whose it is, under which keys."""
    return desk.log.append(
        (keyring_noted(desk, keyring, title=title, ground=Ground(basis="foundation")),)
    )


def introduce_peer(desk: Desk, *, party: PartyCode, title: str, keyring: Keyring) -> Receipt:
    """The receipt of a note whose keys are whose; to be done once, at first contact.

    Args:
        keyring: read from the peer's keyring file, its fingerprint compared with what
            the peer read aloud.

    Raises:
        Refusal: `peer-is-ourselves`, `keyring-of-another-party`, or `peer-key-differs`
            when other root keys are known already (a change of keys comes from the
            peer, signed by those).
    """
    with desk.log.exclusive():
        if party == desk.party:
            raise Refusal(Objection(code="peer-is-ourselves", rule="first contact"))
        if keyring.party != party:
            raise Refusal(
                Objection(code="keyring-of-another-party", rule="first contact", about=(party,))
            )
        known = keyring_of(desk.log, party)
        if known is not None:
            if known.digest != keyring.digest:
                raise Refusal(
                    Objection(code="peer-key-differs", rule="first contact", about=(party,))
                )
            return desk.log.append(())
        noted = keyring_noted(desk, keyring, title=title, ground=_AT_A_MEETING)
        return desk.log.append((noted,))


def keyring_noted(desk: Desk, keyring: Keyring, *, title: str, ground: Ground) -> Statement:
    """Our own note, not yet written, which keyring we believe to be a party's."""
    return desk.state(
        PeerIntroduced(
            party=keyring.party,
            title=title,
            public_key=keyring.newest.key.text,
            keyring=keyring.envelope.text,
        ),
        about=(f"peer:{keyring.party}",),
        audience={desk.party},
        ground=ground,
    )


def introduction_of(log: Log, party: PartyCode) -> PeerIntroduced | None:
    """Our newest own note of a party; None when it was never introduced."""
    # Only our own note counts: whoever could note a key here could speak as anybody.
    entries = _introductions(log, party)
    return payload_of(entries[-1], PeerIntroduced) if entries else None


def _introductions(log: Log, party: PartyCode) -> list[Entry]:
    subject = f"peer:{party}"
    said = log.about_each((subject,), "peer.introduced").get(subject, ())
    return [entry for entry in said if entry.origin == log.party]


def keyring_of(log: Log, party: PartyCode) -> Keyring | None:
    """The keyring noted for a party; None when it was never introduced with one."""
    noted = introduction_of(log, party)
    if noted is None or not noted.keyring:
        return None
    return read_keyring(noted.keyring, place=f"keyring of {party}")


def keyrings_of(log: Log, party: PartyCode) -> tuple[Keyring, ...]:
    """Every version of a party's keyring that we noted, in order of version."""
    noted = [payload_of(entry, PeerIntroduced) for entry in _introductions(log, party)]
    place = f"keyring of {party}"
    read = [read_keyring(each.keyring, place=place) for each in noted if each.keyring]
    versions = {keyring.version: keyring for keyring in read}
    return tuple(versions[number] for number in sorted(versions))


def key_of_peer(desk: Desk, party: PartyCode) -> VerifyKey | None:
    """The node key in use of a peer; None when it was never introduced."""
    noted = introduction_of(desk.log, party)
    return VerifyKey.from_text(noted.public_key) if noted is not None else None


def peers_of(log: Log) -> tuple[PartyCode, ...]:
    """The other parties that were introduced here, in order of their code."""
    noted = {
        payload_of(entry, PeerIntroduced).party
        for entry in log.of_kind("peer.introduced")
        if entry.origin == log.party
    }
    return tuple(sorted(noted - {log.party}))


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
