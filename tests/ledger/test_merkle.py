import base64
import json
from hashlib import sha256
from pathlib import Path

import pytest

from repatria.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
    root_of,
)

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT.parent / "shared" / "data" / "merkle" / "vectors.json"
GOLDEN = ROOT / "tests" / "golden" / "ledger" / "merkle.json"
ENTRIES = [sha256(bytes([i])).digest() for i in range(33)]
ROOTS = [root_of(ENTRIES[:size]) for size in range(34)]


def naive_root(entries):
    """MTH as RFC 9162 section 2.1.1 defines it, word for word."""
    n = len(entries)
    if n == 0:
        return sha256().digest()
    if n == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = max(2**power for power in range(n.bit_length()) if 2**power < n)
    return sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def flipped(raw):
    return bytes([raw[0] ^ 1]) + raw[1:]


def spoiled(proof):
    """Every way to spoil a proof a little: a changed, missing, added or moved hash."""
    for place, node in enumerate(proof):
        yield (*proof[:place], flipped(node), *proof[place + 1 :])
        yield (*proof[:place], node[:-1], *proof[place + 1 :])
        yield (*proof[:place], *proof[place + 1 :])
        yield (*proof[:place], node, *proof[place:])
    yield (*proof, EMPTY_ROOT)
    yield (EMPTY_ROOT, *proof)
    if len(proof) > 1:
        yield proof[::-1]


def test_roots_are_those_of_the_definition():
    assert [naive_root(ENTRIES[:size]) for size in range(34)] == ROOTS


def test_the_empty_log_has_the_root_of_the_definition():
    assert Frontier().root() == EMPTY_ROOT == naive_root([])


def test_every_inclusion_proof_holds_and_every_spoiled_one_is_refused():
    for size in range(1, 34):
        for index in range(size):
            proof = inclusion_proof(ENTRIES[:size], index)
            leaf, root = leaf_hash(ENTRIES[index]), ROOTS[size]

            def holds(proof, leaf=leaf, index=index, size=size, root=root):
                return proves_inclusion(leaf=leaf, index=index, size=size, proof=proof, root=root)

            assert holds(proof)
            assert not any(holds(bad) for bad in spoiled(proof))
            assert not holds(proof, leaf=flipped(leaf))
            assert not holds(proof, root=flipped(root))
            assert not any(holds(proof, index=other) for other in range(-1, 35) if other != index)


def test_every_consistency_proof_holds_and_every_spoiled_one_is_refused():
    for size in range(1, 34):
        for old in range(1, size + 1):
            proof = consistency_proof(ENTRIES[:size], old)

            def holds(proof, old=old, size=size, old_root=ROOTS[old], root=ROOTS[size]):
                return proves_consistency(
                    old_size=old, old_root=old_root, size=size, root=root, proof=proof
                )

            assert holds(proof)
            assert not any(holds(bad) for bad in spoiled(proof))
            assert not holds(proof, old_root=flipped(ROOTS[old]))
            assert not holds(proof, root=flipped(ROOTS[size]))
            assert not holds(proof, old=size + 1)


def test_another_history_is_not_consistent_with_any_proof_of_the_true_one():
    for size in range(2, 34):
        for old in range(1, size):
            rewritten = [*ENTRIES[: old - 1], EMPTY_ROOT]
            assert not proves_consistency(
                old_size=old,
                old_root=root_of(rewritten),
                size=size,
                root=ROOTS[size],
                proof=consistency_proof(ENTRIES[:size], old),
            )


def test_everything_is_consistent_with_the_empty_log_and_needs_no_hash():
    old = {"old_size": 0, "size": 5, "root": ROOTS[5]}
    assert proves_consistency(old_root=EMPTY_ROOT, proof=(), **old)
    assert not proves_consistency(old_root=ROOTS[1], proof=(), **old)
    assert not proves_consistency(old_root=EMPTY_ROOT, proof=(EMPTY_ROOT,), **old)


def test_proofs_are_made_only_for_what_is_there():
    with pytest.raises(ValueError, match="no entry"):
        inclusion_proof(ENTRIES[:3], 3)
    with pytest.raises(ValueError, match="no entry"):
        inclusion_proof(ENTRIES[:3], -1)
    for old in (0, 4):
        with pytest.raises(ValueError, match="old size"):
            consistency_proof(ENTRIES[:3], old)


def test_a_frontier_goes_on_from_where_it_was_kept():
    for size in range(33):
        before = Frontier()
        for entry in ENTRIES[:size]:
            before.append(entry)
        after = Frontier(before.size, before.hashes)
        after.append(ENTRIES[size])
        assert (after.size, after.root()) == (size + 1, ROOTS[size + 1])


def test_a_frontier_with_another_number_of_hashes_is_refused():
    with pytest.raises(ValueError, match="number of hashes"):
        Frontier(3, [EMPTY_ROOT])


def test_a_leaf_is_never_taken_for_a_node():
    left, right = leaf_hash(ENTRIES[0]), leaf_hash(ENTRIES[1])
    assert leaf_hash(left + right) != node_hash(left, right)


def test_roots_and_proofs_are_those_of_the_committed_file():
    golden = json.loads(GOLDEN.read_text("ascii"))
    assert [root.hex() for root in ROOTS] == golden["roots"]
    for row in golden["inclusion"]:
        proof = inclusion_proof(ENTRIES[: row["size"]], row["index"])
        assert [node.hex() for node in proof] == row["proof"]
    for row in golden["consistency"]:
        proof = consistency_proof(ENTRIES[: row["size"]], row["old"])
        assert [node.hex() for node in proof] == row["proof"]


def published(kind):
    if not PUBLISHED.exists():
        reason = "an extra: the vectors of transparency-dev/merkle do not lie beside this checkout"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason))]
    return [pytest.param(v, id=k) for k, v in json.loads(PUBLISHED.read_text())[kind].items()]


def unpacked(vector, *names):
    proof = [base64.b64decode(node) for node in vector["proof"] or ()]
    return proof, *(base64.b64decode(vector[name] or "") for name in names)


@pytest.mark.parametrize("vector", published("inclusion"))
def test_the_published_inclusion_vectors_agree(vector):
    proof, root, leaf = unpacked(vector, "root", "leafHash")
    answer = proves_inclusion(
        leaf=leaf, index=vector["leafIdx"], size=vector["treeSize"], proof=proof, root=root
    )
    assert answer is not vector["wantErr"]


@pytest.mark.parametrize("vector", published("consistency"))
def test_the_published_consistency_vectors_agree(vector):
    proof, old_root, root = unpacked(vector, "root1", "root2")
    answer = proves_consistency(
        old_size=vector["size1"], old_root=old_root, size=vector["size2"], root=root, proof=proof
    )
    assert answer is not vector["wantErr"]
