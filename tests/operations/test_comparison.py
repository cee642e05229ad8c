"""The comparison proposes; a person decides, gives a reason, and may change his mind."""

import pytest

from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.match_decided import MatchDecided, MatchDecision
from repatria.ledger.statement import Ground
from repatria.linkage import MatchSettings
from repatria.linkage.expectation import ErrorCosts
from repatria.operations.comparison import (
    compare_lists,
    current_lines,
    decide_match,
    decided_pairs,
    pair_id,
    settings_for,
)
from repatria.operations.suggestions import suggest_answers
from simulators.party import CLAIMED_BY_SOUTH, NORTH, hand_in
from simulators.refusals import refuses


def both_lists(met):
    """South's claims and North's own list, each as ids of lines by number."""
    found = []
    for title in ("south claims", "north holds"):
        lines = current_lines(met.north.log.about(met.lists[title])).values()
        found.append({line.number: line.line_id for line in lines})
    return found


def decide(met, left, right, decision):
    """Decide one pair as North's registrar."""
    decide_match(met.north.desk(), left=left, right=right, decision=decision, reason="looked at")


def suggested(met):
    """The codes suggested for South's lines, by number."""
    asked, _ = both_lists(met)
    by_line = {a.line: a for a in suggest_answers(met.north.desk(), met.lists["south claims"])}
    return {number: by_line[line] for number, line in asked.items() if line in by_line}


def test_a_pair_has_one_id_whichever_is_named_first():
    assert pair_id("line:a", "line:b") == pair_id("line:b", "line:a")
    assert pair_id("line:a", "line:b") != pair_id("line:a", "line:c")


@pytest.mark.parametrize("turned", [False, True])
def test_a_proposal_names_its_grounds_on_the_right_side(turned, at):
    met = at("listed")
    lists = [met.lists["south claims"], met.lists["north holds"]]
    left, right = reversed(lists) if turned else lists
    receipt = compare_lists(met.north.desk(), left=left, right=right)
    assert receipt.size - receipt.first == 4
    names = {
        line.line_id: line.names[0].text
        for i in lists
        for line in current_lines(met.north.log.about(i)).values()
    }
    for entry in met.north.log.of_kind("match.proposed"):
        pair = entry.statement.content
        assert pair["left"] < pair["right"]
        birth = next(c for c in pair["comparisons"] if c["field"] == "birth")
        assert birth["left"] == birth["right"]
        assert names[pair["left"]] == names[pair["right"]]
        assert all(c["sentence"] for c in pair["comparisons"])


def test_thresholds_follow_from_what_mistakes_cost():
    usual, careful = (
        settings_for(None),
        settings_for(ErrorCosts(false_link=500, missed_link=10, look=1)),
    )

    assert careful.link_at == pytest.approx(1 - 1 / 500)
    assert careful.possible_at == pytest.approx(1 / 10)
    assert usual == MatchSettings()
    assert (
        settings_for(ErrorCosts(false_link=1, missed_link=1e6, look=1)).possible_at == usual.show_at
    )


def test_a_list_that_we_do_not_hold_cannot_be_compared(at):
    met = at("listed")
    with refuses(met.north, "list-unknown"):
        compare_lists(met.north.desk(), left=met.lists["south claims"], right="list:none")


def test_a_decision_needs_a_reason_and_two_known_records(at):
    met = at("listed")
    with refuses(met.north, "reason-missing", "record-unknown"):
        decide_match(met.north.desk(), left="line:a", right="line:b", decision="same", reason="  ")


def test_the_same_decision_for_the_same_reason_is_refused_and_another_supersedes(at):
    met = at("listed")
    asked, held = both_lists(met)
    decide(met, asked[1], held[1], MatchDecision.SAME)
    with refuses(met.north, "decision-unchanged"):
        decide(met, held[1], asked[1], MatchDecision.SAME)
    decide(met, asked[1], held[1], MatchDecision.NOT_SAME)
    first, second = met.north.log.of_kind("match.decided")
    assert second.statement.supersedes == (first.ref,)
    assert list(decided_pairs(met.north.desk()).values()) == [MatchDecision.NOT_SAME]


def test_decisions_of_others_are_not_ours(at):
    met = at("listed")
    desk = met.north.desk()
    told = desk.state(
        MatchDecided(left="line:a", right="line:b", decision=MatchDecision.SAME, reason="seen"),
        about=(pair_id("line:a", "line:b"), "line:a", "line:b"),
        audience=desk.for_agency(),
        ground=Ground(basis="clerical review"),
    )
    desk.log.append([told])
    met.carry_all()
    assert met.intermediary.log.of_kind("match.decided") != ()
    assert decided_pairs(met.intermediary.desk()) == {}


def test_a_line_that_is_one_of_our_records_is_suggested_as_held(at):
    met = at("listed")
    asked, held = both_lists(met)
    decide(met, asked[3], held[3], MatchDecision.SAME)
    codes = {number: answer.code for number, answer in suggested(met).items()}
    assert codes == {
        1: AnswerCode.NOT_HELD,
        2: AnswerCode.NOT_HELD,
        3: AnswerCode.HELD,
        4: AnswerCode.NOT_HELD,
    }


def test_two_lines_that_are_one_of_our_records_are_repeats_of_each_other(at):
    met = at("listed")
    asked, held = both_lists(met)
    decide(met, asked[2], held[3], MatchDecision.SAME)
    decide(met, asked[4], held[3], MatchDecision.SAME)
    found = suggested(met)
    assert found[2].code is AnswerCode.HELD
    assert (found[4].code, found[4].duplicate_of) == (AnswerCode.DUPLICATE, asked[2])


def test_two_of_our_records_for_one_line_are_searched_for(at):
    met = at("listed")
    asked, held = both_lists(met)
    decide(met, asked[1], held[1], MatchDecision.SAME)
    decide(met, asked[1], held[2], MatchDecision.SAME)
    assert suggested(met)[1].code is AnswerCode.SEARCHING


def test_decisions_that_contradict_each_other_suggest_nothing_final(at):
    met = at("listed")
    asked, held = both_lists(met)
    decide(met, asked[1], held[1], MatchDecision.SAME)
    decide(met, asked[2], held[1], MatchDecision.SAME)
    decide(met, asked[1], asked[2], MatchDecision.NOT_SAME)
    codes = [suggested(met)[number].code for number in (1, 2, 3)]
    assert codes == [AnswerCode.SEARCHING, AnswerCode.SEARCHING, AnswerCode.NOT_HELD]


def test_a_pair_that_waits_is_proposed_anew_when_its_words_change(at):
    met = at("listed")
    lists = {"left": met.lists["south claims"], "right": met.lists["north holds"]}
    compare_lists(met.north.desk(), **lists)
    asked, held = both_lists(met)
    compare_lists(met.north.desk(), **lists)
    before = len(met.north.log.about(pair_id(asked[1], held[1])))
    corrected = CLAIMED_BY_SOUTH.replace("Karo", "Karapet")
    hand_in(
        met.south,
        met.folder / "newer.csv",
        corrected,
        title="south claims",
        population=Population.CLAIMED,
        to=NORTH,
    )
    met.carry_all()

    compare_lists(met.north.desk(), **lists)

    assert before == 1
    assert len(met.north.log.about(pair_id(asked[1], held[1]))) == 2
    assert len(met.north.log.about(pair_id(asked[2], held[2]))) == 1


def test_an_answer_is_not_suggested_from_a_decision_on_other_words(at):
    met = at("listed")
    asked, held = both_lists(met)
    decide(met, asked[1], held[1], MatchDecision.SAME)
    assert suggested(met)[1].code is AnswerCode.HELD
    hand_in(
        met.south,
        met.folder / "newer.csv",
        CLAIMED_BY_SOUTH.replace("Modelyan;Aram;Karo", "Neviyan;Ara;Ashot"),
        title="south claims",
        population=Population.CLAIMED,
        to=NORTH,
    )
    met.carry_all()

    assert suggested(met)[1].code is AnswerCode.SEARCHING
    decide(met, asked[1], held[1], MatchDecision.SAME)
    assert suggested(met)[1].code is AnswerCode.HELD


def test_evidence_is_words_or_something_that_is_held(at):
    met = at("listed")
    asked, held = both_lists(met)
    pair = {"left": asked[1], "right": held[1], "decision": MatchDecision.SAME, "reason": "seen"}
    for unknown in ("north/9999", "f" * 64):
        with refuses(met.north, "evidence-unknown"):
            decide_match(met.north.desk(), **pair, evidence=[unknown])

    decide_match(met.north.desk(), **pair, evidence=["north/0", " a letter ", "", "a letter"])

    [entry] = met.north.log.of_kind("match.decided")
    assert entry.statement.content["evidence"] == ["north/0", "a letter"]
