"""`repatria plan QUESTION` and `repatria plan check`: exit codes, files, words."""

import json
import os
import signal
import subprocess
import sys

import pytest

from questions import hard, story, two
from repatria.cli.main import app


def run(*words):
    return app([*map(str, words)], result_action="return_value", exit_on_error=False)


@pytest.fixture
def question(tmp_path):
    """A question as a file."""
    path = tmp_path / "question.json"
    path.write_text(json.dumps(two(1, 30)), "utf-8")
    return path


def test_a_plan_is_written_and_checks_by_itself(question, tmp_path, capsys):
    out = tmp_path / "plan.json"

    assert run("plan", question, "--out", out) == 0
    assert run("plan", "check", out) == 0
    plan = json.loads(out.read_text("utf-8"))
    assert plan["status"] == "optimal"
    assert [set(level) for level in plan["levels"]] == [{"id", "value", "bound", "proven"}] * 8
    assert "without a solver" in capsys.readouterr().err


def test_without_out_the_plan_goes_to_standard_output(question, capsys):
    assert run("plan", question) == 0

    assert json.loads(capsys.readouterr().out)["format"] == "repatria/plan/2"


def test_both_solvers_write_the_same_plan(question, capsys):
    run("plan", question)
    first = json.loads(capsys.readouterr().out)
    run("plan", question, "--solver", "cp-sat")
    second = json.loads(capsys.readouterr().out)

    assert (first["levels"], first["selected"]) == (second["levels"], second["selected"])


def test_it_says_why_somebody_stays_and_what_holds_a_priority_down(tmp_path, capsys):
    path = tmp_path / "story.json"
    path.write_text(json.dumps(story()), "utf-8")

    assert run("plan", path, "--explain", "P000040", "--explain", "L4-total") == 0
    heard = capsys.readouterr()
    said = json.loads(heard.out)["explanations"]
    assert said["P000040"]["code"] == "vetoed"
    assert said["L4-total"] == {"without": {}}
    assert "veto of the holder" in heard.err


def test_a_question_with_a_mistake_is_refused_with_its_place(question, capsys):
    document = json.loads(question.read_text("utf-8"))
    document["rules"][2]["terms"][0][1]["colour"] = "green"
    question.write_text(json.dumps(document), "utf-8")

    assert run("plan", question) == 1
    assert "rules[2].terms[0][1].colour" in capsys.readouterr().err


def test_a_call_that_cannot_be_meant_is_told(question, tmp_path, capsys):
    assert run("plan", tmp_path / "nothing.json") == 2
    assert run("plan", question, "--time-limit", "0") == 2
    assert run("plan", question, "--explain", "nobody") == 2
    assert run("plan", question, "--out", tmp_path / "no" / "plan.json") == 2
    assert run("plan", "check", tmp_path / "nothing.json") == 2
    assert "nobody" in capsys.readouterr().err


def test_a_plan_for_another_question_is_refused(question, tmp_path, capsys):
    out, other = tmp_path / "plan.json", tmp_path / "other.json"
    run("plan", question, "--out", out)
    other.write_text(json.dumps(two(2, 30)), "utf-8")

    assert run("plan", "check", out, "--instance", other) == 1
    assert "not the question" in capsys.readouterr().err


def test_a_changed_plan_is_refused(question, tmp_path):
    out = tmp_path / "plan.json"
    run("plan", question, "--out", out)
    plan = json.loads(out.read_text("utf-8"))
    plan["selected"] = plan["selected"][1:]
    out.write_text(json.dumps(plan), "utf-8")

    assert run("plan", "check", out) == 1


def test_a_plan_whose_question_is_gone_asks_for_it(question, tmp_path, capsys):
    out = tmp_path / "plan.json"
    run("plan", question, "--out", out)
    question.unlink()

    assert run("plan", "check", out) == 2
    assert "--instance" in capsys.readouterr().err


@pytest.mark.slow
def test_whoever_stops_a_long_search_keeps_the_best_found_and_what_none_exceeds(tmp_path):
    path, out = tmp_path / "hard.json", tmp_path / "plan.json"
    path.write_text(json.dumps(hard(1, 24)), "utf-8")
    command = "from repatria.cli.main import main; main()"
    heard = []
    with subprocess.Popen(
        [sys.executable, "-c", command, "plan", path, "--out", out],
        stderr=subprocess.PIPE,
        text=True,
        # A group of its own, as in a terminal: Ctrl-C reaches the solver's process too.
        start_new_session=True,
    ) as search:
        for line in search.stderr:
            heard.append(line)
            if "best so far" in line and "stopping" not in "".join(heard):
                os.killpg(search.pid, signal.SIGINT)

    assert search.returncode == 130
    plan = json.loads(out.read_text("utf-8"))
    assert plan["status"] == "time_limit"
    assert any(level["bound"] > level["value"] for level in plan["levels"])
    assert "gap" in "".join(heard)
    assert run("plan", "check", out) == 0
