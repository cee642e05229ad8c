"""Is everything in this place as it was signed? A workspace, an installation or a file.

Believing nobody: from the files alone. A workspace's installations are also
compared with each other: what one mirrors must be the beginning of what the
other says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from repatria.ledger.checkpoint import Signers
from repatria.ledger.export import MAX_LINE_BYTES, OPENING, verify_export
from repatria.ledger.merkle import root_of
from repatria.ledger.package import open_package
from repatria.ledger.package_content import Package, check_root
from repatria.ledger.sealing import Identity
from repatria.ledger.signing import VerifyKey
from repatria.terms import IntegrityError, PartyCode
from repatria.wiring import erasure_file
from repatria.wiring.high_water import NOT_HEALED, Mark, compare
from repatria.wiring.installation import KEY_FILE, Installation, NoInstallationError
from repatria.wiring.keyfile import KeyFileError, WrongPassphraseError, check_key_file
from repatria.wiring.passphrases import is_unlockable

PACKAGES = "*.repatria"


@dataclass(slots=True, kw_only=True)
class PlaceReport:
    """What was found in one installation or one package file.

    Attributes:
        place: folder or file name.
        party: whose it is.
        size, root: of its own log as recomputed (of the log in a package).
        statements: bodies that were checked.
        faults: all that is wrong, with place and code.
        note: what a reader should know besides, in words.
        unopened: a sealed file that nothing at hand opens: nothing can be said of it.
    """

    place: str
    party: str = ""
    size: int = 0
    root: str = ""
    statements: int = 0
    faults: list[IntegrityError] = field(default_factory=list)
    note: str = ""
    unopened: bool = False
    mirrors: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether all is as signed."""
        return not self.faults


class NothingToVerifyError(Exception):
    """The path is neither a workspace, nor an installation, nor a file of ours."""


def verify_path(
    path: Path, *, key: VerifyKey | None = None, identities: Sequence[Identity] = ()
) -> tuple[PlaceReport, ...]:
    """One report for each installation, package or export at the path.

    Args:
        key: for a package or an export: its party's key as known from elsewhere.
        identities: for a package: what may open it.

    Raises:
        NothingToVerifyError: there is nothing of ours at the path.
    """
    if path.is_file():
        return (_verify_file(path, key, identities),)
    if (path / "installation.json").exists():
        return (_verify_installation(path)[0],)
    folders = sorted(p.parent for p in path.glob("*/installation.json"))
    if not folders:
        msg = f"{path}: no installation, no package and no export here"
        raise NothingToVerifyError(msg)
    reports, logs = [], {}
    for folder in folders:
        report, own = _verify_installation(folder)
        reports.append(report)
        logs[report.party] = own
    _compare(reports, logs)
    reports.extend(_loose_packages(path, folders))
    return tuple(reports)


def _verify_file(path: Path, key: VerifyKey | None, identities: Sequence[Identity]) -> PlaceReport:
    """The report of a single file: an export of a log, or a package."""
    with path.open("rb") as file:
        if not file.read(len(OPENING)).startswith(OPENING):
            return _verify_package(path, key, identities)
        file.seek(0)
        found = verify_export(iter(lambda: file.readline(MAX_LINE_BYTES + 1), b""))
    report = PlaceReport(place=path.name, size=found.size, root=found.root.hex())
    report.party, report.statements = found.origin.partition("/")[2], found.bodies
    report.faults = found.faults
    if found.keyring is not None:
        if key is not None and key not in [node.key for node in found.keyring.nodes]:
            report.faults.append(IntegrityError(f"{path.name} keyring", "checkpoint-wrong-key"))
        report.note = (
            f"{found.withheld} bodies withheld, {found.erased} erased, {found.lost} lost; "
            f"root keys {found.keyring.fingerprint}, "
            f"to be compared with those you know for {report.party}"
        )
    return report


def _verify_package(
    path: Path, key: Signers | None, identities: Sequence[Identity] = ()
) -> PlaceReport:
    """The report of one package file; what is sealed for others cannot be looked into."""
    report = PlaceReport(place=path.name)
    try:
        package = _opened_by_any(path.read_bytes(), identities, path.name)
        if key is not None and package.key not in key.signers_at(package.checkpoint.size):
            raise IntegrityError(f"{path.name} signature", "package-bad-signature")
        check_root(package, place=path.name)
    except IntegrityError as fault:
        if fault.code == "not-sealed-for-us" and not identities:
            report.unopened = True
            report.note = "sealed: only its recipient can look inside (repatria package open)"
            return report
        report.faults.append(fault)
        return report
    except OSError:
        report.faults.append(IntegrityError(path.name, "file-not-readable"))
        return report
    report.party, report.size = package.sender, package.checkpoint.size
    report.root, report.statements = package.checkpoint.root.hex(), len(package.bodies)
    if key is None:
        report.note = (
            f"whole, and signed by the key {package.key.fingerprint}; "
            f"compare it with the one you know for {package.sender}"
        )
    return report


def _opened_by_any(raw: bytes, identities: Sequence[Identity], place: str) -> Package:
    """The package, by whichever of these keys opens it."""
    for identity in identities:
        try:
            return open_package(raw, identity=identity, place=place)
        except IntegrityError as fault:
            if fault.code != "not-sealed-for-us":
                raise
    return open_package(raw, identity=None, place=place)


def _verify_installation(folder: Path) -> tuple[PlaceReport, list[bytes]]:
    """The report, and the commitments of the installation's own log."""
    report = PlaceReport(place=folder.name)
    try:
        installation = Installation.at(folder)
    except NoInstallationError:
        report.faults.append(IntegrityError(f"{folder.name}/installation.json", "file-damaged"))
        return report, []
    report.party = installation.party
    report.faults.extend(_key_faults(installation))
    database = folder / "ledger.sqlite3"
    if installation.is_embedded and not database.exists():
        report.faults.append(IntegrityError(f"{folder.name}/ledger.sqlite3", "file-missing"))
        return report, []
    # Before the log is read: whoever goes on signing meanwhile is not behind his mark.
    mark = _mark_of(installation)
    with installation.open():
        # The store can be imported only once Django is set up.
        from repatria.store.log import own_commitments  # noqa: PLC0415 -- as said above
        from repatria.store.verification import examine  # noqa: PLC0415 -- as said above

        found = examine(installation.party, installation.keyring)
        report.faults.extend(
            IntegrityError(f"{folder.name}: {fault.place}", fault.code)
            for fault in found.all_faults
        )
        own = next((v for v in found.verdicts if v.origin == installation.party), None)
        if own is not None:
            report.size, report.root, report.statements = own.size, own.root.hex(), own.bodies
        if found.references_read:  # else the database cannot be asked
            report.faults.extend(_erasure_file_faults(installation))
        report.mirrors = {v.origin: (v.size, v.root.hex()) for v in found.verdicts if v is not own}
        entries = list(own_commitments(installation.party)) if report.holds else []
        _compare_mark(mark, report, entries)
        installation.close()
    if found.references_read:
        report.faults.extend(_package_faults(installation, found.keys, found.packages))
        report.faults.extend(_bulletin_faults(folder, found.bulletins))
    return report, entries


def _erasure_file_faults(installation: Installation) -> Iterator[IntegrityError]:
    """What was erased here once must not have come back with an older database."""
    place = f"{installation.folder.name}/{erasure_file.NAME}"
    try:
        if erasure_file.has_come_back(installation):
            yield IntegrityError(place, "erasure-not-replayed")
    except IntegrityError as fault:
        yield IntegrityError(place, fault.code)


def _key_faults(installation: Installation) -> Iterator[IntegrityError]:
    """What is wrong with the private keys; whether they fit is asked only if they open here."""
    place = f"{installation.folder.name}/{KEY_FILE}"
    try:
        check_key_file(installation.folder / KEY_FILE)
        if is_unlockable(installation.folder / KEY_FILE):
            node = installation.node()
            if node.public("") not in [
                replace(each, name="", from_size=0, to_size=None)
                for each in installation.keyring.nodes
            ]:
                yield IntegrityError(place, "key-differs")
    except WrongPassphraseError:
        yield IntegrityError(place, "key-not-opened")
    except (OSError, KeyFileError):
        yield IntegrityError(place, "file-damaged")


def _mark_of(installation: Installation) -> Mark | IntegrityError | None:
    """How far was signed, or why that cannot be read; None where the keys are not at hand."""
    if not is_unlockable(installation.folder / KEY_FILE):
        return None
    try:
        return installation.mark().newest()
    except IntegrityError as fault:
        return fault
    except (KeyFileError, WrongPassphraseError, OSError):
        return None  # said of the key file already


def _compare_mark(
    mark: Mark | IntegrityError | None, report: PlaceReport, entries: Sequence[bytes]
) -> None:
    """What was signed once must still be there; a log that waits to be healed is no fault."""
    if mark is None or report.faults:
        return
    try:
        if isinstance(mark, IntegrityError):
            raise mark
        compare(mark, len(entries), lambda size: root_of(entries[:size]))
    except IntegrityError as fault:
        if fault.code == NOT_HEALED:
            report.note = (
                "put back from a backup and not healed yet: it can be read, and signs nothing. "
                "Next: repatria heal (docs/restore.md)"
            )
            return
        report.faults.append(IntegrityError(f"{report.place}: {fault.place}", fault.code))


def _package_faults(
    installation: Installation, keys: Mapping[PartyCode, Signers], packages: frozenset[str]
) -> Iterator[IntegrityError]:
    """Package files: those we made are noted by digest; those we got are for us and signed."""
    folder = installation.folder
    for path in sorted(folder.glob(f"outbox/{PACKAGES}")):
        if sha256(path.read_bytes()).hexdigest() not in packages:
            yield IntegrityError(f"{folder.name}/outbox/{path.name}", "package-not-in-log")
    if not is_unlockable(folder / KEY_FILE):
        return
    for path in sorted(folder.glob(f"inbox/{PACKAGES}")):
        place = f"{folder.name}/inbox/{path.name}"
        try:
            identity = installation.node().identity
            package = open_package(path.read_bytes(), identity=identity, place=place)
            known = keys.get(package.sender)
            if known is None:
                raise IntegrityError(place, "package-from-unknown-party")
            if not package.keyrings and package.key not in known.signers_at(
                package.checkpoint.size
            ):
                raise IntegrityError(f"{place} signature", "package-bad-signature")
        except IntegrityError as fault:
            yield fault
        except (KeyFileError, WrongPassphraseError, OSError):
            return  # said of the key file already


def _bulletin_faults(folder: Path, bulletins: frozenset[str]) -> Iterator[IntegrityError]:
    for path in sorted(folder.glob("published/*.html")):
        if sha256(path.read_bytes()).hexdigest() not in bulletins:
            yield IntegrityError(f"{folder.name}/published/{path.name}", "bulletin-not-in-log")


def _compare(reports: list[PlaceReport], logs: Mapping[str, list[bytes]]) -> None:
    """A mirror that is not the beginning of the log it mirrors is a fault of the workspace."""
    for report in reports:
        for origin, (size, root) in report.mirrors.items():
            own = logs.get(origin)
            if not own:
                continue
            if size > len(own) or root_of(own[:size]).hex() != root:
                place = f"{report.place}: mirror of {origin}"
                report.faults.append(IntegrityError(place, "mirror-differs"))


def _loose_packages(path: Path, folders: list[Path]) -> Iterator[PlaceReport]:
    """Package files that lie in the workspace outside the installations, as on a stick."""
    keys: dict[PartyCode, Signers] = {}
    identities = []
    for folder in folders:
        try:
            known = Installation.at(folder)
            if is_unlockable(folder / KEY_FILE):
                identities.append(known.node().identity)
        except (NoInstallationError, KeyFileError, WrongPassphraseError, OSError):
            continue
        keys[known.party] = known.keyring
    for file in sorted(path.rglob(PACKAGES)):
        if any(folder in file.parents for folder in folders):
            continue
        report = _verify_package(file, None, identities)
        if report.holds and PartyCode(report.party) in keys:
            report = _verify_package(file, keys[PartyCode(report.party)], identities)
        report.place = str(file.relative_to(path))
        yield report
