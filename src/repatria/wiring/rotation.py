"""How does an installation go over to its next keyring, whatever happens on the way?

    propose   node-next.key is sealed here; next.keyring goes to the people with root keys
    adopt     everything new is written beside the old, durably, under names of its own;
              then a journal names the moves: from that moment on the new keyring is in
              force, and whoever opens the installation finishes what was begun;
              then the new key signs our note of it, and the journal goes

Killed before the journal is there, the old keyring is in force; killed after it, the
new one. Held all the while: the lock of the log, so that nobody signs meanwhile.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from repatria.ledger.checkpoint import read_note
from repatria.ledger.keyring import Keyring, read_keyring
from repatria.ledger.log import Log
from repatria.ledger.node import NodeSecrets
from repatria.ledger.signing import VerifyKey
from repatria.operations.keyrings import check_adoption, propose_keyring
from repatria.wiring.adoption import begin_moves, finish_moves, staged
from repatria.wiring.high_water import HighWaterMark
from repatria.wiring.installation import KEY_FILE, MARK_FILE, Installation, now
from repatria.wiring.keyfile import Cost, write_key_file, write_secret
from repatria.wiring.passphrases import keep_opened, node_secrets_in

NEXT_KEY = "node-next.key"


def propose(
    installation: Installation,
    *,
    passphrase: str = "",
    cost: Cost = Cost(),  # noqa: B008 -- frozen
    revoke: str = "",
    at: int | None = None,
    slack: int = 0,
    add_roots: Sequence[VerifyKey] = (),
    drop_roots: Sequence[str] = (),
    threshold: int | None = None,
    replace: bool = False,
) -> Keyring:
    """The next keyring, unsigned; new secrets, where it takes any, lie in `node-next.key`.

    Without a change of root keys and without a node key to revoke, the key in use
    is exchanged for a new one. To be called inside `installation.open()`.

    Args:
        installation: ours.
        passphrase: seals the new secrets.
        cost: of trying a passphrase.
        revoke: name of a node key that ends.
        at: the last size it may sign; the present one without it.
        slack: entries which the key in use may still sign until the adoption.
        add_roots, drop_roots, threshold: changes of the root keys.
        replace: new secrets of an earlier proposal, never adopted, are thrown away.

    Raises:
        Refusal: as `propose_keyring`.
        FileExistsError: an earlier proposal waits.
    """
    known, size = installation.keyring, installation.log().head(installation.party).size
    in_use = known.newest
    changes_roots = bool(add_roots or drop_roots or threshold is not None)
    if not takes_new_key(known, revoke=revoke, changes_roots=changes_roots):
        return propose_keyring(
            known,
            size=size,
            end=revoke,
            at=at,
            add_roots=add_roots,
            drop_roots=drop_roots,
            threshold=threshold,
        )
    path = installation.folder / NEXT_KEY
    if path.exists() and not replace:
        raise FileExistsError(path)
    node = NodeSecrets.generate(secrets.token_bytes, after=installation.node())
    # The new key may sign from the present size on, so that it can take over at any
    # moment before the old one ends.
    coming = propose_keyring(
        known,
        size=size,
        new=node.public(f"node-{len(known.nodes) + 1}", from_size=size),
        end=revoke or (in_use.name if in_use.to_size is None else ""),
        at=size + slack if at is None else at,
        add_roots=add_roots,
        drop_roots=drop_roots,
        threshold=threshold,
    )
    write_key_file(
        path,
        kind="node",
        party=installation.party,
        values=dict(node.to_json()),
        passphrase=passphrase,
        cost=cost,
    )
    keep_opened(path, node)
    return coming


def takes_new_key(known: Keyring, *, revoke: str, changes_roots: bool) -> bool:
    """Whether a proposal brings new secrets: a rotation, or the key in use is revoked."""
    return revoke == known.newest.name if revoke else not changes_roots


def adopt(installation: Installation, text: str, *, clock: Callable[[], datetime] = now) -> Keyring:
    """The keyring that is in force from now on; to be called inside `installation.open()`.

    Adopting it again changes nothing.

    Args:
        installation: ours.
        text: the coming keyring, signed.
        clock: gives the present moment.

    Raises:
        IntegrityError, Refusal: as `check_adoption`; also when the log is not the one
            that was signed. Nothing has changed then.
    """
    log = installation.log(clock=clock)
    with log.exclusive():
        known = Installation.at(installation.folder).keyring
        head = log.head(installation.party)
        installation.mark().check(head.size, lambda size: _root_at(log, size))
        node = _secrets_under(installation, read_keyring(text))
        coming = check_adoption(known, text, size=head.size, in_use=node.public(""))
        if coming.version != known.version:
            _bind(installation, coming, node, (head.size, head.root))
            finish_moves(installation.folder)
            keep_opened(installation.folder / KEY_FILE, node)
            # A log opened with the new key notes the keyring before anything else.
            Installation.at(installation.folder).log(clock=clock)
    (installation.folder / NEXT_KEY).unlink(missing_ok=True)
    return coming


def _secrets_under(installation: Installation, coming: Keyring) -> NodeSecrets:
    """The secrets with which we go on: the proposed ones if the keyring names them."""
    path = installation.folder / NEXT_KEY
    if path.exists():
        node = node_secrets_in(path)
        if node.signing.verify_key in [each.key for each in coming.nodes]:
            return node
    return installation.node()


def _root_at(log: Log, size: int) -> bytes | None:
    note = log.note(log.party, size)
    return read_note(note, place="our log")[0].root if note else None


def _bind(
    installation: Installation, coming: Keyring, node: NodeSecrets, head: tuple[int, bytes]
) -> None:
    """Write every new file beside the old one, then the journal that binds us to them."""
    folder, version = installation.folder, coming.version
    description = json.loads((folder / "installation.json").read_text("utf-8"))
    description["keyring"] = coming.envelope.text
    texts = {
        "installation.json": json.dumps(description, indent=1),
        f"{coming.party}.keyring": coming.envelope.text,
    }
    names = list(texts)
    if node.signing.verify_key != installation.node().signing.verify_key:
        texts[KEY_FILE] = (folder / NEXT_KEY).read_text("utf-8")
        mark = HighWaterMark(staged(folder, MARK_FILE, version), node.signing)
        mark.create()
        mark.advance(*head)
        # The key first: whoever reads its mark or its keyring afterwards reads with it.
        names = [KEY_FILE, MARK_FILE, *names]
    for name, text in texts.items():
        write_secret(staged(folder, name, version), text)
    begin_moves(folder, names, version)
