"""Laws of operations: codes, imports, packages, suggestions."""

from copy import deepcopy
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import often
from repatria.handover import fold_crossing, fold_manifest
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.lists import fold_line
from repatria.operations.answers import answer_lines
from repatria.operations.codes import card_code, read_card_code
from repatria.operations.comparison import compare_lists, current_lines, decide_match
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.suggestions import suggest_answers
from repatria.terms import IntegrityError, Refusal
from simulators.party import NORTH, SOUTH, Meeting, decide_all, hand_in

pytestmark = pytest.mark.property
LETTERS = "23456789ACDEFGHJKMNPQRTUVWXYZ"
codes = st.binary(min_size=5, max_size=5).map(card_code)


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """Two parties that have exchanged their lists."""
    return Meeting(tmp_path_factory.mktemp("lists")).introduce().exchange_lists()


@given(codes, st.integers(0, 7), st.sampled_from(LETTERS))
def test_the_check_character_finds_every_single_wrong_character(code, place, letter):
    bare = code.replace("-", "")
    wrong = bare[:place] + letter + bare[place + 1 :]
    assert read_card_code(wrong) == (code if wrong == bare else None)


@given(codes, st.integers(0, 6))
def test_the_check_character_finds_every_exchange_of_neighbours(code, place):
    bare = code.replace("-", "")
    swapped = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
    assert read_card_code(swapped) == (code if swapped == bare else None)


names = st.sampled_from(("Aram", "Levon", "Davit", "Gagik", "Karo"))
rows = st.lists(st.tuples(names, names, names, st.integers(1, 28)), min_size=1, max_size=6)


def as_text(lines):
    """Lines of a held list as a file."""
    head = "No;Surname;Given name;Father name;Date of birth;Health\n"
    return head + "".join(
        f"{number};{family}yan;{given_name};{father};{day:02d}.03.1990;good\n"
        for number, (family, given_name, father, day) in enumerate(lines, start=1)
    )


@settings(max_examples=often(10, 25))
@given(first=rows, second=rows, population=st.sampled_from(Population))
def test_the_same_file_twice_changes_nothing(listed, first, second, population):
    met = deepcopy(listed)
    form = {"title": "a list", "population": population, "to": SOUTH}
    for lines in (first, second):
        hand_in(met.north, met.folder / "list.csv", as_text(lines), **form)
        before = met.north.head
        again = hand_in(met.north, met.folder / "list.csv", as_text(lines), **form)
        assert again.written == 0
        assert len(again.changes.same) == len(lines)
        assert met.north.head == before


def folded(log, met):
    """What the folds say of every line and of the manifest."""
    lines = {i: fold_line(log.about(i)) for i in current_lines(log.of_kind("list.line"))}
    manifest = fold_manifest(log.about(met.manifest_id))
    return lines, manifest, [fold_crossing(p, log.about(p)) for p in manifest.persons]


@pytest.fixture(scope="module")
def crossed(tmp_path_factory):
    """An exchange whose last packages to the intermediary have not been taken in."""
    met = Meeting(tmp_path_factory.mktemp("lists")).until_frozen().clear_everybody().cross()
    packages = []
    for party in (met.north, met.south):
        for _ in range(2):
            packages.append(send_package(party.desk(), to=met.intermediary.party).raw)
            party.meet(met.intermediary)
            hand_in(
                party,
                met.folder / "late.csv",
                as_text([("Late", "Aram", "Karo", len(packages))]),
                title="late",
                population=Population.CLAIMED,
                to=SOUTH if party.party == NORTH else NORTH,
            )
        packages.append(send_package(party.desk(), to=met.intermediary.party).raw)
    return met, packages


@settings(max_examples=often(10, 30))
@given(order=st.permutations(range(6)))
def test_the_order_of_taking_in_packages_does_not_change_the_folds(crossed, order):
    met, packages = crossed
    results = []
    for sequence in (range(6), order):
        here = deepcopy(met.intermediary)
        for place in sequence:
            take_in_package(here.desk(), packages[place])
        results.append(folded(here.log, met))
        assert take_in_package(here.desk(), packages[order[0]]).new == 0
    assert results[0] == results[1]


@settings(max_examples=often(10, 25))
@given(data=st.data())
def test_suggestions_never_answer_a_line_twice(listed, data):
    met = deepcopy(listed)
    desk = met.north.desk()
    asked = met.lists["south claims"]
    lines = list(current_lines(met.north.log.about(asked)))
    held = list(current_lines(met.north.log.about(met.lists["north holds"])))
    pairs = data.draw(
        st.lists(
            st.tuples(st.sampled_from(lines), st.sampled_from([*lines, *held])).filter(
                lambda pair: pair[0] != pair[1]
            ),
            max_size=6,
            unique_by=frozenset,
        )
    )
    for left, right in pairs:
        decide_match(desk, left=left, right=right, decision=MatchDecision.SAME, reason="drawn")
    first = data.draw(st.sets(st.sampled_from(lines)))
    suggested = suggest_answers(desk, asked)
    assert sorted(a.line for a in suggested) == sorted(lines)
    answer_lines(desk, [answer for answer in suggested if answer.line in first])
    rest = suggest_answers(desk, asked)
    assert sorted(a.line for a in rest) == sorted(set(lines) - first)
    answer_lines(desk, rest)
    assert suggest_answers(desk, asked) == ()


@settings(max_examples=15)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_package_with_one_bit_changed_changes_nothing(listed, place, bit):
    met = deepcopy(listed)
    raw = bytearray(send_package(met.north.desk(), to=SOUTH).raw)
    raw[place % len(raw)] ^= 1 << bit
    before = met.south.head
    with pytest.raises((IntegrityError, Refusal)):
        take_in_package(met.south.desk(), bytes(raw))
    assert met.south.head == before


def test_a_comparison_run_again_proposes_nothing_new(listed):
    met = deepcopy(listed)
    both = (met.lists["south claims"], met.lists["north holds"])
    compare_lists(met.north.desk(), left=both[0], right=both[1])
    decided = decide_all(met.north.desk())
    assert decided >= 4
    before = met.north.head
    for left, right in permutations(both):
        compare_lists(met.north.desk(), left=left, right=right)
    assert met.north.head == before
