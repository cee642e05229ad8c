"""Codes on cards: read back as printed, and never from anything else."""

import pytest

from repatria.operations.codes import card_code, read_card_code
from statements import counted_bytes


def test_a_code_is_two_groups_of_four_that_can_be_read_aloud():
    code = card_code(counted_bytes("card")(5))
    left, right = code.split("-")
    assert len(left) == len(right) == 4
    assert not set("0O1ILBS") & set(code)


def test_a_code_is_read_however_it_was_typed():
    code = card_code(counted_bytes("card")(5))
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')}\n"):
        assert read_card_code(typed) == code


@pytest.mark.parametrize("typed", ["", "7KM4", "7KM4-QX2R-7", "0000-0000", "ԱԲԳԴ-ԵԶԷԸ", "١٢٣٤٥٦٧٨"])
def test_what_cannot_be_a_code_is_no_code(typed):
    assert read_card_code(typed) is None
