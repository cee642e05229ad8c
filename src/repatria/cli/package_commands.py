"""The commands under `repatria package`: inbox, outbox, and logs that told two stories."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from repatria.cli.home import HERE, Home

package = App(
    name="package",
    help="Make packages, look into them, take them in, refuse them, take them back.\n\n"
    "Example: repatria package inbox --home /srv/repatria",
    help_format="plaintext",
)
fork = App(
    name="fork",
    help="Show that a party told two stories about its log, and check such evidence.\n\n"
    "Example: repatria package fork check north.fork --keyring north.keyring",
    help_format="plaintext",
)
package.command(fork)
Parties = Annotated[list[str], Parameter(negative="")]


@package.command
def make(
    *,
    to: Parties,
    until: str = "",
    return_log: bool = False,
    out: Path | None = None,
    qr: Path | None = None,
    json: bool = False,
    home: Home = HERE,
) -> int:
    """Make a sealed package for a peer, and note it before it leaves the house.

    Example: repatria package make --to south --until 2030-03-01 --qr south.svg

    Args:
        to: code of a recipient; once for each. For several it holds what is meant for all.
        until: day or moment after which it should not be taken in any more.
        return_log: give the peer its own log back as it is mirrored here, to heal it.
        out: a new file; without it one in the installation's outbox.
        qr: also write it as a QR code (SVG), when it is small enough.
        json: print one JSON object on standard output.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- a second of imports that help does not need

    return commands.make_package(
        home, to=to, until=until, gives_back=return_log, out=out, qr=qr, as_json=json
    )


@package.command(name="open")
def open_file(
    file: Path, *, inside: Path | None = None, json: bool = False, home: Home = HERE
) -> int:
    """Say what a package would bring, and write nothing of it.

    Example: repatria package open /media/stick/south-to-north.repatria

    Args:
        file: the package.
        inside: also write its signed inside to this new file, for a checker of another make.
        json: print one JSON object on standard output.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.open_package_file(home, file, inside=inside, as_json=json)


@package.command
def inbox(*, json: bool = False, home: Home = HERE) -> int:
    """List the package files that wait in the inbox, and how it stands with each.

    Example: repatria package inbox --home /srv/repatria

    Args:
        json: print one JSON array on standard output.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.inbox(home, as_json=json)


@package.command
def accept(package: str, *, home: Home = HERE) -> int:
    """Take a package in once every check has passed; its file is then removed from the inbox.

    Example: repatria package accept inbox/south-to-north-0f2c19aa31b7.repatria

    Args:
        package: a file, or the digest (or its beginning) of one in the inbox.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.accept(home, package)


@package.command
def refuse(package: str, *, reason: str, home: Home = HERE) -> int:
    """Note that a package was looked at and not taken in; its file stays.

    Example: repatria package refuse 0f2c19aa31b7 --reason "The list was to come by the Agency"

    Args:
        package: a file, or the digest (or its beginning) of one in the inbox.
        reason: in words.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.refuse(home, package, reason=reason)


@package.command
def remove(package: str, *, home: Home = HERE) -> int:
    """Remove a file from the inbox that is of no use any more; evidence is never removed.

    Example: repatria package remove 0f2c19aa31b7

    Args:
        package: the digest (or its beginning) of a file in the inbox.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.remove(home, package)


@package.command
def revoke(digest: str, *, reason: str, home: Home = HERE) -> int:
    """Take a package back that was made here; its recipients learn it with the next one.

    Example: repatria package revoke 0f2c19aa31b7 --reason "It was made from a wrong list"

    Args:
        digest: of the package, or its beginning.
        reason: in words; the recipients read it.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.revoke(home, digest, reason=reason)


@package.command
def outbox(*, json: bool = False, home: Home = HERE) -> int:
    """List what was made for each peer, up to where it is receipted, and when the peer was heard.

    Example: repatria package outbox --json

    Args:
        json: print one JSON array on standard output.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.outbox(home, as_json=json)


@fork.command(name="show")
def fork_show(party: str = "", *, json: bool = False, home: Home = HERE) -> int:
    """Say which logs are frozen here, and what shows it.

    Example: repatria package fork show south

    Args:
        party: whose log; all that are frozen without it.
        json: print one JSON array on standard output.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.fork_show(home, party, as_json=json)


@fork.command(name="export")
def fork_export(party: str, out: Path, *, qr: Path | None = None, home: Home = HERE) -> int:
    """Write the evidence against a party into a file that anybody can check.

    Example: repatria package fork export south south.fork --qr south-fork.svg

    Args:
        party: whose log.
        out: a new file.
        qr: also write it as a QR code (SVG).
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.fork_export(home, party, out, qr=qr)


@fork.command(name="check")
def fork_check(
    file: Path, *, key: str = "", keyring: Path | None = None, json: bool = False
) -> int:
    """Check evidence with the accused party's keys alone. Needs no installation.

    Example: repatria package fork check south.fork --keyring south.keyring

    Args:
        file: the evidence.
        key: the party's public node key in base64.
        keyring: or its keyring file.
        json: print one JSON object on standard output.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.fork_check(file, key=key, keyring=keyring, as_json=json)
