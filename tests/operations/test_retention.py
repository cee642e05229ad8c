"""Whoever is kept for proceedings is named to the other side, with a ground, until it is over."""

from datetime import timedelta

import pytest

from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.line_closed import ClosingReason
from repatria.ledger.statement import Ground
from repatria.operations.answers import Answer, answer_line
from repatria.operations.candidates import candidates_from
from repatria.operations.closing import close_line
from repatria.operations.records import current_lines
from repatria.operations.retention import (
    Cleared,
    RetainedBy,
    retained_by_answers,
    retained_by_closing,
)
from repatria.terms import PartialDate, Role
from simulators.party import NORTH, SOUTH
from simulators.refusals import refuses


def asked(met):
    return list(current_lines(met.north.log.about(met.lists["south claims"])))


def held(met):
    return [e.statement.about[0] for e in met.north.log.of_kind("person.registered")]


def say(met, code=AnswerCode.HELD, *, retained=False, note="", person=True):
    line, someone = asked(met)[0], held(met)[0]
    answer_line(
        met.north.desk(),
        Answer(
            line=line, code=code, person=someone if person else None, retained=retained, note=note
        ),
    )
    met.clock.turn_to(met.clock.at + timedelta(days=1))
    return line


def told(met, line, party="south"):
    """What a party was told of a line, by its own log."""
    met.carry_all()
    return retained_by_answers(getattr(met, party).log.about(line))


@pytest.mark.parametrize(
    ("code", "note", "refused"),
    [
        (AnswerCode.HELD, " ", "retained-without-ground"),
        (AnswerCode.NOT_HELD, "court of Testov", "retained-not-held"),
    ],
)
def test_nobody_is_kept_without_a_ground_or_without_being_held(at, code, note, refused):
    met = at("listed")
    with refuses(met.north, refused):
        say(met, code, retained=True, note=note, person=code is AnswerCode.HELD)


def test_the_other_side_and_the_intermediary_read_name_ground_and_day(at):
    met = at("listed")
    began = met.clock.at.date()
    line = say(met, retained=True, note="court of Testov, case 12")
    for party in ("south", "intermediary"):
        found = told(met, line, party)
        assert (found.holder, found.person, found.how) == (NORTH, held(met)[0], RetainedBy.ANSWER)
        assert (found.ground, found.since, found.cleared) == (
            "court of Testov, case 12",
            began,
            None,
        )


def test_the_day_is_that_of_the_first_word_without_a_break(at):
    met = at("listed")
    began = met.clock.at.date()
    say(met, retained=True, note="case 12")
    line = say(met, AnswerCode.CRIMINAL_CHARGE, note="sentence of May")
    found = told(met, line)
    assert (found.since, found.how, found.ground) == (began, RetainedBy.CHARGE, "sentence of May")


def test_another_answer_clears_him_and_the_naming_stays_to_be_seen(at):
    met = at("listed")
    say(met, retained=True, note="case 12")
    over = met.clock.at.date()
    line = say(met, note="proceedings ended")
    found = told(met, line)
    assert (found.cleared, found.cleared_on, found.ground) == (Cleared.ANSWERED, over, "case 12")
    again = met.clock.at.date()
    say(met, retained=True, note="case 13")
    found = told(met, line)
    assert (found.cleared, found.since, found.ground) == (None, again, "case 13")


def test_whoever_is_kept_is_no_candidate_and_is_one_again_when_cleared(at):
    met = at("answered")
    line = asked(met)[0]
    person = next(
        e.statement.content["person"] for e in met.north.log.about(line)
        if e.statement.kind == "line.answered"
    )  # fmt: skip

    def kept():
        return {c.id: c.retained for c in candidates_from(met.north.log)}[person]

    for retained in (True, False):
        answer_line(
            met.north.desk(),
            Answer(
                line=line, code=AnswerCode.HELD, person=person, retained=retained, note="case 12"
            ),
        )
        assert kept() is retained


def test_a_line_that_ends_because_he_is_kept_names_him_until_he_is_free(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    began = met.clock.at.date()
    close_line(
        met.north.desk(), manifest_id=met.manifest_id, person=person,
        why=ClosingReason.RETAINED, note="case 12",
    )  # fmt: skip
    met.carry_all()
    [found] = retained_by_closing(person, met.south.log.about(person))
    assert (found.holder, found.how, found.ground) == (NORTH, RetainedBy.CLOSED_LINE, "case 12")
    assert (found.since, found.source, found.cleared) == (began, met.manifest_id, None)

    met.clock.turn_to(met.clock.at + timedelta(days=30))
    free = met.clock.at.date()
    desk = met.north.desk()
    notice = CustodyNoted(
        person=person, event=CustodyEvent.RELEASED, holder=NORTH, on=PartialDate.on(free)
    )
    ground = Ground(basis="register")
    desk.log.append(
        [desk.state(notice, about=(person,), audience=desk.with_parties(SOUTH), ground=ground)]
    )
    met.carry_all()
    [found] = retained_by_closing(person, met.south.log.about(person))
    assert (found.cleared, found.cleared_on) == (Cleared.RELEASED, free)


def test_the_intermediary_that_ends_the_line_is_not_the_holder(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    close = {"manifest_id": met.manifest_id, "person": person}
    close_line(desk, **close, why=ClosingReason.RETAINED, note="case 12")
    [found] = retained_by_closing(person, met.intermediary.log.about(person))
    assert (found.by, found.holder) == ("intermediary", NORTH)
    close_line(desk, **close, why=ClosingReason.ELSEWHERE, note="went by another road")
    [found] = retained_by_closing(person, met.intermediary.log.about(person))
    assert found.cleared is Cleared.CLOSED
