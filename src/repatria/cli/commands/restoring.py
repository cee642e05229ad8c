"""`backup`, `restore`, `heal`, `passphrase`: against the day on which something is lost."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from repatria.cli.console import (
    OPERATOR,
    REFUSED,
    WRONG_CALL,
    err,
    plain_errors,
    postgresql_address,
    progress_bar,
)
from repatria.ledger.healing import OwnLogDiffersError
from repatria.operations.receiving import take_in_package
from repatria.terms import IntegrityError, Refusal, Role
from repatria.wiring.backups import make_backup
from repatria.wiring.healing import CONFIRMATION, Healed, keep_evidence
from repatria.wiring.healing import heal as heal_log
from repatria.wiring.installation import KEY_FILE, Installation
from repatria.wiring.passphrases import (
    NEW_PASSPHRASE,
    change_passphrase,
    new_passphrase_for,
    passphrase_for,
)
from repatria.wiring.restoring import restore_backup


def backup(home: Path, *, out: Path) -> int:
    """Write everything into one file."""
    with plain_errors() as code:
        installation = Installation.at(home)
        with progress_bar("writing") as progress:
            made = make_backup(installation, out, progress=progress)
        installation.close()
        err.print(f"{out}: {made.size} statements of our own and what peers gave us")
        err.print(f"SHA-256 {made.digest}")
        err.print("it opens with the passphrase of today; keep it apart from this machine")
    return code[0]


def restore(file: Path, folder: Path, *, postgresql: str) -> int:
    """Put an installation back into a new folder."""
    with plain_errors() as code:
        address = postgresql_address(postgresql)
        if address is None:
            return WRONG_CALL
        passphrase = passphrase_for("the keys in the backup")
        with progress_bar("reading") as progress:
            back = restore_backup(
                file, folder, passphrase=passphrase, postgresql=address or None, progress=progress
            )
        back.installation.close()
        err.print(f"{folder}: as it was on {back.made_at}, {back.size} statements of our own")
        err.print("everything in it was verified. It can be read; it signs nothing yet, because")
        err.print("what was signed since the backup may be in others' hands")
        err.print("next: ask EVERY peer to give our log back, then")
        err.print(f"repatria heal --home {folder} PACKAGE...")
    return code[0]


def heal(home: Path, packages: Sequence[Path], *, alone: bool, confirm: str) -> int:
    """Complete our own log from what peers mirror of it."""
    with plain_errors() as code:
        installation = Installation.at(home)
        if not packages and not alone:
            err.print("name the packages in which peers give our log back, or say --alone")
            return WRONG_CALL
        if alone and not _is_confirmed(confirm):
            return REFUSED
        files = {path.name: path.read_bytes() for path in packages}
        if len(files) < len(packages):
            err.print("two of the packages have the same name")
            return WRONG_CALL
        try:
            healed = heal_log(installation, files, actor=OPERATOR, confirmed=alone)
        except OwnLogDiffersError as found:
            _print_two_stories(keep_evidence(installation, found))
            raise
        except Refusal as refusal:
            _print_what_is_missing(refusal)
            raise
        _print_healed(healed)
        if not _took_in(installation, files):
            code[0] = REFUSED
        installation.close()
    return code[0]


def _is_confirmed(confirm: str) -> bool:
    """Whether somebody states in words that no peer holds more of our log."""
    err.print("IF ANY PEER HOLDS MORE OF OUR LOG than this folder and these packages, whatever is")
    err.print("signed next contradicts what was signed before. Every peer will then freeze our log")
    err.print("and hold proof, with our signature, that we told two stories. It can't be undone.")
    if not confirm and sys.stdin.isatty():
        err.print(f"to go on all the same, type: {CONFIRMATION}")
        confirm = input()
    if confirm.strip().lower() == CONFIRMATION:
        return True
    err.print(f"nothing was done: say --confirm {CONFIRMATION!r}")
    return False


def _print_two_stories(path: Path | None) -> None:
    err.print("STOP. A peer holds statements signed with our key that are not in this folder, and")
    err.print("this folder holds others in their place. Sign nothing more; call everybody who has")
    err.print("used this key. Nothing was changed here")
    if path is not None:
        err.print(f"both heads, for whoever looks into it: {path}")


def _print_what_is_missing(refusal: Refusal) -> None:
    codes = {each.code for each in refusal.objections}
    if "peer-not-asked" in codes:
        err.print("every peer must give our log back first: one of them may hold the newest part")
    if "mark-not-reached" in codes:
        err.print("the mark beside the key says that more was signed than these packages hold")
    if codes & {"peer-not-asked", "mark-not-reached"}:
        err.print("if somebody cannot be asked: the same with --alone, and read what it risks")


def _print_healed(healed: Healed) -> None:
    err.print(
        f"healed: {healed.commitments} commitments and {healed.bodies} statements came back; "
        f"the log has {healed.size} entries, and signs again"
    )
    if healed.lost:
        err.print(
            f"{len(healed.lost)} statements were given to nobody and are lost: {healed.lost}. "
            "Say again what they said: accounts, examinations, places of detention..."
        )


def _took_in(installation: Installation, files: dict[str, bytes]) -> bool:
    """Take in what the peers said since; whether all of it went in."""
    whole = True
    with installation.open():
        desk = installation.desk(OPERATOR, Role.REGISTRAR)
        for name, raw in sorted(files.items()):
            try:
                taken = take_in_package(desk, raw, place=name)
                err.print(f"{name}: {taken.new} entries of {taken.sender} taken in")
            except Refusal as refusal:
                whole = False
                err.print(f"{name}: not taken in: {refusal.objections[0].code}")
            except IntegrityError as fault:
                whole = False
                err.print(f"not as signed: {fault.place}: {fault.code}")
    return whole


def passphrase(home: Path, *, key: Path | None) -> int:
    """Change the passphrase of a key file."""
    with plain_errors() as code:
        path = key or Installation.at(home).folder / KEY_FILE
        old = passphrase_for(f"the keys in {path}, as it is now")
        new = new_passphrase_for(f"the keys in {path}")
        change_passphrase(path, old, new)
        err.print(f"{path}: changed. Backups made before still open with the old passphrase")
        if os.environ.get(NEW_PASSPHRASE):
            err.print(f"take {NEW_PASSPHRASE} out of the environment again")
    return code[0]
