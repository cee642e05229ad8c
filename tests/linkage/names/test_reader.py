"""Reading many names at once gives what reading each name alone gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.linkage.names import NameReader, name_tokens, parts_shown
from repatria.terms import PersonName

MANY = 8
WORDS = (
    "Арен Каренович Варданян Ковалёва Нина Сергеевна Aren VARDANYAN Karen oğlu qızı de al- bin Abu "
    "Samir Abdul Rahman Արեն Կարենի Վարդանյան Յուրի א. ב אבן سمير ابو عبد الله K. J.-P. Dr. . - "
    "Elşən Эльшан Іван Їжак O'Neil 17 კარენოვიჩი Ｎina"
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


def test_a_part_met_twice_has_one_number():
    reader = NameReader()

    first, _ = reader.read(PersonName(text="Арен Варданян"), most=MANY)
    second, _ = reader.read(PersonName(text="Варданян Арен"), most=MANY)

    assert sorted(first) == sorted(second)
    assert len(reader.tokens) == len(first)


def test_only_so_many_parts_are_kept():
    numbers, parts = NameReader().read(PersonName(text="Арен Нина Самир Карен"), most=2)

    assert len(numbers) == len(parts) == 2
