"""Commitments to lists: every way of cheating is refused under a name of its own.

Each attack is tried on many generated lists; the table counts what was refused.
"""

import random
from collections import Counter
from dataclasses import replace

import pytest

from repatria.ledger.escrow import (
    MAX_ENTRY_BYTES,
    Opening,
    Slot,
    copied_codes,
    entry_commitment,
    open_slots,
    opening_codes,
    seal_list,
    single_codes,
    slots_for,
)
from repatria.ledger.merkle import inclusion_proof, root_of
from statements import counted_bytes

ROUND, OTHER_ROUND = "round:north-a", "round:north-b"
LISTS = 25


def entry(number, who="a"):
    return f'{{"names":[{{"text":"Testyan-{who}-{number}"}}],"v":1}}'.encode()


def sealed(seed, *, party="north", round_id=ROUND, entries=None):
    draw = random.Random(seed)  # noqa: S311 -- a seeded list can be repeated
    chosen = entries or [entry(n, seed) for n in range(draw.randint(2, 150))]
    entropy = counted_bytes(f"{party} {round_id} {seed}")
    return seal_list(chosen, round_id=round_id, party=party, entropy=entropy)


def standing(opening, at):
    """The slot of the entry that stands `at`-th in a list."""
    return sorted(opening.entries)[at]


def changed(opening, **slots):
    """The opening with other slots, by `s<index>`."""
    new = list(opening.slots)
    for name, slot in slots.items():
        new[int(name[1:])] = slot
    return replace(opening, slots=tuple(new))


# What a party does after it has seen the other's list: opening -> what it shows.
def adds_a_person(opening):
    empty = next(i for i, slot in enumerate(opening.slots) if not slot.entry)
    return changed(opening, **{f"s{empty}": Slot(opening.slots[empty].salt, entry(999))})


def leaves_a_person_out(opening):
    at = standing(opening, 0)
    return changed(opening, **{f"s{at}": Slot(opening.slots[at].salt, b"")})


def swaps_a_person(opening):
    at = standing(opening, -1)
    return changed(opening, **{f"s{at}": Slot(opening.slots[at].salt, entry(999))})


def exchanges_two_persons(opening):
    a, b = standing(opening, 0), standing(opening, 1)
    return changed(opening, **{f"s{a}": opening.slots[b], f"s{b}": opening.slots[a]})


def says_another_salt(opening):
    at = standing(opening, 0)
    return changed(opening, **{f"s{at}": Slot(b"\x07" * 16, opening.slots[at].entry)})


def writes_a_name_otherwise(opening):
    at = standing(opening, 0)
    slot = opening.slots[at]
    return changed(opening, **{f"s{at}": Slot(slot.salt, slot.entry.replace(b"T", b"t", 1))})


ADAPTED = (
    adds_a_person,
    leaves_a_person_out,
    swaps_a_person,
    exchanges_two_persons,
    says_another_salt,
    writes_a_name_otherwise,
)


@pytest.mark.parametrize("adapt", ADAPTED, ids=lambda f: f.__name__)
def test_a_list_adapted_after_the_reveal_is_not_the_one_committed_to(adapt):
    refused = Counter()
    for seed in range(LISTS):
        opening = sealed(seed)
        refused[opening_codes(adapt(opening), opening.commitment, max_entries=200)] += 1
        assert opening_codes(opening, opening.commitment, max_entries=200) == ()

    assert refused == {("opening-not-as-committed",): LISTS}


def test_whoever_copies_the_others_commitment_is_named_and_cannot_open_it():
    for seed in range(LISTS):
        theirs = sealed(seed)
        copied = replace(theirs.commitment, party="south")
        stolen = replace(theirs, party="south")

        assert copied_codes(theirs.commitment, copied) == ("commitment-copied",)
        assert opening_codes(stolen, copied, max_entries=200) == ("opening-not-as-committed",)
        assert opening_codes(theirs, copied, max_entries=200) == ("opening-other-party",)
        assert all(
            single_codes(replace(one, party="south"), copied) == ("entry-not-as-committed",)
            for one in open_slots(theirs, list(theirs.entries)[:4])
        )


def test_two_parties_with_the_same_list_have_different_commitments():
    entries = [entry(n) for n in range(70)]
    openings = [sealed(seed, party=party, entries=entries) for seed, party in
                ((1, "north"), (1, "south"), (2, "north"), (2, "south"))]  # fmt: skip

    assert len({opening.commitment.root for opening in openings}) == 4


def test_a_list_of_another_round_is_refused_whatever_it_says_of_itself():
    for seed in range(LISTS):
        before = sealed(seed, round_id=OTHER_ROUND)
        now = replace(before.commitment, round_id=ROUND)

        assert opening_codes(before, now, max_entries=200) == ("opening-other-round",)
        relabelled = replace(before, round_id=ROUND)
        assert opening_codes(relabelled, now, max_entries=200) == ("opening-not-as-committed",)
        one = open_slots(before, [standing(before, 0)])[0]
        assert single_codes(one, now)[0] == "opening-other-round"
        assert single_codes(replace(one, round_id=ROUND), now) == ("entry-not-as-committed",)


def test_an_entry_moved_to_another_slot_is_refused_by_name():
    refused = Counter()
    for seed in range(LISTS):
        opening = sealed(seed)
        for one in open_slots(opening, sorted(opening.entries)[:4]):
            moved = replace(one, index=(one.index + 1) % len(opening.slots))
            refused[single_codes(moved, opening.commitment)] += 1

    assert set(refused) == {("entry-moved",)}
    assert refused.total() >= 2 * LISTS


def test_an_entry_moved_in_a_long_list_is_refused_without_looking_where_from():
    opening = sealed(0, entries=[entry(n) for n in range(300)])
    one = open_slots(opening, [standing(opening, 5)])[0]

    assert single_codes(replace(one, index=one.index ^ 1), opening.commitment) == (
        "entry-not-as-committed",
    )


@pytest.mark.parametrize("index", [-1, 64, 10**9, 2**40])
def test_an_entry_outside_the_list_is_refused(index):
    opening = sealed(0, entries=[entry(n) for n in range(5)])
    one = open_slots(opening, [0])[0]

    assert single_codes(replace(one, index=index), opening.commitment) == ("entry-outside-list",)


@pytest.mark.parametrize("salt", [b"", b"\x00" * 15, b"\x00" * 17, b"\x00" * 32])
def test_a_salt_of_another_length_is_refused(salt):
    opening = sealed(0, entries=[entry(n) for n in range(5)])
    one = open_slots(opening, [0])[0]

    assert single_codes(replace(one, salt=salt), opening.commitment) == ("entry-outside-list",)


def test_a_swapped_person_in_a_single_opening_is_refused():
    for seed in range(LISTS):
        opening = sealed(seed)
        for one in open_slots(opening, sorted(opening.entries)[:2]):
            for evil in (
                replace(one, entry=entry(999)),
                replace(one, entry=b""),
                replace(one, salt=bytes(16)),
                replace(one, proof=one.proof[:-1]),
                replace(one, proof=(*one.proof, bytes(32))),
                replace(one, proof=one.proof[::-1]),
            ):
                assert single_codes(evil, opening.commitment) == ("entry-not-as-committed",)


def test_a_missing_opening_is_named():
    for seed in range(4):
        assert opening_codes(None, sealed(seed).commitment, max_entries=200) == ("opening-missing",)


@pytest.mark.parametrize(("entries", "most"), [(2, 1), (65, 64), (64, 63), (130, 128)])
def test_a_list_longer_than_the_terms_admit_is_refused(entries, most):
    opening = sealed(0, entries=[entry(n) for n in range(entries)])

    assert opening_codes(opening, opening.commitment, max_entries=most) == ("list-too-long",)
    assert opening_codes(opening, opening.commitment, max_entries=entries) == ()


def test_padding_beyond_what_the_terms_take_is_too_long_as_well():
    slots = sealed(0, entries=[entry(n) for n in range(70)]).slots
    few = Opening(
        round_id=ROUND, party="north", slots=(*slots[:1], *(Slot(s, b"") for s, _ in slots[1:]))
    )

    assert opening_codes(few, few.commitment, max_entries=64) == ("list-too-long",)


def test_the_same_entry_twice_is_refused():
    for times in range(2, 6):
        opening = sealed(times, entries=[entry(1)] * times + [entry(2)])
        assert opening_codes(opening, opening.commitment, max_entries=99) == ("entry-twice",)


def test_an_entry_that_is_too_long_is_refused():
    for beyond in (1, 2, 100, 10_000):
        opening = sealed(beyond, entries=[b"x" * (MAX_ENTRY_BYTES + beyond)])
        assert opening_codes(opening, opening.commitment, max_entries=9) == ("entry-too-long",)
        one = open_slots(opening, opening.entries)[0]
        assert single_codes(one, opening.commitment) == ("entry-too-long",)


@pytest.mark.parametrize("keep", [0, 1, 32, 63])
def test_an_opening_of_another_size_is_malformed(keep):
    opening = sealed(0, entries=[entry(n) for n in range(5)])
    cut = replace(opening, slots=opening.slots[:keep])

    assert "opening-malformed" in opening_codes(cut, opening.commitment, max_entries=99)


def test_all_reasons_are_given_at_once():
    wrong = sealed(0, party="south", round_id=OTHER_ROUND, entries=[entry(1)] * 3)
    committed = sealed(1, entries=[entry(n) for n in range(3)]).commitment

    assert set(opening_codes(wrong, committed, max_entries=2)) == {
        "opening-other-round",
        "opening-other-party",
        "opening-not-as-committed",
        "list-too-long",
        "entry-twice",
    }


def test_the_tree_is_that_of_the_log():
    opening = sealed(3)
    commitments = [
        entry_commitment(round_id=ROUND, party="north", index=i, salt=slot.salt, entry=slot.entry)
        for i, slot in enumerate(opening.slots)
    ]

    assert opening.commitment.root == root_of(commitments)
    assert [one.proof for one in open_slots(opening, range(0, len(commitments), 7))] == [
        inclusion_proof(commitments, i) for i in range(0, len(commitments), 7)
    ]


@pytest.mark.parametrize(
    ("entries", "slots"), [(0, 64), (1, 64), (64, 64), (65, 128), (128, 128), (65_536, 65_536)]
)
def test_lists_are_padded_to_a_power_of_two_and_to_64_at_least(entries, slots):
    assert slots_for(entries) == slots


def test_one_entry_takes_about_two_hundred_bytes_to_open():
    opening = sealed(0, entries=[entry(n) for n in range(32)])

    assert open_slots(opening, [0])[0].bytes_beyond_entry == 212


@pytest.mark.parametrize("entries", [[b""], [entry(1), b""], [entry(n) for n in range(65_537)]])
def test_nobody_seals_an_empty_entry_or_an_endless_list(entries):
    with pytest.raises(ValueError, match="at most 65536"):
        seal_list(entries, round_id=ROUND, party="north", entropy=bytes)


@pytest.mark.parametrize(
    "field", [{"salt": b""}, {"index": -1}, {"index": 2**32}, {"round_id": "r" * 2**16}]
)
def test_a_field_that_does_not_fit_its_frame_is_no_commitment(field):
    whole = {"round_id": ROUND, "party": "north", "index": 0, "salt": bytes(16), "entry": b"x"}
    with pytest.raises(ValueError, match="frame"):
        entry_commitment(**{**whole, **field})


def test_an_opening_that_is_no_power_of_two_has_no_tree():
    with pytest.raises(ValueError, match="power of two"):
        _ = Opening(round_id=ROUND, party="north", slots=()).levels
