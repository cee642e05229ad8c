"""Who is on the manifest now, and who has signed what?

The frozen lines never change; the current ones are the frozen ones with every
substitution that all parties on the manifest accepted. A signature counts for
the digest it names and for no other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from repatria.ledger.canonical import encode
from repatria.ledger.kinds import (
    manifest_accepted,
    manifest_frozen,
    payload_of,
    substitution_accepted,
    substitution_proposed,
)
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen, ManifestLine
from repatria.ledger.kinds.substitution_accepted import SubstitutionAccepted
from repatria.ledger.kinds.substitution_proposed import SubstitutionProposed
from repatria.ledger.order import in_order
from repatria.ledger.statement import Entry
from repatria.terms import Finding, ManifestId, PartyCode, PersonId, PlanId, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """One person for another, as proposed.

    Attributes:
        accepted_by: parties on the manifest that signed exactly this change; a
            party that proposes it signs it by proposing.
        in_force: all parties accepted it and it fits the lines.
    """

    substitution_id: str
    outgoing: PersonId
    incoming: PersonId
    code: str
    reason: str
    digest: str
    by: PartyCode
    ref: str
    accepted_by: frozenset[PartyCode]
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest with all that was said about it.

    Attributes:
        frozen_lines: as frozen, by number.
        lines: as they now stand, by number.
        parties: every giver and receiver on it.
        accepted_by: parties on it that signed `digest`.
        digest: of the frozen lines, as its author wrote it.
        digest_as_amended: of `lines`; a receipt is for this one.
        findings: statements about it that do not fit.
    """

    manifest_id: ManifestId
    plan_id: PlanId
    crossing_point: str
    by: PartyCode
    ref: str
    frozen_lines: tuple[ManifestLine, ...]
    lines: tuple[ManifestLine, ...]
    substitutions: tuple[Substitution, ...]
    parties: frozenset[PartyCode]
    accepted_by: frozenset[PartyCode]
    digest: str
    digest_as_amended: str
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether every party on it has signed it."""
        return self.parties <= self.accepted_by

    @property
    def persons(self) -> tuple[PersonId, ...]:
        """Everybody who was ever on it: the frozen lines, then those who came in."""
        came_in = [s.incoming for s in self.substitutions if s.in_force]
        return tuple(dict.fromkeys([*(line.person for line in self.frozen_lines), *came_in]))

    def line_of(self, person: PersonId) -> ManifestLine | None:
        """The current line of a person, None when not, or no longer, on it."""
        return next((line for line in self.lines if line.person == person), None)


def digest_of_lines(lines: Iterable[ManifestLine]) -> str:
    """SHA-256 of the canonical bytes of the lines by number, hexadecimal."""
    in_sequence = sorted(lines, key=lambda line: (line.number, line.person))
    return sha256(encode([content_of_line(line) for line in in_sequence])).hexdigest()


def content_of_line(line: ManifestLine) -> dict[str, str | int]:
    """The line as JSON; this is what the digest covers."""
    return {
        "number": line.number,
        "person": line.person,
        "giver": line.giver,
        "receiver": line.receiver,
        "code": line.code,
    }


def digest_of_substitution(
    *,
    manifest_id: ManifestId,
    substitution_id: str,
    outgoing: PersonId,
    incoming: PersonId,
    code: str,
) -> str:
    """SHA-256 of exactly this change, hexadecimal; the reason is not covered.

    A proposal that carries another digest is never in force: otherwise the same
    acceptance could be laid under another change.
    """
    change = {
        "manifest_id": manifest_id,
        "substitution_id": substitution_id,
        "outgoing": outgoing,
        "incoming": incoming,
        "code": code,
    }
    return sha256(encode(change)).hexdigest()


def fold_manifest(entries: Iterable[Entry]) -> Manifest | None:
    """The manifest the entries speak of; None when its freezing was not disclosed.

    Neither order of arrival nor repetition changes it. If it was frozen twice
    the first stands and the other is a finding. A signature is not taken back.

    Source: GC III art. 46 (a complete list before departure).
    """
    said = in_order(entries)
    frozen = [entry for entry in said if entry.statement.kind == manifest_frozen.KIND.name]
    if not frozen:
        return None
    payload = payload_of(frozen[0], ManifestFrozen)
    lines = tuple(sorted(payload.lines, key=lambda line: (line.number, line.person)))
    parties = frozenset(code for line in lines for code in (line.giver, line.receiver))
    honest = digest_of_lines(lines) == payload.digest
    findings = [
        _finding("manifest-frozen-twice", entry, payload.manifest_id)
        for entry in frozen[1:]
        if payload_of(entry, ManifestFrozen).manifest_id == payload.manifest_id
    ]
    if not honest:
        findings.append(_finding("digest-of-other-lines", frozen[0], payload.manifest_id))
    signed = {
        entry.origin
        for entry in said
        if entry.statement.kind == manifest_accepted.KIND.name
        and _names(payload_of(entry, ManifestAccepted), payload)
    }
    substitutions, current = _amend(lines, _proposals(said, payload.manifest_id, parties))
    return Manifest(
        manifest_id=payload.manifest_id,
        plan_id=payload.plan_id,
        crossing_point=payload.crossing_point,
        by=frozen[0].origin,
        ref=frozen[0].ref,
        frozen_lines=lines,
        lines=current,
        substitutions=substitutions,
        parties=parties,
        accepted_by=parties & signed if honest else frozenset(),
        digest=payload.digest,
        digest_as_amended=digest_of_lines(current),
        findings=(*findings, *_misfits(substitutions, parties, payload.manifest_id)),
    )


def _names(accepted: ManifestAccepted, frozen: ManifestFrozen) -> bool:
    """Whether an acceptance is of this manifest and of exactly its lines."""
    return (accepted.manifest_id, accepted.digest) == (frozen.manifest_id, frozen.digest)


def _proposals(
    said: Sequence[Entry], manifest_id: ManifestId, parties: frozenset[PartyCode]
) -> tuple[Substitution, ...]:
    """Each substitution once, with those who signed it; whether it fits is not asked yet."""
    signed: set[tuple[PartyCode, str, str]] = set()
    for entry in said:
        if entry.statement.kind == substitution_accepted.KIND.name:
            accepted = payload_of(entry, SubstitutionAccepted)
            if accepted.manifest_id == manifest_id:
                signed.add((entry.origin, accepted.substitution_id, accepted.digest))
    found: dict[str, Substitution] = {}
    for entry in said:
        if entry.statement.kind != substitution_proposed.KIND.name:
            continue
        proposed = payload_of(entry, SubstitutionProposed)
        if proposed.manifest_id != manifest_id or proposed.substitution_id in found:
            continue
        key = (proposed.substitution_id, proposed.digest)
        accepted_by = frozenset(
            party
            for party in parties
            if _is_honest(proposed) and (party == entry.origin or (party, *key) in signed)
        )
        found[proposed.substitution_id] = Substitution(
            substitution_id=proposed.substitution_id,
            outgoing=proposed.outgoing,
            incoming=proposed.incoming,
            code=proposed.code,
            reason=proposed.reason,
            digest=proposed.digest,
            by=entry.origin,
            ref=entry.ref,
            accepted_by=accepted_by,
            in_force=parties <= accepted_by,
        )
    return tuple(found.values())


def _is_honest(proposed: SubstitutionProposed) -> bool:
    return proposed.digest == digest_of_substitution(
        manifest_id=proposed.manifest_id,
        substitution_id=proposed.substitution_id,
        outgoing=proposed.outgoing,
        incoming=proposed.incoming,
        code=proposed.code,
    )


def _amend(
    lines: tuple[ManifestLine, ...], proposals: tuple[Substitution, ...]
) -> tuple[tuple[Substitution, ...], tuple[ManifestLine, ...]]:
    """The substitutions with those in force marked, and the lines they leave.

    The first that fits is applied, then again from the start: B for A and C
    for B need no order between logs that do not know each other's order.
    """
    current = {line.person: line for line in lines}
    waiting = [s for s in proposals if s.in_force]
    while (fits := _first_fit(waiting, current)) is not None:
        line = current.pop(fits.outgoing)
        current[fits.incoming] = replace(line, person=fits.incoming, code=fits.code)
        waiting.remove(fits)
    marked = tuple(replace(s, in_force=s.in_force and s not in waiting) for s in proposals)
    return marked, tuple(sorted(current.values(), key=lambda line: (line.number, line.person)))


def _first_fit(
    waiting: Sequence[Substitution], current: dict[PersonId, ManifestLine]
) -> Substitution | None:
    return next((s for s in waiting if s.outgoing in current and s.incoming not in current), None)


def _misfits(
    substitutions: Iterable[Substitution], parties: frozenset[PartyCode], manifest_id: ManifestId
) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code="substitution-does-not-fit",
            severity=Severity.CONTRADICTION,
            about=(manifest_id, substitution.ref),
        )
        for substitution in substitutions
        if parties <= substitution.accepted_by and not substitution.in_force
    )


def _finding(code: str, entry: Entry, manifest_id: ManifestId) -> Finding:
    return Finding(code=code, severity=Severity.CONTRADICTION, about=(manifest_id, entry.ref))
