import json
import subprocess
import sys

import pytest

from repatria.ledger.canonical import (
    MAX_DEPTH,
    MAX_INTEGER,
    OutsideDomainError,
    decode,
    encode,
    write_with_standard_library,
)
from repatria.terms import IntegrityError

REFUSED_BYTES = {
    "repeated key": b'{"a":1,"a":2}',
    "number with a point": b"1.0",
    "number with an exponent": b"1e2",
    "minus zero": b"-0",
    "byte order mark": b"\xef\xbb\xbf1",
    "escape that is not needed": b'"\\u0041"',
    "upper case in an escape": b'"\\u001F"',
    "escaped slash": b'"\\/"',
    "lone surrogate": b'"\\ud800"',
    "lone surrogate in UTF-8": b'"\xed\xa0\x80"',
    "not a number": b"NaN",
    "infinity": b"Infinity",
    "two to the 53rd": b"9007199254740992",
    "minus two to the 53rd": b"-9007199254740992",
    "a very long number": b"1" * 5000,
    "too deep": b"[" * 18 + b"]" * 18,
    "far too deep": b"[" * 100_000 + b"]" * 100_000,
    "spaces": b'{"a": 1}',
    "space at the end": b"1 ",
    "keys not sorted": b'{"b":1,"a":1}',
    "key that is not ASCII": '{"é":1}'.encode(),
    "empty": b"",
    "cut off": b'{"a":',
    "not UTF-8": b'"\xff"',
    "overlong UTF-8": b'"\xc0\x80"',
    "comment": b"1//",
}


@pytest.mark.parametrize("raw", REFUSED_BYTES.values(), ids=REFUSED_BYTES)
def test_bytes_that_are_not_canonical_are_refused_with_the_place(raw):
    with pytest.raises(IntegrityError) as caught:
        decode(raw, place="north/3 body")
    assert (caught.value.place, caught.value.code) == ("north/3 body", "not-canonical")


def nested(depth):
    value = "leaf"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), MAX_INTEGER + 1, -MAX_INTEGER - 1, {1: 2}, {"é": 1}, "\ud800",
     ["\udfff"], b"bytes", {1, 2}, object(), nested(MAX_DEPTH + 1), {"a": {"b": 0.5}}],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_values_outside_the_domain_are_refused_without_being_quoted(value):
    with pytest.raises(OutsideDomainError) as caught:
        encode(value)
    assert repr(value) not in str(caught.value)


@pytest.mark.parametrize("value", [MAX_INTEGER, -MAX_INTEGER, nested(MAX_DEPTH), "\x00\x7f\u2028"])
def test_values_at_the_edge_of_the_domain_come_back(value):
    assert decode(encode(value), place="here") == value


def test_the_form_is_sorted_compact_and_not_escaped():
    value = {"b": [True, None, -1], "a": 'Կարո "x"\n', "A": {}}
    assert encode(value) == '{"A":{},"a":"Կարո \\"x\\"\\n","b":[true,null,-1]}'.encode()


def test_tuples_are_written_as_lists():
    assert encode((1, ("a",))) == b'[1,["a"]]'


def test_the_standard_library_writes_the_same_when_orjson_is_missing():
    program = (
        "import sys; sys.modules['orjson'] = None\n"
        "import repatria.ledger.canonical as c\n"
        "assert c.orjson is None\n"
        "sys.stdout.buffer.write(c.encode({'b': ['\\u0531', 1, None], 'a': {'z': '\\x01\\\\'}}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    value = {"b": ["Ա", 1, None], "a": {"z": "\x01\\"}}
    assert done.stdout == encode(value) == write_with_standard_library(value)
    assert json.loads(done.stdout) == value
