"""What is printed for whom, in which field lists?

Gathers what a viewer may read and hands it to `paper`. A field list in the folder
`forms` of the installation goes before the one that comes with the program. No
clock is read: a sheet is as of the newest fact on it, so that the same facts
print the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from repatria.handover import compare_receipts
from repatria.ledger.log import Log
from repatria.ledger.statement import Entry
from repatria.operations.codes import list_stamp
from repatria.operations.manifests import manifest_of
from repatria.paper import (
    Form,
    ListedPerson,
    ManifestPaper,
    ReceiptPaper,
    builtin_form,
    manifest_pdf,
    read_form,
    receipt_pdf,
    sheet_pdf,
)
from repatria.register import PersonRecord, current, display_name
from repatria.store.queries import exchange, persons
from repatria.store.queries.exchange import ManifestView
from repatria.terms import ManifestId, Objection, PartyCode, PersonName, Refusal, Viewer
from repatria.wiring.installation import Installation

FORMS_FOLDER = "forms"


def form_of(installation: Installation, name: str) -> Form:
    """The field list an installation prints by: its own, or the one that comes along.

    Raises:
        Refusal: `form-unknown`, `form-malformed`.
    """
    standard = builtin_form(name)
    path = installation.folder / FORMS_FOLDER / f"{name}.toml"
    if not path.is_file():
        return standard
    try:
        return read_form(path.read_text("utf-8"))
    except UnicodeDecodeError:
        rule = "field lists are TOML in UTF-8"
        raise Refusal(Objection(code="form-malformed", rule=rule)) from None


def print_manifest(
    installation: Installation, viewer: Viewer, manifest_id: ManifestId, languages: Sequence[str]
) -> bytes:
    """The PDF of a manifest as it stands.

    Raises:
        NotVisible: there is none, or it is not his.
        Refusal: `languages-on-paper`.
    """
    view = exchange.manifest(viewer, manifest_id)
    log = installation.log()
    givers = sorted({line.giver for line in view.lines})
    titles = _titles(installation, log)
    paper = ManifestPaper(
        crossing_point=view.row.crossing_point,
        frozen_at=view.row.recorded_at,
        lines=tuple(_listed(viewer, view, {line.shown.id for line in view.lines})),
        parties=tuple(
            titles.get(code, code)
            for code in sorted({p for line in view.lines for p in (line.giver, line.receiver)})
        ),
        signed_by=tuple(titles.get(code, code) for code in view.row.accepted_by),
        digest=view.row.digest,
        stamp=list_stamp({giver: log.head(PartyCode(giver)).size for giver in givers}),
        as_of=_newest(log.about(manifest_id)),
    )
    return manifest_pdf(paper, languages=languages)


def print_receipt(
    installation: Installation,
    viewer: Viewer,
    manifest_id: ManifestId,
    party: PartyCode,
    languages: Sequence[str],
) -> bytes:
    """The PDF of what one party's receipts say together.

    Raises:
        NotVisible: there is no such manifest, or it is not his.
        Refusal: `receipt-not-given`, `languages-on-paper`.
    """
    view = exchange.manifest(viewer, manifest_id)
    log = installation.log()
    said = log.about(manifest_id)
    given = compare_receipts(manifest_of(log, manifest_id), said).by_party.get(party)
    if given is None:
        rule = "a receipt is printed once it was given"
        raise Refusal(Objection(code="receipt-not-given", rule=rule, about=(party,)))
    titles = _titles(installation, log)
    paper = ReceiptPaper(
        party=titles.get(party, party),
        crossing_point=view.row.crossing_point,
        handed_over=tuple(_listed(viewer, view, set(given.handed_over))),
        received=tuple(_listed(viewer, view, set(given.received))),
        incident=given.incident,
        digest=view.row.digest,
        as_of=_newest(said),
    )
    return receipt_pdf(paper, languages=languages)


def print_sheet(
    installation: Installation,
    viewer: Viewer,
    name: str,
    person_id: str,
    languages: Sequence[str],
    *,
    number: str = "",
) -> bytes:
    """The PDF of a form about one person; what is not known is left to write on.

    Args:
        installation: whose field lists are used.
        viewer: who prints; only what he may read is on it.
        name: of the form.
        person_id: of whom.
        languages: one to three, the person's own first.
        number: of a tag, if it has one of its own; the person's id without it.

    Raises:
        NotVisible: nothing about the person is the viewer's.
        Refusal: `form-unknown`, `form-malformed`, `languages-on-paper`.
    """
    form = form_of(installation, name)
    found = persons.person(viewer, person_id)
    return sheet_pdf(
        form,
        values_of(found.record, installation.title),
        number=number or person_id.partition(":")[2].upper(),
        languages=languages,
        as_of=_newest(found.entries),
    )


def values_of(record: PersonRecord, authority: str) -> Mapping[str, str]:
    """What the fields of the forms are filled with, as far as it is known."""
    name = display_name(record)
    birth = current(record.birth)
    rank, number = current(record.rank) or "", current(record.reference) or ""
    since = [each.since for each in record.custody.episodes if each.since is not None]
    captured = str(min(since, key=str)) if since else ""
    return {
        "authority": authority,
        "name": name.text if name else "",
        "surname": _part(name, "family"),
        "given": _part(name, "given"),
        "father": current(record.father) or "",
        "birth": str(birth) if birth else "",
        "rank": rank,
        "service_number": number,
        "rank_number": ", ".join(each for each in (rank, number) if each),
        "captured": captured,
        "prisoner_number": number,
    }


def _part(name: PersonName | None, part: str) -> str:
    """A part of a name where its source gives it; the whole text stands under the surname."""
    if name is None:
        return ""
    given = str(getattr(name, part, "") or "")
    return given or (name.text if part == "family" else "")


def _listed(viewer: Viewer, view: ManifestView, wanted: set[str]) -> Iterable[ListedPerson]:
    rows: Mapping[str, Any] = persons.rows_by_id(viewer, wanted)
    for line in view.lines:
        if line.shown.id not in wanted:
            continue
        row = rows.get(line.shown.id)
        yield ListedPerson(
            number=line.number,
            name=line.shown.name,
            birth=row.birth if row is not None else "",
            reference=row.reference if row is not None else "",
            giver=line.giver,
            receiver=line.receiver,
            code=line.code,
        )


def _titles(installation: Installation, log: Log) -> Mapping[str, str]:
    """How parties are called here."""
    titles: dict[str, str] = {installation.party: installation.title}
    for entry in log.of_kind("peer.introduced"):
        said = entry.statement.content
        titles.setdefault(said["party"], said["title"])
    return titles


def _newest(entries: Iterable[Entry]) -> datetime:
    return max(entry.statement.recorded_at for entry in entries)
