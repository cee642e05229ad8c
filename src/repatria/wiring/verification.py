"""Is everything in this place as it was signed? A workspace, an installation or a file.

Believing nobody: from the files alone. A workspace's installations are also
compared with each other: what one mirrors must be the beginning of what the
other says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from repatria.ledger.merkle import root_of
from repatria.ledger.package import open_package, sender_of
from repatria.ledger.signing import VerifyKey
from repatria.terms import IntegrityError, PartyCode
from repatria.wiring import erasure_file
from repatria.wiring.installation import Installation, NoInstallationError

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
    """

    place: str
    party: str = ""
    size: int = 0
    root: str = ""
    statements: int = 0
    faults: list[IntegrityError] = field(default_factory=list)
    note: str = ""
    mirrors: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether all is as signed."""
        return not self.faults


class NothingToVerifyError(Exception):
    """The path is neither a workspace, nor an installation, nor a package."""


def verify_path(path: Path, *, key: VerifyKey | None = None) -> tuple[PlaceReport, ...]:
    """One report for each installation or package at the path.

    Args:
        key: for a package: the sender's key as known from elsewhere.

    Raises:
        NothingToVerifyError: there is nothing of ours at the path.
    """
    if path.is_file():
        return (_verify_package(path, key),)
    if (path / "installation.json").exists():
        return (_verify_installation(path)[0],)
    folders = sorted(p.parent for p in path.glob("*/installation.json"))
    if not folders:
        msg = f"{path}: no installation and no package here"
        raise NothingToVerifyError(msg)
    reports, logs = [], {}
    for folder in folders:
        report, own = _verify_installation(folder)
        reports.append(report)
        logs[report.party] = own
    _compare(reports, logs)
    reports.extend(_loose_packages(path, folders))
    return tuple(reports)


def _verify_package(path: Path, key: VerifyKey | None) -> PlaceReport:
    report = PlaceReport(place=path.name)
    try:
        package = open_package(path.read_bytes(), key=key, place=path.name)
    except IntegrityError as fault:
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
    with installation.open():
        from repatria.store.verification import examine  # noqa: PLC0415 -- needs Django set up

        found = examine(installation.party, installation.public_key)
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
        entries = list(installation.log().commitments(installation.party)) if report.holds else []
        installation.close()
    if found.references_read:
        keys = {**found.keys, installation.party: installation.public_key}
        report.faults.extend(_file_faults(folder, keys, found.packages, found.bulletins))
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
    place = f"{installation.folder.name}/node.key"
    try:
        if installation.signing_key().verify_key != installation.public_key:
            yield IntegrityError(place, "key-differs")
    except (OSError, ValueError):
        yield IntegrityError(place, "file-damaged")


def _file_faults(
    folder: Path,
    keys: Mapping[PartyCode, VerifyKey],
    packages: frozenset[str],
    bulletins: frozenset[str],
) -> Iterator[IntegrityError]:
    for path in sorted([*folder.glob(f"outbox/{PACKAGES}"), *folder.glob(f"inbox/{PACKAGES}")]):
        place = f"{folder.name}/{path.parent.name}/{path.name}"
        raw = path.read_bytes()
        try:
            sender, _ = sender_of(raw, place=place)
            if sender not in keys:
                yield IntegrityError(place, "package-from-unknown-party")
                continue
            open_package(raw, key=keys[sender], place=place)
        except IntegrityError as fault:
            yield fault
            continue
        if path.parent.name == "outbox" and sha256(raw).hexdigest() not in packages:
            yield IntegrityError(place, "package-not-in-log")
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
    keys = {}
    for folder in folders:
        try:
            known = Installation.at(folder)
        except NoInstallationError:
            continue
        keys[known.party] = known.public_key
    for file in sorted(path.rglob(PACKAGES)):
        if any(folder in file.parents for folder in folders):
            continue
        report = _verify_package(file, None)
        if report.holds and PartyCode(report.party) in keys:
            report = _verify_package(file, keys[PartyCode(report.party)])
        report.place = str(file.relative_to(path))
        yield report
