"""`keyring` and `root`: with which keys does a party speak from now on?"""

import json
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from repatria.cli.console import (
    REFUSED,
    WRONG_CALL,
    err,
    is_party,
    out_console,
    plain_errors,
    read_small_file,
)
from repatria.ledger.fingerprint import fingerprint_text, qr_of, words_of
from repatria.ledger.keyring import (
    Keyring,
    check_succession,
    read_keyring,
    read_unsigned_keyring,
)
from repatria.ledger.keyring_changes import changes_in_words, where_it_counts
from repatria.ledger.signing import SigningKey, VerifyKey
from repatria.operations.keyrings import signatures_missing
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost, write_key_file, write_secret
from repatria.wiring.passphrases import passphrase_for, require_strength, root_key_in
from repatria.wiring.rotation import adopt, propose, takes_new_key


def show(home: Path, file: Path | None, *, qr: Path | None, as_json: bool) -> int:
    """Show a keyring."""
    with plain_errors() as code:
        if file is None:
            ring = Installation.at(home).keyring
        else:
            ring = read_unsigned_keyring(read_small_file(file), place=file.name)
        missing, _ = signatures_missing(None, ring)
        if as_json:
            sys.stdout.write(json.dumps(_as_json(ring, missing)) + "\n")
        else:
            _print_keyring(ring, missing)
        if qr is not None:
            picture = qr_of(fingerprint_text(ring.party, ring.digest))
            with qr.open("x", encoding="utf-8") as out:
                out.write(picture)
            err.print(f"the fingerprint as a QR code: {qr}")
        if missing:
            err.print(f"NOT SIGNED YET: {missing} more of its own root keys are needed")
            code[0] = REFUSED
    return code[0]


def _as_json(ring: Keyring, missing: int) -> dict[str, Any]:
    return {
        "party": ring.party,
        "version": ring.version,
        "threshold": ring.threshold,
        "fingerprint": ring.fingerprint,
        "words": " ".join(words_of(ring.digest)),
        "signatures_missing": missing,
        "roots": [root.fingerprint for root in ring.roots],
        "nodes": [
            {
                "name": node.name,
                "fingerprint": node.key.fingerprint,
                "from_size": node.from_size,
                "to_size": node.to_size,
            }
            for node in ring.nodes
        ],
    }


def _print_keyring(ring: Keyring, missing: int) -> None:
    signed = "signed" if not missing else "not signed"
    out_console.print(f"{ring.party}, version {ring.version}, {signed}")
    out_console.print(f"fingerprint: {ring.fingerprint}")
    out_console.print(f"in words:    {' '.join(words_of(ring.digest))}")
    out_console.print(f"root keys, {ring.threshold} of {len(ring.roots)} decide:")
    for root in ring.roots:
        out_console.print(f"  {root.fingerprint}")
    out_console.print("node keys:")
    for node in ring.nodes:
        out_console.print(f"  {node.name}  {node.key.fingerprint}  {where_it_counts(node)}")


def propose_next(
    home: Path,
    *,
    out: Path,
    slack: int,
    revoke: str,
    at: int | None,
    add_roots: Sequence[str],
    drop_roots: Sequence[str],
    threshold: int | None,
    replace: bool,
) -> int:
    """Write the next keyring for people to sign."""
    with plain_errors() as code:
        try:
            added = [VerifyKey.from_text(text) for text in add_roots]
        except ValueError:
            err.print("--add-root takes the public half that `repatria root new` printed")
            return WRONG_CALL
        if slack < 0 or (at is not None and at < 0):
            err.print("--slack and --at are no less than zero")
            return WRONG_CALL
        if out.exists():
            raise FileExistsError(out)
        installation = Installation.at(home)
        changes_roots = bool(added or drop_roots or threshold is not None)
        passphrase = ""
        if takes_new_key(installation.keyring, revoke=revoke, changes_roots=changes_roots):
            passphrase = passphrase_for("the new node keys", again=True)
            require_strength(passphrase)
        with installation.open():
            coming = propose(
                installation,
                passphrase=passphrase,
                revoke=revoke,
                at=at,
                slack=slack,
                add_roots=added,
                drop_roots=drop_roots,
                threshold=threshold,
                replace=replace,
            )
        installation.close()
        write_secret(out, coming.envelope.text)
        _print_changes(installation.keyring, coming)
        err.print(f"{out} is to be signed: {_still_needed(installation.keyring, coming)}")
        err.print(f"each with: repatria keyring sign {out.name} --root FILE --known KEYRING")
    return code[0]


def sign(file: Path, *, root: Path, known: Path | None) -> int:
    """Say what changes, then sign."""
    with plain_errors() as code:
        coming = read_unsigned_keyring(read_small_file(file), place=file.name)
        before = read_keyring(read_small_file(known), place=known.name) if known else None
        _print_changes(before, coming)
        if before is not None:
            check_succession(before, coming, held=0, place=file.name)
        else:
            err.print("nothing to compare it with: give the keyring in force with --known")
        key = root_key_in(root)
        may_sign = {*coming.roots, *(before.roots if before is not None else ())}
        if key.verify_key not in may_sign:
            err.print(f"NOT SIGNED: the root key in {root} has no say in this keyring")
            return REFUSED
        signed = coming.envelope.signed_by(key)
        write_secret(file, signed.text)
        coming = read_unsigned_keyring(signed.text, place=file.name)
        err.print(f"signed with the root key {key.verify_key.fingerprint}")
        err.print(f"{file}: {_still_needed(before, coming)}")
    return code[0]


def _print_changes(before: Keyring | None, coming: Keyring) -> None:
    for sentence in changes_in_words(before, coming):
        err.print(sentence)
    err.print(f"Digest of what is signed: {coming.envelope.digest}")


def _still_needed(before: Keyring | None, coming: Keyring) -> str:
    own, old = signatures_missing(before, coming)
    if not own and not old:
        return "signed by enough root keys; next: repatria keyring adopt"
    told = [f"{old} of the root keys now in force"] if old else []
    told += [f"{own} of the root keys it names"] if own else []
    return "still needed: " + " and ".join(told)


def adopt_next(home: Path, file: Path) -> int:
    """Go over to a signed keyring."""
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            ring = adopt(installation, read_small_file(file))
        installation.close()
        err.print(f"version {ring.version} is in force; {ring.newest.name} signs from now on")
        err.print(f"fingerprint: {ring.fingerprint}")
        err.print("peers follow with the next package; a server that runs must be started anew")
    return code[0]


def new_root(out: Path, *, party: str) -> int:
    """Make a root key and print its public half."""
    with plain_errors() as code:
        if not is_party(party):
            return WRONG_CALL
        if out.exists():
            raise FileExistsError(out)
        passphrase = passphrase_for("the new root key", again=True)
        require_strength(passphrase)
        key = SigningKey(secrets.token_bytes(32))
        out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_key_file(
            out,
            kind="root",
            party=party,
            values={"root": key.seed.hex()},
            passphrase=passphrase,
            cost=Cost(),
        )
        err.print(f"a root key of {party}: {out}; fingerprint {key.verify_key.fingerprint}")
        err.print("its public half, for: repatria keyring propose --add-root")
        out_console.print(key.verify_key.text)
    return code[0]
