"""Reading many names at once gives what reading each name alone gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.linkage.names import NameReader, name_tokens, parts_shown
from repatria.linkage.names.whole_list import ABSENT, ListReader
from repatria.terms import PersonName

MANY = 8
WORDS = (
    "Арен Каренович Варданян Ковалёва Нина Сергеевна Aren VARDANYAN Karen oğlu qızı de al- bin Abu "
    "Samir Abdul Rahman Արեն Կարենի Վարդանյան Յուրի א. ב אבן سمير ابو عبد الله K. J.-P. Dr. . - "
    "Дж. סי. إم. Sh. Elşən Эльшан Іван Їжак O'Neil Özgün Qasım Maxmud 17 a_b კარენოვიჩი Ｎina"
)
NAMES = st.one_of(
    st.lists(st.sampled_from([*WORDS.split(), ",", "/"]), min_size=1, max_size=10).map(" ".join),
    st.text(min_size=1, max_size=30).filter(str.strip),
)


@pytest.mark.property
@given(st.lists(st.tuples(NAMES, st.sampled_from(["", "", "Karen", "Карен"])), max_size=12))
def test_every_name_is_read_as_if_it_were_alone(people):
    reader = NameReader()
    for text, father in people:
        name = PersonName(text=text)
        tokens = name_tokens(name, father=father)[:MANY]

        numbers, parts = reader.read(name, father=father, most=MANY)

        assert tuple(reader.tokens[number] for number in numbers) == tokens
        assert parts == parts_shown(text, tokens)


@pytest.mark.property
@given(st.lists(st.tuples(NAMES, st.sampled_from(["", "", "", "Karen"])), max_size=12))
def test_the_names_of_a_whole_list_are_read_as_if_each_were_alone(people):
    names = [(PersonName(text=text), father) for text, father in people]
    reader = ListReader(MANY)

    numbers, parts = reader.read(
        [name.text for name, _ in names], {at: name for at, name in enumerate(names) if name[1]}
    )

    for at, (name, father) in enumerate(names):
        tokens = name_tokens(name, father=father)[:MANY]
        read = [int(number) for number in numbers[at] if number != ABSENT]
        assert tuple(reader.one_by_one.tokens[number] for number in read) == tokens
        assert tuple(parts[at, : len(read)]) == parts_shown(name.text, tokens)
        assert not parts[at, len(read) :].any()


def test_a_part_met_twice_has_one_number():
    reader = NameReader()

    first, _ = reader.read(PersonName(text="Арен Варданян"), most=MANY)
    second, _ = reader.read(PersonName(text="Варданян Арен"), most=MANY)

    assert sorted(first) == sorted(second)
    assert len(reader.tokens) == len(first)


def test_only_so_many_parts_are_kept():
    numbers, parts = NameReader().read(PersonName(text="Арен Нина Самир Карен"), most=2)

    assert len(numbers) == len(parts) == 2
