"""What does a `px-stage/0` file say, and where is it wrong?"""

from typing import Any, NoReturn

from repatria.planning.json_files import json_in
from repatria.planning.staging.question import (
    FORMAT,
    Legs,
    StagingQuestion,
    UnitClass,
    UnreadableStagingError,
)

Json = dict[str, Any]
# A wrong number must not ask for a schedule of a million days.
_MOST_TRANCHES = 1000
_MOST = 10**9
_NUMBERS = ("tier", "ready", "value", "size", "count")
_NAMES = ("holder", "claimant", "site")


def read_staging(content: bytes) -> StagingQuestion:
    """The question a file holds.

    Raises:
        UnreadableStagingError: naming the place.
    """
    return staging_from_json(json_in(content, UnreadableStagingError))


def staging_from_json(document: object) -> StagingQuestion:
    """The question a document holds; unknown keys are left alone.

    Raises:
        UnreadableStagingError: naming the place.
    """
    if not isinstance(document, dict):
        _wrong("the file", "expected an object")
    if document.get("format") != FORMAT:
        _wrong("format", f'expected "{FORMAT}"')
    parties = _parties(document.get("parties"))
    classes = document.get("unit_classes")
    if not isinstance(classes, list):
        _wrong("unit_classes", "expected a list")
    tranches = document.get("T")
    if tranches is not None:
        tranches = _number(tranches, "T", least=1, most=_MOST_TRANCHES)
    site_capacity = _site_capacity(document.get("site_capacity") or {})
    return StagingQuestion(
        base=str(document.get("base") or document.get("id") or ""),
        parties=parties,
        tranches=tranches,
        classes=tuple(_unit_class(i, each, parties) for i, each in enumerate(classes)),
        capacity=_capacity(document, site_capacity),
        site_capacity=site_capacity,
        agreed=_agreed(document.get("agreed_exposure") or {}, parties),
        legs=_legs(document.get("legs", Legs.SIMULTANEOUS)),
    )


def staging_to_json(question: StagingQuestion) -> Json:
    """The question as a document, for the plan that answers it."""
    document: Json = {
        "format": FORMAT,
        "base": question.base,
        "parties": list(question.parties),
        "cap_per_site_per_tranche": question.capacity,
        "unit_classes": [
            {key: getattr(each, key) for key in (*_NAMES, *_NUMBERS)} for each in question.classes
        ],
        "legs": question.legs.value,
    }
    if question.tranches is not None:
        document["T"] = question.tranches
    if question.site_capacity:
        document["site_capacity"] = {k: list(v) for k, v in sorted(question.site_capacity.items())}
    if question.agreed:
        document["agreed_exposure"] = dict(sorted(question.agreed.items()))
    return document


def _wrong(place: str, expected: str) -> NoReturn:
    msg = f"{place}: {expected}"
    raise UnreadableStagingError(msg)


def _number(value: object, place: str, *, least: int = 0, most: int = _MOST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        _wrong(place, f"expected a whole number from {least} to {most}")
    return int(value)


def _parties(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        _wrong("parties", "expected a list of names")
    names: list[object] = list(value)
    if not all(isinstance(each, str) and each for each in names):
        _wrong("parties", "expected a list of names")
    if len(set(names)) != len(names):
        _wrong("parties", "a party stands twice")
    return tuple(str(each) for each in names)


def _unit_class(number: int, value: object, parties: tuple[str, ...]) -> UnitClass:
    place = f"unit_classes[{number}]"
    if not isinstance(value, dict):
        _wrong(place, "expected an object")
    part: Json = value
    for key in (*_NAMES, *_NUMBERS):
        if key not in part:
            _wrong(place, f"has no {key}")
    for key in _NAMES:
        if not isinstance(part[key], str) or not part[key]:
            _wrong(f"{place}.{key}", "expected a name")
    for key in ("holder", "claimant"):
        if part[key] not in parties:
            _wrong(f"{place}.{key}", "is none of the parties")
    if part["holder"] == part["claimant"]:
        _wrong(place, "holder and claimant are the same")
    numbers = {
        key: _number(part[key], f"{place}.{key}", least=1 if key == "size" else 0)
        for key in _NUMBERS
    }
    return UnitClass(holder=part["holder"], claimant=part["claimant"], site=part["site"], **numbers)


def _site_capacity(value: object) -> dict[str, tuple[int, ...]]:
    if not isinstance(value, dict):
        _wrong("site_capacity", "expected an object")
    found: dict[str, tuple[int, ...]] = {}
    for site, own in value.items():
        place = f"site_capacity.{site}"
        rooms = own if isinstance(own, list) else [own]
        if not rooms:
            _wrong(place, "expected a number, or one for each tranche")
        found[str(site)] = tuple(_number(room, place) for room in rooms)
    return found


def _capacity(document: Json, site_capacity: dict[str, tuple[int, ...]]) -> int:
    if "cap_per_site_per_tranche" not in document and site_capacity:
        return 0
    return _number(document.get("cap_per_site_per_tranche"), "cap_per_site_per_tranche")


def _agreed(value: object, parties: tuple[str, ...]) -> dict[str, int]:
    if isinstance(value, int) and not isinstance(value, bool):
        return dict.fromkeys(parties, _number(value, "agreed_exposure"))
    if not isinstance(value, dict):
        _wrong("agreed_exposure", "expected a number, or one for each party")
    found: dict[str, int] = {}
    for party, most in value.items():
        if party not in parties:
            _wrong(f"agreed_exposure.{party}", "is none of the parties")
        found[party] = _number(most, f"agreed_exposure.{party}")
    return found


def _legs(value: object) -> Legs:
    try:
        return Legs(str(value))
    except ValueError:
        _wrong("legs", "expected one of " + ", ".join(Legs))
