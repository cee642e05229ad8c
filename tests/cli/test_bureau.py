"""What a bureau writes beside its lists, from the command line."""

import csv

import pytest

from repatria.wiring.installation import Installation

LIST = "No;Surname;Given name\n1;Modelyan;Aram\n2;Testyan;Levon\n"


@pytest.fixture
def persons(repatria, home, tmp_path):
    """The records of a list of two persons held."""
    (tmp_path / "held.csv").write_text(LIST, "utf-8")
    assert repatria("import", tmp_path / "held.csv", "--held", "--home", home).code == 0
    return [s.about[0] for s in said(home, "person.registered")]


def said(home, kind):
    """What was said of a kind, in order."""
    installation = Installation.at(home)
    with installation.open():
        found = [entry.statement for entry in installation.log().of_kind(kind)]
    installation.close()
    return found


def test_a_record_gets_particulars_a_word_a_duty_and_tags(repatria, home, persons, tmp_path):
    known, first = ("--home", home), persons[0]
    card = tmp_path / "card.pdf"
    card.write_bytes(b"abc")
    block = repatria("register", "block", "Unit 4", "--count", 3, "--out", tmp_path / "n", *known)
    numbers = [row[0] for row in csv.reader((tmp_path / "n").read_text("utf-8").splitlines())]
    (tmp_path / "tags.csv").write_text(f"{numbers[0]},{first}\n", "utf-8")
    codes = [
        repatria("register", "describe", first, "--set", "mother=Ani", "--born", "1990", *known),
        repatria("register", "whereabouts", first, "--says", "denied", "--to", "south", *known),
        repatria("register", "duty", "capture_card", *persons, "--file", card, *known),
        repatria("register", "tags", block.out.strip(), tmp_path / "tags.csv", *known),
        repatria("register", "number", first, "--tag", numbers[0], "--permanent", "P-1", *known),
    ]

    assert [each.code for each in codes] == [0] * 5
    assert said(home, "number.joined")[0].content["permanent"] == "P-1"
    assert {s.content["property"] for s in said(home, "person.described")} >= {"mother", "birth"}
    assert len(said(home, "duty.done")) == 2
    assert said(home, "whereabouts.stated")[0].content["says"] == "denied"


def test_remains_families_calendars_and_names(repatria, home, persons, tmp_path):
    known, first = ("--home", home), persons[0]
    report = tmp_path / "list.csv"
    report.write_text("1", "utf-8")
    bag = repatria("remains", "record", "bag 17", "--to", "south", *known).out.strip()
    request = repatria("family", "ask", "Aram", "--account", "leyla", *known).out.strip()
    calendar = repatria(
        "calendar", "open", "c", "--event", "e", "--on", "2030-01-01", "--parties", "north", *known
    ).out.strip()
    line = said(home, "list.line")[0].about[0]
    examined = (
        "--person", first, "--result", "is", "--laboratory", "L", "--method", "teeth",
    )  # fmt: skip
    codes = [
        repatria("remains", "receive", bag, "--giver", "south", *known),
        repatria("remains", "examine", bag, *examined, *known),
        repatria("family", "answer", request, "--says", "searching", "--searched", "all", *known),
        repatria("family", "notify", request, "--person", first, "--what", "crossed", *known),
        repatria("calendar", "deliver", calendar, "lists", "--file", report, *known),
        repatria("names", "lock", line, "--channel", "plan", *known),
        repatria("names", "open", line, "--channel", "plan", *known),
    ]

    assert [each.code for each in codes] == [0] * 7
    assert [s.content.get("opened", False) for s in said(home, "name.locked")] == [False, True]
    again = repatria("calendar", "deliver", calendar, "lists", "--file", report, *known)
    assert again.code == 1
    assert "step-delivered-already" in again.err


@pytest.mark.parametrize(
    "words",
    [
        ("register", "describe", "person:a-b", "--set", "shoe=42"),
        ("register", "describe", "person:a-b", "--set", "mother"),
        ("register", "whereabouts", "person:a-b", "--says", "perhaps", "--to", "south"),
        ("register", "duty", "capture_card", "person:a-b", "--on", "tomorrow"),
        ("register", "visit", "person:a-b", "--on", "tomorrow"),
        ("family", "notify", "tracing:a-b", "--person", "person:a-b", "--what", "sings"),
        ("family", "answer", "tracing:a-b", "--says", "maybe"),
        ("family", "ask", "Aram", "--account", "leyla", "--born", "once"),
        ("calendar", "open", "c", "--event", "e", "--on", "soon", "--parties", "north"),
    ],
)
def test_what_cannot_be_meant_is_a_wrong_call(repatria, home, words):
    assert repatria(*words, "--home", home).code == 2


def test_nobody_is_described_who_has_no_record(repatria, home):
    words = ("register", "describe", "person:north-2222", "--set", "mother=Ani")
    refused = repatria(*words, "--home", home)

    assert refused.code == 1
    assert "person-unknown" in refused.err


def test_packets_and_health(repatria, home, persons):
    known, first = ("--home", home), persons[0]
    items = ("--item", "1 ring", "--item", "12 notes")
    made = repatria(
        "packet", "seal", first, "--seal", "A-1", *items, "--to", "south", *known
    ).out.strip()
    opened = ("--found-seal", "A-1", "--seal", "A-2", "--item", "1 ring", "--witness", "one")
    codes = [
        repatria("packet", "pass", made, "passed_on", "--seal", "A-1", "--to", "store", *known),
        repatria("packet", "open", made, *opened, "--witness", "two", *known),
        repatria("health", "check", first, "serious", "--finding", "made up", *known),
        repatria("health", "commission", first, "repatriate", "--visited", "2024-01", *known),
    ]
    wrong = [
        repatria("packet", "pass", made, "lost", *known),
        repatria("packet", "seal", first, "--seal", "A", "--item", "ring", "--to", "s", *known),
        repatria("health", "check", first, "well", *known),
        repatria("health", "check", first, "fit", "--on", "spring", *known),
        repatria("health", "commission", first, "repatriate", "--visited", "spring", *known),
        repatria("health", "commission", first, "stay", "--visited", "2024", *known),
    ]

    assert [each.code for each in codes] == [0] * 4
    assert [each.code for each in wrong] == [2] * 6
    assert said(home, "packet.sealed")[-1].content["seal"] == "A-2"
    assert set(said(home, "health.examined")[0].audience) == {"north.medical"}
    slip = repatria("packet", "pass", made, "restored", "--seal", "B-9", *known)
    assert slip.code == 1
    assert "packet-seal-differs" in slip.err
