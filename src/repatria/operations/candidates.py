"""Who could be in a plan, as the parties' own answers describe them?"""

from collections.abc import Collection, Mapping

from repatria.handover import fold_manifest
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.availability_stated import AvailabilityStated
from repatria.ledger.kinds.consent_stated import ConsentStated
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.log import Log
from repatria.operations.name_locks import promised_persons
from repatria.planning import Candidate, HealthClass
from repatria.terms import Category, ManifestId, PartyCode, PersonId
from repatria.terms.parties import INTERMEDIARY


def who_could_go(
    log: Log, terms_id: str, *, plan_id: str = "", but_on: Collection[PersonId] = ()
) -> tuple[Candidate, ...]:
    """Everybody whom a plan under these terms could be about, with all that bars him.

    A name on a frozen manifest, or locked for another channel, enters no other plan. A
    lock for these terms or this plan is not in its way.

    Args:
        log: of the installation.
        terms_id: under which terms.
        plan_id: of the plan that is checked; empty for a new one.
        but_on: persons whose own manifest is not in their way.
    """
    frozen = {p: m for p, m in frozen_names(log).items() if p not in but_on}
    promised = promised_persons(log, terms_id, *([plan_id] if plan_id else []))
    return candidates_from(log, locked=frozen, promised=promised)


def candidates_from(
    log: Log,
    *,
    locked: Mapping[PersonId, ManifestId] | None = None,
    promised: Collection[PersonId] = (),
) -> tuple[Candidate, ...]:
    """Everybody acknowledged as held, as the holders' answers describe them.

    Only answers by the party that was asked are used, so that nobody can declare
    persons in another's hands, and every party computes the same.

    Args:
        log: of the installation.
        locked: who is on a frozen manifest already, and on which.
        promised: whose name is locked for another channel.
    """
    asked: dict[str, tuple[PartyCode, PartyCode]] = {}
    for entry in log.of_kind("list.submitted"):
        submitted = payload_of(entry, ListSubmitted)
        if submitted.population is Population.CLAIMED:
            asked[submitted.list_id] = (entry.origin, submitted.to)
    current: dict[str, LineAnswered] = {}
    for entry in log.of_kind("line.answered"):
        answered = payload_of(entry, LineAnswered)
        if asked.get(answered.list_id, ("", ""))[1] == entry.origin:
            current[answered.line_id] = answered
    consents = _consents(log)
    away = _not_available(log)
    claimed = _claimed_categories(log, current)
    return tuple(
        Candidate(
            id=answered.person,
            holder=asked[answered.list_id][1],
            receiver=asked[answered.list_id][0],
            category=answered.category or Category.OTHER,
            health=HealthClass(answered.health) if answered.health else HealthClass.FIT,
            sex=answered.sex,
            birth=answered.birth,
            captured_on=answered.captured_on,
            alive_confirmed=True,
            consents=consents.get(answered.person),
            available=answered.person not in away,
            retained=answered.retained,
            region=answered.region,
            unit=answered.unit,
            locked_in=(locked or {}).get(answered.person, ""),
            promised=answered.person in promised,
            asserted=_asserted(answered, asked[answered.list_id], claimed.get(line)),
        )
        for line, answered in sorted(current.items())
        if answered.code is AnswerCode.HELD and answered.person is not None
    )


def _claimed_categories(log: Log, answers: Mapping[str, LineAnswered]) -> Mapping[str, Category]:
    """By line, as what the party that asks for somebody describes him."""
    held = sorted(line for line, answer in answers.items() if answer.person is not None)
    said = [entry for some in log.about_each(held, "list.line").values() for entry in some]
    lines = [payload_of(entry, ListLine) for entry in said]
    return {line.line_id: line.category for line in lines if line.category is not None}


def _asserted(
    answer: LineAnswered, asked: tuple[PartyCode, PartyCode], claimed: Category | None
) -> tuple[tuple[PartyCode, Category], ...]:
    claimant, holder = asked
    said = ((holder, answer.category), (claimant, claimed))
    return tuple(sorted((party, category) for party, category in said if category is not None))


def _consents(log: Log) -> Mapping[PersonId, bool]:
    """What each person last said to the intermediary; nobody else asks in private."""
    said = [e for e in log.of_kind("consent.stated") if e.origin == INTERMEDIARY]
    return {c.person: c.willing for c in (payload_of(e, ConsentStated) for e in said)}


def _not_available(log: Log) -> frozenset[PersonId]:
    """Of whom the intermediary has said last that they cannot be counted on."""
    said = [e for e in log.of_kind("availability.stated") if e.origin == INTERMEDIARY]
    last = {s.person: s.available for s in (payload_of(e, AvailabilityStated) for e in said)}
    return frozenset(person for person, available in last.items() if not available)


def frozen_names(log: Log) -> Mapping[PersonId, ManifestId]:
    """Who is on a frozen manifest, and on which; a frozen name enters no other exchange."""
    frozen = [payload_of(e, ManifestFrozen) for e in log.of_kind("manifest.frozen")]
    out: dict[PersonId, ManifestId] = {}
    for manifest_id in dict.fromkeys(m.manifest_id for m in frozen):
        manifest = fold_manifest(log.about(manifest_id))
        if manifest is not None:
            out |= {line.person: manifest_id for line in manifest.lines}
    return out
