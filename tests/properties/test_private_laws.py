"""The law of private matching: what hidden lists have in common is what they have in clear."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counts import often
from private import TwoLists, entry
from repatria.linkage.private.keys import numbered_keys
from repatria.operations.private_runs import profile_of_entry

pytest.importorskip("rbcl", reason="the optional extra `private` (rbcl) is not installed")
pytestmark = pytest.mark.property

FIRST = ("Aram", "Арам", "Levon", "Karim", "كريم", "Davit")
LAST = ("Modelyan", "Модельян", "Testyan", "Sinagov", "Samplov")
BORN = ("", "1990", "1990-05-02", "1990-02-05", "1971-12-24")
records = st.builds(
    lambda first, last, born: entry(f"{first} {last}", born),
    st.sampled_from(FIRST), st.sampled_from(LAST), st.sampled_from(BORN),
)  # fmt: skip
lists = st.lists(records, min_size=1, max_size=6, unique=True)


def in_clear(run):
    """Pairs of slots that share a numbered key, found without hiding anything."""
    sides = []
    for side in (run.north, run.south):
        profiles = [profile_of_entry(s.entry) if s.entry else None for s in side.opening.slots]
        sides.append({
            key.text: slot
            for slot, keys in enumerate(numbered_keys(profiles))
            for key in keys
        })  # fmt: skip
    north, south = sides
    return {(north[text], south[text]) for text in north.keys() & south.keys()}


@settings(max_examples=often(4, 12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lists, lists, st.integers(0, 8), st.integers(0, 8))
def test_both_sides_find_what_a_plain_comparison_finds(norths, souths, shown, blind):
    run = TwoLists(norths, souths, shown=shown, blind=blind)
    expected = in_clear(run)

    concluded, north_found = run.conclude()
    opened, south_found = run.open_sample(concluded)

    assert {(m.own, m.theirs) for m in north_found} == expected
    assert {(m.theirs, m.own) for m in south_found} == expected
    assert run.verify(concluded, opened) == north_found
