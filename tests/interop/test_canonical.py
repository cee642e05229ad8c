"""Do three programs that know nothing of each other write the same canonical bytes?"""

import importlib.util
import json
from pathlib import Path
from random import Random

import pytest
import rfc8785

from counts import often
from repatria.ledger.canonical import (
    MAX_INTEGER,
    OutsideDomainError,
    decode,
    encode,
    write_with_standard_library,
)
from repatria.terms import IntegrityError

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "formats" / "verify_repatria.py"
QUICK, ALL, SHARE = 2_000, often(8_000, 24_000), 2_000
LETTERS = (
    'aZ09 _-"\\/\x00\x01\b\t\n\f\r\x1f\x7f\x80\u00e9e\u0301\u0531\u0640\u200f\u2028\u2029\ufeff'
    "\ufffd\ufffe\U0001f600\U0010ffff\ue000\ud7ff"
)
NUMBERS = (0, 1, -1, 10, -10, 2**31, -(2**32), 2**52, MAX_INTEGER, -MAX_INTEGER)
ASCII = "".join(map(chr, range(0x7F + 1)))


def loaded():
    spec = importlib.util.spec_from_file_location("verify_repatria", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


theirs = loaded()


def text(rng, letters, most):
    return "".join(rng.choice(letters) for _ in range(rng.randint(0, most)))


def value_of(rng, depth=0):
    """A value of the domain; none of its containers is deeper than allowed."""
    kind = rng.randrange(8 if depth < 15 else 6)
    if kind < 4:
        return rng.choice([None, True, False, rng.choice(NUMBERS)])
    if kind < 6:
        return text(rng, LETTERS, 8)
    size = rng.choice([0, 1, 1, 2, 4])
    if kind == 6:
        return [value_of(rng, depth + 1) for _ in range(size)]
    return {text(rng, ASCII, 6): value_of(rng, depth + 1) for _ in range(size)}


def check_share(start):
    rng = Random(f"canonical {start}")  # noqa: S311 -- the same in every run
    for _ in range(SHARE):
        value = value_of(rng)
        raw = encode(value)
        assert raw == rfc8785.dumps(value)
        assert raw == write_with_standard_library(value)
        assert decode(raw, place="here") == theirs.read_json(raw, "here") == value
        again = json.dumps(value, sort_keys=True, ensure_ascii=rng.random() < 0.5)
        assert is_canonical(again.encode()) == (again.encode() == raw)


def is_canonical(raw):
    """Whether it is; both programs have to say the same, and nothing else may escape."""
    ours = other = None
    try:
        decode(raw, place="here")
    except IntegrityError as fault:
        ours = (fault.place, fault.code)
    try:
        theirs.read_json(raw, "here")
    except theirs.Fault as fault:
        other = fault.args
    assert ours == other
    assert ours in (None, ("here", "not-canonical"))
    return ours is None


@pytest.mark.parametrize("start", range(0, QUICK, SHARE))
def test_program_verifier_and_two_oracles_write_the_same(start):
    check_share(start)


@pytest.mark.often
@pytest.mark.slow
@pytest.mark.parametrize("start", range(QUICK, ALL, SHARE))
def test_program_verifier_and_two_oracles_write_the_same_at_length(start):
    check_share(start)


REFUSED = {
    "repeated key": b'{"a":1,"a":1}',
    "repeated key, once escaped": b'{"\\u0061":1,"a":1}',
    "number with a point": b"[1.0]",
    "number with an exponent": b"1E3",
    "number that is no whole one": b"0.5",
    "number beyond all floats": b"1e999",
    "minus zero": b"-0",
    "minus zero with a point": b"-0.0",
    "leading zero": b"01",
    "plus": b"+1",
    "byte order mark": b'\xef\xbb\xbf"a"',
    "byte order mark of UTF-16": b'\xff\xfe"\x00a\x00"\x00',
    "needless escape": b'"\\u0041"',
    "escape in capitals": b'"\\u001F"',
    "long escape of a line end": b'"\\u000a"',
    "escaped slash": b'"\\/"',
    "escape of a letter beyond ASCII": b'"\\u0531"',
    "pair of surrogates escaped": b'"\\ud83d\\ude00"',
    "lone high surrogate": b'"\\ud800"',
    "lone low surrogate": b'"\\udc00"',
    "surrogate in UTF-8": b'"\xed\xa0\x80"',
    "pair of surrogates in UTF-8": b'"\xed\xa0\xbd\xed\xb8\x80"',
    "not a number": b"NaN",
    "infinity": b"Infinity",
    "minus infinity": b"-Infinity",
    "two to the 53rd": b"9007199254740992",
    "two to the 53rd and one": b"9007199254740993",
    "minus two to the 53rd and one": b"-9007199254740993",
    "number of five thousand digits": b"9" * 5_000,
    "seventeen deep": b"[" * 17 + b"1" + b"]" * 17,
    "seventeen deep in objects": b'{"a":' * 17 + b"1" + b"}" * 17,
    "two thousand deep": b"[" * 2_000 + b"]" * 2_000,
    "two thousand deep in objects": b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
    "hundred thousand deep and cut off": b"[" * 100_000,
    "key that is not ASCII": '{"é":1}'.encode(),
    "keys not sorted": b'{"b":1,"a":1}',
    "capital after small letter": b'{"a":1,"A":1}',
    "space": b'{"a": 1}',
    "line end behind": b"1\n",
    "zero character behind": b"1\x00",
    "control character as it is": b'"\x01"',
    "overlong UTF-8": b'"\xc1\x81"',
    "not UTF-8": b'"\xff"',
    "beyond Unicode": b'"\xf4\x90\x80\x80"',
    "single quotes": b"'a'",
    "trailing comma": b"[1,]",
    "comment": b"1/**/",
    "two values": b"1 1",
    "nothing": b"",
    "no value": b"undefined",
    "capitals": b"True",
}
ALLOWED = {
    "two to the 53rd less one": b"9007199254740991",
    "sixteen deep": b"[" * 16 + b"1" + b"]" * 16,
    "an empty list sixteen deep": b"[" * 17 + b"]" * 17,
    "not normalised: e and an acute accent": '"e\u0301"'.encode(),
    "normalised: e with an acute accent": '"\u00e9"'.encode(),
    "byte order mark inside a text": '"\ufeff"'.encode(),
    "line separator as it is": '"\u2028"'.encode(),
    "no character": '"\uffff"'.encode(),
    "delete": b'"\x7f"',
    "beyond the basic plane": '"\U0001f600"'.encode(),
    "short escapes": b'"\\b\\t\\n\\f\\r\\"\\\\"',
    "long escapes where there is no short one": b'"\\u0000\\u001f"',
    "key with a control character": b'{"\\u0000":1}',
    "empty key": b'{"":{}}',
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_a_second_spelling_is_refused_by_both(raw):
    assert not is_canonical(raw)


@pytest.mark.parametrize("raw", ALLOWED.values(), ids=ALLOWED)
def test_what_lies_at_the_edge_is_allowed_by_both(raw):
    assert is_canonical(raw)
    assert encode(json.loads(raw)) == raw == rfc8785.dumps(json.loads(raw))


def test_two_forms_of_one_letter_are_two_texts():
    assert encode("e\u0301") != encode("\u00e9")
    assert decode(encode("e\u0301"), place="here") == "e\u0301"


@pytest.mark.parametrize("value", ["\ud800", {"\ud800": 1}, {"é": 1}, 2**53, -(2**53), 1.5])
def test_what_is_outside_the_domain_is_not_written(value):
    with pytest.raises(OutsideDomainError):
        encode(value)
