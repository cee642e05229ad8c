"""What changes between two keyrings, in words for whoever is asked to sign?

Complete by construction: parties, versions, threshold, every root key and every
node key are compared, and what is not said has not changed.
"""

from collections.abc import Iterator

from repatria.ledger.keyring import Keyring, NodeKey
from repatria.ledger.signing import VerifyKey


def changes_in_words(known: Keyring | None, coming: Keyring) -> tuple[str, ...]:
    """One sentence for each difference; the whole keyring when no former one is at hand."""
    if known is None:
        return tuple(_from_nothing(coming))
    return tuple(_changes(known, coming))


def _from_nothing(coming: Keyring) -> Iterator[str]:
    yield f"Keyring of {coming.party}, version {coming.version}."
    yield _threshold(coming)
    for root in coming.roots:
        yield f"Root key: {root.fingerprint}."
    for node in coming.nodes:
        yield f"Node key {node.name}, {node.key.fingerprint}: {where_it_counts(node)}."


def _changes(known: Keyring, coming: Keyring) -> Iterator[str]:
    if known.party != coming.party:
        yield f"IT IS THE KEYRING OF ANOTHER PARTY: {coming.party}, not {known.party}."
    yield f"Keyring of {coming.party}, version {coming.version}; the known one is {known.version}."
    old, new = set(known.roots), set(coming.roots)
    if known.threshold != coming.threshold or len(old) != len(new):
        yield f"{_threshold(coming)} Before: {known.threshold} of {len(old)}."
    yield from (f"Root key ADDED: {root.fingerprint}." for root in _in_order(new - old))
    yield from (f"Root key DROPPED: {root.fingerprint}." for root in _in_order(old - new))
    yield from _changes_of_nodes(known, coming)
    if known.digest != coming.digest:
        yield f"The fingerprint people know changes to: {coming.fingerprint}."


def _changes_of_nodes(known: Keyring, coming: Keyring) -> Iterator[str]:
    before = {node.name: node for node in known.nodes}
    after = {node.name: node for node in coming.nodes}
    for name, node in after.items():
        if name not in before:
            yield f"Node key ADDED: {name}, {node.key.fingerprint}: {where_it_counts(node)}."
        elif _keys(before[name]) != _keys(node):
            yield f"NODE KEY {name} IS REPLACED BY ANOTHER: {node.key.fingerprint}."
        elif before[name] != node:
            was = where_it_counts(before[name])
            yield f"Node key CHANGED: {name}: {where_it_counts(node)}; before: {was}."
    for name in before.keys() - after.keys():
        yield f"NODE KEY {name} IS TAKEN OUT, as if it had never been."


def _keys(node: NodeKey) -> tuple[str, str, str]:
    return node.key.text, node.witness.text, node.recipient.text


def where_it_counts(node: NodeKey) -> str:
    """For which entries of the log a node key signs, in words."""
    if node.to_size is None:
        return f"signs from entry {node.from_size + 1} on"
    if node.to_size == node.from_size:
        return "never signs"
    return f"signs entries {node.from_size + 1} to {node.to_size} and none after"


def _threshold(keyring: Keyring) -> str:
    return f"{keyring.threshold} of {len(keyring.roots)} root keys decide."


def _in_order(keys: set[VerifyKey]) -> list[VerifyKey]:
    return sorted(keys, key=lambda key: key.text)
