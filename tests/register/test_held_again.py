"""A new detention is put beside the release that it follows, and undoes nothing of it."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.kinds.whereabouts_stated import Whereabouts, WhereaboutsStated
from repatria.register import contradictions_in, fold_person, releases_of
from repatria.terms import PartialDate, PersonId

P = PersonId("person:north-p")
MARCH, MANIFEST = "2030-03-01", "manifest:intermediary-m"
JUNE = datetime(2030, 6, 4, 12, tzinfo=UTC)


def noted(event, on, holder="north"):
    return CustodyNoted(
        person=P, event=event, holder=holder, on=PartialDate.parse(on) if on else None
    )


def word(says):
    return WhereaboutsStated(person=P, says=says)


def answered(code=AnswerCode.HELD):
    return LineAnswered(list_id="list:l", line_id="line:l-1", code=code, person=P)


def released(voices, on=MARCH):
    voices.say("north", noted(CustodyEvent.CAPTURED, "2029-05"), about=(P,))
    return voices.say("north", noted(CustodyEvent.RELEASED, on), about=(P,))


def releases(voices):
    return releases_of(fold_person(P, voices.entries))


def test_somebody_released_and_not_heard_of_again_is_not_held_again(voices):
    released(voices)
    [freed] = releases(voices)
    assert (freed.by, str(freed.on), freed.again) == ("north", MARCH, ())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (noted(CustodyEvent.CAPTURED, "2030-06-01"), "notice"),
        (answered(), "answer"),
        (answered(AnswerCode.CRIMINAL_CHARGE), "answer"),
        (word(Whereabouts.ACKNOWLEDGED), "whereabouts"),
    ],
)
def test_every_kind_of_word_that_he_is_held_later_counts_with_its_speaker(voices, said, words):
    release = released(voices)
    again = voices.say("north", said, about=(P,), occurred_at=JUNE)

    [freed] = releases(voices)

    [naming] = freed.again
    assert (freed.ref, naming.ref) == (release.ref, again.ref)
    assert (naming.words, naming.by, naming.holder) == (words, "north", "north")
    assert naming.on.earliest.isoformat() in {"2030-06-01", "2030-06-04"}


@pytest.mark.parametrize(
    "said",
    [
        noted(CustodyEvent.CAPTURED, "2029-05-02"),  # a notice of the first capture, late
        noted(CustodyEvent.HELD, "2030"),  # it may have been before the release
        noted(CustodyEvent.HELD, MARCH),  # the day of the release itself
        noted(CustodyEvent.TRANSFERRED, "2030-06-01", holder="south"),  # a move begins nothing
        word(Whereabouts.WITHHELD),
        word(Whereabouts.DENIED),
        answered(AnswerCode.ALREADY_RELEASED),
    ],
)
def test_what_is_not_certainly_a_later_detention_calls_nobody_held_again(voices, said):
    released(voices)
    voices.say("north", said, about=(P,), occurred_at=JUNE)
    assert not any(freed.held_again for freed in releases(voices))


def test_a_release_by_both_receipts_counts_and_keeps_its_exchange(voices):
    both = {"manifest_id": MANIFEST, "digest": "d"}
    for by, given, taken in (("north", (P,), ()), ("south", (), (P,))):
        receipt = ReceiptGiven(handed_over=given, received=taken, **both)
        voices.say(by, receipt, about=(MANIFEST, P))
    voices.say("north", noted(CustodyEvent.HELD, "2031-01-01"), about=(P,))

    [freed] = releases(voices)

    assert (freed.by, freed.exchange, freed.held_again) == ("north", MANIFEST, True)


def test_the_same_release_told_by_its_holder_and_by_receipts_is_one(voices):
    released(voices)
    voices.say("intermediary", noted(CustodyEvent.RELEASED, "2030-03-02"), about=(P,))
    assert len(releases(voices)) == 1


def test_a_second_release_ends_the_new_detention_and_begins_a_release_of_its_own(voices):
    released(voices)
    voices.say("north", noted(CustodyEvent.CAPTURED, "2030-06-01"), about=(P,))
    voices.say("north", noted(CustodyEvent.RELEASED, "2030-08-01"), about=(P,))

    first, second = releases(voices)

    assert (first.ending, str(first.ended_on)) == ("released", "2030-08-01")
    assert not second.held_again


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        (noted(CustodyEvent.ESCAPED, "2030-07-01"), "escaped"),
        (noted(CustodyEvent.DIED, "2030-07-01"), "died"),
        (word(Whereabouts.DENIED), "denied"),
    ],
)
def test_the_new_detention_ends_by_the_word_of_its_holder(voices, said, ending):
    released(voices)
    voices.say("north", noted(CustodyEvent.CAPTURED, "2030-06-01"), about=(P,))
    voices.say("south", word(Whereabouts.DENIED), about=(P,), occurred_at=JUNE)
    assert releases(voices)[0].ending is None  # south never said that it holds him

    voices.say("north", said, about=(P,), occurred_at=JUNE)

    assert releases(voices)[0].ending == ending


def test_a_word_its_speaker_took_back_counts_no_more(voices):
    released(voices)
    first = voices.say("north", answered(), about=(P,), occurred_at=JUNE)
    assert releases(voices)[0].held_again
    later = answered(AnswerCode.ALREADY_RELEASED)
    voices.say("north", later, about=(P,), occurred_at=JUNE, supersedes=(first.ref,))
    assert not releases(voices)[0].held_again


def test_the_order_in_which_the_words_come_changes_nothing(voices):
    released(voices)
    voices.say("north", noted(CustodyEvent.CAPTURED, "2030-06-01"), about=(P,))
    voices.say("south", word(Whereabouts.ACKNOWLEDGED), about=(P,), occurred_at=JUNE)
    told = releases(voices)
    assert all(
        releases_of(fold_person(P, (*order, *order))) == told
        for order in permutations(voices.entries)
    )


def test_it_stands_among_what_does_not_agree_with_every_word_named(voices):
    release = released(voices)
    again = voices.say("south", word(Whereabouts.ACKNOWLEDGED), about=(P,), occurred_at=JUNE)
    found = [f for f in contradictions_in(fold_person(P, voices.entries)) if f.code == "held-again"]
    assert [f.about for f in found] == [(P, release.ref, again.ref)]
