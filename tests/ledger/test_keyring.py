"""Which keyring may follow which, and which key may sign what: the cases of tuf-conformance.

Names of the cases are those of its suites `test_updater_key_rotations`,
`test_keys`, `test_rollback` and `test_basic` (theupdateframework/tuf-conformance),
where they apply to a document without a clock.
"""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.ledger.canonical import encode
from repatria.ledger.document import Envelope, envelope_of, key_id
from repatria.ledger.keyring import (
    _WEAK,
    KIND,
    MAX_NODES,
    MAX_ROOTS,
    Keyring,
    follow,
    keyring_document,
    next_keyring,
    read_keyring,
    read_unsigned_keyring,
    steps,
)
from repatria.ledger.node import NodeSecrets
from repatria.ledger.sealing import Identity
from repatria.ledger.signing import SigningKey, VerifyKey
from repatria.terms import IntegrityError
from statements import age_secret, keyring_of_party, node_of, roots_of, signed_keyring

A, B, C = roots_of("north")
D, E, F = (SigningKey(sha256(f"later root {n}".encode()).digest()) for n in range(3))


def secrets_of(number):
    """The private keys of a made-up later node."""

    def raw(what):
        return sha256(f"{what} of node {number}".encode()).digest()

    return NodeSecrets(
        signing=SigningKey(raw("key")),
        witness=SigningKey(raw("witness")),
        identity=Identity(age_secret(raw("identity"))),
    )


NODES = [node_of("north"), *(secrets_of(n) for n in range(2, 9))]


def node(number, from_size=0, to_size=None):
    return NODES[number - 1].public(f"node-{number}", from_size=from_size, to_size=to_size)


FIRST = (node(1),)


def ring(version=1, *, nodes=FIRST, roots=(A, B, C), threshold=2, by=None, party="north"):
    """The text of a keyring, signed by all its roots unless told by whom."""
    envelope = keyring_document(
        party=party,
        version=version,
        threshold=threshold,
        roots=[root.verify_key for root in roots],
        nodes=nodes,
    )
    for root in roots if by is None else by:
        envelope = envelope.signed_by(root)
    return envelope.text


def after(known, *coming, held=0):
    """The version in force after these came; or the code with which they were refused."""
    try:
        return follow(read_keyring(known), coming, held=held, place="k").version
    except IntegrityError as fault:
        return fault.code


ROTATED = (node(1, 0, 10), node(2, 10))
TWICE = (node(1, 0, 10), node(2, 10, 20), node(3, 20))
# What it shows, the keyring known, what comes, and what happens.
CASES = [
    ("the first keyring stands by itself", ring(), [], 1),
    ("the same keyring again changes nothing", ring(), [ring()], 1),
    ("the same version signed by other hands is the same keyring", ring(by=(A, B)),
     [ring(by=(B, C))], 1),
    ("a rotation of the node key is followed", ring(), [ring(2, nodes=ROTATED)], 2),
    ("two roots of three suffice", ring(), [ring(2, nodes=ROTATED, by=(A, C))], 2),
    ("threshold not met", ring(), [ring(2, nodes=ROTATED, by=(A,))], "keyring-not-signed"),
    ("signed by nobody", ring(), [ring(2, nodes=ROTATED, by=())], "keyring-not-signed"),
    ("the same key signing twice counts once", ring(),
     [ring(2, nodes=ROTATED, by=(A, A))], "keyring-not-signed"),
    ("signed by strangers only", ring(), [ring(2, nodes=ROTATED, by=(D, E))],
     "keyring-not-signed"),
    ("strangers beside the roots take nothing away", ring(),
     [ring(2, nodes=ROTATED, by=(A, B, D, E))], 2),
    ("version rollback", ring(3, nodes=TWICE), [ring(2, nodes=ROTATED), ring(1)], 3),
    ("the same version with another content", ring(2), [ring(2, nodes=ROTATED)],
     "keyring-rolled-back"),
    ("version skipped", ring(), [ring(3, nodes=ROTATED)], "keyring-version-skipped"),
    ("fast-forward to the highest version there is", ring(),
     [ring(2**53 - 1, nodes=ROTATED)], "keyring-version-skipped"),
    ("after a refused fast-forward the next version is still followed", ring(),
     [ring(2, nodes=ROTATED)], 2),
    ("a chain of rotations", ring(), [ring(2, nodes=ROTATED), ring(3, nodes=TWICE)], 3),
    ("a chain that is sent from its beginning", ring(2, nodes=ROTATED),
     [ring(), ring(2, nodes=ROTATED), ring(3, nodes=TWICE)], 3),
    ("a chain out of order", ring(), [ring(3, nodes=TWICE), ring(2, nodes=ROTATED)],
     "keyring-version-skipped"),
    ("a chain with a hole", ring(), [ring(3, nodes=TWICE)], "keyring-version-skipped"),
    ("all roots change when both sides sign", ring(),
     [ring(2, roots=(D, E, F), by=(A, B, D, E))], 2),
    ("old threshold not met", ring(), [ring(2, roots=(D, E, F), by=(A, D, E, F))],
     "keyring-not-signed"),
    ("new threshold not met", ring(), [ring(2, roots=(D, E, F), by=(A, B, C, D))],
     "keyring-not-signed"),
    ("new roots alone", ring(), [ring(2, roots=(D, E, F))], "keyring-not-signed"),
    ("a root that stays counts on both sides", ring(), [ring(2, roots=(A, B, D), by=(A, B))], 2),
    ("threshold raised: the new one holds at once", ring(),
     [ring(2, threshold=3, by=(A, B))], "keyring-not-signed"),
    ("threshold raised and met", ring(), [ring(2, threshold=3)], 2),
    ("threshold lowered: the old one holds once more", ring(),
     [ring(2, threshold=1, by=(A,))], "keyring-not-signed"),
    ("threshold lowered, and afterwards one suffices", ring(),
     [ring(2, threshold=1, by=(A, B)), ring(3, threshold=1, nodes=ROTATED, by=(C,))], 3),
    ("a removed root has no say", ring(),
     [ring(2, roots=(A, B)), ring(3, roots=(A, B), nodes=ROTATED, by=(A, C))],
     "keyring-not-signed"),
    ("a root removed and added again has its say", ring(),
     [ring(2, roots=(A, B)), ring(3), ring(4, nodes=ROTATED, by=(A, C))], 4),
    ("a removed root cannot bring itself back", ring(),
     [ring(2, roots=(A, B)), ring(3, by=(B, C))], "keyring-not-signed"),
    ("the keyring of another party", ring(), [ring(2, party="south")], "keyring-other-party"),
    ("an older keyring of another party", ring(2), [ring(1, party="south")],
     "keyring-other-party"),
    ("a node taken out", ring(2, nodes=ROTATED), [ring(3, nodes=(node(2, 10),))],
     "keyring-rewrites-history"),
    ("a node's key replaced", ring(), [ring(2, nodes=(replace(node(2), name="node-1"),))],
     "keyring-rewrites-history"),
    ("a node begins elsewhere", ring(), [ring(2, nodes=(node(1, 5),))],
     "keyring-rewrites-history"),
    ("an ended node goes on", ring(2, nodes=ROTATED), [ring(3, nodes=(node(1), node(2, 10)))],
     "keyring-rewrites-history"),
    ("an ended node ends later", ring(2, nodes=ROTATED),
     [ring(3, nodes=(node(1, 0, 11), node(2, 10)))], "keyring-rewrites-history"),
    ("an ended node ends earlier", ring(2, nodes=ROTATED),
     [ring(3, nodes=(node(1, 0, 9), node(2, 10)))], "keyring-rewrites-history"),
    ("nodes change places", ring(2, nodes=ROTATED),
     [ring(3, nodes=(node(2, 10), node(1, 0, 10)))], "keyring-rewrites-history"),
    ("a party ends its log", ring(), [ring(2, nodes=(node(1, 0, 10),))], 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "coming", "result"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_follows(known, coming, result):
    assert after(known, *coming) == result


def test_the_first_keyring_needs_its_own_threshold():
    for by in ((), (A,), (A, A), (D, E), (A, D)):
        with pytest.raises(IntegrityError, match="keyring-not-signed"):
            read_keyring(ring(by=by))


@pytest.mark.parametrize(("held", "result"), [(9, 2), (10, 2), (11, "keyring-rewrites-history")])
def test_a_key_is_not_revoked_below_what_is_held(held, result):
    assert after(ring(), ring(2, nodes=ROTATED), held=held) == result


@pytest.mark.parametrize(
    ("size", "may"),
    [(0, {1}), (1, {1}), (9, {1}), (10, {1}), (11, {2}), (20, {2}), (21, {3}), (10**9, {3})],
)
def test_a_node_key_signs_from_its_size_to_its_size(size, may):
    known = read_keyring(ring(3, nodes=TWICE))

    assert known.signers_at(size) == tuple(node(n).key for n in may)


def test_the_key_in_use_is_the_newest_that_has_not_ended():
    assert read_keyring(ring(2, nodes=ROTATED)).current.name == "node-2"
    ended = read_keyring(ring(2, nodes=(node(1, 0, 10),)))
    assert ended.newest.name == "node-1"
    with pytest.raises(ValueError, match="no node key is in use"):
        _ = ended.current


def test_receipts_of_former_nodes_still_count():
    assert read_keyring(ring(3, nodes=TWICE)).witnesses == tuple(node(n).witness for n in (1, 2, 3))


def test_every_version_on_the_way_is_given_in_order():
    texts = [ring(), ring(2, nodes=ROTATED), ring(3, nodes=TWICE)]

    found = steps(read_keyring(texts[0]), texts, held=0, place="k")

    assert [each.version for each in found] == [2, 3]


def test_a_malformed_keyring_among_older_ones_is_not_passed_over():
    assert after(ring(2), "{}") == "keyring-malformed"


TOGETHER = {
    "a key is node and witness": replace(node(2, 10), witness=node(2).key),
    "a key is node and another node's witness": replace(node(2, 10), witness=node(1).key),
    "two nodes have one key": replace(node(2, 10), key=node(1).key),
    "two nodes have one witness": replace(node(2, 10), witness=node(1).witness),
    "two nodes open what is sealed with one key": replace(node(2, 10), recipient=node(1).recipient),
    "two nodes have one name": replace(node(2, 10), name="node-1"),
    "a root key is a node key": replace(node(2, 10), key=A.verify_key),
    "a root key is a witness": replace(node(2, 10), witness=A.verify_key),
    "a node ends before it begins": node(2, 10, 9),
}


@pytest.mark.parametrize("second", TOGETHER.values(), ids=TOGETHER)
def test_keys_that_must_be_apart_are_apart(second):
    with pytest.raises(IntegrityError, match="keyring-malformed"):
        read_keyring(ring(nodes=(node(1, 0, 10), second)))


@pytest.mark.parametrize("weak", sorted(_WEAK), ids=lambda raw: raw.hex()[:8])
@pytest.mark.parametrize("sign", [0, 0x80])
def test_a_key_whose_signature_anybody_can_make_is_refused(weak, sign):
    key = VerifyKey(weak[:-1] + bytes([weak[-1] | sign]))

    with pytest.raises(IntegrityError, match="keyring-malformed"):
        read_unsigned_keyring(
            keyring_document(
                party="north",
                version=1,
                threshold=1,
                roots=[key, A.verify_key],
                nodes=[node(1)],
            ).text
        )


def test_the_weak_keys_are_weak_indeed():
    """R is the neutral point and s is 0: nobody needs a private key for that."""
    nobodys = b"\x01" + bytes(63)
    fooled = {
        weak
        for weak in _WEAK
        if any(VerifyKey(weak).verifies(b"%d" % n, nobodys) for n in range(100))
    }

    # The library itself refuses the spellings that are not canonical.
    assert len(fooled) >= 4
    assert not any(A.verify_key.verifies(b"%d" % n, nobodys) for n in range(100))


def payload(text):
    return json.loads(read_unsigned_keyring(text).envelope.payload)


def signed_payload(value, by=(A, B, C)):
    """An envelope of any payload, signed by roots: a malicious party can do that."""
    envelope = envelope_of(KIND, value)
    for root in by:
        envelope = envelope.signed_by(root)
    return envelope.text


DUPLICATE = {**payload(ring()), "roots": sorted([A.verify_key.text] * 2 + [B.verify_key.text])}


@pytest.mark.parametrize(
    "value",
    [
        DUPLICATE,
        {**payload(ring()), "roots": list(reversed(payload(ring())["roots"]))},
        {**payload(ring()), "v": 2},
        {**payload(ring()), "more": 1},
        {**payload(ring()), "threshold": 4},
        {**payload(ring()), "threshold": 0},
        {**payload(ring()), "version": 0},
        {**payload(ring()), "nodes": []},
        {**payload(ring()), "roots": []},
        [payload(ring())],
        {},
    ],
    ids=[
        "duplicate root keys", "roots out of order", "a format nobody knows", "an unknown key",
        "threshold above the roots", "threshold of none", "version of none", "no nodes",
        "no roots", "a list", "nothing",
    ],
)  # fmt: skip
def test_what_no_keyring_says_is_refused_whoever_signs_it(value):
    with pytest.raises(IntegrityError, match="keyring-malformed"):
        read_keyring(signed_payload(value))


def test_a_document_of_another_type_is_no_keyring():
    other = Envelope(payload_type="application/vnd.repatria.terms+json",
                     payload=read_keyring(ring()).envelope.payload)  # fmt: skip
    with pytest.raises(IntegrityError, match="keyring-malformed"):
        read_keyring(other.signed_by(A).signed_by(B).text)


def test_a_bad_signature_in_a_good_document_takes_nothing_away():
    envelope = read_keyring(ring(by=(A, B))).envelope
    more = envelope.with_signatures([(key_id(C.verify_key), bytes(64)), ("x" * 99, bytes(64))])

    assert read_keyring(more.text).version == 1


def test_one_signature_under_three_key_ids_counts_once():
    envelope = read_keyring(ring()).envelope
    [signature] = [s for k, s in envelope.signatures if k == key_id(A.verify_key)]
    hints = [key_id(each.verify_key) for each in (A, B, C)]
    same = Envelope(
        payload_type=envelope.payload_type,
        payload=envelope.payload,
        signatures=tuple(sorted((hint, signature) for hint in hints)),
    )

    with pytest.raises(IntegrityError, match="keyring-not-signed"):
        read_keyring(same.text)


EVIL = [
    None, True, False, 0, 1, -1, 2**52, 2**53 - 1, "", " ", "x", "0", "1", "\x00", "é", "a\nb",
    "..", "PUBLIC", "-a", "a" * 64,
    "age1", "AGE-SECRET-KEY-1", A.verify_key.text, A.verify_key.text[:-1] + "A", "AA==", "=" * 44,
    "north", "public", [], [[]], [None], {}, {"a": {"b": []}}, [1, 2], "x" * 10_000,
]  # fmt: skip


def _paths(value, at=()):
    """The places in a document that hold something."""
    if at:
        yield at
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _paths(child, (*at, key))
    if isinstance(value, list):
        for number, child in enumerate(value):
            yield from _paths(child, (*at, number))


def _with(value, at, evil):
    copy = json.loads(encode(value))
    inner = copy
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = evil
    return copy


ROTATED_PAYLOAD = payload(ring(2, nodes=ROTATED))
PATHS = list(_paths(ROTATED_PAYLOAD))


@pytest.mark.parametrize("at", PATHS, ids=lambda at: ".".join(map(str, at)))
def test_an_evil_value_anywhere_is_only_ever_an_integrity_error(at):
    known = read_keyring(ring())
    for evil in EVIL:
        text = signed_payload(_with(ROTATED_PAYLOAD, at, evil))
        try:
            coming = read_keyring(text, place="k")
            next_keyring(known, coming, held=0, place="k")
        except IntegrityError as fault:
            assert fault.place == "k"  # noqa: PT017 -- the place is what is tested
        else:
            # What is believed says in its own words what it was read from.
            assert json.loads(coming.envelope.payload) == _with(ROTATED_PAYLOAD, at, evil)


@pytest.mark.parametrize("at", PATHS, ids=lambda at: ".".join(map(str, at)))
def test_a_missing_value_is_an_integrity_error_or_means_what_is_documented(at):
    copy = _with(ROTATED_PAYLOAD, at, None)
    inner = copy
    for key in at[:-1]:
        inner = inner[key]
    del inner[at[-1]]
    try:
        coming = read_keyring(signed_payload(copy))
    except IntegrityError as fault:
        assert fault.code in ("keyring-malformed", "keyring-not-signed")  # noqa: PT017 -- as above
    else:
        # Fewer roots, fewer nodes, or a node without an end are keyrings as well.
        assert at[0] in ("roots", "nodes")
        assert isinstance(coming, Keyring)


def test_more_keys_than_anybody_has_are_refused():
    many = [VerifyKey(sha256(b"%d" % n).digest()) for n in range(MAX_ROOTS + 1)]
    with pytest.raises(IntegrityError, match="keyring-malformed"):
        read_unsigned_keyring(
            keyring_document(
                party="north", version=1, threshold=1, roots=many, nodes=[node(1)]
            ).text
        )
    crowd = [
        replace(
            node(1),
            name=f"n{n}",
            key=VerifyKey(sha256(b"k%d" % n).digest()),
            witness=VerifyKey(sha256(b"w%d" % n).digest()),
        )
        for n in range(MAX_NODES + 1)
    ]
    with pytest.raises(IntegrityError, match="keyring-malformed"):
        read_keyring(ring(nodes=crowd))


# Laws. ---------------------------------------------------------------------------------------

WHO = st.sets(st.sampled_from([A, B, C, D, E, F]))
ROOTS = st.lists(st.sampled_from([A, B, C, D, E, F]), min_size=1, max_size=4, unique=True)


@given(ROOTS, ROOTS, st.data(), WHO)
def test_a_version_is_believed_exactly_when_enough_of_both_signed(old, new, data, who):
    old_threshold = data.draw(st.integers(1, len(old)))
    new_threshold = data.draw(st.integers(1, len(new)))
    known = ring(roots=old, threshold=old_threshold)
    coming = ring(2, roots=new, threshold=new_threshold, nodes=ROTATED, by=sorted(who, key=id))

    enough = len(who & set(old)) >= old_threshold and len(who & set(new)) >= new_threshold

    assert after(known, coming) == (2 if enough else "keyring-not-signed")


@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 3))
def test_a_chain_is_followed_from_wherever_one_stands(stands, reaches, overlap):
    texts = [_link(n) for n in range(1, 9)]
    known = texts[stands - 1]
    sent = texts[max(0, stands - 1 - overlap) : max(stands, reaches)]

    assert after(known, *sent) == max(stands, reaches)


def _link(version):
    """The keyring of a log whose key was rotated every ten entries."""
    ended = [node(n, 10 * (n - 1), 10 * n) for n in range(1, version)]
    return ring(version, nodes=(*ended, node(version, 10 * (version - 1))))


@given(st.integers(1, 8), st.integers(0, 100))
def test_exactly_one_key_signs_each_size_of_a_log_without_slack(version, size):
    known = read_keyring(_link(version))

    assert len(known.signers_at(size)) == 1


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_who_signed_what_is_held_may_have_signed_it_afterwards(held, end, begin):
    """No version takes away the say of a key over what somebody already holds."""
    known = read_keyring(ring())
    text = ring(2, nodes=(node(1, 0, end), node(2, begin)))
    try:
        coming = next_keyring(known, read_keyring(text), held=held)
    except IntegrityError:
        assert end < held
    else:
        assert all(node(1).key in coming.signers_at(size) for size in range(1, held + 1))


@given(st.data())
def test_the_fingerprint_stands_for_the_root_keys_and_nothing_else(data):
    roots = data.draw(ROOTS)
    threshold = data.draw(st.integers(1, len(roots)))
    one = read_keyring(ring(roots=roots, threshold=threshold))
    other = read_keyring(ring(9, roots=list(reversed(roots)), threshold=threshold, nodes=ROTATED))
    third = read_keyring(ring(roots=roots, threshold=threshold, party="south"))

    assert one.digest == other.digest != third.digest


@given(st.text(max_size=100))
def test_no_text_is_anything_but_a_keyring_or_an_integrity_error(text):
    with pytest.raises(IntegrityError):
        read_keyring(text)


def test_the_fixtures_of_the_tests_are_keyrings():
    assert read_keyring(signed_keyring("north").envelope.text) == keyring_of_party("north")
