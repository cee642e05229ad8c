"""The commands of the log itself: `verify`, `rebuild`, `erase`, `export` and `ledger`."""

from pathlib import Path

from cyclopts import App

from repatria.cli.home import HERE, Home


def verify(path: Path, *, key: str = "", home: Path | None = None, json: bool = False) -> int:
    """Check a workspace, an installation, a package or an export from its files, trusting nobody.

    Example: repatria verify /srv/repatria

    Args:
        path: folder, package file, or file that `ledger export` wrote.
        key: for a file: its party's public key in base64.
        home: for a package: the installation it is sealed for.
        json: print one JSON object instead of lines.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.verify(path, key=key, home=home, as_json=json)


def rebuild(*, home: Home = HERE) -> int:
    """Drop everything that is derived from the log and fold it anew.

    Example: repatria rebuild --home /srv/repatria

    Args:
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.rebuild(home)


def erase(
    *,
    reason: str,
    about: tuple[str, ...] = (),
    place: tuple[str, ...] = (),
    although: tuple[str, ...] = (),
    dry_run: bool = False,
    yes: bool = False,
    home: Home = HERE,
) -> int:
    """Destroy statements about somebody, here and at whoever was given them; cannot be undone.

    Example: repatria erase --about person:north-7k2m... --reason data-subject-request --dry-run

    Args:
        reason: purpose-fulfilled, retention-ended, data-subject-request, court-order or
            mistaken-record.
        about: id of a person, a line or a tracing request; once for each.
        place: a single statement, such as north/17; once for each.
        although: code of an objection that is overridden; person-on-open-manifest.
        dry_run: show what would go and write nothing.
        yes: do not ask for the number to be typed.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.erase(
        home,
        about=about,
        place=place,
        reason=reason,
        although=although,
        dry_run=dry_run,
        yes=yes,
    )


def erasures(*, json: bool = False, clean: bool = False, home: Home = HERE) -> int:
    """Show what was erased, for what reason, and which parties have acknowledged it.

    Example: repatria erasures --home /srv/repatria

    Args:
        json: print one JSON object a line.
        clean: remove once more what erasures left on the disk.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.erasures(home, as_json=json, clean_again=clean)


def export(out: Path, *, redacted: bool = False, home: Home = HERE) -> int:
    """Write the statements of the installation's own log as lines of JSON.

    Example: repatria export log.jsonl --redacted

    Args:
        out: a new file.
        redacted: strike out what is personal, for somebody who checks the log only.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.export(home, out, redacted=redacted)


ledger = App(
    name="ledger",
    help="The log as a whole, for somebody who checks it without this program.\n\n"
    "Example: repatria ledger export north.ledger",
    help_format="plaintext",
)


@ledger.command(name="export")
def export_ledger(
    out: Path, *, mirror: str = "", without_bodies: bool = False, home: Home = HERE
) -> int:
    """Write a whole log so that anybody can verify it: with this program, or with one file.

    Example: repatria ledger export north.ledger --home /srv/repatria

    Args:
        out: a new file; the format is in docs/formats/ledger-export.md.
        mirror: a peer, whose log as we hold it is written instead of our own.
        without_bodies: leave out what was said, and keep what proves that it was.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.export_ledger(home, out, mirror=mirror, bodies=not without_bodies)


@ledger.command(name="receipt")
def write_receipt(party: str, out: Path, *, home: Home = HERE) -> int:
    """Write a peer's newest receipt for our log as a file that anybody can check.

    Example: repatria ledger receipt south south.receipt --home /srv/repatria

    Args:
        party: who gave the receipt.
        out: a new file; the format is in docs/formats/receipt.md.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.write_receipt(home, out, party=party)
