"""Laws of speed: what is checked quickly is what the slow definition says, no more and no less."""

import json
from datetime import UTC, datetime
from unittest import mock

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counts import often
from repatria.ledger import canonical
from repatria.ledger.canonical import MAX_DEPTH, MAX_INTEGER, OutsideDomainError, decode, encode
from repatria.ledger.merkle import Frontier, Tree, node_hash, root_of
from repatria.ledger.statement import _statement_in, read_statement, speaker_in
from repatria.terms import IntegrityError
from repatria.terms.times import read_instant, write_instant
from statements import noted, unknown_kind
from strategies import values

pytestmark = pytest.mark.property
MANY = settings(max_examples=often(4 * settings().max_examples, 1_000))

# What is not of the domain, or only just: floats in every spelling, wide keys, long numbers.
odd = (
    st.floats()
    | st.sampled_from([1e16, 1e22, 1e-7, -0.0, 1.5, 2.0**53, 2.0**64, MAX_INTEGER + 1, -(2**63)])
    | st.integers(-(2**70), 2**70)
    | st.text('aé\ud800\x00\x7f\u2028"\\:,', max_size=6)
)
wide_keys = st.text('aé\u0531"\\:\x00', max_size=4)
anything = st.recursive(
    values | odd,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(wide_keys, inner, max_size=4)
    ),
    max_leaves=12,
)


def without_orjson():
    """The module as it is where orjson is not installed."""
    return mock.patch.object(canonical, "orjson", None)


def outcome(work, *arguments, **named):
    """What a function gives, or the kind of its refusal."""
    try:
        return work(*arguments, **named)
    except (OutsideDomainError, IntegrityError) as refusal:
        return type(refusal), getattr(refusal, "code", "")


def loosely(value):
    """Bytes of any value: neither sorted, nor of the domain, nor free of repeats."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def nested(depth, leaf, shape):
    for _ in range(depth):
        leaf = [leaf] if shape is list else {"a": leaf}
    return leaf


@MANY
@given(anything)
def test_a_value_is_written_alike_with_and_without_orjson_or_refused_by_both(value):
    quick = outcome(encode, value)
    with without_orjson():
        assert outcome(encode, value) == quick


@MANY
@given(values)
def test_what_is_written_is_what_rfc_8785_writes(value):
    assert encode(value) == rfc8785.dumps(value)


@MANY
@given(anything.map(loosely) | anything.map(lambda value: loosely(value).replace(b",", b", ", 1)))
@example(b'{"a\xc3\xa9\\"x":1}')
@example(b'{"a":[1,{"b":-0.0}]}')
@example(b"[18446744073709551616]")
@example(b'{"a":1e20}')
def test_bytes_are_read_alike_with_and_without_orjson_or_refused_by_both(raw):
    quick = outcome(decode, raw, place="here")
    with without_orjson():
        slow = outcome(decode, raw, place="here")
    assert quick == slow
    assert repr(quick) == repr(slow)  # 1, 1.0 and true are equal, and not the same


@pytest.mark.parametrize("shape", [list, dict])
@pytest.mark.parametrize("leaf", ["", 1, None, [], {}])
@pytest.mark.parametrize("depth", range(MAX_DEPTH - 2, MAX_DEPTH + 3))
def test_depth_is_counted_alike_with_and_without_orjson(shape, leaf, depth):
    value = nested(depth, leaf, shape)
    raw = loosely(value)
    quick = outcome(encode, value), outcome(decode, raw, place="here")
    with without_orjson():
        assert (outcome(encode, value), outcome(decode, raw, place="here")) == quick
    assert (quick[0] == raw) is (depth <= MAX_DEPTH)


def read_as_defined(body):
    """A statement is read from bytes if they are the bytes it would be written in."""
    value = decode(body, place="here")
    try:
        statement = _statement_in(value)
        if statement.body != body or not statement.about or not statement.audience:
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, IntegrityError):
        raise IntegrityError("here", "statement-malformed") from None
    return statement


PARTS = (*json.loads(noted(1).body), "occurred_at", "as_of", "supersedes", "weight")
spellings = st.sampled_from(
    [
        "", "north", "2030-03-01T08:00:00Z", "2030-03-01T08:00:00.000000Z", "20300301T080000Z",
        "2030-03-01T08:00:00+00:00", "2030-03-01T08:00Z", "2030-03-01 08:00:00Z",
        "2030-03-01T24:00:00Z",
        "2030-03-01T08:00:00.1Z", "2030-03-01T08:00:00.100000Z",
        "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
        "1994", " 1994", "1994-05/1995", "1994~", "1994~/1995", "1994/1994/1995", "١٩٩٤",
        1, True, 2, 0, None, [], ["north"], ["north", "south"], ["south", "north"],
        ["north", "north"],
        [1], [["a"]], {}, {"basis": ""}, {"basis": "a", "note": ""}, {"basis": "a", "source": ""},
        {"basis": "a", "note": "b", "source": "c"}, {"basis": "a", "more": "b"}, {"note": "a"},
        {"basis": 1}, {"basis": "a", "note": None}, {"basis": ["a"]}, "basis", ["basis"],
    ]
)  # fmt: skip


@MANY
@given(
    st.sampled_from([noted(1), unknown_kind(2)]),
    st.dictionaries(st.sampled_from(PARTS), spellings | values, min_size=1, max_size=3),
    st.sets(st.sampled_from(PARTS), max_size=1),
)
def test_a_statement_is_read_exactly_when_its_own_bytes_are_these(good, changes, dropped):
    value = {**json.loads(good.body), **changes}
    body = encode({key: item for key, item in value.items() if key not in dropped})
    due = outcome(read_as_defined, body)
    found = outcome(read_statement, body, place="here")
    assert found == due
    speaker = outcome(speaker_in, body, place="here")
    assert speaker == (due if isinstance(due, tuple) else due.by)
    if not isinstance(due, tuple):
        assert found.body == body


def test_a_date_that_goes_on_without_end_is_refused_and_ends_nothing_else():
    value = {**json.loads(noted(1).body), "as_of": "/".join(["2000"] * 100_000)}
    with pytest.raises(IntegrityError, match="statement-malformed"):
        read_statement(encode(value), place="here")


@MANY
@given(
    st.datetimes(timezones=st.just(UTC)).map(write_instant)
    | st.datetimes(timezones=st.timezones()).map(datetime.isoformat)
    | st.text("0123456789-:.TZ+W ", max_size=27)
)
def test_a_moment_is_read_exactly_when_it_is_written_so(text):
    try:
        at = datetime.fromisoformat(text)
        due = write_instant(at) == text
    except (ValueError, OverflowError):
        due = False
    try:
        assert write_instant(read_instant(text)) == text
        assert due
    except (ValueError, OverflowError):
        assert not due


leaves = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


def path(m, d):
    """PATH(m, D_n) as RFC 9162 section 2.1.3.1 defines it, word for word."""
    if len(d) == 1:
        return ()
    k = split(len(d))
    if m < k:
        return (*path(m, d[:k]), root_of(d[k:]))
    return (*path(m - k, d[k:]), root_of(d[:k]))


def subproof(m, d, whole):
    """SUBPROOF(m, D_n, b) as RFC 9162 section 2.1.4.1 defines it, word for word."""
    if m == len(d):
        return () if whole else (root_of(d),)
    k = split(len(d))
    if m <= k:
        return (*subproof(m, d[:k], whole), root_of(d[k:]))
    return (*subproof(m - k, d[k:], False), root_of(d[:k]))


def split(size):
    return max(1 << power for power in range(size.bit_length()) if 1 << power < size)


@given(st.lists(leaves, max_size=5), st.data())
def test_a_tree_proves_what_the_definition_does_for_every_size_it_ever_had(batches, data):
    tree, entries = Tree(), []
    for batch in batches:
        tree.extend(batch)
        entries += batch
    assert tree.size == len(entries)
    size = data.draw(st.integers(0, len(entries)))
    known = entries[:size]
    assert tree.root(size) == root_of(known)
    if size:
        index = data.draw(st.integers(0, size - 1))
        assert tree.inclusion_proof(index, size) == path(index, known)
        assert tree.consistency_proof(index + 1, size) == subproof(index + 1, known, True)
    assert tree.root() == root_of(entries)


@pytest.mark.parametrize("size", [4_095, 4_096, 4_097, 9_000])
def test_a_tree_longer_than_a_run_is_the_same(size):
    entries = [number.to_bytes(32, "big") for number in range(size)]
    single = Frontier()
    for entry in entries:
        single.append(entry)
    tree = Tree(entries)
    assert single.root() == root_of(entries) == tree.root()
    for index in (0, 1, 4_094, size - 1):
        assert tree.inclusion_proof(index) == path(index, entries)
        assert tree.consistency_proof(index + 1) == subproof(index + 1, entries, True)


def test_a_tree_proves_nothing_for_a_size_it_never_had():
    tree = Tree([bytes(32)])
    for size in (-1, 2):
        for ask in (tree.root, lambda size: tree.inclusion_proof(0, size)):
            with pytest.raises(ValueError, match="never of this size"):
                ask(size)
    assert tree.root(0) == Tree().root() == root_of([])
    assert node_hash(bytes(32), bytes(32)) != tree.root()


@given(st.lists(leaves, max_size=6))
def test_to_add_many_is_to_add_each(batches):
    together, single = Frontier(), Frontier()
    for batch in batches:
        together.extend(batch)
        for entry in batch:
            single.append(entry)
        assert (together.size, together.hashes) == (single.size, single.hashes)
