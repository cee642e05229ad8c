"""Custody ends by the word of both sides, and by nothing less."""

from datetime import UTC, datetime

from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.register import fold_person
from repatria.terms import PartialDate, PersonId

P, OTHER = PersonId("person:north-p"), PersonId("person:north-q")
MANIFEST = "manifest:intermediary-m"
CAPTURED = CustodyNoted(
    person=P, event=CustodyEvent.CAPTURED, holder="north", on=PartialDate(year=2029)
)
CROSSED = CrossingRecorded(manifest_id=MANIFEST, person=P, event=CrossingEvent.CROSSED)
DEPARTED = CrossingRecorded(manifest_id=MANIFEST, person=P, event=CrossingEvent.DEPARTED)
NOON = datetime(2030, 3, 2, 12, tzinfo=UTC)


def receipt(*, gave=(), took=(), manifest=MANIFEST):
    return ReceiptGiven(manifest_id=manifest, digest="d", handed_over=gave, received=took)


def custody(voices):
    [episode] = fold_person(P, voices.entries).custody.episodes
    return episode


def test_both_receipts_end_custody_on_the_day_of_the_crossing(voices):
    voices.say("north", CAPTURED, about=(P,))
    voices.say("intermediary", DEPARTED, about=(P,), occurred_at=NOON)
    voices.say("intermediary", CROSSED, about=(P,), occurred_at=NOON)
    voices.say("north", receipt(gave=(P,)), about=(MANIFEST, P))
    voices.say("south", receipt(took=(P,)), about=(MANIFEST, P))

    ended = custody(voices)
    assert ended.ended_by is CustodyEvent.RELEASED
    assert (str(ended.until), ended.exchange) == ("2030-03-02", MANIFEST)


def test_without_a_recorded_crossing_the_day_is_that_of_the_last_receipt(voices):
    voices.say("north", CAPTURED, about=(P,))
    voices.say("north", receipt(gave=(P,)), about=(MANIFEST, P))
    voices.say("south", receipt(took=(P,)), about=(MANIFEST, P))

    assert str(custody(voices).until) == "2030-03-01"


def test_one_sides_receipt_ends_nothing(voices):
    """Failure 22: taken to the exchange and brought back."""
    voices.say("north", CAPTURED, about=(P,))
    voices.say("intermediary", CROSSED, about=(P,), occurred_at=NOON)
    voices.say("north", receipt(gave=(P,)), about=(MANIFEST, P))
    voices.say("north", receipt(took=(P,)), about=(MANIFEST, P))
    voices.say("south", receipt(took=(OTHER,)), about=(MANIFEST, P))

    assert custody(voices).ended_by is None


def test_receipts_of_two_manifests_do_not_complete_each_other(voices):
    voices.say("north", CAPTURED, about=(P,))
    voices.say("north", receipt(gave=(P,)), about=(MANIFEST, P))
    voices.say("south", receipt(took=(P,), manifest="manifest:other"), about=(MANIFEST, P))

    assert custody(voices).ended_by is None


def test_a_receipt_that_was_taken_back_ends_nothing(voices):
    voices.say("north", CAPTURED, about=(P,))
    voices.say("north", receipt(gave=(P,)), about=(MANIFEST, P))
    wrong = voices.say("south", receipt(took=(P,)), about=(MANIFEST, P))
    voices.say("south", receipt(took=()), about=(MANIFEST, P), supersedes=(wrong.ref,))

    assert custody(voices).ended_by is None
