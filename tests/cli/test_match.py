"""Two list files are compared: no installation, no network, nothing but the files."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter

from repatria.cli import pair_files
from repatria.cli.pair_files import TooManyRowsError
from repatria.lists.reading import open_list_file

OURS = (
    ("A-1", "Modelyan Aram", "1991-02-05", "M"),
    ("A-2", "Testyan Levon", "1993-07-17", "M"),
    ("A-3", "Otarian Lusine", "1970", "F"),
)
THEIRS = (
    ("B-1", "Модельян Арам", "05.02.1991", "м"),
    ("B-2", "Otarian Lusine", "1970-05", "F"),
    ("B-3", "Hnarovi Vardan", "1985-03", "M"),
)
DEAD = ("1712-05-17", "1879-09-06", "1650")
HEADER = ("id", "name", "dob", "sex")


def text_of(rows, header=HEADER, delimiter=","):
    return "\n".join(delimiter.join(row) for row in (header, *rows)) + "\n"


@pytest.fixture
def file(tmp_path):
    """A function that writes rows to a file and gives its path."""

    def write(name, rows, header=HEADER, *, encoding="utf-8", delimiter=","):
        path = tmp_path / name
        path.write_bytes(text_of(rows, header, delimiter).encode(encoding))
        return path

    return write


@pytest.fixture
def ours(file):
    return file("ours.csv", OURS)


@pytest.fixture
def theirs(file):
    return file("theirs.csv", THEIRS)


@pytest.fixture
def pairs(repatria):
    """A function that compares and gives the rows of the result."""

    def run(*tokens):
        ended = repatria("match", *tokens)
        assert ended.code == 0, ended.err
        return list(csv.DictReader(ended.out.splitlines()))

    return run


def ids(rows):
    return {(row["id_a"], row["id_b"]) for row in rows}


def test_the_same_persons_are_found_across_scripts(pairs, ours, theirs):
    found = pairs(ours, theirs)

    assert ids(row for row in found if row["decision"] == "link") == {
        ("A-1", "B-1"),
        ("A-3", "B-2"),
    }
    assert list(found[0]) == ["id_a", "id_b", "score", "decision"]


def test_rows_come_by_score_with_six_decimals_and_known_decisions(pairs, ours, theirs):
    found = pairs(ours, theirs)
    scores = [float(row["score"]) for row in found]

    assert scores == sorted(scores, reverse=True)
    assert all(len(row["score"].partition(".")[2]) == 6 for row in found)
    assert all(0.01 <= score <= 1 for score in scores)
    assert {row["decision"] for row in found} <= {"link", "possible", "non-link"}


def test_the_order_of_the_rows_means_nothing(pairs, file, ours, theirs):
    turned = file("turned.csv", OURS[::-1])

    assert pairs(turned, theirs) == pairs(ours, theirs)


def test_either_list_may_come_first(pairs, ours, theirs):
    there = {(r["id_a"], r["id_b"], r["score"], r["decision"]) for r in pairs(ours, theirs)}
    back = {(r["id_b"], r["id_a"], r["score"], r["decision"]) for r in pairs(theirs, ours)}

    assert there == back


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1251"])
def test_encoding_and_delimiter_make_no_difference(pairs, file, ours, theirs, encoding):
    other = file("other.csv", THEIRS, encoding=encoding, delimiter=";")

    assert pairs(ours, other) == pairs(ours, theirs)


def test_a_workbook_is_read_as_well(pairs, tmp_path, ours, theirs):
    with xlsxwriter.Workbook(tmp_path / "theirs.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADER, *THEIRS)):
            sheet.write_row(number, 0, row)

    assert pairs(ours, tmp_path / "theirs.xlsx") == pairs(ours, theirs)


def test_one_file_or_the_same_twice_gives_repeats(repatria, file):
    twice = file("twice.csv", (*OURS, ("A-9", "Modelian Aram", "1991-02-05", "M")))

    alone, same = repatria("match", twice), repatria("match", twice, twice)

    assert alone.out == same.out
    assert "within one list" in same.err
    assert ("A-1", "A-9") in ids(csv.DictReader(alone.out.splitlines()))


def test_who_stands_in_both_lists_twice_is_linked_once_and_named(repatria, file):
    ours = file("ours.csv", (*OURS, ("A-9", "Modelian Aram", "1991-02-05", "M")))
    theirs = file("theirs.csv", (*THEIRS, ("B-9", "Արամ Մոդելյան", "1991-02-05", "M")))

    ended = repatria("match", ours, theirs)

    rows = list(csv.DictReader(ended.out.splitlines()))
    his = [row for row in rows if row["id_a"] in {"A-1", "A-9"} and float(row["score"]) > 0.8]
    assert sorted(row["decision"] for row in his) == ["link", "possible", "possible", "possible"]
    assert "ours.csv: 1 person is in it more than once, as it seems" in ended.err
    assert "A-1 = A-9" in ended.err


def test_with_names_only_dates_do_not_matter_not_even_bad_ones(pairs, file, ours, theirs):
    blurred = file("blurred.csv", [(i, name, "31.02.1800", "?") for i, name, _, _ in OURS])

    assert pairs(blurred, theirs, "--names-only") == pairs(ours, theirs, "--names-only")


def test_registers_of_the_dead_are_compared_with_their_dates(pairs, file):
    old = [(one, name, dob, "M") for (one, name, _, _), dob in zip(OURS, DEAD, strict=True)]
    ours = file("ours.csv", old)
    theirs = file("theirs.csv", [(f"B{one}", name, dob, "M") for one, name, dob, _ in old])
    assert [row["decision"] for row in pairs(ours, theirs) if row["id_b"] == f"B{row['id_a']}"] == [
        "link",
        "link",
        "link",
    ]


def test_headings_may_be_named(pairs, file, ours, theirs):
    odd = file("odd.csv", [row[::-1] for row in OURS], ("zeta", "dob", "who", "key"))

    found = pairs(odd, theirs, "--map", "name=who", "--map", "id=key", "--map", "sex=zeta")

    assert found == pairs(ours, theirs)


def test_a_heading_that_no_file_has_is_refused(repatria, ours, theirs):
    ended = repatria("match", ours, theirs, "--map", "name=whom")

    assert ended.code == 1
    assert "columns-not-in-file" in ended.err
    assert ended.out == ""


BAD = (
    ("A-1", "Modelyan Aram", "31.02.1991", "M"),
    ("A-2", "Testyan Levon", "1993-07-17", "M"),
    ("A-2", "Otarian Lusine", "1970", "F"),
    ("", "Hnarovi Vardan", "1970", "M"),
    ("A-5", "unknown", "1970", "M"),
)


def test_bad_rows_are_all_named_and_nothing_is_written(repatria, file, theirs, tmp_path):
    out = tmp_path / "pairs.csv"

    ended = repatria("match", file("bad.csv", BAD), theirs, "--out", out)

    assert ended.code == 1
    assert not out.exists()
    assert "bad.csv: 4 rows cannot be read" in ended.err
    for said in (
        "bad.csv, row 2, column dob: there is no such day in the calendar",
        "bad.csv, row 4, column id: an earlier row has the same id",
        "bad.csv, row 5, column id: the row has no id",
        "bad.csv, row 6, column name: the row has no name",
    ):
        assert said in ended.err
    assert not any(word in ended.err for word in ("Modelyan", "Lusine", "31.02"))


def test_bad_rows_can_be_set_aside_and_none_is_lost(repatria, file, theirs, tmp_path):
    out = tmp_path / "pairs.csv"
    bad = file("bad.csv", (*BAD, ("A-6", "Otarian Lusine", "1970", "F")))

    ended = repatria("match", bad, theirs, "--out", out, "--skip-bad-rows")

    assert ended.code == 0
    assert ("A-6", "B-2") in ids(csv.DictReader(out.read_text("utf-8").splitlines()))
    with (tmp_path / "pairs.rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        rejected = list(csv.DictReader(stream))
    assert [row["Row in file"] for row in rejected] == ["2", "4", "5", "6"]
    assert [row["name"] for row in rejected] == [BAD[at][1] for at in (0, 2, 3, 4)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-empty"),
        ("id,dob\n1,1990\n", "header-missing"),
        ("name,dob\nTestyan Levon,1990\n", "id-column-missing"),
        ("id,name,name\n1,Testyan Levon,x\n", "header-ambiguous"),
        ('id,name\n1,"Testyan Levon\n2,Otarian Lusine\n', "quotes-broken"),
        ("id,name,note\n1,Testyan Levon,=1+1\n", "formula-cell"),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(repatria, theirs, tmp_path, text, code):
    bad = tmp_path / "bad.csv"
    bad.write_text(text, "utf-8")

    ended = repatria("match", bad, theirs)

    assert ended.code == 1
    assert f"refused: {code}: bad.csv" in ended.err
    assert ended.out == ""


def test_a_missing_file_is_said_to_be(repatria, ours, tmp_path):
    ended = repatria("match", ours, tmp_path / "absent.csv")

    assert ended.code == 1
    assert "absent.csv" in ended.err


def test_a_list_without_persons_matches_nobody(repatria, file, theirs):
    ended = repatria("match", file("nobody.csv", ()), theirs)

    assert ended.code == 0
    assert ended.out == "id_a,id_b,score,decision\n"
    assert "nobody.csv: the list has no lines" in ended.err
    assert f"{theirs.name}: the list has no lines" not in ended.err


def test_thresholds_must_rise(repatria, ours, theirs):
    assert repatria("match", ours, theirs, "--link-at", "0.2", "--possible-at", "0.3").code == 2
    assert repatria("match", ours, theirs, "--show-at", "0").code == 2


def test_thresholds_say_what_is_a_link_and_what_is_shown(pairs, ours, theirs):
    every = pairs(ours, theirs)

    assert pairs(ours, theirs, "--show-at", "0.5") == [r for r in every if float(r["score"]) >= 0.5]
    every_one = pairs(ours, theirs, "--link-at", "0.01", "--possible-at", "0.01")
    assert {row["decision"] for row in every_one} <= {"link", "possible"}
    assert ids(every_one) == ids(every)


def test_an_unknown_form_or_field_is_a_wrong_call(repatria, ours, theirs, tmp_path):
    assert repatria("match", ours, theirs, "--out", tmp_path / "pairs.pdf").code == 2
    assert repatria("match", ours, theirs, "--map", "colour=name").code == 2


def test_reasons_come_in_words_and_weights_add_up(pairs, ours, theirs):
    best = pairs(ours, theirs, "--explain")[0]

    assert float(best["score"]) > 0.99
    every = [each.rsplit(" ", 1) for each in best["weights"].split("; ")]
    of_records = sum(float(bits) for code, bits in every if code not in {"beforehand", "rivals"})
    assert "beforehand" in {code for code, _ in every}
    assert of_records == pytest.approx(float(best["match_weight"]), abs=0.01)
    assert best["name_a"] == {row[0]: row[1] for row in OURS}[best["id_a"]]
    assert "bits)." in best["reasons"]


def test_the_same_pairs_come_as_json_and_as_a_workbook(repatria, pairs, ours, theirs, tmp_path):
    found = pairs(ours, theirs)
    for name in ("pairs.json", "pairs.xlsx"):
        assert repatria("match", ours, theirs, "--out", tmp_path / name).code == 0

    told = json.loads((tmp_path / "pairs.json").read_text("utf-8"))
    assert told == [row | {"score": float(row["score"])} for row in found]
    with zipfile.ZipFile(tmp_path / "pairs.xlsx") as book:
        shared = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(row["id_a"] in shared for row in found)


def test_what_is_read_is_never_written_over(repatria, ours, theirs, tmp_path):
    before = ours.read_bytes()
    rejected = tmp_path / "pairs.rejected.csv"
    rejected.write_bytes(before)

    assert repatria("match", ours, theirs, "--out", ours).code == 2
    assert repatria("match", rejected, theirs, "--out", tmp_path / "pairs.csv").code == 2
    assert repatria("match", ours, theirs, "--out", tmp_path / "no" / "pairs.csv").code == 2
    assert ours.read_bytes() == rejected.read_bytes() == before


def test_the_result_is_for_its_owner_alone(repatria, ours, theirs, tmp_path):
    out = tmp_path / "pairs.csv"

    repatria("match", ours, theirs, "--out", out)

    assert out.stat().st_mode & 0o077 == 0


def test_a_workbook_does_not_take_more_rows_than_a_sheet_has(tmp_path, monkeypatch):
    monkeypatch.setattr(pair_files, "_MOST_SHEET_ROWS", 2)
    out = tmp_path / "pairs.xlsx"

    with pytest.raises(TooManyRowsError):
        pair_files.write_pairs(out, "xlsx", ("id_a", "score"), [("1", "0.5")] * 2, count=2)
    assert list(tmp_path.iterdir()) == []


def test_an_id_comes_back_as_it_was_unless_it_would_be_calculated(pairs, file):
    odd = file("odd.csv", [("-7", *OURS[0][1:]), ("@x", *OURS[2][1:])])
    other = file("other.csv", [("+7", *OURS[0][1:]), ("1", *OURS[2][1:])])

    assert {("-7", "+7"), ("'@x", "1")} <= ids(pairs(odd, other))


def test_an_older_result_stands_until_the_new_one_is_whole(tmp_path):
    out = tmp_path / "pairs.csv"
    out.write_text("older", "utf-8")

    def rows():
        yield ("1", "0.5")
        assert out.read_text("utf-8") == "older"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pair_files.write_pairs(out, "csv", ("id_a", "score"), rows(), count=1)
    assert out.read_text("utf-8") == "older"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.slow
def test_an_interrupted_run_leaves_no_file(file, tmp_path):
    many = [(str(n), f"Person{n % 977} Number{n}", "1990", "M") for n in range(60_000)]
    left, right = file("left.csv", many), file("right.csv", many)
    out = tmp_path / "pairs.csv"
    command = "from repatria.cli.main import main; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", command, "match", left, right, "--out", out],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        # Whoever runs the tests in the background may have told them to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    while b"right.csv:" not in run.stderr.readline():
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    said = run.communicate()[1].decode()

    assert run.returncode == 130
    assert "nothing was written" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["left.csv", "right.csv"]


def test_what_a_comparison_loads_holds_no_framework(ours, theirs):
    look = (
        "import sys; from repatria.cli.main import app\n"
        f"app(['match', {str(ours)!r}, {str(theirs)!r}], result_action='return_value')\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    loaded = set(ended.stderr.splitlines()[-1].split())
    assert loaded & {"numpy", "repatria"} == {"numpy", "repatria"}
    assert loaded.isdisjoint({"django", "ninja", "pydantic", "psycopg", "requests", "httpx"})


def test_the_example_in_the_import_rules_reads_the_same_here(repatria, tmp_path):
    kept = tmp_path / "list.csv"
    kept.write_text(
        "№;Фамилия;Имя;Отчество;Дата рождения\n7;Моделян;Арам;Каро;02.05.1991\n", "utf-8"
    )
    other = tmp_path / "other.csv"
    other.write_text("No;Surname;Given name;Date of birth\n1;Modelyan;Aram;1991-05-02\n", "utf-8")

    ended = repatria("match", kept, other)

    assert ids(csv.DictReader(ended.out.splitlines())) == {("7", "1")}
    assert next(open_list_file(kept).rows()).record.line_number == 7


def test_spark_is_asked_for_only_where_it_is_and_for_what_it_does(
    repatria, ours, theirs, tmp_path, monkeypatch
):
    asked = ("match", str(ours), str(theirs), "--out", str(tmp_path / "out.csv"))
    monkeypatch.setenv("PATH", str(tmp_path))  # no Java

    missing = repatria(*asked, "--engine", "spark")
    unknown = repatria(*asked, "--engine", "cluster")

    assert (missing.code, unknown.code) == (2, 2)
    assert "Spark" in missing.err
    assert "embedded or spark" in unknown.err
    assert not (tmp_path / "out.csv").exists()


def test_a_dash_is_standard_output(repatria, ours, theirs):
    said = repatria("match", ours, theirs)
    dashed = repatria("match", ours, theirs, "--out", "-")

    assert said.out.startswith("id_a,id_b,score,decision")
    assert dashed.out == said.out
