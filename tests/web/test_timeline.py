from datetime import date

from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.register.model import CustodyEpisode
from repatria.terms import PartialDate, PartyCode, PersonId
from repatria.web.persons.timeline import LEFT, WIDTH, timeline_of

PERSON, NORTH, SOUTH = PersonId("person:1"), PartyCode("north"), PartyCode("south")
TODAY = date(2030, 1, 1)


def _episode(holder, since, until=None):
    return CustodyEpisode(
        holder=holder,
        since=PartialDate.parse(since) if since else None,
        until=PartialDate.parse(until) if until else None,
        ended_by=CustodyEvent.RELEASED if until else None,
    )


def test_nothing_is_drawn_where_nobody_has_given_a_day():
    assert timeline_of(PERSON, (_episode(NORTH, None),), TODAY) is None


def test_bars_lie_in_the_order_of_time_and_within_the_picture():
    drawn = timeline_of(
        PERSON, (_episode(NORTH, "2020-11-10", "2021-02"), _episode(SOUTH, "2024")), TODAY
    )

    first, second = drawn.bars
    assert first.x == LEFT
    assert first.x + first.width < second.x
    assert second.x + second.width <= WIDTH
    assert (first.is_open, second.is_open) == (False, True)
    assert [mark.year for mark in drawn.marks] == list(range(2021, 2031))


def test_a_single_day_can_still_be_seen():
    drawn = timeline_of(PERSON, (_episode(NORTH, "2029-12-31", "2029-12-31"),), TODAY)

    assert drawn.bars[0].width >= 6
    assert drawn.marks == []


def test_a_long_time_does_not_fill_the_axis_with_years():
    drawn = timeline_of(PERSON, (_episode(NORTH, "1990"),), TODAY)

    assert len(drawn.marks) <= 12
