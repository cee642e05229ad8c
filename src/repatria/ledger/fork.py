"""Did a party tell two stories about the same log, and who can check that?

Evidence is two checkpoints that the party signed and that cannot both be the
beginning of one log: of the same size with different roots, or a shorter one
and a longer one whose own beginning of that size has another root, shown by a
consistency proof (RFC 9162 section 2.1.4). Anybody with the party's public key
can check it; without two of its signatures nobody can make it. Below 1 KB.
Format: `docs/formats/fork.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from repatria.ledger.checkpoint import (
    LINE_BYTES,
    Checkpoint,
    Signers,
    open_checkpoint,
    origin_of,
    read_note,
    write_note,
)
from repatria.ledger.keyring import Keyring
from repatria.ledger.merkle import HASH_BYTES, consistency_proof, proves_consistency, root_of
from repatria.terms.errors import IntegrityError

_MAGIC = b"repatria-fork/1 "
_HEAD_BYTES = 8 + HASH_BYTES + LINE_BYTES
MAX_EVIDENCE_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Two signed heads of one log that contradict each other.

    Attributes:
        shorter, longer: signed notes; of equal size when their roots simply differ.
        root_within: root that the longer log has at the shorter one's size.
        proof: that `root_within` is the beginning of the longer log.
    """

    shorter: str
    longer: str
    root_within: bytes
    proof: tuple[bytes, ...] = ()

    @property
    def raw(self) -> bytes:
        """The file: origin, both heads, the root within, the proof."""
        (a, line_a), (b, line_b) = (read_note(n, place="fork") for n in (self.shorter, self.longer))
        heads = b"".join(
            head.size.to_bytes(8, "big") + head.root + line
            for head, line in ((a, line_a), (b, line_b))
        )
        return _MAGIC + a.origin.encode() + b"\n" + heads + self.root_within + b"".join(self.proof)


class ForkError(IntegrityError):
    """A log is not the continuation of the one we hold, and that can be shown to anybody.

    Attributes:
        evidence: see `Evidence`.
    """

    def __init__(self, place: str, evidence: Evidence) -> None:
        super().__init__(place, "log-forked")
        self.evidence = evidence


def evidence_from(
    shorter: str, longer: str, entries: Sequence[bytes], *, place: str
) -> Evidence | None:
    """Evidence that two signed heads are not of one log; None when they may be.

    Args:
        shorter, longer: notes whose signatures were checked.
        entries: the log under the longer one.
    """
    a, b = (read_note(note, place=place)[0] for note in (shorter, longer))
    within = root_of(entries[: a.size])
    if within == a.root or len(entries) < b.size:
        return None
    proof = consistency_proof(entries[: b.size], a.size) if a.size < b.size else ()
    return Evidence(shorter=shorter, longer=longer, root_within=within, proof=tuple(proof))


def read_evidence(raw: bytes, signers: Signers, *, place: str = "fork") -> Evidence:
    """The evidence in a file, if it shows what it says.

    Args:
        signers: the accused party's keyring or key.

    Raises:
        IntegrityError: at `place`, `evidence-not-valid`: it shows nothing.
    """
    try:
        evidence = _parse(raw)
        heads = [
            open_checkpoint(note, signers, place=place)
            for note in (evidence.shorter, evidence.longer)
        ]
    except (ValueError, IntegrityError):
        raise IntegrityError(place, "evidence-not-valid") from None
    if isinstance(signers, Keyring) and heads[0].origin != origin_of(signers.party):
        raise IntegrityError(place, "evidence-not-valid")
    if evidence.raw != raw or not _contradict(heads[0], heads[1], evidence):
        raise IntegrityError(place, "evidence-not-valid")
    return evidence


def origin_in(raw: bytes, *, place: str = "fork") -> str:
    """Name of the log that evidence is about, to look its keys up.

    Raises:
        IntegrityError: at `place`, `evidence-not-valid`.
    """
    try:
        return read_note(_parse(raw).shorter, place=place)[0].origin
    except (ValueError, IntegrityError):
        raise IntegrityError(place, "evidence-not-valid") from None


def _contradict(a: Checkpoint, b: Checkpoint, evidence: Evidence) -> bool:
    if not 0 < a.size <= b.size or evidence.root_within == a.root or a.origin != b.origin:
        return False
    return proves_consistency(
        old_size=a.size,
        old_root=evidence.root_within,
        size=b.size,
        root=b.root,
        proof=evidence.proof,
    )


def _parse(raw: bytes) -> Evidence:
    line, newline, rest = raw.partition(b"\n")
    size = 2 * _HEAD_BYTES + HASH_BYTES
    if not newline or not line.startswith(_MAGIC) or len(raw) > MAX_EVIDENCE_BYTES:
        raise ValueError("not evidence of a fork")
    proof = rest[size:]
    if len(rest) < size or len(proof) % HASH_BYTES:
        raise ValueError("not evidence of a fork")
    origin = line[len(_MAGIC) :].decode("ascii")
    return Evidence(
        shorter=_note(origin, rest[:_HEAD_BYTES]),
        longer=_note(origin, rest[_HEAD_BYTES : 2 * _HEAD_BYTES]),
        root_within=rest[2 * _HEAD_BYTES : size],
        proof=tuple(proof[i : i + HASH_BYTES] for i in range(0, len(proof), HASH_BYTES)),
    )


def _note(origin: str, head: bytes) -> str:
    root = head[8 : 8 + HASH_BYTES]
    checkpoint = Checkpoint(origin=origin, size=int.from_bytes(head[:8], "big"), root=root)
    return write_note(checkpoint, head[8 + HASH_BYTES :])
