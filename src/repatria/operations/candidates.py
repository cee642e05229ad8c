"""Who could be in a plan, as the parties' own answers describe them?"""

from collections.abc import Mapping

from repatria.handover import fold_manifest
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.consent_stated import ConsentStated
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.log import Log
from repatria.planning import Candidate, HealthClass
from repatria.terms import Category, ManifestId, PartyCode, PersonId
from repatria.terms.parties import INTERMEDIARY


def candidates_from(
    log: Log, *, locked: Mapping[PersonId, ManifestId] | None = None
) -> tuple[Candidate, ...]:
    """Everybody acknowledged as held, as the holders' answers describe them.

    Only answers by the party that was asked are used, so that nobody can declare
    persons in another's hands, and every party computes the same.

    Args:
        log: of the installation.
        locked: who is on a frozen manifest already, and on which.
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
            retained=answered.retained,
            locked_in=(locked or {}).get(answered.person, ""),
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


def frozen_names(log: Log) -> Mapping[PersonId, ManifestId]:
    """Who is on a frozen manifest, and on which; a frozen name enters no other exchange."""
    frozen = [payload_of(e, ManifestFrozen) for e in log.of_kind("manifest.frozen")]
    out: dict[PersonId, ManifestId] = {}
    for manifest_id in dict.fromkeys(m.manifest_id for m in frozen):
        manifest = fold_manifest(log.about(manifest_id))
        if manifest is not None:
            out |= {line.person: manifest_id for line in manifest.lines}
    return out
