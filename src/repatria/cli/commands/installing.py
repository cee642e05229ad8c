"""`init`, `account`, `peer`, `token`, `rebuild`, `export`: looking after an installation."""

import getpass
import json
import os
import sys
from pathlib import Path
from typing import Any

from repatria.cli.console import (
    OPERATOR,
    REFUSED,
    WRONG_CALL,
    err,
    is_party,
    out_console,
    plain_errors,
    postgresql_address,
    progress_bar,
    read_small_file,
)
from repatria.ledger.fingerprint import is_read_aloud, words_of
from repatria.ledger.keyring import MAX_ROOTS, Keyring, read_keyring
from repatria.ledger.kinds import KINDS
from repatria.terms import PartyCode, Role
from repatria.wiring.accounts import make_token, open_account
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost
from repatria.wiring.passphrases import passphrase_for, require_strength
from repatria.wiring.root_keys import Roots


def init(
    folder: Path,
    *,
    party: str,
    title: str,
    postgresql: str,
    roots: Path | None,
    root_count: int,
    threshold: int,
) -> int:
    """Make an installation, its keys, and the root keys that vouch for them."""
    with plain_errors() as code:
        if not is_party(party):
            return WRONG_CALL
        named = postgresql_address(postgresql)
        if named is None:
            return WRONG_CALL
        if not 1 <= threshold <= root_count <= MAX_ROOTS:
            err.print(f"--threshold is between 1 and --root-count, which is at most {MAX_ROOTS}")
            return WRONG_CALL
        if (folder / "installation.json").exists():
            raise FileExistsError(folder)
        passphrase = passphrase_for("the new keys", again=True)
        require_strength(passphrase)
        made_roots = Roots.generate(count=root_count, threshold=threshold)
        where = roots or folder.with_name(f"{folder.name}-roots")
        paths = made_roots.write(where, party=PartyCode(party), passphrase=passphrase, cost=Cost())
        made = Installation.create(
            folder,
            party=PartyCode(party),
            title=title,
            passphrase=passphrase,
            roots=made_roots,
            postgresql=named or None,
        )
        err.print(f"{title} ({party}): {folder}")
        _print_fingerprint(made.keyring)
        err.print(
            f"{len(paths)} root keys are in {where}: {threshold} of them decide which keys speak "
            "for the party. Give each to another person, on a medium of its own; delete them here"
        )
        err.print(f"for peers, at a first meeting: {folder / f'{party}.keyring'}")
        err.print(f"next: repatria account NAME --role registrar --party {party} --home {folder}")
    return code[0]


def _print_fingerprint(keyring: Keyring) -> None:
    err.print(f"fingerprint, to be read aloud: {keyring.fingerprint}")
    err.print(f"or in words: {' '.join(words_of(keyring.digest))}")


def account(home: Path, *, name: str, role: str, party: str, title: str) -> int:
    """Open an account."""
    with plain_errors() as code:
        installation = Installation.at(home)
        try:
            known = Role(role)
        except ValueError:
            err.print(f"no such role; one of: {', '.join(Role)}")
            return WRONG_CALL
        if party and not is_party(party):
            return WRONG_CALL
        password = os.environ.get("REPATRIA_PASSWORD") or getpass.getpass("password: ")
        open_account(
            installation,
            name=name,
            password=password,
            role=known,
            party=PartyCode(party) if party else None,
            title=title,
        )
    return code[0]


def rebuild(home: Path) -> int:
    """Fold everything derived anew."""
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open(), progress_bar("folding") as progress:
            from repatria.store.projections import (  # noqa: PLC0415 -- needs Django set up
                rebuild as fold_anew,
            )
            from repatria.store.projections import table_digests  # noqa: PLC0415 -- same

            log = installation.log()
            with log.exclusive():
                before = table_digests()
                fold_anew(installation.party, progress)
                after = table_digests()
        installation.close()
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            err.print(f"these tables were not as the log says, and are now: {', '.join(changed)}")
        else:
            err.print("all derived tables were as the log says")
    return code[0]


def export(home: Path, out: Path, *, redacted: bool) -> int:
    """Write the own log as lines of JSON."""
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open(), out.open("x", encoding="utf-8") as file:
            log = installation.log()
            count = 0
            for entry in log.of_kind(*KINDS):
                if entry.origin != installation.party:
                    continue
                body = {**json.loads(entry.statement.body), "ref": entry.ref}
                if redacted:
                    body = _redacted(body)
                file.write(json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n")
                count += 1
        err.print(f"{count} statements written to {out}")
    return code[0]


def _redacted(body: dict[str, Any]) -> dict[str, Any]:
    """A statement for somebody who checks the log only: free words and families struck out too."""
    ground = dict(body["ground"])
    if "note" in ground:
        ground["note"] = "[withheld]"
    audience = {
        "family:[withheld]" if label.startswith("family:") else label for label in body["audience"]
    }
    content = KINDS[body["kind"]].redact(body["content"])
    return {**body, "audience": sorted(audience), "content": content, "ground": ground}


def peer(home: Path, *, party: str, title: str, keyring: Path, fingerprint: str) -> int:
    """Note the keyring of a peer, once its fingerprint was compared."""
    from repatria.operations.access import introduce_peer  # noqa: PLC0415 -- not for help

    with plain_errors() as code:
        installation = Installation.at(home)
        known = read_keyring(read_small_file(keyring), place=keyring.name)
        err.print(f"{title} ({known.party}), version {known.version} of its keyring")
        _print_fingerprint(known)
        if not _is_compared(known, fingerprint):
            return REFUSED
        with installation.open():
            introduce_peer(
                installation.desk(OPERATOR, Role.REGISTRAR),
                party=PartyCode(party),
                title=title,
                keyring=known,
            )
        installation.close()
        err.print("noted")
    return code[0]


def _is_compared(keyring: Keyring, fingerprint: str) -> bool:
    """Whether somebody says that this is what they read aloud; by words or by digits."""
    if not fingerprint and sys.stdin.isatty():
        err.print("type what they read aloud to you, the digits or the words:")
        fingerprint = input()
    if not fingerprint:
        err.print("nothing was noted: give what they read aloud with --fingerprint")
        return False
    matches = is_read_aloud(fingerprint, keyring.digest)
    if not matches:
        err.print("NOT THE SAME. Nothing was noted. Go no further: this may be somebody else's key")
    return matches


def token(home: Path, *, name: str) -> int:
    """Make a token with which a program reads as an account; it is shown once."""
    with plain_errors() as code:
        installation = Installation.at(home)
        made = make_token(installation, name)
        installation.close()
        out_console.print(made)
        err.print("keep it secret: it is not shown again. Send it as: Authorization: Bearer TOKEN")
    return code[0]
