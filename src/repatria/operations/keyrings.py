"""How does a party change its keys, and how do parties learn each other's at a meeting?

A coming keyring is proposed here, signed by people elsewhere, and adopted when
enough root keys signed it. Neither reads files: `wiring.rotation` does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from repatria.ledger.document import signers
from repatria.ledger.keyring import (
    MAX_NODES,
    MAX_ROOTS,
    Keyring,
    NodeKey,
    keyring_document,
    next_keyring,
    read_keyring,
    read_unsigned_keyring,
)
from repatria.ledger.log import Receipt
from repatria.ledger.peers_document import PeersDocument, read_peers
from repatria.ledger.signing import VerifyKey
from repatria.ledger.statement import Ground
from repatria.operations.access import introduction_of, keyring_noted, keyring_of, keyrings_of
from repatria.operations.desk import Desk
from repatria.terms import Objection, PartyCode, Refusal, Role

_RULE = "keys"
_MEETING = "first contact"
_SHORTEST_FINGERPRINT = 8


def propose_keyring(
    known: Keyring,
    *,
    size: int,
    new: NodeKey | None = None,
    end: str = "",
    at: int | None = None,
    add_roots: Iterable[VerifyKey] = (),
    drop_roots: Iterable[str] = (),
    threshold: int | None = None,
) -> Keyring:
    """The next version of a keyring, signed by nobody yet.

    Args:
        known: the version in force.
        size: of our log now.
        new: a node key to add.
        end: name of a node key that stops to count.
        at: the last size it may sign; the present one without it.
        add_roots, drop_roots: root keys, those to go by their fingerprint or its beginning.
        threshold: how many root keys decide from then on; as before without it.

    Raises:
        Refusal: with every reason why there can be no such keyring.
    """
    found: list[Objection] = []
    nodes = _ended(known.nodes, end, size if at is None else at, size, found)
    if new is not None:
        nodes = (*nodes, new)
    roots = _changed_roots(known, tuple(add_roots), tuple(drop_roots), found)
    needed = known.threshold if threshold is None else threshold
    if not 1 <= needed <= len(roots) <= MAX_ROOTS or len(nodes) > MAX_NODES:
        found.append(Objection(code="keyring-threshold-impossible", rule=_RULE))
    if (nodes, set(roots), needed) == (known.nodes, set(known.roots), known.threshold):
        found.append(Objection(code="keyring-changes-nothing", rule=_RULE))
    Refusal.unless_empty(found)
    envelope = keyring_document(
        party=known.party, version=known.version + 1, threshold=needed, roots=roots, nodes=nodes
    )
    return read_unsigned_keyring(envelope.text, place="proposed keyring")


def _ended(
    nodes: tuple[NodeKey, ...], end: str, at: int, size: int, found: list[Objection]
) -> tuple[NodeKey, ...]:
    if not end:
        return nodes
    named = [node for node in nodes if node.name == end]
    if not named:
        found.append(Objection(code="keyring-no-such-node", rule=_RULE, about=(end,)))
    elif named[0].to_size is not None:
        found.append(Objection(code="keyring-node-ended-already", rule=_RULE, about=(end,)))
    elif at < max(size, named[0].from_size):
        # What was signed and is in others' hands stays signed: only people can undo it.
        found.append(Objection(code="keyring-ends-before-log", rule=_RULE, about=(end,)))
    return tuple(replace(node, to_size=at) if node.name == end else node for node in nodes)


def _changed_roots(
    known: Keyring, add: Sequence[VerifyKey], drop: Sequence[str], found: list[Objection]
) -> tuple[VerifyKey, ...]:
    roots = list(known.roots)
    for told in drop:
        beginning = "".join(told.lower().split())
        named = [r for r in roots if r.fingerprint.replace(" ", "").startswith(beginning)]
        if len(beginning) < _SHORTEST_FINGERPRINT or len(named) != 1:
            found.append(Objection(code="keyring-no-such-root", rule=_RULE))
        else:
            roots.remove(named[0])
    for key in add:
        if key in roots:
            found.append(Objection(code="keyring-root-known-already", rule=_RULE))
        else:
            roots.append(key)
    return tuple(roots)


def check_adoption(known: Keyring, text: str, *, size: int, in_use: NodeKey | None) -> Keyring:
    """The coming keyring, when the party itself may go over to it now.

    Args:
        known: the version in force.
        text: the envelope, signed by people.
        size: of our log now.
        in_use: the public halves of the secrets with which we would go on; None when
            the party ends its log.

    Raises:
        IntegrityError: as `read_keyring` and `next_keyring`.
        Refusal: `keyring-ends-before-log`: the log has grown past the end of the key
            that signed it; `keyring-key-not-at-hand`: the secrets are not those of
            the key that is to sign next.
    """
    coming = next_keyring(known, read_keyring(text), held=0)
    found = []
    if any(
        after.to_size is not None and before.to_size is None and after.to_size < size
        for before, after in zip(known.nodes, coming.nodes, strict=False)
    ):
        found.append(Objection(code="keyring-ends-before-log", rule=_RULE))
    signs_next = [node for node in coming.nodes if node.may_sign(size + 1)]
    if in_use is None or not any(_same_keys(node, in_use) for node in signs_next):
        found.append(Objection(code="keyring-key-not-at-hand", rule=_RULE))
    Refusal.unless_empty(found)
    return coming


def _same_keys(one: NodeKey, other: NodeKey) -> bool:
    return (one.key, one.witness, one.recipient) == (other.key, other.witness, other.recipient)


def note_own_keyring(desk: Desk, keyring: Keyring) -> Receipt:
    """The receipt of our note that we go on under another keyring; once for each version.

    The desk's key is the new one: the note is the first thing it signs.
    """
    with desk.log.exclusive():
        if any(known.version >= keyring.version for known in keyrings_of(desk.log, desk.party)):
            return desk.log.append(())
        introduced = introduction_of(desk.log, desk.party)
        title = introduced.title if introduced is not None else str(desk.party)
        ground = Ground(basis="keyring", source=keyring.envelope.digest)
        return desk.log.append((keyring_noted(desk, keyring, title=title, ground=ground),))


def sign_peers(desk: Desk, text: str) -> PeersDocument:
    """The document of a first meeting with our signature added.

    Raises:
        IntegrityError: `peers-malformed`.
        Refusal: as `adopt_peers`, save for missing signatures.
    """
    desk.require(Role.REGISTRAR)
    document = read_peers(text)
    Refusal.unless_empty(_objections(desk, document))
    return replace(document, envelope=document.envelope.signed_by(desk.key))


def adopt_peers(desk: Desk, text: str) -> tuple[PartyCode, ...]:
    """The parties that were introduced by a document which everybody at the meeting signed.

    Those known already are left as they are; all are introduced, or none.

    Raises:
        IntegrityError: `peers-malformed`.
        Refusal: `peers-not-signed` (by the parties named), `peers-without-us` when our
            own keyring is not in it as we know it, `peer-key-differs` when a party
            has other root keys than we know.
    """
    desk.require(Role.REGISTRAR)
    document = read_peers(text)
    with desk.log.exclusive():
        missing = [
            Objection(code="peers-not-signed", rule=_MEETING, about=(party,))
            for party in document.unsigned
        ]
        Refusal.unless_empty([*missing, *_objections(desk, document)])
        ground = Ground(basis="peers", source=document.envelope.digest)
        new = [e for e in document.entries if keyring_of(desk.log, e.party) is None]
        desk.log.append([keyring_noted(desk, e.keyring, title=e.title, ground=ground) for e in new])
        return tuple(entry.party for entry in new)


def _objections(desk: Desk, document: PeersDocument) -> list[Objection]:
    found = []
    for entry in document.entries:
        versions = keyrings_of(desk.log, entry.party)
        if versions and not any(_same_roots(known, entry.keyring) for known in versions):
            found.append(Objection(code="peer-key-differs", rule=_MEETING, about=(entry.party,)))
    ours = document.of(desk.party)
    if ours is None or desk.key.verify_key not in [node.key for node in ours.keyring.nodes]:
        found.append(Objection(code="peers-without-us", rule=_MEETING, about=(desk.party,)))
    return found


def _same_roots(one: Keyring, other: Keyring) -> bool:
    return one.digest == other.digest


def signatures_missing(known: Keyring | None, coming: Keyring) -> tuple[int, int]:
    """How many signatures a coming keyring still needs of its own roots, and of the known ones."""
    own = max(0, coming.threshold - len(signers(coming.envelope, coming.roots)))
    if known is None:
        return own, 0
    return own, max(0, known.threshold - len(signers(coming.envelope, known.roots)))
