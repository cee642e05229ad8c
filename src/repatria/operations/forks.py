"""Who told two stories, and what do we do about it?

The forked log is frozen: nothing of it is taken in any more. Nothing else stops.
The evidence goes to everybody, and everybody checks it with the accused party's
keys alone; an accusation that shows nothing is refused with its whole package.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping

from repatria.ledger.arriving import check_our_own, contradiction
from repatria.ledger.checkpoint import Signers, open_checkpoint, origin_of, read_note
from repatria.ledger.cosignature import open_cosignature
from repatria.ledger.fork import Evidence, evidence_from, origin_in, read_evidence
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.checkpoint_cosigned import CheckpointCosigned
from repatria.ledger.kinds.log_forked import LogForked
from repatria.ledger.log import Arrival, Log
from repatria.ledger.merkle import root_of
from repatria.ledger.statement import Entry, Ground
from repatria.operations.access import keyring_of, peers_of
from repatria.operations.desk import Desk
from repatria.terms import IntegrityError, NotVisible, PartyCode


def forked_logs(log: Log) -> Mapping[PartyCode, bytes]:
    """The parties whose logs are frozen here, with the evidence against each."""
    found: dict[PartyCode, bytes] = {}
    for entry in log.of_kind("log.forked"):
        said = payload_of(entry, LogForked)
        if said.origin not in found:
            found[said.origin] = base64.b64decode(said.evidence)
    return found


def evidence_against(log: Log, party: PartyCode) -> Evidence:
    """The evidence that a party told two stories, checked again with its keys.

    Raises:
        NotVisible: its log is not frozen here.
        IntegrityError: `evidence-not-valid`.
    """
    raw = forked_logs(log).get(party)
    ring = keyring_of(log, party)
    if raw is None or ring is None:
        raise NotVisible
    return read_evidence(raw, ring, place=f"fork of {party}")


def accused_of(evidence: Evidence) -> PartyCode:
    """Whom evidence is against."""
    return PartyCode(read_note(evidence.shorter, place="fork")[0].origin.partition("/")[2])


def note_fork(desk: Desk, evidence: Evidence) -> None:
    """Write down evidence of a fork, once for each party; everybody is told."""
    accused = accused_of(evidence)
    if accused in forked_logs(desk.log):
        return
    noted = desk.state(
        LogForked(origin=accused, evidence=base64.b64encode(evidence.raw).decode()),
        about=(f"peer:{accused}",),
        audience=desk.with_parties(*peers_of(desk.log)),
        ground=Ground(basis="comparison"),
    )
    desk.log.append((noted,))


def gossip_in(
    desk: Desk, arrival: Arrival, seen: Mapping[str, tuple[int, str]], *, place: str
) -> Iterator[Evidence]:
    """Evidence against others that comes to light when a package is taken in.

    What the sender says he saw of other logs is set beside what we hold of them,
    and what others said they saw of his log beside what he now shows us.

    Raises:
        IntegrityError: he shows a head of our own log that we do not hold; a receipt
            or an accusation of his that shows nothing.
    """
    _check_seen(desk.log, seen, place)
    for disclosed, statement in arrival.bodies:
        entry = Entry(arrival.origin, disclosed.seq, statement)
        if statement.kind == "log.forked":
            check_accusation(desk.log, entry)
        if statement.kind == "checkpoint.cosigned":
            said = payload_of(entry, CheckpointCosigned)
            signed = _check_receipt(desk, said, entry)
            if said.origin == desk.party and signed:
                check_our_own(desk.log, said.note, place=entry.ref)
            elif signed:
                found = contradiction(desk.log, said.origin, said.note, place=entry.ref)
                if found is not None:
                    yield found
    yield from _seen_by_others(desk, arrival)


def _check_seen(log: Log, seen: Mapping[str, tuple[int, str]], place: str) -> None:
    """Packages of format 1 say so in another way."""
    holds, root = seen.get(log.party, (0, ""))
    ours = log.head(log.party)
    if holds > ours.size or (holds == ours.size and holds and root != ours.root.hex()):
        raise IntegrityError(f"{place} seen", "our-log-shorter-than-theirs")


def _check_receipt(desk: Desk, said: CheckpointCosigned, entry: Entry) -> bool:
    """Whether the head in a receipt is signed by its party, as far as we know its keys.

    A head may be signed with keys that have not reached us: it counts for nothing
    then. The line must be signed by whoever says it.
    """
    head, _ = read_note(said.note, place=entry.ref)
    if said.origin == entry.origin or head.origin != origin_of(said.origin):
        raise IntegrityError(entry.ref, "checkpoint-other-log")
    giver = keyring_of(desk.log, entry.origin)
    if giver is not None:
        open_cosignature(said.cosignature, head, giver.witnesses, place=entry.ref)
    return _is_signed(desk, said.origin, said.note)


def _is_signed(desk: Desk, origin: PartyCode, note: str) -> bool:
    ring: Signers | None = keyring_of(desk.log, origin)
    if ring is None and origin == desk.party:
        ring = desk.key.verify_key
    try:
        return ring is not None and bool(open_checkpoint(note, ring, place="seen by others"))
    except IntegrityError:
        return False


def check_accusation(log: Log, entry: Entry) -> None:
    """Nothing, when a peer's accusation shows what it says.

    Raises:
        IntegrityError: `evidence-not-valid`: nobody is accused by words alone.
    """
    said = payload_of(entry, LogForked)
    try:
        raw = base64.b64decode(said.evidence, validate=True)
    except (ValueError, binascii.Error):
        raise IntegrityError(entry.ref, "evidence-not-valid") from None
    ring = keyring_of(log, said.origin)
    if ring is None or origin_in(raw, place=entry.ref) != origin_of(said.origin):
        raise IntegrityError(entry.ref, "evidence-not-valid")
    read_evidence(raw, ring, place=entry.ref)


def _seen_by_others(desk: Desk, arrival: Arrival) -> Iterable[Evidence]:
    """Heads of the sender's log that others were shown, against the log as it now comes."""
    log = desk.log
    held = log.head(arrival.origin).size
    subject = f"peer:{arrival.origin}"
    told = [
        note
        for entry in log.about_each((subject,), "checkpoint.cosigned").get(subject, ())
        for note in [payload_of(entry, CheckpointCosigned).note]
        # After a loss our own receipts come back before what they are for.
        if entry.origin != log.party or read_note(note, place=entry.ref)[0].size > held
    ]
    waiting = [note for note in dict.fromkeys(told) if not _is_settled(log, arrival, note)]
    if not waiting:
        return
    entries = log.commitments(arrival.origin)[: arrival.have] + arrival.commitments
    for note in waiting:
        head, _ = read_note(note, place="seen by others")
        wrong = head.size <= len(entries) and root_of(entries[: head.size]) != head.root
        if wrong and _is_signed(desk, arrival.origin, note):
            yield from _shown(note, arrival.note, entries)


def _is_settled(log: Log, arrival: Arrival, note: str) -> bool:
    head, _ = read_note(note, place="seen by others")
    beyond = head.size > arrival.checkpoint.size
    return beyond or note == arrival.note or log.note(arrival.origin, head.size) == note


def _shown(shorter: str, longer: str, entries: tuple[bytes, ...]) -> Iterator[Evidence]:
    found = evidence_from(shorter, longer, entries, place="seen by others")
    if found is not None:
        yield found
