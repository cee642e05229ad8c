"""How does a whole log of an installation become a file for strangers?"""

from collections.abc import Iterator
from pathlib import Path

from repatria.ledger.export import export_lines
from repatria.ledger.keyring import read_keyring
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.log import Log
from repatria.terms import IntegrityError, PartyCode
from repatria.wiring.installation import Installation


def export_log(
    installation: Installation, out: Path, *, mirror: PartyCode | None, bodies: bool
) -> int:
    """How many entries were written to a new file; what is held of our own log or of a mirror.

    Raises:
        FileExistsError: the file is there already.
        IntegrityError: `log-of-unknown-party`: we hold no keyring of that party.
    """
    with installation.open():
        # The store can be imported only once Django is set up.
        from repatria.store.exporting import (  # noqa: PLC0415 -- as said above
            stored_entries,
            stored_notes,
        )

        log = installation.log()
        origin = mirror or installation.party
        keyrings = list(keyrings_noted(log, origin))
        if not keyrings:
            raise IntegrityError(f"{origin} log", "log-of-unknown-party")
        size = log.head(origin).size
        lines = export_lines(
            stored_entries(origin, size, bodies=bodies),
            stored_notes(origin, size),
            origin=origin,
            size=size,
            note=log.note(origin, size) if size else "",
            keyrings=keyrings,
            bodies=bodies,
            disclosed_in_part=origin != installation.party,
        )
        with out.open("xb") as file:
            for line in lines:
                file.write(line)
    return size


def keyrings_noted(log: Log, party: PartyCode) -> Iterator[str]:
    """The envelopes of a party's keyring that our own log notes, each version once, in order."""
    version = 0
    for entry in log.of_kind("peer.introduced"):
        noted = payload_of(entry, PeerIntroduced) if entry.origin == log.party else None
        if noted is None or noted.party != party or not noted.keyring:
            continue
        keyring = read_keyring(noted.keyring, place=f"keyring of {party}")
        if keyring.version > version:
            version = keyring.version
            yield noted.keyring
