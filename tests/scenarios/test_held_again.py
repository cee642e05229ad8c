"""Somebody comes home and is taken again: the old line stays closed, the new detention is shown."""

from datetime import timedelta

import pytest

from repatria.handover import TerminalState
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.operations.answers import Answer, answer_line
from repatria.operations.closing import closing_of
from repatria.operations.records import current_lines
from repatria.operations.register_acts import state_whereabouts
from repatria.operations.retention import retained_by_answers
from repatria.register import contradictions_in, fold_person, releases_of
from repatria.terms import Refusal
from simulators.party import NORTH, SOUTH, Meeting, hand_in


def record_at(simulator, person):
    """All that one party may read of a person."""
    lines = [
        e.statement.about[0] for e in simulator.log.about(person) if len(e.statement.about) > 2
    ]
    said = [e for line in lines for e in simulator.log.about(line)]
    return fold_person(person, [*simulator.log.about(person), *said])


def line_text(met, person):
    """The line of south's first list that was answered with a person, as a list of its own."""
    [line] = [
        e.statement.content["line_id"]
        for e in met.north.log.about(person)
        if e.statement.kind == "line.answered"
    ]
    asked = current_lines(met.south.log.about(met.lists["south claims"]))[line]
    return line, f"No;Name\n1;{asked.names[0].text}\n"


@pytest.mark.slow
def test_a_new_detention_is_linked_to_the_release_and_opens_nothing_again(tmp_path):
    """Failure 26: 47 of those exchanged were arrested again, some convicted; the list forgot."""
    met = Meeting(tmp_path).until_frozen().clear_everybody().cross().sign(NORTH).sign(SOUTH)
    person = met.persons_of(NORTH)[0]
    ended = closing_of(met.south.log, met.manifest_id)[1]
    assert {line.person: line.state for line in ended}[person] is TerminalState.RECEIVED
    home = met.clock.at.date()
    assert not any(freed.held_again for freed in releases_of(record_at(met.south, person)))

    # In June his family says that he was taken from a convoy; South asks for him on a new list.
    met.clock.turn_to(met.clock.at + timedelta(days=95))
    old_line, text = line_text(met, person)
    asked = hand_in(
        met.south,
        tmp_path / "june.csv",
        text,
        title="south claims in June",
        population=Population.CLAIMED,
        to=NORTH,
    ).list_id
    met.carry_all()
    [new_line] = current_lines(met.north.log.about(asked))

    # North first withholds, then answers that it holds him for proceedings, and says so.
    state_whereabouts(met.north.desk(), person, Whereabouts.WITHHELD, to=SOUTH)
    met.carry_all()
    assert not releases_of(record_at(met.south, person))[0].held_again
    held = Answer(
        line=new_line, code=AnswerCode.HELD, person=person, retained=True, note="court of Testov"
    )
    answer_line(met.north.desk(), held)
    state_whereabouts(met.north.desk(), person, Whereabouts.ACKNOWLEDGED, to=SOUTH)
    met.carry_all()

    for reader in (met.south, met.intermediary, met.north):
        record = record_at(reader, person)
        [freed] = releases_of(record)
        assert (freed.by, freed.exchange, freed.on.earliest) == (NORTH, met.manifest_id, home)
        assert [naming.words for naming in freed.again] == ["answer", "whereabouts"]
        assert {naming.by for naming in freed.again} == {NORTH}
        assert freed.again[0].on.earliest > home
        assert "held-again" in {finding.code for finding in contradictions_in(record)}
        # What was closed stays closed, for everybody alike.
        assert closing_of(reader.log, met.manifest_id)[1] == ended
        named = retained_by_answers(reader.log.about(new_line))
        assert (named.person, named.ground) == (person, "court of Testov")

    # The line of the first exchange cannot be made to speak of him again under another answer.
    with pytest.raises(Refusal):
        answer_line(met.north.desk(), Answer(line=old_line, code=AnswerCode.HELD, person=person))
