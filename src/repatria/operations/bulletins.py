"""What do we say in public, and are we allowed to say it now?

A bulletin is composed from receipts and claims, and refuses to be more than they
support. Nobody is named whose family was not told first, or who did not agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from repatria.handover import Manifest
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.bulletin_published import BulletinPublished
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.log import Log
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.bulletin_versions import (
    Published,
    VersionBefore,
    published_in,
    version_before,
)
from repatria.operations.desk import Desk
from repatria.operations.manifests import manifest_of
from repatria.operations.naming import Nameable, embargo_on, nameable, objections_to_names
from repatria.operations.publicity import claims_known, receipt_figures
from repatria.record import (
    WORDINGS,
    Bulletin,
    ConfirmedFigures,
    HealthConclusion,
    LineDisclosure,
    NamedPerson,
    checks,
    compose_bulletin,
    objections_to_publishing_release,
)
from repatria.terms import (
    BulletinId,
    LineId,
    ManifestId,
    Objection,
    PartialDate,
    PartyCode,
    PersonId,
    Refusal,
    Role,
)
from repatria.terms.parties import INTERMEDIARY, PUBLIC
from repatria.terms.times import day_of


def publish_bulletin(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    event: str,
    populations: Mapping[PartyCode, str],
    issued_by: str,
    health_speaker: str,
    languages: Sequence[str],
    labels: Mapping[str, Mapping[str, str]],
    embargo_until: datetime | None = None,
    says_released: bool = False,
    named: Mapping[PersonId, str] | None = None,
    corrects: BulletinId | None = None,
    reason: str = "",
    printed: bool = False,
) -> tuple[Published, ...]:
    """The bulletin in each language, composed, signed, written down and ready to be put out.

    Without `named` it counts and names nobody, so that it need not wait for each family; an
    embargo on which a side insists holds for it.

    Args:
        embargo_until: besides what was recorded with `naming.hold_publication`.
        says_released: it is put out to say that persons were released: refused unless
            both receipts of each direction say so. Otherwise it says what is confirmed,
            which may be nothing.
        named: who is named, and how: refused unless the family was told that he crossed,
            he agreed in private, and both receipts confirm him.
        corrects: the bulletin of which it is the next version, for a reason.
        printed: with a PDF file.

    Raises:
        Refusal: what `record.objections_to_publishing_release`, `naming.objections_to_names`,
            `record.compose_bulletin` and `bulletin_versions.version_before` say.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY)
    with desk.log.exclusive():
        before = version_before(desk, corrects, reason=reason, languages=languages)
        bulletin = _composed(
            desk,
            before,
            manifest_id=manifest_id,
            event=event,
            populations=populations,
            issued_by=issued_by,
            health_speaker=health_speaker,
            embargo_until=embargo_until,
            says_released=says_released,
            named=named or {},
        )
        published = [
            published_in(
                desk,
                bulletin,
                language,
                labels=labels.get(language),
                at=desk.clock(),
                reason=reason,
                previous=before.digests.get(language, ""),
                printed=printed,
            )
            for language in languages
        ]
        desk.log.append([_said(desk, each, before, manifest_id) for each in published])
    return tuple(published)


def bulletin_beforehand(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    event: str,
    populations: Mapping[PartyCode, str],
    issued_by: str,
    health_speaker: str,
    says_released: bool = False,
    named: Mapping[PersonId, str] | None = None,
    corrects: BulletinId | None = None,
) -> Bulletin:
    """The bulletin as `publish_bulletin` would put it out now; nothing is signed or written.

    Raises:
        Refusal: as there, for whatever forbids it now.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY)
    return _composed(
        desk,
        version_before(desk, corrects, reason="to be looked at", languages=WORDINGS),
        manifest_id=manifest_id,
        event=event,
        populations=populations,
        issued_by=issued_by,
        health_speaker=health_speaker,
        embargo_until=None,
        says_released=says_released,
        named=named or {},
    )


def _composed(
    desk: Desk,
    before: VersionBefore,
    *,
    manifest_id: ManifestId,
    event: str,
    populations: Mapping[PartyCode, str],
    issued_by: str,
    health_speaker: str,
    embargo_until: datetime | None,
    says_released: bool,
    named: Mapping[PersonId, str],
) -> Bulletin:
    now = desk.clock()
    manifest = manifest_of(desk.log, manifest_id)
    figures = receipt_figures(desk.log, manifest, event=event, populations=populations)
    known = nameable(desk.log, manifest)
    held = [t for t in (embargo_until, embargo_on(desk.log, manifest_id)) if t is not None]
    Refusal.unless_empty(
        (
            *objections_to_names(known, named),
            *_objections_to_release(
                figures,
                {LineId(each.person): each.disclosure for each in known},
                now,
                max(held, default=None),
                named={
                    LineId(line.person): line.giver
                    for line in manifest.lines
                    if line.person in named
                },
                says_released=says_released,
            ),
        )
    )
    today = day_of(now)
    # A bulletin knows what was said up to its day, and nothing later.
    said_by_then = [c for c in claims_known(desk.log) if c.said_on.latest <= today]
    consents = {each.person: each.consent for each in known}
    return compose_bulletin(
        id=before.id,
        version=before.version + 1,
        issued_by=issued_by,
        issued_on=PartialDate.on(today),
        figures=figures,
        claims=said_by_then,
        checks=checks(said_by_then),
        health_conclusion=_health(desk.log, manifest, health_speaker),
        named=[
            NamedPerson(line=LineId(person), name=name, consent=consents[person])
            for person, name in named.items()
        ],
    )


def _said(
    desk: Desk, published: Published, before: VersionBefore, manifest_id: ManifestId
) -> Statement:
    bulletin, language = published.bulletin, published.language
    replaced = before.entries.get(language)
    return desk.state(
        BulletinPublished(
            bulletin_id=bulletin.id,
            version=bulletin.version,
            language=language,
            document=published.signed.document["said"],
            digest=published.digest,
            sealed=published.signed.as_json,
        ),
        about=(bulletin.id,),
        audience={desk.party, PUBLIC},
        ground=Ground(basis="both receipts", source=manifest_id),
        supersedes=(replaced.ref,) if replaced is not None else (),
    )


def _objections_to_release(
    figures: ConfirmedFigures,
    lines: Mapping[LineId, LineDisclosure],
    at: datetime,
    embargo_until: datetime | None,
    *,
    named: Mapping[LineId, PartyCode],
    says_released: bool,
) -> Iterator[Objection]:
    """What forbids calling the lines that both receipts confirm released, or naming these, now."""
    for direction in figures.directions:
        here = {line for line, giver in named.items() if giver == direction.holder}
        told = sorted(direction.confirmed | here)
        if told or says_released:
            yield from objections_to_publishing_release(
                receipts=direction,
                lines=[lines[line] for line in told],
                named=here,
                at=at,
                embargo_until=embargo_until,
            )


def _health(log: Log, manifest: Manifest, speaker: str) -> HealthConclusion | None:
    """The examiners' conclusion on everybody on the manifest as it stands."""
    verdicts: list[tuple[bool, Entry]] = []
    for line in manifest.lines:
        given = [
            e
            for e in log.about(line.person)
            if e.statement.kind == "clearance.given" and e.origin == INTERMEDIARY
        ]
        if not given:
            return None
        verdicts.append((payload_of(given[-1], ClearanceGiven).fit_to_travel, given[-1]))
    if not verdicts:
        return None
    last = max(verdicts, key=lambda pair: pair[1].seq)[1]
    return HealthConclusion(
        speaker=speaker,
        ref=last.ref,
        on=PartialDate.on(day_of(last.statement.recorded_at)),
        all_fit=all(fit for fit, _ in verdicts),
    )


def obstacles_to_naming(
    log: Log, manifest: Manifest, at: datetime
) -> tuple[tuple[Nameable, tuple[str, ...]], ...]:
    """Everybody on a manifest with the codes of what forbids naming him at that time, if anything.

    An embargo on the whole handover is not among them: it forbids more than a name.
    """
    sides = {line.giver: str(line.giver) for line in manifest.lines}
    figures = receipt_figures(log, manifest, event=manifest.manifest_id, populations=sides)
    by_giver = {direction.holder: direction for direction in figures.directions}
    known = {each.person: each for each in nameable(log, manifest)}
    found = []
    for line in manifest.lines:
        each = known[line.person]
        objections = objections_to_publishing_release(
            receipts=by_giver[line.giver],
            lines=[each.disclosure],
            named=[each.disclosure.line],
            at=at,
        )
        found.append((each, tuple(dict.fromkeys(o.code for o in objections))))
    return tuple(found)
