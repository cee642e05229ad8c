"""In whose hands, since when, by whose word?"""

from datetime import UTC, datetime

from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.register import CustodyNotice, CustodyTimeline, fold_custody
from repatria.terms import PartialDate


def notice(ref, event, on=None, *, holder="north", by=None, exchange=""):
    return CustodyNotice(
        event=CustodyEvent(event),
        holder=holder,
        by=by or holder,
        ref=ref,
        recorded_at=datetime(2030, 6, 1, tzinfo=UTC),
        on=PartialDate.parse(on) if on else None,
        exchange=exchange,
    )


def test_no_notices_no_custody():
    assert fold_custody([]) == CustodyTimeline()


def test_capture_to_release_is_one_episode():
    timeline = fold_custody(
        [
            notice("n/0", "captured", "2028-10-02"),
            notice("n/1", "held", "2029"),
            notice("n/2", "released", "2030-05-01", exchange="spring"),
        ]
    )
    (episode,) = timeline.episodes

    assert (str(episode.since), str(episode.until)) == ("2028-10-02", "2030-05-01")
    assert episode.ended_by is CustodyEvent.RELEASED
    assert episode.exchange == "spring"
    assert episode.cites == ("n/0", "n/1", "n/2")
    assert timeline.loose_ends == ()
    assert timeline.holders == ()


def test_an_end_without_a_beginning_is_a_loose_end():
    escaped = notice("n/0", "escaped", "2029-01-01")

    assert fold_custody([escaped]) == CustodyTimeline(loose_ends=(escaped,))


def test_two_days_of_capture_by_one_holder_do_not_fit():
    first = notice("n/0", "captured", "2028-10-02")
    other = notice("s/0", "captured", "2028-10-05", by="south")
    same = notice("s/1", "captured", "2028-10-02", by="south")
    timeline = fold_custody([first, other, same])

    assert timeline.episodes[0].cites == ("n/0", "s/1")
    assert timeline.loose_ends == (other,)


def test_two_holders_at_once_stay_two_holders():
    timeline = fold_custody(
        [
            notice("n/0", "held", "2029-02"),
            notice("s/0", "held", "2029-01", holder="south"),
        ]
    )

    assert [e.holder for e in timeline.episodes] == ["south", "north"]
    assert timeline.holders == ("north", "south")


def test_a_holder_that_transfers_to_another_ends_its_own_episode():
    timeline = fold_custody(
        [
            notice("n/0", "held", "2029-01"),
            notice("n/1", "transferred", "2029-06", holder="south", by="north"),
        ]
    )
    (episode,) = timeline.episodes

    assert (episode.holder, episode.ended_by) == ("north", CustodyEvent.TRANSFERRED)


def test_a_transfer_within_ones_own_hands_goes_on():
    timeline = fold_custody(
        [notice("n/0", "held", "2029-01"), notice("n/1", "transferred", "2029-06")]
    )

    assert timeline.holders == ("north",)
    assert timeline.episodes[0].cites == ("n/0", "n/1")


def test_a_transfer_told_by_one_who_does_not_hold_begins_custody_there():
    timeline = fold_custody([notice("i/0", "transferred", "2029-06", by="intermediary")])

    assert timeline.holders == ("north",)


def test_a_notice_without_a_day_is_read_at_the_day_it_was_written():
    timeline = fold_custody([notice("n/1", "released"), notice("n/0", "held", "2029-01")])

    assert timeline.episodes[0].until is None
    assert timeline.episodes[0].ended_by is CustodyEvent.RELEASED
    assert fold_custody([notice("n/0", "held")]).episodes[0].since is None
