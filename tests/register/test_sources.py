"""Two copies of one source are not two sources."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.statement import Entry, Ground
from repatria.register import one_source, sources_of
from repatria.terms import PartialDate, PartyCode, PersonName
from statements import said as said_by

WORDS = {
    "names": (PersonName(text="Aram Sintetyan"),),
    "father": "Suren",
    "birth": PartialDate.parse("1990-05-17"),
    "captured_on": PartialDate.parse("2020-11-10"),
}


def line(seq, by="north", list_id="list:a", source="", **said):
    """A line of a list as an entry of a log."""
    payload = ListLine(
        list_id=list_id, line_id=f"line:{list_id[5:]}", number=1, **{**WORDS, **said}
    )
    return entry(seq, by, payload, Ground(basis="list-file", source=source))


def told(seq, by="north", basis="interview", source=""):
    """Something said about a person."""
    payload = PersonDescribed(person="person:p", property=Property.NOTE, value=f"note {seq}")
    return entry(seq, by, payload, Ground(basis=basis, source=source))


def entry(seq, by, payload, ground):
    """An entry of a log, whoever may read it."""
    audience = {by, "intermediary"}
    said = said_by(payload, by=by, about=("person:p",), audience=audience)
    return Entry(PartyCode(by), seq, replace(said, ground=ground))


def test_two_lists_read_from_one_file_are_one_source():
    one = line(1, list_id="list:a", source="sha256:aa")
    other = line(2, by="south", list_id="list:b", source="sha256:aa", father="")

    assert one_source([one], [other])


def test_two_versions_of_one_list_are_one_source():
    first = line(1, source="sha256:aa")
    corrected = line(2, source="sha256:bb", father="Souren")

    assert one_source([first], [corrected])


def test_lines_that_agree_in_every_part_as_written_are_copies():
    one = line(1, list_id="list:a", source="sha256:aa")
    copied = line(1, by="south", list_id="list:b", source="sha256:bb", reference="S-1")
    own = line(1, by="south", list_id="list:c", source="sha256:cc", father="Souren")

    assert one_source([one], [copied])
    assert not one_source([one], [own])


def test_a_name_alone_that_is_written_alike_makes_no_copy():
    bare = {"father": "", "birth": None, "captured_on": None}
    one = line(1, list_id="list:a", source="sha256:aa", **bare)
    other = line(1, by="south", list_id="list:b", source="sha256:bb", **bare)

    assert not one_source([one], [other])


def test_a_statement_and_what_rests_on_it_are_one_source():
    first = told(1)
    repeated = told(9, by="south", source="north/1")
    again = told(10, by="intermediary", source="south/9")

    assert [source.refs for source in sources_of([again, first, repeated])] == [
        ("intermediary/10", "north/1", "south/9")
    ]


def test_two_who_cite_one_publication_are_one_source():
    one = told(1, basis="publication", source="Agency A")
    other = told(1, by="south", basis="publication", source="agency  a")

    assert one_source([one], [other])


def test_a_party_that_repeats_itself_is_one_source_and_two_parties_are_two():
    assert [source.copies for source in sources_of([told(1), told(2)])] == [1]
    assert [source.speakers for source in sources_of([told(1), told(1, by="south")])] == [
        ("north",),
        ("south",),
    ]


ENTRIES = st.lists(
    st.builds(
        told,
        st.integers(0, 5),
        by=st.sampled_from(["north", "south"]),
        basis=st.sampled_from(["interview", "publication", "witness"]),
        source=st.sampled_from(["", "north/0", "south/1", "Agency A", "sha256:aa"]),
    ),
    max_size=8,
    unique_by=lambda e: e.ref,
)


@given(ENTRIES, st.randoms())
def test_every_statement_has_one_source_and_order_and_repetition_change_nothing(entries, chance):
    shuffled = [*entries, *entries]
    chance.shuffle(shuffled)

    found = sources_of(entries)

    refs = [ref for source in found for ref in source.refs]
    assert sorted(refs) == sorted(e.ref for e in entries)
    assert sources_of(shuffled) == found


@given(ENTRIES)
def test_a_copy_never_adds_a_source(entries):
    for each in entries:
        copy = replace(each.statement, ground=Ground(basis="interview", source=each.ref))
        more = [*entries, Entry(PartyCode("intermediary"), 0, copy)]
        assert len(sources_of(more)) == len(sources_of(entries))
