"""Days and places: who is ahead on trust, and what everybody has if it stops."""

import itertools

from repatria.planning.staging import (
    Move,
    after_tranche,
    answer_staging,
    canonical,
    check_staging,
    staging_from_json,
)


def unit(holder, claimant, site, count, *, tier=2, value=1, size=1, ready=0):
    return {
        "holder": holder,
        "claimant": claimant,
        "site": site,
        "tier": tier,
        "ready": ready,
        "value": value,
        "size": size,
        "count": count,
    }


def thousand_for_thousand():
    """Three crossing points, a hundred and twenty of each side wounded or sick, some families."""
    classes = []
    for holder, claimant in (("north", "south"), ("south", "north")):
        for site, share in (("bridge", 400), ("ford", 350), ("pass", 250)):
            wounded, families = share * 12 // 100, 5
            classes += [
                unit(holder, claimant, site, wounded, tier=0, value=0),
                unit(holder, claimant, site, families, tier=1, value=3, size=3),
                unit(holder, claimant, site, share - wounded - 3 * families),
            ]
    return {
        "format": "px-stage/0",
        "base": "a thousand for a thousand",
        "parties": ["north", "south"],
        "T": 3,
        "cap_per_site_per_tranche": 280,
        "unit_classes": classes,
    }


def moves_of(plan):
    return [
        Move(tranche=line["tranche"], unit_class=line["class"], count=line["units"])
        for line in plan["schedule"]
    ]


def test_a_thousand_for_a_thousand_in_three_days():
    document = thousand_for_thousand()
    plan = answer_staging(staging_from_json(document), bounded=False)
    assert plan["status"] == "optimal"
    # As many each day from both sides: nobody has to trust anybody.
    assert plan["E"] == 0
    assert sum(line["persons"] for line in plan["schedule"]) == 2000
    # All wounded and sick are home on the first day.
    assert {line["tranche"] for line in plan["schedule"] if line["tier"] == 0} == {0}
    assert check_staging(plan, document) == ([], [])


def test_three_days_are_too_few_for_two_crossing_points():
    document = thousand_for_thousand()
    document["site_capacity"] = {"pass": 100}
    plan = answer_staging(staging_from_json(document), bounded=False)
    assert plan["status"] == "infeasible"
    assert plan["reason"] == "pass: 500 persons, room for 300"
    assert plan["T_needed"] == 5


# Fifteen flights between six cities in three days: (slot, from, to, seats). Opposed flights
# take off at the same moment. Four persons of the north stand for one of the south.
FLIGHTS = (
    (0, "uplands", "harbour", 90),
    (0, "harbour", "uplands", 30),
    (0, "uplands", "oasis", 80),
    (1, "oasis", "uplands", 20),
    (1, "uplands", "harbour", 80),
    (2, "uplands", "delta", 90),
    (2, "delta", "uplands", 30),
    (3, "uplands", "delta", 80),
    (3, "capital", "uplands", 30),
    (4, "uplands", "capital", 90),
    (4, "uplands", "capital", 60),
    (5, "uplands", "coast", 60),
    (5, "coast", "uplands", 30),
    (6, "uplands", "coast", 60),
    (6, "coast", "uplands", 30),
)
SLOTS = 7


def fifteen_flights():
    seats = {}
    for slot, start, end, room in FLIGHTS:
        seats.setdefault(f"{start}-{end}", [0] * SLOTS)[slot] += room
    waiting = {
        "uplands-harbour": (160, 10),
        "harbour-uplands": (30, 3),
        "uplands-oasis": (75, 5),
        "oasis-uplands": (20, 2),
        "uplands-delta": (160, 8),
        "delta-uplands": (28, 2),
        "capital-uplands": (30, 3),
        "uplands-capital": (140, 12),
        "uplands-coast": (110, 6),
        "coast-uplands": (57, 5),
    }
    classes = []
    for route, (persons, wounded) in waiting.items():
        to_south = route.startswith("uplands")
        holder, claimant = ("north", "south") if to_south else ("south", "north")
        classes += [
            unit(holder, claimant, route, wounded, tier=0, value=0),
            unit(holder, claimant, route, persons - wounded, value=1 if to_south else 4),
        ]
    return {
        "format": "px-stage/0",
        "base": "fifteen flights",
        "parties": ["north", "south"],
        "T": SLOTS,
        "site_capacity": seats,
        "unit_classes": classes,
    }


def test_fifteen_flights_between_six_cities():
    document = fifteen_flights()
    cities = {city for _, start, end, _ in FLIGHTS for city in (start, end)}
    assert (len(FLIGHTS), len(cities)) == (15, 6)
    plan = answer_staging(staging_from_json(document), bounded=False)
    assert plan["status"] == "optimal"
    assert check_staging(plan, document)[0] == []
    # Nobody flies where no aircraft does, and no aircraft is overbooked.
    seats = {}
    for slot, start, end, room in FLIGHTS:
        seats[f"{start}-{end}", slot] = seats.get((f"{start}-{end}", slot), 0) + room
    taken = {}
    for line in plan["schedule"]:
        place = (line["site"], line["tranche"])
        taken[place] = taken.get(place, 0) + line["persons"]
    assert all(persons <= seats.get(place, 0) for place, persons in taken.items())
    # A closer balance than proven is agreed in vain.
    tighter = {**document, "agreed_exposure": plan["E"] - 1}
    assert answer_staging(staging_from_json(tighter), bounded=False)["status"] == "infeasible"


def test_what_everybody_has_if_it_stops_after_any_day():
    document = thousand_for_thousand()
    document["agreed_exposure"] = 40
    document["legs"] = "alternating"
    document["T"] = 24
    document["cap_per_site_per_tranche"] = 80
    question = canonical(staging_from_json(document))
    plan = answer_staging(question, bounded=False)
    assert plan["status"] in {"optimal", "feasible"}
    assert plan["E"] <= 40
    moves = moves_of(plan)
    stands = [after_tranche(question, moves, last) for last in range(-1, 24)]
    for north, south in stands:
        assert north.exposure == -south.exposure
        assert abs(north.exposure) <= 40
        assert north.given_persons == south.received_persons
        assert north.given_persons + north.still_held_persons == 1000
    for before, after in itertools.pairwise(stands):
        assert before[0].given_persons <= after[0].given_persons
    assert stands[0][0].still_awaited_persons == 1000
    assert stands[-1][0].still_awaited_persons == 0
