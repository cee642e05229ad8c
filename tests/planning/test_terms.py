"""Rules, priorities and their written form."""

import json
from datetime import date
from pathlib import Path

import pytest

from repatria.ledger.canonical import encode
from repatria.planning import (
    AtMostNamed,
    Balance,
    CapturedBetween,
    CapturedTotal,
    CategoryExcluded,
    CategoryOnly,
    CategoryTotal,
    Demand,
    Exclude,
    Include,
    Priority,
    PriorityKind,
    Promise,
    Ratio,
    Rule,
    Share,
    Together,
    Total,
    UnknownRule,
    UnreadableTermsError,
    standard_priorities,
    terms_from_json,
    terms_to_json,
)
from repatria.terms import Category, PartyCode

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
CIVILIAN, SOLDIER = Category.CIVILIAN, Category.SOLDIER
JANUARY, MARCH = date(2021, 1, 1), date(2021, 3, 31)

AT_LEAST_20 = {"limit": "at-least", "percent": 20}
AT_MOST_5 = {"limit": "at-most", "percent": 5}

IN_WORDS = {
    "exactly 3 from north": (Total, {"from_party": NORTH, "minimum": 3, "maximum": 3}),
    "at least 3 from north": (Total, {"from_party": NORTH, "minimum": 3}),
    "at most 3 from north": (Total, {"from_party": NORTH, "maximum": 3}),
    "between 2 and 3 from north": (Total, {"from_party": NORTH, "minimum": 2, "maximum": 3}),
    "at most 1 from north in category political leader": (
        CategoryTotal,
        {"from_party": NORTH, "category": Category.POLITICAL_LEADER, "maximum": 1},
    ),
    "exactly 1 from north captured since 2021-01-01 until 2021-03-31": (
        CapturedTotal,
        {"from_party": NORTH, "since": JANUARY, "until": MARCH, "minimum": 1, "maximum": 1},
    ),
    "north gives only those captured since 2021-01-01": (
        CapturedBetween,
        {"from_party": NORTH, "since": JANUARY},
    ),
    "north gives only those whose day of capture is known": (
        CapturedBetween,
        {"from_party": NORTH},
    ),
    "north gives only soldier, civilian": (
        CategoryOnly,
        {"from_party": NORTH, "categories": (SOLDIER, CIVILIAN)},
    ),
    "north gives no soldier": (CategoryExcluded, {"from_party": NORTH, "categories": (SOLDIER,)}),
    "1 named stay out: demanded by a court": (
        Exclude,
        {"ids": ("person:a",), "reason": "demanded by a court"},
    ),
    "2 named must be in the plan": (Include, {"ids": ("person:a", "person:b")}),
    "2 named go together or not at all": (Together, {"ids": ("person:a", "person:b")}),
    "16 from north for every 1 from south": (
        Ratio,
        {"first": NORTH, "first_count": 16, "second": SOUTH, "second_count": 1},
    ),
    "30 from north (soldier, civilian) for every 1 from south (civilian), within 2": (
        Ratio,
        {
            "first": NORTH,
            "first_count": 30,
            "second": SOUTH,
            "second_count": 1,
            "tolerance": 2,
            "first_categories": (SOLDIER, CIVILIAN),
            "second_categories": (CIVILIAN,),
        },
    ),
    "at least 20 of each 100 from north are of region Upper Valley": (
        Share,
        {"from_party": NORTH, "by": "region", "value": "Upper Valley", **AT_LEAST_20},
    ),
    "at most 5 of each 100 from north are of unit 4th": (
        Share,
        {"from_party": NORTH, "by": "unit", "value": "4th", **AT_MOST_5},
    ),
    "as many from north as from south, within 3; worth: soldier 1, political leader 60": (
        Balance,
        {
            "first": NORTH,
            "second": SOUTH,
            "tolerance": 3,
            "worth": ((SOLDIER, 1), (Category.POLITICAL_LEADER, 60)),
        },
    ),
    "of 2 named as many from north as from south": (
        Balance,
        {"first": NORTH, "second": SOUTH, "ids": ("person:a", "person:b")},
    ),
    "at most 1 of 2 named": (AtMostNamed, {"ids": ("person:a", "person:b"), "maximum": 1}),
    "south demands at least 1 of 2 named": (
        Demand,
        {"ids": ("person:a", "person:b"), "minimum": 1},
    ),
    "north also gives, by 2021-03-31: two lorries of medicine": (
        Promise,
        {"from_party": NORTH, "what": "two lorries of medicine", "due": MARCH},
    ),
    "a rule of the unknown kind newer": (UnknownRule, {"written_kind": "newer"}),
}


@pytest.mark.parametrize(("words", "parts"), IN_WORDS.items(), ids=IN_WORDS)
def test_a_rule_is_said_in_words(said, words, parts):
    kind, changes = parts

    assert kind(**said("rule"), **changes).in_words() == words


@pytest.mark.parametrize("parts", IN_WORDS.values(), ids=IN_WORDS)
def test_every_rule_survives_writing_and_reading(said, agreed, parts):
    kind, changes = parts
    terms = agreed(kind(**said("rule"), **changes))

    written = json.loads(json.dumps(terms_to_json(terms)))

    assert terms_from_json(written) == terms


def test_the_written_story_can_be_read_by_a_person(story_terms):
    written = terms_to_json(story_terms)

    assert written["rules"][2] == {
        "categories": ["political_leader"],
        "from_party": "north",
        "id": "no-leaders",
        "kind": "category-excluded",
        "proposer": "north",
        "source": "statement of north",
    }
    assert written["as_of"] == "2023-12-13"
    assert written["priorities"][0]["kind"] == "serious"


def test_keys_and_kinds_of_a_newer_version_survive_unchanged(story_terms):
    written = terms_to_json(story_terms)
    written["seal"] = {"of": "both"}
    written["rules"][0]["weight"] = [1, 2]
    written["priorities"][0]["note"] = None
    written["rules"].append(
        {"id": "new", "kind": "tide", "proposer": "north", "source": "talks", "from": {"x": 1}}
    )

    assert terms_to_json(terms_from_json(written)) == written


BROKEN = {
    "rules: expected a list": {"rules": {}},
    "rules[0]: expected an object": {"rules": ["x"]},
    "rules[0].kind: expected a text": {"rules": [{"kind": 3}]},
    "rules[0].proposer: is missing": {"rules": [{"id": "a", "kind": "total"}]},
    "priorities: expected a list": {"priorities": None},
    "priorities[0].kind: expected serious, minors, women-with-infants, elderly, sick,"
    " vulnerable, captivity, total or coverage": {"priorities": [{"id": "a", "kind": "rich"}]},
    "priorities[0]: a captivity priority": {"priorities": [{"id": "a", "kind": "captivity"}]},
    "terms.as_of: expected a day as YYYY-MM-DD": {"as_of": "20231213"},
    "terms.version: expected a whole number": {"version": True},
    "terms.nonce: expected a text": {"nonce": 5},
    "terms: a priority cannot be called kept": {"priorities": [{"id": "kept", "kind": "total"}]},
}


@pytest.mark.parametrize(("message", "change"), BROKEN.items(), ids=BROKEN)
def test_an_unreadable_document_says_where(agreed, message, change):
    written = terms_to_json(agreed()) | change

    with pytest.raises(UnreadableTermsError) as error:
        terms_from_json(written)

    assert str(error.value).startswith(message)


BROKEN_PARTS = {
    "minimum: expected a whole number": {"minimum": "3"},
    "maximum: expected a whole number or null": {"maximum": 3.5},
    ": the minimum is negative or above the maximum": {"minimum": 4, "maximum": 3},
}


@pytest.mark.parametrize(("message", "change"), BROKEN_PARTS.items(), ids=BROKEN_PARTS)
def test_an_unreadable_rule_says_where(said, agreed, message, change):
    written = terms_to_json(agreed(Total(**said("total"), from_party=NORTH)))
    written["rules"][0] |= change

    with pytest.raises(UnreadableTermsError) as error:
        terms_from_json(written)

    assert str(error.value).removeprefix("rules[0]").removeprefix(".") == message


def test_a_list_of_ids_is_a_list(said, agreed):
    written = terms_to_json(agreed(Include(**said("demand"), ids=("person:a",))))
    written["rules"][0]["ids"] = "person:a"

    with pytest.raises(UnreadableTermsError, match=r"rules\[0\].ids: expected a list of texts"):
        terms_from_json(written)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (Total, {"from_party": NORTH, "minimum": -1}),
        (CategoryTotal, {"from_party": NORTH, "category": SOLDIER, "minimum": 2, "maximum": 1}),
        (CapturedTotal, {"from_party": NORTH, "since": MARCH, "until": JANUARY}),
        (CapturedBetween, {"from_party": NORTH, "since": MARCH, "until": JANUARY}),
        (CategoryOnly, {"from_party": NORTH, "categories": ()}),
        (CategoryExcluded, {"from_party": NORTH, "categories": (SOLDIER, SOLDIER)}),
        (Exclude, {"ids": ("person:a",), "reason": " "}),
        (Exclude, {"ids": (), "reason": "demanded by a court"}),
        (Include, {"ids": ("person:a", "person:a")}),
        (Together, {"ids": ()}),
        (Share, {"from_party": NORTH, "by": "region", "value": "x", "limit": "", "percent": 1}),
        (Share, {"from_party": NORTH, "by": "sex", "value": "x", **AT_MOST_5}),
        (Share, {"from_party": NORTH, "by": "unit", "value": "", **AT_MOST_5}),
        (Share, {"from_party": NORTH, "by": "unit", "value": "x", **AT_MOST_5, "percent": 101}),
        (Share, {"from_party": NORTH, "by": "unit", "value": "x", **AT_MOST_5, "percent": -1}),
        (Balance, {"first": NORTH, "second": NORTH}),
        (Balance, {"first": NORTH, "second": SOUTH, "tolerance": -1}),
        (Balance, {"first": NORTH, "second": SOUTH, "worth": ((SOLDIER, -1),)}),
        (Balance, {"first": NORTH, "second": SOUTH, "worth": ((SOLDIER, 1), (SOLDIER, 2))}),
        (Balance, {"first": NORTH, "second": SOUTH, "ids": ("person:a", "person:a")}),
        (AtMostNamed, {"ids": ("person:a",), "maximum": -1}),
        (AtMostNamed, {"ids": (), "maximum": 1}),
        (Demand, {"ids": ("person:a",), "minimum": 2}),
        (Demand, {"ids": ("person:a",), "minimum": 0}),
        (Promise, {"from_party": NORTH, "what": " ", "due": MARCH}),
        (Ratio, {"first": NORTH, "first_count": 0, "second": SOUTH, "second_count": 1}),
    ],
)
def test_a_rule_without_sense_is_an_error(said, kind, changes):
    with pytest.raises(ValueError):
        kind(**said("rule"), **changes)


def test_two_rules_cannot_share_an_id(said, agreed):
    rule = Total(**said("total"), from_party=NORTH)

    with pytest.raises(ValueError, match="each rule needs an id of its own"):
        agreed(rule, rule)


def test_a_priority_needs_an_id(agreed):
    nameless = Priority(id="", kind=PriorityKind.TOTAL)

    with pytest.raises(ValueError, match="each priority needs an id of its own"):
        agreed(priorities=(nameless,))


def test_the_standard_priorities_put_the_wounded_first_and_numbers_last():
    priorities = standard_priorities((12, 36))

    assert [each.id for each in priorities] == [
        "serious",
        "minors",
        "women-with-infants",
        "elderly",
        "sick",
        "held-36-months",
        "held-12-months",
        "total",
    ]
    assert [each.in_words() for each in priorities] == [
        "the seriously wounded and sick",
        "those under 18",
        "women who have a child under seven with them",
        "those of 60 and older",
        "the sick who are not seriously so",
        "those held 36 months or longer",
        "those held 12 months or longer",
        "all who go home",
    ]
    assert all(each.source for each in priorities)


def test_the_base_of_all_rules_counts_bars_and_says_nothing(said, person):
    rule = Rule(**said("rule"))

    assert (rule.bounds, rule.persons) == (None, ())
    assert (rule.coefficient(person("a")), rule.bars(person("a"))) == (0, False)
    with pytest.raises(NotImplementedError):
        rule.in_words()


@pytest.mark.parametrize("name", ["terms-2.json", "terms-3.json"])
def test_terms_that_were_written_once_keep_their_bytes(name):
    golden = Path(__file__).parents[1] / "golden" / "terms" / name
    read = terms_from_json(json.loads(golden.read_bytes()))

    assert encode(terms_to_json(read)) == golden.read_bytes()
    assert not any(isinstance(rule, UnknownRule) for rule in read.rules)
