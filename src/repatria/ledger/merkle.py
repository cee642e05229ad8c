"""Is this entry in the log, and is the new log the old one and more?

The tree of RFC 9162 section 2.1 over 32-byte commitments, SHA-256. Nothing of
our own is added to it: home-made variants have been broken. Leaves are hashed
here; every function takes and gives plain 32-byte hashes.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """MTH({d}) = SHA-256(0x00 || d). Source: RFC 9162 section 2.1.1."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right). Source: RFC 9162 section 2.1.1."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the complete subtrees of a log: enough to append and to know the root.

    Cost: O(log n) memory; appending n entries hashes 2n times.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if len(self.hashes) != size.bit_count():
            msg = "a frontier of this size has another number of hashes"
            raise ValueError(msg)

    def append(self, entry: bytes) -> None:
        """Add one entry (not its hash) at the end."""
        node = leaf_hash(entry)
        size = self.size
        while size & 1:
            node = node_hash(self.hashes.pop(), node)
            size >>= 1
        self.hashes.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root of all entries so far."""
        if not self.hashes:
            return EMPTY_ROOT
        *rest, root = self.hashes
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def root_of(entries: Iterable[bytes]) -> bytes:
    """The root of a whole log of entries."""
    frontier = Frontier()
    for entry in entries:
        frontier.append(entry)
    return frontier.root()


def _split(size: int) -> int:
    """The largest power of two smaller than size."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(entries: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of the entry at `index`.

    Cost: O(n) hashes.

    Source:
        RFC 9162 section 2.1.3.1.
    """
    if not 0 <= index < len(entries):
        msg = "no entry at this index"
        raise ValueError(msg)
    if len(entries) == 1:
        return ()
    k = _split(len(entries))
    if index < k:
        return (*inclusion_proof(entries[:k], index), root_of(entries[k:]))
    return (*inclusion_proof(entries[k:], index - k), root_of(entries[:k]))


def proves_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the path shows that the leaf hash stands at `index` of the log with this root.

    Source:
        RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    fn, sn, node = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def consistency_proof(entries: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """The hashes showing that the log of `old_size` is the beginning of this one.

    Cost: O(n) hashes.

    Source:
        RFC 9162 section 2.1.4.1.
    """
    if not 0 < old_size <= len(entries):
        msg = "the old size is not between 1 and the size"
        raise ValueError(msg)
    return _subproof(entries, old_size, whole=True)


def _subproof(entries: Sequence[bytes], m: int, *, whole: bool) -> tuple[bytes, ...]:
    if m == len(entries):
        return () if whole else (root_of(entries),)
    k = _split(len(entries))
    if m <= k:
        return (*_subproof(entries[:k], m, whole=whole), root_of(entries[k:]))
    return (*_subproof(entries[k:], m - k, whole=False), root_of(entries[:k]))


def proves_consistency(
    *, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the old log is the beginning of the new one.

    Everything is consistent with the empty log, which takes no proof.

    Source:
        RFC 9162 section 2.1.4.2.
    """
    if not 0 <= old_size <= size or not _are_hashes(*proof):
        return False
    if old_size == 0:
        # RFC 9162 leaves size 0 out; an empty log has one root and needs no hashes.
        known = root == EMPTY_ROOT if size == 0 else _are_hashes(root)
        return not proof and old_root == EMPTY_ROOT and known
    if old_size == size:
        return not proof and old_root == root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for node in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(node, first), node_hash(node, second)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, node)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == old_root and second == root
