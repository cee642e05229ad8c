"""Nothing is called released without both receipts, and nobody named before the family knows."""

from datetime import UTC, datetime, timedelta

import pytest

from repatria.record import LineDisclosure, objections_to_publishing_release

NOON = datetime(2023, 12, 13, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def codes(story, receipts, *lines, at=NOON, **more):
    objections = objections_to_publishing_release(receipts=receipts, lines=lines, at=at, **more)
    return [objection.code for objection in objections]


def line(number=0, **more):
    return LineDisclosure(line=f"line:s{number}", **more)


def test_counted_lines_in_both_receipts_may_be_published(story):
    assert codes(story, story.direction(2, 2), line(0), line(1)) == []


def test_the_plane_that_arrives_empty_is_refused(story):
    announced = [line(number) for number in range(15)]

    assert codes(story, story.direction(None, None), *announced) == [
        "no-receipt-for-handing-over",
        "no-receipt-for-receiving",
        "line-not-in-both-receipts",
    ]
    assert codes(story, story.direction(0, 0)) == [
        "no-receipt-for-handing-over",
        "no-receipt-for-receiving",
        "nobody-to-publish",
    ]


def test_departed_is_not_received(story):
    assert codes(story, story.direction(15, None), line()) == [
        "no-receipt-for-receiving",
        "line-not-in-both-receipts",
    ]


def test_a_line_in_one_receipt_only_is_named_in_the_objection(story):
    (objection,) = objections_to_publishing_release(
        receipts=story.direction(2, 1), lines=[line(1), line(0)], at=NOON
    )

    assert objection.about == ("line:s1",)


def test_naming_needs_the_family_and_the_person(story):
    person = line()

    assert codes(story, story.direction(1, 1), person, named=[person.line]) == [
        "family-not-told",
        "no-consent-to-be-named",
    ]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"family_told_at": NOON - HOUR}, []),
        ({"family_told_at": NOON}, []),
        ({"family_told_at": NOON + HOUR}, ["family-not-told"]),
        ({"family_embargo_note": "note:nobody-found"}, []),
        ({"family_told_at": NOON, "consents_to_be_named": False}, ["no-consent-to-be-named"]),
    ],
)
def test_a_person_may_be_named_once_the_family_knows(story, known, expected):
    person = line(**{"consents_to_be_named": True, **known})

    assert codes(story, story.direction(1, 1), person, named=[person.line]) == expected


def test_consent_does_not_matter_for_a_person_only_counted(story):
    assert codes(story, story.direction(1, 1), line(consents_to_be_named=False)) == []


@pytest.mark.parametrize(("at", "expected"), [(NOON - HOUR, True), (NOON, False)])
def test_an_embargo_ends_at_its_time(story, at, expected):
    receipts = story.direction(1, 1)

    whole = codes(story, receipts, line(), at=at, embargo_until=NOON)
    one = codes(story, receipts, line(embargo_until=NOON), at=at)

    assert whole == (["under-embargo"] if expected else [])
    assert one == (["line-under-embargo"] if expected else [])


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        ([line(), line()], {}),
        ([line()], {"named": ["line:s9"]}),
        ([line()], {"embargo_until": datetime(2023, 12, 13)}),  # noqa: DTZ001 -- the bad input
        ([line(family_told_at=datetime(2023, 12, 13))], {}),  # noqa: DTZ001 -- the bad input
    ],
)
def test_a_call_that_makes_no_sense_is_a_mistake(story, lines, more):
    with pytest.raises(ValueError, match=r"each line is given once|needs its zone"):
        codes(story, story.direction(1, 1), *lines, **more)
