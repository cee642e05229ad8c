"""How fast is the Merkle tree, beside its hashes alone?"""

import secrets
from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from measuring import Result, Setting, seconds

from repatria.ledger.merkle import Tree, leaf_hash, proves_consistency, proves_inclusion, root_of


def _entries(count: int) -> list[bytes]:
    raw = secrets.token_bytes(32 * count)
    return [raw[at : at + 32] for at in range(0, len(raw), 32)]


def large_tree(setting: Setting) -> Iterator[Result]:
    """The root of many leaves, beside as many hashes of ready-made messages."""
    count = setting.size(1_000_000)
    entries = _entries(count)
    leaves, nodes = [bytes(33)] * count, [bytes(65)] * (count - 1)

    def hashes_alone() -> None:
        for message in leaves:
            sha256(message).digest()
        for message in nodes:
            sha256(message).digest()

    for name, work in (("root of", root_of), ("tree of", Tree)):
        ours, limit = [], []
        for _ in range(setting.runs):
            ours.append(seconds(partial(work, entries)))
            limit.append(seconds(hashes_alone))
        target = f"<= {1.2 * count / 1_000_000:g} s" if work is root_of else ""
        yield Result(
            what=f"{name} {count:,} leaves", unit="s", ours=ours, limit=limit, target=target
        )


def proofs(setting: Setting) -> Iterator[Result]:
    """Proofs made and verified in a log of a million entries."""
    size, count = setting.size(1_000_000), 10_000
    entries = _entries(size)
    tree, root = Tree(entries), root_of(entries)
    places = [1 + n * 7_919 % (size - 1) for n in range(count)]
    inclusion = [tree.inclusion_proof(at) for at in places]
    consistency = [tree.consistency_proof(at) for at in places]
    old_roots = [tree.root(at) for at in places]

    def verify_inclusion() -> bool:
        return all(
            proves_inclusion(
                leaf=leaf_hash(entries[at]), index=at, size=size, proof=proof, root=root
            )
            for at, proof in zip(places, inclusion, strict=True)
        )

    def verify_consistency() -> bool:
        return all(
            proves_consistency(old_size=at, old_root=old, size=size, root=root, proof=proof)
            for at, old, proof in zip(places, old_roots, consistency, strict=True)
        )

    if not (verify_inclusion() and verify_consistency()):
        raise AssertionError
    for what, work in (
        ("inclusion proofs made", lambda: [tree.inclusion_proof(at) for at in places]),
        ("inclusion proofs verified", verify_inclusion),
        ("consistency proofs made", lambda: [tree.consistency_proof(at) for at in places]),
        ("consistency proofs verified", verify_consistency),
    ):
        rates = [count / seconds(work) for _ in range(setting.runs)]
        yield Result(what=what, unit="/s", ours=rates, limit=[], target=">= 20,000")
