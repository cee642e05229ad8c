"""Laws of committed lists, whatever stands on them."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from repatria.ledger.canonical import decode, encode
from repatria.ledger.escrow import (
    SingleOpening,
    entry_commitment,
    open_slots,
    opening_codes,
    seal_list,
    single_codes,
    slots_for,
    turn_order,
)
from repatria.ledger.kinds.list_escrowed import ListEscrowed
from repatria.ledger.payload import from_json, to_json
from repatria.lists.openings import escrowed, opened_slot, opening_of, single_of
from repatria.lists.release import ReleaseEntry, entry_bytes, read_entry
from statements import counted_bytes
from strategies import values_of

entries_ = st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=90, unique=True)
texts_ = st.lists(
    st.text(min_size=1, max_size=20).map(lambda t: encode({"t": t})),
    min_size=1,
    max_size=90,
    unique=True,
)
seeds = st.integers(0, 2**32)
frames = st.fixed_dictionaries(
    {
        "round_id": st.text(max_size=12),
        "party": st.text(max_size=8),
        "index": st.integers(0, 2**32 - 1),
        "salt": st.binary(min_size=16, max_size=16),
        "entry": st.binary(max_size=30),
    }
)


def sealed(entries, seed, party="north", round_id="round:north-a"):
    return seal_list(entries, round_id=round_id, party=party, entropy=counted_bytes(str(seed)))


@given(entries_, seeds)
def test_whatever_was_sealed_opens_and_nothing_is_lost(entries, seed):
    opening = sealed(entries, seed)

    assert sorted(opening.entries.values()) == sorted(entries)
    assert len(opening.slots) == slots_for(len(entries))
    assert opening_codes(opening, opening.commitment, max_entries=len(entries)) == ()
    assert all(
        single_codes(one, opening.commitment) == ()
        for one in open_slots(opening, range(len(opening.slots)))
    )


@given(frames, frames)
def test_two_sets_of_fields_never_give_one_commitment(one, other):
    assume(one != other)

    assert entry_commitment(**one) != entry_commitment(**other)


@given(st.text(max_size=6), st.text(max_size=6), st.binary(max_size=6), st.binary(max_size=6))
def test_bytes_cannot_be_pushed_from_one_field_into_the_next(round_id, moved, salt, entry):
    fields = {"party": "north", "index": 0, "salt": (salt + bytes(16))[:16]}
    assume(moved)

    longer = entry_commitment(round_id=round_id + moved, entry=entry, **fields)
    shifted = entry_commitment(round_id=round_id, entry=moved.encode() + entry, **fields)
    assert longer != shifted


@given(entries_, seeds, st.data())
def test_any_other_list_is_not_as_committed(entries, seed, data):
    opening = sealed(entries, seed)
    index = data.draw(st.integers(0, len(opening.slots) - 1))
    other = data.draw(st.binary(max_size=40))
    assume(other != opening.slots[index].entry)
    slots = list(opening.slots)
    slots[index] = slots[index]._replace(entry=other)

    codes = opening_codes(
        replace(opening, slots=tuple(slots)), opening.commitment, max_entries=len(slots)
    )
    assert "opening-not-as-committed" in codes


@given(entries_, seeds, st.data())
def test_no_single_opening_with_anything_else_in_it_is_as_committed(entries, seed, data):
    opening = sealed(entries, seed)
    one = open_slots(opening, [data.draw(st.integers(0, len(opening.slots) - 1))])[0]
    evil = data.draw(
        st.builds(
            SingleOpening,
            round_id=st.sampled_from(["round:north-a", "round:north-b"]),
            party=st.sampled_from(["north", "south"]),
            index=st.just(one.index) | st.integers(-2, 300),
            salt=st.just(one.salt) | st.binary(max_size=17),
            entry=st.just(one.entry) | st.binary(max_size=9),
            proof=st.just(one.proof)
            | st.lists(st.binary(max_size=33), max_size=9).map(tuple)
            | st.permutations(one.proof).map(tuple),
        )
    )
    assume(evil != one)

    assert single_codes(evil, opening.commitment) != ()


@given(texts_, seeds)
def test_an_opening_survives_the_statement_it_travels_in(entries, seed):
    opening = sealed(entries, seed)

    raw = encode(to_json(escrowed(opening)))
    said = from_json(ListEscrowed, decode(raw, place="test"), place="test")
    assert opening_of(said) == opening
    for one in open_slots(opening, opening.entries):
        back = single_of(opened_slot(one), round_id=one.round_id, party=one.party)
        assert back == one


@given(
    st.text(max_size=12),
    st.text(max_size=30) | st.just("AAAA" * 400),
    st.lists(st.integers(-3, 70), max_size=4),
    st.lists(st.text(max_size=4), max_size=4),
)
def test_reading_an_opening_never_fails(round_id, salts, places, entries):
    said = ListEscrowed(
        round_id=round_id,
        party="north",
        salts=salts,
        places=tuple(places),
        entries=tuple(entries),
    )

    found = opening_of(said)
    assert found is None or opening_codes(found, sealed([b"x"], 1).commitment, max_entries=9)


@given(st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
def test_reading_an_entry_never_fails(raw):
    found = read_entry(raw)

    assert found is None or isinstance(found, ReleaseEntry)


@given(values_of(ReleaseEntry))
def test_an_entry_comes_back_as_it_was(entry):
    assert read_entry(entry_bytes(entry)) == entry


@given(entries_, entries_, seeds)
def test_the_order_of_turns_is_a_permutation_that_both_roots_decide(ours, theirs, seed):
    one, other = sealed(ours, seed).commitment, sealed(theirs, seed, "south").commitment
    order = turn_order(one, other)

    assert sorted(order) == list(range(one.size))
    assert order == turn_order(one, other)
    assert order != turn_order(one, sealed(theirs, seed + 1, "south").commitment)


@given(st.integers(1, 64), seeds)
def test_the_slots_where_somebody_stands_do_not_tell_how_many_there_are(count, seed):
    entries = [f"entry {n}".encode() for n in range(count)]
    opening = sealed(entries, seed)

    assert len(opening.slots) == 64
    assert len({slot.salt for slot in opening.slots}) == 64
    # All slots are commitments of the same kind: an empty one is opened like any other.
    empty = [i for i, slot in enumerate(opening.slots) if not slot.entry][:3]
    assert all(not single_codes(one, opening.commitment) for one in open_slots(opening, empty))
