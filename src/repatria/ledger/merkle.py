"""Is this entry in the log, and is the new log the old one and more?

The tree of RFC 9162 section 2.1 over 32-byte commitments, SHA-256. Nothing of
our own is added to it: home-made variants have been broken. Leaves are hashed
here; every function takes and gives plain 32-byte hashes.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
# Enough leaves at a time to hash in long runs, few enough to stay in the processor's cache.
_RUN = 4_096
# To copy a hash that has its prefix already is a fifth cheaper than to start one.
_LEAF, _NODE = sha256(b"\x00"), sha256(b"\x01")


def leaf_hash(entry: bytes) -> bytes:
    """MTH({d}) = SHA-256(0x00 || d). Source: RFC 9162 section 2.1.1."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right). Source: RFC 9162 section 2.1.1."""
    return sha256(b"\x01" + left + right).digest()


def _leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    start = _LEAF.copy
    out: list[bytes] = []
    keep = out.append
    for entry in entries:
        leaf = start()
        leaf.update(entry)
        keep(leaf.digest())
    return out


def _parents(nodes: Sequence[bytes]) -> list[bytes]:
    """The hashes of each two neighbours; of an odd number, the last has none."""
    start, each = _NODE.copy, iter(nodes)
    out: list[bytes] = []
    keep = out.append
    for left, right in zip(each, each, strict=False):
        parent = start()
        parent.update(left + right)
        keep(parent.digest())
    return out


def _runs(entries: Iterable[bytes]) -> Iterator[list[bytes]]:
    each = iter(entries)
    while run := list(islice(each, _RUN)):
        yield run


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

    def extend(self, entries: Iterable[bytes]) -> None:
        """Add many entries at the end: the same as to append each, at half the price."""
        for run in _runs(entries):
            if len(run) == 1:
                self.append(run[0])
                continue
            # An addition of binary numbers: at each height, the subtree that stood
            # alone comes before the new ones, and one without a neighbour stays.
            nodes, carried, alone = _leaf_hashes(run), self.size, []
            while nodes:
                if carried & 1:
                    nodes.insert(0, self.hashes.pop())
                if len(nodes) & 1:
                    alone.append(nodes[-1])
                nodes, carried = _parents(nodes), carried >> 1
            self.hashes.extend(reversed(alone))
            self.size += len(run)

    def root(self) -> bytes:
        """The root of all entries so far."""
        if not self.hashes:
            return EMPTY_ROOT
        *rest, root = self.hashes
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


class Tree:
    """A whole log's tree in memory: roots and proofs for every size it ever had.

    Cost: about 150 bytes an entry; a root or a proof takes O(log n).
    """

    def __init__(self, entries: Iterable[bytes] = ()) -> None:
        # At height h, the roots of the complete subtrees of 2**h entries.
        self._heights: list[list[bytes]] = [[]]
        self._edge: tuple[int, list[bytes]] = (0, [])
        self.extend(entries)

    @property
    def size(self) -> int:
        """The number of entries."""
        return len(self._heights[0])

    def extend(self, entries: Iterable[bytes]) -> None:
        """Add entries (not their hashes) at the end."""
        for run in _runs(entries):
            nodes, height = _leaf_hashes(run), 0
            while nodes:
                if height == len(self._heights):
                    self._heights.append([])
                kept = self._heights[height]
                alone = kept[-1:] if len(kept) & 1 else []
                kept.extend(nodes)
                nodes, height = _parents([*alone, *nodes]), height + 1

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` entries; of all when not said."""
        size = self._size_of(size)
        return self._edge_of(size)[-1] if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The audit path of the entry at `index` in the first `size` entries.

        Source:
            RFC 9162 section 2.1.3.1.
        """
        size = self._size_of(size)
        if not 0 <= index < size:
            msg = "no entry at this index"
            raise ValueError(msg)
        return tuple(self._path(0, index, size))

    def consistency_proof(self, old_size: int, size: int | None = None) -> tuple[bytes, ...]:
        """The hashes showing that the log of `old_size` is the beginning of that of `size`.

        Source:
            RFC 9162 section 2.1.4.1.
        """
        size = self._size_of(size)
        if not 0 < old_size <= size:
            msg = "the old size is not between 1 and the size"
            raise ValueError(msg)
        if old_size == size:
            return ()
        # From the last complete subtree of the old log up: what is to its left is
        # in both, what is to its right is new. Who knows the old root knows it
        # where it is the whole of the old log.
        height = (old_size & -old_size).bit_length() - 1
        index = (old_size >> height) - 1
        start = () if index == 0 else (self._heights[height][index],)
        return (*start, *self._path(height, index, size))

    def _size_of(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            msg = "the tree was never of this size"
            raise ValueError(msg)
        return size

    def _path(self, height: int, index: int, size: int) -> Iterator[bytes]:
        """The neighbours of a node and of all above it, up to the root of `size` entries."""
        edge, heights = self._edge_of(size), self._heights
        last = (size - 1) >> height
        while last:
            neighbour = index ^ 1
            if neighbour < last:
                yield heights[height][neighbour]
            elif neighbour == last:
                yield edge[height]
            height, index, last = height + 1, index >> 1, last >> 1

    def _edge_of(self, size: int) -> list[bytes]:
        """At each height the last node in a tree of this size, complete or not, up to the root."""
        known, edge = self._edge
        if known != size:
            edge, last = [self._heights[0][size - 1]], size - 1
            for nodes in self._heights:
                if last & 1:
                    edge.append(node_hash(nodes[last - 1], edge[-1]))
                elif last:
                    edge.append(edge[-1])
                last >>= 1
            self._edge = (size, edge)
        return edge


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def root_of(entries: Iterable[bytes]) -> bytes:
    """The root of a whole log of entries."""
    frontier = Frontier()
    frontier.extend(entries)
    return frontier.root()


def inclusion_proof(entries: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of the entry at `index`; for more than one, keep a `Tree`.

    Cost: O(n) hashes.
    """
    return Tree(entries).inclusion_proof(index)


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

    Cost: O(n) hashes; for more than one, keep a `Tree`.
    """
    return Tree(entries).consistency_proof(old_size)


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
