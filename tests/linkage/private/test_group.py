"""The group is that of the RFCs, checked by their vectors."""

import sys

import pytest

from repatria.linkage.private import group
from repatria.linkage.private.proof import prove, proves
from statements import counted_bytes

LIBRARY = "the optional extra `private` (rbcl) is not installed"

# RFC 9496 appendix A.1: the generator times 0 to 5.
MULTIPLES = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
    "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
    "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
    "da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57",
    "e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e",
]
# RFC 9496 appendix A.3: 64 uniform bytes and the element.
UNIFORM = (
    (
        (
            "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c1"
            "4d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6"
        ),
        "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46",
    ),
    (
        (
            "f116b34b8f17ceb56e8732a60d913dd10cce47a6d53bee9204be8b44f6678b27"
            "0102a56902e2488c46120e9276cfe54638286b9e4b3cdb470b542d46c2068d38"
        ),
        "f26e5b6f7d362d2d2a94c5d0e7602cb4773c95a2e5c31a64f133189fa76ed61b",
    ),
    (
        (
            "8422e1bbdaab52938b81fd602effb6f89110e1e57208ad12d9ad767e2e25510c"
            "27140775f9337088b982d83d7fcf0b2fa1edffe51952cbe7365e95c86eaf325c"
        ),
        "006ccd2a9e6867e6a2c5cea83d3302cc9de128dd2a9a57dd8ee7b9d7ffe02826",
    ),
)
# RFC 9496 appendix A.2: a field element not reduced, a negative one, one that is no square.
NO_ENCODINGS = (
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)
# RFC 9497 appendix A.1.1.1: OPRF(ristretto255, SHA-512), the first vector.
TAG = b"HashToGroup-OPRFV1-\x00-ristretto255-SHA512"
BLIND = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"
BLINDED = "609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c"
KEY = "5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e"
EVALUATED = "7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e"


@pytest.fixture(autouse=True)
def _library():
    pytest.importorskip("rbcl", reason=LIBRARY)


@pytest.mark.parametrize(("number", "encoded"), tuple(enumerate(MULTIPLES)))
def test_multiples_of_the_generator_are_those_of_the_rfc(number, encoded):
    assert group.sum_of([group.GENERATOR] * number).hex() == encoded
    if number:
        scalar = number.to_bytes(32, "little")
        assert group.multiplied(scalar, group.GENERATOR).hex() == encoded


@pytest.mark.parametrize(("uniform", "encoded"), UNIFORM)
def test_uniform_bytes_become_the_element_of_the_rfc(uniform, encoded):
    assert group.element_of_uniform(bytes.fromhex(uniform)).hex() == encoded


def test_a_message_becomes_the_element_of_the_rfc_and_is_masked_as_there():
    blinded = group.multiplied(bytes.fromhex(BLIND), group.element_of(b"\x00", TAG))

    assert blinded.hex() == BLINDED
    assert group.multiplied(bytes.fromhex(KEY), blinded).hex() == EVALUATED


@pytest.mark.parametrize("encoded", [*NO_ENCODINGS, MULTIPLES[0], "", "00"])
def test_what_is_no_element_is_known(encoded):
    assert not group.is_element(bytes.fromhex(encoded))


@pytest.mark.parametrize("encoded", NO_ENCODINGS)
def test_what_is_no_element_is_not_multiplied(encoded):
    with pytest.raises(ValueError, match="no element"):
        group.multiplied(bytes.fromhex(KEY), bytes.fromhex(encoded))


def test_many_are_multiplied_in_their_order_whatever_the_number_of_threads():
    scalar = group.secret_scalar(counted_bytes("scalar"))
    elements = [group.element_of(bytes([n % 256, n // 256]), b"t") for n in range(1_100)]
    told = []

    one = group.all_multiplied(scalar, elements, progress=lambda *at: told.append(at))

    assert one == [group.multiplied(scalar, each) for each in elements]
    assert one == group.all_multiplied(scalar, elements, workers=3)
    assert told == [(512, 1_100), (1_024, 1_100), (1_100, 1_100)]


def test_a_proof_holds_for_exactly_its_pairs_key_and_context():
    entropy = counted_bytes("proof")
    scalar, other = group.secret_scalar(entropy), group.secret_scalar(entropy)
    plain = [group.element_of(bytes([n]), b"t") for n in range(4)]
    pairs = [(each, group.multiplied(scalar, each)) for each in plain]
    public = group.multiplied(scalar, group.GENERATOR)

    proof = prove(scalar, pairs, context=b"here", entropy=entropy)

    assert proves(public, pairs, proof, context=b"here")
    false = [(plain[0], group.multiplied(other, plain[0])), *pairs[1:]]
    swapped = [(plain[0], pairs[1][1]), (plain[1], pairs[0][1]), *pairs[2:]]
    for wrong in (false, swapped, pairs[:-1], pairs[::-1], []):
        assert not proves(public, wrong, proof, context=b"here")
    assert not proves(public, pairs, proof, context=b"there")
    assert not proves(group.multiplied(other, group.GENERATOR), pairs, proof, context=b"here")
    for at in range(0, 64, 7):
        changed = proof[:at] + bytes([proof[at] ^ 1]) + proof[at + 1 :]
        assert not proves(public, pairs, changed, context=b"here")
    assert not proves(public, pairs, proof[:-1], context=b"here")


def test_without_the_library_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "rbcl", None)
    group._sodium.cache_clear()
    try:
        with pytest.raises(group.MissingLibraryError, match=r"repatria\[private\]"):
            group.require_library()
    finally:
        group._sodium.cache_clear()
