"""Were these elements all masked with one and the same secret, the one behind a public key?

A proof of equal discrete logarithms (Chaum and Pedersen, CRYPTO 1992), made
non-interactive and for many pairs at once as in RFC 9497 section 2.2 (the pairs are
folded into one with weights that follow from all of them). It shows that
`masked = secret * plain` for every pair and `public = secret * generator`; of the secret
it tells nothing.
"""

from collections.abc import Callable, Sequence
from hashlib import sha512

from repatria.linkage.private.group import (
    ELEMENT_BYTES,
    GENERATOR,
    SCALAR_BYTES,
    is_element,
    multiplied,
    scalar_difference,
    scalar_of,
    scalar_product,
    secret_scalar,
    sum_of,
)

PROOF_BYTES = 2 * SCALAR_BYTES
_WEIGHTS = b"repatria/private/v1/proof-weights\n"
_CHALLENGE = b"repatria/private/v1/proof-challenge\n"
Pairs = Sequence[tuple[bytes, bytes]]


def prove(secret: bytes, pairs: Pairs, *, context: bytes, entropy: Callable[[int], bytes]) -> bytes:
    """A proof, 64 bytes, for (plain, masked) pairs; at least one.

    Args:
        secret: the scalar.
        pairs: the masked is the secret times the plain in each.
        context: what the proof is for; it holds in no other.
        entropy: gives random bytes.
    """
    public = multiplied(secret, GENERATOR)
    plain, masked = _folded(public, pairs, context)
    nonce = secret_scalar(entropy)
    challenge = _challenge(
        public, plain, masked, multiplied(nonce, GENERATOR), multiplied(nonce, plain), context
    )
    return challenge + scalar_difference(nonce, scalar_product(challenge, secret))


def proves(public: bytes, pairs: Pairs, proof: bytes, *, context: bytes) -> bool:
    """Whether a proof holds; False for anything malformed."""
    if len(proof) != PROOF_BYTES or not pairs or not is_element(public):
        return False
    if any(len(each) != ELEMENT_BYTES for pair in pairs for each in pair):
        return False
    challenge, response = proof[:SCALAR_BYTES], proof[SCALAR_BYTES:]
    if scalar_of(response + bytes(SCALAR_BYTES)) != response:
        return False  # a second spelling of the same scalar
    try:
        plain, masked = _folded(public, pairs, context)
        first = sum_of((multiplied(response, GENERATOR), multiplied(challenge, public)))
        second = sum_of((multiplied(response, plain), multiplied(challenge, masked)))
    except (ValueError, RuntimeError):
        return False
    return _challenge(public, plain, masked, first, second, context) == challenge


def _folded(public: bytes, pairs: Pairs, context: bytes) -> tuple[bytes, bytes]:
    seed = sha512(_WEIGHTS + sha512(context).digest() + public)
    for plain, masked in pairs:
        seed.update(plain + masked)
    digest = seed.digest()
    weights = [
        scalar_of(sha512(digest + number.to_bytes(4, "big")).digest())
        for number in range(len(pairs))
    ]
    weighed = list(zip(weights, pairs, strict=True))
    return (
        sum_of(multiplied(weight, plain) for weight, (plain, _) in weighed),
        sum_of(multiplied(weight, masked) for weight, (_, masked) in weighed),
    )


def _challenge(*parts: bytes) -> bytes:
    *elements, context = parts
    return scalar_of(sha512(_CHALLENGE + sha512(context).digest() + b"".join(elements)).digest())
