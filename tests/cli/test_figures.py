"""`figures` compares files and reads texts without an installation."""

import json

import pytest

from repatria.cli.main import app

CLAIMS = (
    "id|episode|said_on|speaker|via|measure|counting_rule|value|note\n"
    "c1|m|2030-01-01|Office|press|Northerners held|all|55|\n"
    "c2|m|2030-01-01|Office|press|Northerners held|soldiers|41|\n"
    "c3|m|2030-01-01|Office|press|Northerners held|civilians|13|\n"
)


def run(*words):
    return app(list(words), result_action="return_value")


def test_each_finding_is_one_object_a_line(tmp_path, capsys):
    path = tmp_path / "claims.csv"
    path.write_text(CLAIMS, "utf-8")

    assert run("figures", "check", str(path), "--json") == 0
    [found] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert found | {"explanation": ""} == {
        "kind": "composition",
        "claims": ["c1", "c2", "c3"],
        "left": 55,
        "right": 54,
        "holds": False,
        "left_of": "c1",
        "right_of": "c2+c3",
        "arithmetic": "55 ≠ 41 + 13",
        "derived": False,
        "severity": "contradiction",
        "explanation": "",
        "also": [],
    }


def test_what_only_follows_from_a_finding_stands_beneath_it(tmp_path, capsys):
    path = tmp_path / "claims.csv"
    told = CLAIMS.replace("|13|", "|14|") + "".join(
        f"c{n}|m|2030-01-06|{who}|press|Northerners still held|{rule}|{value}|\n"
        for n, who, rule, value in ((5, "Families", "all", 40), (6, "Lawyer", "at least", 43))
    )
    path.write_text(told + "c4|m|2030-01-05|Ministry|site|released 5 Jan 2030|all|15|\n", "utf-8")

    run("figures", "check", str(path), "--json")
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    run("figures", "check", str(path))
    sentences = capsys.readouterr().out

    [less] = [f for f in found if f["kind"] == "stock_minus_released"]
    assert (less["claims"], less["holds"]) == (["c1", "c4", "c5"], True)
    assert [(each["claims"], each["holds"]) for each in less["also"]] == [
        (["c1", "c4", "c6"], False)
    ]
    assert "from this follows, DIFFERS: 55 - 15 ≠ ≥43" in sentences


def test_without_json_it_is_told_in_sentences(tmp_path, capsys):
    path = tmp_path / "claims.csv"
    path.write_text(CLAIMS, "utf-8")
    run("figures", "check", str(path), "--differing")

    assert "The parts do not give the whole: 55 ≠ 41 + 13" in capsys.readouterr().out


def test_a_table_that_is_none_is_refused(tmp_path, capsys):
    path = tmp_path / "claims.csv"
    path.write_text("a,b\n1,2\n", "utf-8")

    assert run("figures", "check", str(path)) == 1
    assert "refused" in capsys.readouterr().err


def test_figures_of_a_text_have_their_places(tmp_path, capsys):
    path = tmp_path / "article.txt"
    text = "North said on Monday that 31 servicemen were freed."
    path.write_text(text, "utf-8")

    assert run("figures", "extract", str(path), "--json", "--said-on", "2030-01-02") == 0
    [found] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert text[found["start"] : found["end"]] == "31"
    assert (found["speaker"], found["category"], found["action"]) == (
        "North", "servicemen", "released",
    )  # fmt: skip


def test_a_day_that_is_none_is_a_wrong_call(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("x", "utf-8")

    assert run("figures", "extract", str(path), "--said-on", "Monday") == 2
    assert run("figures", "extract", str(tmp_path / "none.txt")) == 2


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "text-empty"), (bytes(range(256)), "text-unreadable")]
)
def test_a_file_without_a_text_is_refused_by_its_name(tmp_path, capsys, content, code):
    path = tmp_path / "article.txt"
    path.write_bytes(content)

    assert run("figures", "extract", str(path), "--json") == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert f"{code}: article.txt:" in " ".join(told.err.split())


def test_a_table_with_headings_alone_is_said_to_have_no_lines(tmp_path, capsys):
    path = tmp_path / "claims.csv"
    path.write_text(CLAIMS.splitlines()[0] + "\n", "utf-8")

    assert run("figures", "check", str(path)) == 1
    assert "the list has no lines" in capsys.readouterr().err
