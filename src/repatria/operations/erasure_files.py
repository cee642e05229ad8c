"""Which package files hold bodies that were erased since?"""

from collections import defaultdict

from repatria.ledger.erasure import what_is_erased
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.log import Log
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry
from repatria.terms import IntegrityError, PartyCode


def packages_with_erased(log: Log) -> frozenset[str]:
    """SHA-256 of every package made or taken in that brings a body which was erased since.

    Told from our own notes: which places a package brings, to or from whom.
    """
    erasures = [e for e in log.of_kind("statement.erased") if what_is_erased(e, log.party)]
    if not erasures:
        return frozenset()
    gone: dict[PartyCode, set[int]] = defaultdict(set)
    for entry in erasures:
        found = what_is_erased(entry, log.party)
        if found is not None:
            gone[found.origin].update(found.places)
    digests: set[str] = set()
    for entry in log.of_kind("package.sent", "package.received"):
        if entry.origin != log.party:
            continue
        if entry.statement.kind == "package.received":
            got = payload_of(entry, PackageReceived)
            if not gone[got.origin].isdisjoint(_read(got.disclosed)):
                digests.add(got.digest)
        elif any(_sent_before(entry, erasure, log.party) for erasure in erasures):
            digests.add(payload_of(entry, PackageSent).digest)
    return frozenset(digests)


def _read(text: str) -> Places:
    try:
        return Places.read(text)
    except ValueError:
        raise IntegrityError("package.received", "payload-malformed") from None


def _sent_before(package: Entry, erasure: Entry, own: PartyCode) -> bool:
    """Whether a package we made brought what was only later erased."""
    found = what_is_erased(erasure, own)
    sent = payload_of(package, PackageSent)
    return (
        found is not None
        and found.origin == own
        and erasure.origin == own
        and package.seq < erasure.seq
        and sent.to in erasure.statement.audience
        and any(first < sent.size and last >= sent.have for first, last in found.places.ranges)
    )


def packages_noted(log: Log) -> frozenset[str]:
    """SHA-256 of every package that we noted to have made or taken in."""
    entries = log.of_kind("package.sent", "package.received")
    return frozenset(str(e.statement.content["digest"]) for e in entries if e.origin == log.party)
