"""Manifests and receipts: many persons, columns to sign, and the state they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from repatria.paper.codes import qr_svg
from repatria.paper.form import check_languages, words_on_sheets
from repatria.paper.typesetting import in_languages, set_sheet, written
from repatria.terms.times import write_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """One person as a list shows him; `code` is empty on a receipt."""

    number: int
    name: str
    birth: str
    reference: str
    giver: str
    receiver: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestPaper:
    """What a printed manifest says.

    Attributes:
        stamp: how long each holder's log was; typed or read at the gate.
        parties: who signs it, as people call them.
        signed_by: who has signed it already.
        digest: of the lines as they stand.
        as_of: the time of the newest fact on it.
    """

    crossing_point: str
    frozen_at: datetime
    lines: tuple[ListedPerson, ...]
    parties: tuple[str, ...]
    signed_by: tuple[str, ...]
    digest: str
    stamp: str
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """What a printed receipt says: one party, line by line."""

    party: str
    crossing_point: str
    handed_over: tuple[ListedPerson, ...]
    received: tuple[ListedPerson, ...]
    incident: str
    digest: str
    as_of: datetime


def manifest_pdf(paper: ManifestPaper, *, languages: Sequence[str]) -> bytes:
    """The PDF of a manifest, with a code for each person and columns to sign.

    Raises:
        Refusal: `languages-on-paper`.
    """
    return set_sheet(manifest_content(paper, languages=languages), as_of=paper.as_of)


def receipt_pdf(paper: ReceiptPaper, *, languages: Sequence[str]) -> bytes:
    """The PDF of one side's receipt.

    Raises:
        Refusal: `languages-on-paper`.
    """
    return set_sheet(receipt_content(paper, languages=languages), as_of=paper.as_of)


def manifest_content(paper: ManifestPaper, *, languages: Sequence[str]) -> dict[str, Any]:
    """The manifest as it is set.

    Raises:
        Refusal: `languages-on-paper`.
    """
    say = _sayer(languages)
    columns = ("number", "person", "birth", "reference", "from_to", "code")
    return {
        "layout": "manifest",
        "language": languages[0],
        "title": say("manifest"),
        "facts": [
            {"labels": say("crossing_point"), "value": written(paper.crossing_point)},
            {"labels": say("frozen"), "value": written(write_instant(paper.frozen_at))},
            {"labels": say("persons"), "value": written(str(len(paper.lines)))},
            {"labels": say("signed_by"), "value": written(", ".join(paper.signed_by) or "–")},
        ],
        "columns": [say(each) for each in (*columns, "handed_over", "received")],
        "lines": [{**_line(line), "qr": qr_svg(line.code)} for line in paper.lines],
        "stamp": paper.stamp,
        "stamp_words": say("stamp"),
        "stamp_qr": qr_svg(paper.stamp),
        "digest": paper.digest,
        "digest_words": say("digest"),
        "signatures": [
            *(_signature(say, "for_party", party) for party in paper.parties),
            _signature(say, "witness", ""),
        ],
    }


def receipt_content(paper: ReceiptPaper, *, languages: Sequence[str]) -> dict[str, Any]:
    """The receipt as it is set.

    Raises:
        Refusal: `languages-on-paper`.
    """
    say = _sayer(languages)
    incident = written(paper.incident) if paper.incident else None
    return {
        "layout": "receipt",
        "language": languages[0],
        "title": say("receipt"),
        "facts": [
            {"labels": say("for_party"), "value": written(paper.party)},
            {"labels": say("crossing_point"), "value": written(paper.crossing_point)},
        ],
        "columns": [say(each) for each in ("number", "person", "birth", "from_to")],
        "sections": [
            {"heading": say(word), "count": len(lines), "lines": [_line(each) for each in lines]}
            for word, lines in (
                ("handed_over_persons", paper.handed_over),
                ("received_persons", paper.received),
            )
        ],
        "incident_words": say("incidents"),
        "incident": incident or {"text": "", "dir": "ltr"},
        "incident_none": say("none_stated"),
        "digest": paper.digest,
        "digest_words": say("digest"),
        "qr": qr_svg(paper.digest),
        "signatures": [_signature(say, "for_party", paper.party), _signature(say, "witness", "")],
    }


def _sayer(languages: Sequence[str]) -> Any:
    check_languages(languages)
    words = words_on_sheets()
    return lambda key: in_languages(words[key], languages)


def _signature(say: Any, word: str, who: str) -> Mapping[str, Any]:
    return {"labels": say(word), "who": written(who), "below": say("name_rank_seal")}


def _line(line: ListedPerson) -> dict[str, Any]:
    return {
        "number": str(line.number),
        "name": written(line.name),
        "birth": line.birth,
        "reference": written(line.reference),
        "giver": written(line.giver),
        "receiver": written(line.receiver),
        "code": line.code,
    }
