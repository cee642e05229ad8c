"""The best plan of a tiny question, by trying every one: no solver, nothing of the program."""

from itertools import combinations, permutations


def best_values(document):
    """The values of all levels but the lottery; None when no plan keeps the rules."""
    names = document["person_columns"]
    people = [dict(zip(names, row, strict=True)) for row in document["persons"]]
    units = [unit for unit in _units(people) if all(_may_go(person) for person in unit)]
    best = None
    for count in range(len(units) + 1):
        for chosen in combinations(units, count):
            going = [person for unit in chosen for person in unit]
            if not _keeps(document, going):
                continue
            values = tuple(
                _value(level, going, people)
                for level in document["priorities"]
                if level["kind"] != "hash"
            )
            best = values if best is None else max(best, values)
    return best


def _units(people):
    families = {}
    for number, person in enumerate(people):
        families.setdefault(person["family"] or number, []).append(person)
    return list(families.values())


def _may_go(person):
    return person["alive_confirmed"] and person["consent"] is not False and not person["vetoed"]


def _unconditional(person):
    return person["health"] == "serious" or person["category"] == "medic"


def _vulnerable(person):
    return (
        person["age"] < 18
        or person["age"] >= 60
        or person["health"] == "sick"
        or (person["sex"] == "f" and person["category"] == "civilian")
    )


def picks(select, person):
    """Whether a selector picks a person."""
    for key, wanted in select.items():
        if key == "unconditional":
            holds = _unconditional(person) == wanted
        elif key == "vulnerable":
            holds = _vulnerable(person) == wanted
        elif key == "min_days":
            holds = person["days"] >= wanted
        else:
            holds = person[key] in (wanted if isinstance(wanted, list) else [wanted])
        if not holds:
            return False
    return True


def rule_value(rule, going):
    """What a rule adds up to."""
    total = 0
    for factor, select in rule["terms"]:
        for person in going:
            if picks(select, person):
                each = {"points": person.get("points"), "-points": -person.get("points", 0)}
                total += each[factor] if isinstance(factor, str) else factor
    return total


def _keeps(document, going):
    for rule in document["rules"]:
        value = rule_value(rule, going)
        if rule["lo"] is not None and value < rule["lo"]:
            return False
        if rule["hi"] is not None and value > rule["hi"]:
            return False
    return _in_rounds(document, going)


def _in_rounds(document, going):
    cap = document.get("cycle_cap")
    if not cap:
        return True
    flow = {}
    for person in going:
        if not _unconditional(person):
            way = (person["holder"], person["claimant"])
            flow[way] = flow.get(way, 0) + 1
    rings = [
        ring
        for length in range(2, cap + 1)
        for ring in permutations(document["parties"], length)
        if ring[0] == min(ring)
    ]
    return _split(flow, [list(zip(ring, (*ring[1:], ring[0]), strict=True)) for ring in rings])


def _split(flow, rings):
    left = {way: count for way, count in flow.items() if count}
    if not left:
        return True
    first = next(iter(left))
    return any(
        first in ring
        and all(left.get(way, 0) for way in ring)
        and _split({way: count - (way in ring) for way, count in left.items()}, rings)
        for ring in rings
    )


def _value(level, going, people):
    if level["kind"] == "count":
        return sum(picks(level["select"], person) for person in going)
    totals, counts = {}, {}
    for person in people:
        if _may_go(person):
            totals[person[level["by"]]] = totals.get(person[level["by"]], 0) + 1
    for person in going:
        counts[person[level["by"]]] = counts.get(person[level["by"]], 0) + 1
    return min((1000 * counts.get(g, 0) // total for g, total in totals.items()), default=1000)
