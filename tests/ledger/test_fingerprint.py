"""What people compare: words that notice a mishearing, digits, and a picture a camera reads."""

import re
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.ledger.fingerprint import (
    are_fingerprint_words,
    fingerprint_text,
    qr_of,
    words_of,
)
from statements import keyring_of_party

DIGEST = keyring_of_party("north").digest
WORDS = words_of(DIGEST)
# The list itself, from the words for digests that reach all of it.
LIST = sorted({w for n in range(4000) for w in words_of(sha256(b"%d" % n).digest()[:16])})


def test_the_words_are_those_of_the_standard():
    # Source: test vectors of BIP-39 (trezor/python-mnemonic, vectors.json).
    assert words_of(bytes(16)) == ("abandon",) * 11 + ("about",)
    assert words_of(b"\xff" * 16) == ("zoo",) * 11 + ("wrong",)
    assert " ".join(words_of(b"\x7f" * 16)) == (
        "legal winner thank year wave sausage worth useful legal winner thank yellow"
    )


@pytest.mark.parametrize("size", [0, 15, 17, 32])
def test_only_sixteen_bytes_have_words(size):
    with pytest.raises(ValueError, match="16 bytes"):
        words_of(bytes(size))


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_different_fingerprints_have_different_words(one, other):
    assert (words_of(one) == words_of(other)) == (one == other)
    assert are_fingerprint_words(" ".join(words_of(one)))


@given(st.binary(min_size=16, max_size=16))
def test_the_words_may_be_typed_in_capitals_and_with_more_space(digest):
    assert are_fingerprint_words("  ".join(words_of(digest)).upper())


def test_fifteen_of_sixteen_misheard_words_are_noticed_before_anything_is_compared():
    """Four check bits: one swap in sixteen goes unnoticed until the words are compared."""
    assert len(LIST) > 2000
    swaps = noticed = 0
    for place in range(12):
        for word in LIST[place::12]:
            if word != WORDS[place]:
                swaps += 1
                heard = (*WORDS[:place], word, *WORDS[place + 1 :])
                noticed += not are_fingerprint_words(" ".join(heard))

    assert swaps > 1900
    assert 0.92 < noticed / swaps < 0.955


@pytest.mark.parametrize(
    "heard",
    [
        "",
        "abandon",
        " ".join(WORDS[:11]),
        " ".join((*WORDS, "zoo")),
        " ".join((*WORDS[:11], "xyz")),
    ],
)
def test_what_is_not_twelve_words_of_the_list_is_none(heard):
    assert not are_fingerprint_words(heard)


def test_four_letters_tell_every_word_from_every_other():
    # Source: BIP-39, "the wordlist is created in such a way that it's enough to type four letters".
    assert len({word[:4] for word in LIST}) == len(LIST)


# The picture. ---------------------------------------------------------------------------------


def modules_of(svg):
    """The picture as rows of dark (True) and light, with its quiet border cut off."""
    drawing = ET.fromstring(svg)  # noqa: S314 -- our own
    path = next(each for each in drawing.iter() if each.tag.endswith("path"))
    x = y = 0.0
    dark = set()
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path.attrib["d"]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            dark |= {(int(y), int(x) + n) for n in range(int(values[0]))}
            x += values[0]
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            x, y = values
    top, left = min(row for row, _ in dark), min(column for _, column in dark)
    size = max(row for row, _ in dark) - top + 1
    return [[(top + r, left + c) in dark for c in range(size)] for r in range(size)]


MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, _: r % 2,
    lambda _, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
# Codewords of data and blocks, by level of correction as the format information spells it.
BLOCKS = {1: (80, 1), 0: (64, 2)}


def text_in(modules):
    """The text in a code of version 4 that holds bytes. Source: ISO/IEC 18004 section 7."""
    size = len(modules)
    assert size == 33, "version 4"
    row, column = [(8, c) for c in (*range(6), 7)], [(r, 8) for r in (8, 7, *range(5, -1, -1))]
    told = sum(modules[r][c] << 14 - n for n, (r, c) in enumerate(row + column)) ^ 0x5412
    data, blocks = BLOCKS[told >> 13]
    bits = "".join("01"[bit] for bit in bits_along(modules, MASKS[told >> 10 & 7]))
    words = [bits[n : n + 8] for n in range(0, 8 * data, 8)]
    joined = "".join(word for block in range(blocks) for word in words[block::blocks])
    assert joined[:4] == "0100", "bytes"
    count = int(joined[4:12], 2)
    return bytes(int(joined[12 + 8 * n : 20 + 8 * n], 2) for n in range(count)).decode()


def bits_along(modules, mask):
    """The bits along the way of figure 15: two columns at a time, up and down, from the right."""
    size, upwards, right = len(modules), True, len(modules) - 1
    while right > 0:
        right -= right == 6
        for r in range(size - 1, -1, -1) if upwards else range(size):
            for c in (right, right - 1):
                if is_data(r, c, size):
                    yield modules[r][c] ^ (mask(r, c) == 0)
        upwards, right = not upwards, right - 2


def is_data(r, c, size):
    """Whether a module belongs to no pattern for finding and aligning the code."""
    finder = (r < 9 and (c < 9 or c >= size - 8)) or (r >= size - 8 and c < 9)
    aligning = abs(r - size + 7) <= 2 and abs(c - size + 7) <= 2
    return not (finder or aligning or r == 6 or c == 6)


def test_a_camera_reads_the_same_digits_people_read_aloud():
    text = fingerprint_text("north", DIGEST)

    read = text_in(modules_of(qr_of(text)))

    assert read == text
    assert read.split() == [
        "repatria-roots/1",
        "north",
        keyring_of_party("north").fingerprint.replace(" ", ""),
    ]


@given(st.binary(min_size=16, max_size=16))
def test_every_fingerprint_can_be_read_from_its_picture(digest):
    text = fingerprint_text("intermediary", digest)

    assert text_in(modules_of(qr_of(text))) == text


def test_another_program_reads_the_picture():
    zxing = pytest.importorskip("zxingcpp", reason="an independent reader: pip install zxing-cpp")
    numpy = pytest.importorskip("numpy")
    dark = numpy.array(modules_of(qr_of(fingerprint_text("north", DIGEST))))
    grey = numpy.where(numpy.kron(numpy.pad(dark, 4), numpy.ones((8, 8))), 0, 255)

    [found] = zxing.read_barcodes(grey.astype("uint8"))

    assert found.text == fingerprint_text("north", DIGEST)


def test_too_much_for_one_picture_is_refused():
    with pytest.raises(ValueError, match="too much"):
        qr_of(bytes(3000))


def test_the_picture_has_a_quiet_border_and_no_script():
    svg = qr_of(fingerprint_text("north", DIGEST))

    assert svg.startswith("<svg")
    assert "script" not in svg
    width = int(re.search(r'width="(\d+)"', svg)[1])
    assert width == 4 * (len(modules_of(svg)) + 8)
