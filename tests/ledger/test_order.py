"""In which order are the words of several parties read?"""

from dataclasses import replace
from datetime import timedelta

from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.order import in_order, taken_back

WORD = ManifestAccepted(manifest_id="manifest:m", digest="x")


def written(entry, minutes):
    later = entry.statement.recorded_at + timedelta(minutes=minutes)
    return entry._replace(statement=replace(entry.statement, recorded_at=later))


def test_a_clock_put_back_does_not_turn_a_log_around(voices):
    first = written(voices.say("north", WORD), 60)
    second = voices.say("north", WORD)
    other = voices.say("south", WORD)

    assert in_order([second, first, other, first]) == (other, first, second)


def test_a_speaker_takes_back_its_own_words_only(voices):
    own = voices.say("north", WORD)
    foreign = voices.say("south", WORD)
    voices.say("north", WORD, supersedes=(own.ref, foreign.ref))
    voices.say("north", WORD, supersedes=("north/2",))

    assert taken_back(voices.entries) == {own.ref}
