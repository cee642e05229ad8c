"""Is "not for us" told apart from "for us, and changed on the way"?"""

import pytest

from repatria.ledger.sealing import seal
from repatria.terms import IntegrityError
from statements import node_of


def code_of(raw, who="south"):
    with pytest.raises(IntegrityError) as fault:
        node_of(who).identity.open(raw, place="p")
    return fault.value.code


def test_what_is_sealed_for_others_is_not_called_damaged():
    sealed = seal(b"x" * 500, [node_of("south").identity.recipient])

    assert code_of(sealed, "north") == "not-sealed-for-us"


@pytest.mark.parametrize("place", [-1, -100, -520])
def test_what_was_sealed_for_us_and_changed_is_called_damaged(place):
    sealed = bytearray(seal(b"x" * 500, [node_of("south").identity.recipient]))
    sealed[place] ^= 1

    assert code_of(bytes(sealed)) == "seal-broken"


def test_what_was_cut_off_is_called_damaged():
    sealed = seal(b"x" * 500, [node_of("south").identity.recipient])

    assert code_of(sealed[:-200]) == "seal-broken"
    assert code_of(sealed[:60]) == "seal-broken"
