"""What does a `px/0` question say of each person, read without the rest of this program?

The reading half of `certificate_check`: who may go, who goes with whom, and what
each adds to every rule and level. Only the standard library is imported.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

Vector = dict[str, int]


class Question:
    """The question as a table of vectors: what each unit adds to each row."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.rules, self.levels = document["rules"], document["priorities"]
        self.nonce = document.get("nonce", "")
        names = document["person_columns"]
        self.people = [dict(zip(names, row, strict=True)) for row in document["persons"]]
        self.by_id = {person["id"]: number for number, person in enumerate(self.people)}
        self.barred = [_barred(person) for person in self.people]
        self.totals: Vector = {}
        self.vectors = list(self._person_vectors())
        for vector, barred in zip(self.vectors, self.barred, strict=True):
            for name in vector if not barred else ():
                if name.startswith("group:"):
                    self.totals[name] = self.totals.get(name, 0) + 1
        self.units = self._units()
        self.unit_vectors = [self._sum(members) for members in self.units]
        self.classes: dict[frozenset[tuple[str, int]], list[int]] = {}
        for unit, vector in enumerate(self.unit_vectors):
            self.classes.setdefault(frozenset(vector.items()), []).append(unit)
        self.keys = {look: _key(look) for look in self.classes}
        self.sizes = [len(units) for units in self.classes.values()]
        self.names: set[str] = set()
        self._rows: dict[str, list[tuple[int, int]]] = {}
        for place, look in enumerate(self.classes):
            for name, weight in look:
                self._rows.setdefault(name, []).append((place, weight))
        # The rows to which somebody adds something.
        self.names.update(self._rows)
        # The rows of rules, of levels that count and of ways between parties; a table of
        # them is made when a proof first asks for it.
        self.plain = self._plain()
        self.plain_table: Any = None

    def _person_vectors(self) -> Iterator[Vector]:
        """One vector per person; persons who look the same share it."""
        selectors = [select for rule in self.rules for _, select in rule["terms"]]
        selectors += [level.get("select") or {} for level in self.levels]
        bands = sorted({select["min_days"] for select in selectors if "min_days" in select})
        asked = {key for select in selectors for key in select}
        asked |= {level.get("by") for level in self.levels} - {None}
        asked |= {str(c).removeprefix("-") for rule in self.rules for c, _ in rule["terms"]}
        asked |= {"holder", "claimant", "category", "health", "unconditional"}
        columns = sorted(asked.intersection(self.document["person_columns"]))
        seen: dict[tuple[Any, ...], Vector] = {}
        for person in self.people:
            held = days_of(person)
            kept = tuple([person[column] for column in columns])
            key = (vulnerable(person), *[held >= days for days in bands], *kept)
            if key not in seen:
                seen[key] = self._vector(person)
            yield seen[key]

    def _vector(self, person: dict[str, Any]) -> Vector:
        vector: Vector = {"size": 1}
        for rule in self.rules:
            weight = 0
            for coefficient, select in rule["terms"]:
                if picks(select, person):
                    name = str(coefficient).removeprefix("-")
                    sign = -1 if str(coefficient).startswith("-") else 1
                    weight += sign * person[name] if isinstance(coefficient, str) else coefficient
            vector[f"rule:{rule['id']}"] = weight
        for level in self.levels:
            if level["kind"] == "count" and picks(level.get("select") or {}, person):
                vector[f"level:{level['id']}"] = 1
            if level["kind"] == "maxmin" and picks(level.get("select") or {}, person):
                vector[f"group:{level['id']}:{person[level['by']]}"] = 1
        way = self._way(person)
        if way:
            vector[f"arc:{way}"] = 1
        return {name: weight for name, weight in vector.items() if weight}

    def _way(self, person: dict[str, Any]) -> str:
        if not self.document.get("cycle_cap") or unconditional(person):
            return ""
        blocs = self.document.get("blocs") or {}
        node = {party: name for name, members in blocs.items() for party in members}
        giver, taker = (node.get(person[k], person[k]) for k in ("holder", "claimant"))
        return "" if giver == taker else f"{giver}>{taker}"

    def _units(self) -> list[list[int]]:
        families: dict[str, list[int]] = {}
        alone = []
        for number, person in enumerate(self.people):
            if person.get("family") is None:
                alone.append([number])
            else:
                families.setdefault(person["family"], []).append(number)
        together = [*families.values(), *alone]
        return [unit for unit in together if not any(self.barred[n] for n in unit)]

    def _sum(self, members: list[int]) -> Vector:
        if len(members) == 1:
            return self.vectors[members[0]]
        total: Vector = {}
        for member in members:
            for name, weight in self.vectors[member].items():
                total[name] = total.get(name, 0) + weight
        return {name: weight for name, weight in total.items() if weight}

    def _plain(self) -> set[str]:
        rows = {f"rule:{rule['id']}" for rule in self.rules}
        rows |= {f"level:{level['id']}" for level in self.levels if level["kind"] == "count"}
        return rows | {name for name in self._rows if name.startswith("arc:")}

    def row(self, name: str) -> list[tuple[int, int]]:
        """What one of each class adds to a row: places of classes, in their order, and weights.

        Rows are those of vectors, `level:ID` of a lottery, and `class:KEY`.
        """
        if name not in self._rows:
            lots = {f"level:{one['id']}": one for one in self.levels if one["kind"] == "hash"}
            if name in lots:
                found = [(n, self.ticket(lots[name], look)) for n, look in enumerate(self.classes)]
            else:
                keys = enumerate(self.keys.values()) if name.startswith("class:") else ()
                found = [(place, 1) for place, key in keys if name == f"class:{key}"]
            self._rows[name] = found
        return self._rows[name]

    def ticket(self, level: dict[str, Any], look: frozenset[tuple[str, int]]) -> int:
        """The lottery number of a class at a level."""
        text = f"{self.nonce}\n{level['id']}\n{self.keys[look]}"
        return (int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) >> 12) + 1


def _key(look: frozenset[tuple[str, int]]) -> int:
    return sum(weight * _constant(_public(name)) for name, weight in look) % (1 << 64)


def _public(name: str) -> str:
    return "level:" + name.removeprefix("group:") if name.startswith("group:") else name


_constants: Vector = {}


def _constant(name: str) -> int:
    if name not in _constants:
        _constants[name] = int(hashlib.sha256(name.encode()).hexdigest()[:16], 16)
    return _constants[name]


def _barred(person: dict[str, Any]) -> bool:
    willing = person.get("consent") is not False and not person.get("vetoed", False)
    free = not person.get("locked_in") and not person.get("barred")
    return not (person.get("alive_confirmed", True) is True and willing and free)


def days_of(person: dict[str, Any]) -> int:
    """Days in captivity; 0 when nobody has said."""
    return person.get("days") or 0


def unconditional(person: dict[str, Any]) -> bool:
    """Whether he goes home whatever the numbers are."""
    if "unconditional" in person:
        return bool(person["unconditional"])
    return person.get("health") == "serious" or person.get("category") in ("medic", "religious")


def vulnerable(person: dict[str, Any]) -> bool:
    """A minor, 60 or older, sick, or a civilian woman."""
    if "vulnerable" in person:
        return bool(person["vulnerable"])
    age = person.get("age")
    by_age = age is not None and (age < 18 or age >= 60)
    women = person.get("sex") == "f" and person.get("category") == "civilian"
    return by_age or person.get("health") == "sick" or women


def picks(select: dict[str, Any], person: dict[str, Any]) -> bool:
    """Whether a selector picks a person: every key must hold."""
    for key, wanted in select.items():
        if key == "unconditional":
            holds = unconditional(person) == wanted
        elif key == "vulnerable":
            holds = vulnerable(person) == wanted
        elif key == "min_days" and "min_days" not in person:
            holds = days_of(person) >= wanted
        elif isinstance(wanted, list):
            holds = person.get(key) in wanted
        else:
            holds = person.get(key) == wanted
        if not holds:
            return False
    return True
