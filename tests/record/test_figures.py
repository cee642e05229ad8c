"""Only what both receipts support is confirmed; what is reckoned from it says from what."""

import pytest

from repatria.record import (
    Bound,
    ConfirmedFigures,
    Measure,
    ReceiptFigure,
    ReceiptSide,
    SignedReceipt,
    derive_remaining,
)
from repatria.terms import Refusal


def codes(refused):
    return [objection.code for objection in refused.value.objections]


def test_lines_in_both_receipts_are_confirmed_and_the_others_are_not(story):
    direction = story.direction(32, 31)

    assert direction.value == 31
    assert direction.one_sided == story.lines(32) - story.lines(31)
    assert direction.refs == ("receipt:1-north", "receipt:1-south")


@pytest.mark.parametrize(("handed_over", "received"), [(32, None), (None, 32), (None, None)])
def test_one_receipt_confirms_nothing(story, handed_over, received):
    assert story.direction(handed_over, received).value == 0


def test_a_receipt_signed_by_the_other_side_supports_nothing(story):
    direction = story.direction(32, None)
    forged = SignedReceipt(
        ref="receipt:x", side=ReceiptSide.RECEIVED, signed_by=story.NORTH, lines=story.lines(32)
    )

    both = ReceiptFigure(
        event=direction.event,
        population=direction.population,
        holder=direction.holder,
        to_party=direction.to_party,
        on=direction.on,
        receipts=(*direction.receipts, forged),
    )

    assert both.value == 0
    assert "receipt:x" not in both.refs


def test_both_receipts_cannot_come_from_one_party(story):
    with pytest.raises(ValueError, match="one party"):
        story.direction(1, 1, to_party=story.NORTH)


def test_a_receipt_without_a_reference_is_none(story):
    with pytest.raises(ValueError, match="reference"):
        SignedReceipt(ref=" ", side=ReceiptSide.RECEIVED, signed_by=story.NORTH, lines=frozenset())


def test_a_direction_is_given_once(story):
    with pytest.raises(ValueError, match="twice"):
        ConfirmedFigures(directions=(story.direction(1, 1), story.direction(2, 2)))


def test_what_remains_says_what_it_was_reckoned_from(story):
    derived = derive_remaining(story.claim("h", 55, bound=Bound.AT_LEAST), story.direction(32, 32))

    assert (derived.value, derived.bound, derived.speaker) == (
        23,
        Bound.AT_LEAST,
        "Office of the south",
    )
    assert derived.arithmetic == "55 - 32 = 23"
    assert derived.sources == ("claim:h", "receipt:1-north", "receipt:1-south")


def test_every_crossing_since_the_claim_is_taken_off(story):
    bridge = story.direction(
        4, 4, event="event:bridge", on=story.day("2026-01-14"), ref="receipt:3"
    )

    derived = derive_remaining(story.claim("h", 55), bridge, story.direction(32, 32))

    assert derived.arithmetic == "55 - 32 - 4 = 19"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"measure": Measure.UNACKNOWLEDGED}, "not-a-count-of-persons-held"),
        ({"population": "northern"}, "figures-of-different-people"),
        ({"holder": "south"}, "figures-of-different-people"),
        ({"value": 31}, "more-released-than-held"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(story, changed, code):
    held = story.claim("h", **{"value": 55, **changed})

    with pytest.raises(Refusal) as refused:
        derive_remaining(held, story.direction(32, 32))

    assert codes(refused) == [code]


def test_a_claim_from_the_month_of_the_crossing_is_not_surely_before_it(story):
    with pytest.raises(Refusal) as refused:
        derive_remaining(
            story.claim("h", 55, said_on=story.day("2023-12")), story.direction(32, 32)
        )

    assert codes(refused) == ["claim-not-before-crossing"]


def test_an_announcement_is_never_taken_off(story):
    with pytest.raises(Refusal) as refused:
        derive_remaining(story.claim("h", 55), story.direction(32, None))

    assert codes(refused) == ["not-in-both-receipts"]


def test_a_crossing_is_taken_off_once(story):
    with pytest.raises(Refusal) as refused:
        derive_remaining(story.claim("h", 99), story.direction(32, 32), story.direction(32, 32))

    assert codes(refused) == ["crossing-given-twice"]
