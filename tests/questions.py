"""Made-up questions for planning, in the format px/0, from a seed.

Only `random.Random.random()` is drawn from: its stream is promised not to change
between versions, so a seed means the same question everywhere. Shares are
those of real exchanges in kind, not in number; nobody in here was ever held.
"""

import random
from datetime import date, timedelta

COLUMNS = [
    "id", "holder", "claimant", "category", "sex", "age", "health", "captured", "days",
    "region", "unit", "convicted", "life", "alive_confirmed", "consent", "vetoed", "demanded",
    "family",
]  # fmt: skip
AS_OF = date(2024, 1, 1)
PRIORITIES = [
    {"id": "L1-unconditional", "kind": "count", "select": {"unconditional": True}},
    {"id": "L2-vulnerable", "kind": "count", "select": {"vulnerable": True}},
    {"id": "L3-long-captivity", "kind": "count", "select": {"min_days": 730}},
    {"id": "L4-total", "kind": "count", "select": {}},
    {"id": "L5-region-maxmin", "kind": "maxmin", "by": "region"},
    {"id": "L6-band3y", "kind": "count", "select": {"min_days": 1095}},
    {"id": "L7-band1y", "kind": "count", "select": {"min_days": 365}},
    {"id": "L8-tiebreak", "kind": "hash"},
]
# Dix and Hill, 1862: what a captive is worth in privates.
EQUIVALENTS = {"soldier": 1, "medic": 1, "civilian": 1, "officer": 4, "commander": 15}


class Draw:
    """A stream of chances."""

    def __init__(self, *seed):
        self._random = random.Random(repr(seed)).random  # noqa: S311 -- examples, no secrets

    def chance(self, share):
        """True in so many cases of one."""
        return self._random() < share

    def below(self, number):
        """A number from 0 to below it."""
        return int(self._random() * number)

    def between(self, low, high):
        """A number from low to high, both included."""
        return low + self.below(high - low + 1)

    def weighted(self, shares):
        """A key of a table of shares."""
        left = self._random() * sum(shares.values())
        for key, share in shares.items():
            left -= share
            if left < 0:
                return key
        return key


CATEGORIES = {"soldier": 0.70, "officer": 0.10, "civilian": 0.14, "medic": 0.04, "commander": 0.02}


def persons_between(draw, holder, claimant, count, *, regions=12, first=0):
    """So many captives of one side whom the other claims."""
    weights = {region: 0.15 + draw.between(0, 100) / 40 for region in range(regions)}
    people = []
    for number in range(first, first + count):
        category = draw.weighted(CATEGORIES)
        days = draw.between(10, 1460)
        woman = draw.chance(0.45 if category == "civilian" else 0.08)
        civilian = category == "civilian"
        people.append(
            [
                f"P{number:06d}", holder, claimant, category, "f" if woman else "m",
                draw.between(8, 80) if civilian else draw.between(18, 58),
                draw.weighted({"fit": 0.80, "sick": 0.12, "serious": 0.08}),
                (AS_OF - timedelta(days=days)).isoformat(), days,
                f"{claimant}-R{draw.weighted(weights):02d}", f"{claimant}-U{draw.below(40):02d}",
                draw.chance(0.10), draw.chance(0.03), not draw.chance(0.05),
                not draw.chance(0.01), draw.chance(0.60 if category == "commander" else 0.03),
                draw.chance(0.02), None,
            ]
        )  # fmt: skip
    return _in_families(draw, people, f"{holder}{claimant}")


def _in_families(draw, people, label):
    """A quarter of the civilians in families of two to five."""
    civilians = [person for person in people if person[3] == "civilian" and draw.chance(0.25)]
    while len(civilians) >= 2:
        size = min(draw.between(2, 5), len(civilians))
        family, civilians = civilians[:size], civilians[size:]
        for person in family:
            person[-1] = f"F-{label}-{family[0][0]}"
    return people


def question(name, parties, rules, people, **more):
    """The document."""
    return {
        "format": "px/0", "id": name, "as_of": AS_OF.isoformat(), "parties": list(parties),
        "rules": rules, "priorities": PRIORITIES, "person_columns": COLUMNS, "persons": people,
        **more,
    }  # fmt: skip


def rule(name, *terms, lo=None, hi=None):
    """A rule of the document."""
    return {"id": name, "terms": [list(term) for term in terms], "lo": lo, "hi": hi}


def two(seed, count_a, count_b=None, *, ratio=1, tolerance=0, regions=12):
    """Two parties: heads, officers, convicted, named demands, an upper limit each."""
    count_b = count_a if count_b is None else count_b
    draw = Draw("two", seed, count_a, count_b, ratio)
    people = persons_between(draw, "A", "B", count_a, regions=regions)
    people += persons_between(draw, "B", "A", count_b, regions=regions, first=count_a)
    able = {"unconditional": False}
    a, b = {"holder": "A", **able}, {"holder": "B", **able}
    officers = {"category": "officer"}
    wanted = {
        side: sum(p[1] == side and p[16] and p[13] and p[14] and not p[15] for p in people)
        for side in "AB"
    }
    rules = [
        rule("parity", (1, a), (-ratio, b), lo=-tolerance, hi=tolerance),
        rule(
            "officers-parity",
            (1, a | officers),
            (-ratio, b | officers),
            lo=-2 * ratio,
            hi=2 * ratio,
        ),
        rule("cap-A", (1, a), hi=max(1, count_a * 2 // 5)),
        rule("cap-B", (1, b), hi=max(1, count_b * 2 // 5)),
        rule("convicted-A", (10, {"holder": "A", "convicted": True}), (-1, {"holder": "A"}), hi=0),
        rule("convicted-B", (10, {"holder": "B", "convicted": True}), (-1, {"holder": "B"}), hi=0),
        rule("demanded-A", (1, {"holder": "A", "demanded": True}), lo=wanted["A"] * 3 // 5),
        rule("demanded-B", (1, {"holder": "B", "demanded": True}), lo=wanted["B"] * 3 // 5),
    ]  # fmt: skip
    return question(f"two-{count_a}x{count_b}-{ratio}to1-s{seed}", "AB", rules, people)


def keys(seed, few=98, many=10_000, *, cap=33):
    """A few against many: 30 for a civilian, 30 with a sentence and 20 more for a woman in arms."""
    draw = Draw("keys", seed, few, many)
    people = persons_between(draw, "H", "I", few)
    for person in people:
        if person[3] in ("soldier", "officer"):
            person[4] = "f" if draw.chance(0.5) else "m"
    held = persons_between(draw, "I", "H", many, first=few)
    for person in held:
        person[12] = draw.chance(0.10)
    women = {"holder": "H", "category": ["soldier", "officer"], "sex": "f"}
    civilians = {"holder": "H", "category": "civilian"}
    rules = [
        rule("key-life", (1, {"holder": "I", "life": True}), (-30, women), lo=0, hi=0),
        rule(
            "key-ordinary",
            (1, {"holder": "I", "life": False, "unconditional": False}),
            (-30, civilians),
            (-20, women),
            lo=0,
            hi=0,
        ),
        rule("phase-cap", (1, {"holder": "H"}), hi=cap),
    ]
    return question(f"keys-{few}x{many}-s{seed}", "HI", rules, people + held)


def multi(seed, parties, count, *, cycle_cap=3, regions=12):
    """Several parties, each even with all others together, in rounds of a few."""
    names = "ABCDEFG"[:parties]
    draw = Draw("multi", seed, parties, count, cycle_cap)
    ways = [(h, c) for h in names for c in names if h != c]
    shares = {way: 0.2 + draw.between(0, 100) / 50 for way in ways}
    people = []
    for way in ways:
        many = round(count * shares[way] / sum(shares.values()))
        people += persons_between(draw, *way, many, regions=regions, first=len(people))
    able = {"unconditional": False}
    rules = []
    for party in names:
        given, taken = {"holder": party, **able}, {"claimant": party, **able}
        officers = {"category": "officer"}
        held = sum(person[1] == party for person in people)
        own = {"holder": party}
        rules += [
            rule(f"balance-{party}", (1, given), (-1, taken), lo=0, hi=0),
            rule(f"cap-{party}", (1, given), hi=max(2, held * draw.between(2, 6) // 10)),
            rule(f"convicted-{party}", (10, own | {"convicted": True}), (-1, own), hi=0),
            rule(f"officers-{party}", (1, given | officers), (-1, taken | officers), lo=-3, hi=3),
        ]
    more = {"cycle_cap": cycle_cap} if cycle_cap else {}
    return question(f"multi-{parties}p-{count}-c{cycle_cap}-s{seed}", names, rules, people, **more)


def hard(seed, count):
    """Against every solver: points of four digits whose sums must be equal."""
    draw = Draw("hard", seed, count)
    people = persons_between(draw, "A", "B", count)
    people += persons_between(draw, "B", "A", count, first=count)
    for number, person in enumerate(people):
        person[6], person[13:16] = "fit", [True, True, False]
        person[3] = "soldier" if person[3] == "medic" else person[3]
        person[-1] = None
        person.append(draw.between(1000, 9999))
        if draw.chance(0.3) and number % count:
            before = people[number - 1]
            before[-2] = person[-2] = before[-2] or f"G{number:04d}"
    cap = max(2, count // 3)
    rules = [
        rule(
            "points-parity", ("points", {"holder": "A"}), ("-points", {"holder": "B"}), lo=0, hi=0
        ),
        rule("cap-A", (1, {"holder": "A"}), hi=cap),
        rule("cap-B", (1, {"holder": "B"}), hi=cap),
    ]  # fmt: skip
    return question(
        f"hard-{count}-s{seed}", "AB", rules, people, person_columns=[*COLUMNS, "points"]
    )


def dix(seed, count):
    """Two parties by a table of equivalents; civilians only for civilians."""
    draw = Draw("dix", seed, count)
    people = persons_between(draw, "A", "B", count)
    people += persons_between(draw, "B", "A", count, first=count)
    for person in people:
        person.append(EQUIVALENTS[person[3]])
    a, b = ({"holder": side, "unconditional": False} for side in "AB")
    civilians = {"category": "civilian"}
    rules = [
        rule("equivalents", ("points", a), ("-points", b), lo=0, hi=0),
        rule("civilians", (1, a | civilians), (-1, b | civilians), lo=0, hi=0),
        rule("cap-A", (1, a), hi=count * 2 // 5),
        rule("cap-B", (1, b), hi=count * 2 // 5),
    ]
    return question(
        f"dix-{count}-s{seed}", "AB", rules, people, person_columns=[*COLUMNS, "points"]
    )


def story():
    """55 against 2: 32 for 2, nobody of the leaders and of those not agreed on."""

    def man(number, holder, claimant, category, days, *, vetoed):
        return [
            f"P{number:06d}", holder, claimant, category, "m", 25, "fit", "", days,
            f"{claimant}-R1", "", False, False, True, True, vetoed, False, None,
        ]  # fmt: skip

    people = [man(n, "A", "B", "soldier", 500 + n, vetoed=False) for n in range(32)]
    people += [man(n, "A", "B", "soldier", 1000, vetoed=True) for n in range(32, 41)]
    people += [man(n, "A", "B", "civilian", 300, vetoed=True) for n in range(41, 47)]
    people += [man(n, "A", "B", "commander", 75, vetoed=True) for n in range(47, 55)]
    people += [man(n, "B", "A", "soldier", 245, vetoed=False) for n in range(55, 57)]
    rules = [
        rule("cap-A", (1, {"holder": "A"}), hi=32),
        rule("parity-16", (1, {"holder": "A"}), (-16, {"holder": "B"}), hi=0),
    ]
    return question("story", "AB", rules, people)


def tiny(seed):
    """At most 12 persons, so that everything can be tried."""
    draw = Draw("tiny", seed)
    kind = draw.below(4)
    if kind == 0:
        made = multi(seed, 3, draw.between(6, 12), cycle_cap=draw.between(2, 3), regions=3)
    elif kind == 1:
        made = dix(seed, draw.between(2, 6))
    else:
        made = two(
            seed, draw.between(2, 7), draw.between(1, 5), ratio=draw.between(1, 3),
            tolerance=draw.below(2), regions=3,
        )  # fmt: skip
    if draw.chance(0.2):
        made["rules"].append(rule("min-total", (1, {}), lo=draw.between(1, 4)))
    if draw.chance(0.2):
        made["rules"].append(rule("few-women", (1, {"sex": "f"}), hi=draw.between(0, 2)))
    return made | {"id": f"tiny-{seed}", "nonce": f"nonce-{seed}"}
