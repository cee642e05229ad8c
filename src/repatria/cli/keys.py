"""The commands about keys: `keyring`, `root` and `peers`.

`keyring show`, `keyring sign` and `root new` need no installation and no network:
they run on the offline machine on which a root key is used.
"""

from pathlib import Path

from cyclopts import App

from repatria.cli.home import HERE, Home

keyring = App(
    name="keyring",
    help=(
        "Show, propose, sign and adopt keyrings: with which keys a party speaks.\n\n"
        "Example: repatria keyring show north.keyring"
    ),
    help_format="plaintext",
)
root = App(
    name="root",
    help=(
        "Root keys, which decide which node keys speak for a party.\n\n"
        "Example: repatria root new --out /media/stick/north-root.key --party north"
    ),
    help_format="plaintext",
)
peers = App(
    name="peers",
    help=(
        "The document of a first meeting: whose keys are whose, signed by everybody there.\n\n"
        "Example: repatria peers show meeting.peers"
    ),
    help_format="plaintext",
)


@keyring.command(name="show")
def keyring_show(
    file: Path | None = None, *, qr: Path | None = None, json: bool = False, home: Home = HERE
) -> int:
    """Show a keyring: fingerprint in digits and words, root keys, node keys and where they count.

    Example: repatria keyring show north.keyring --qr north.svg

    Args:
        file: a keyring file; the installation's own without it.
        qr: also write the fingerprint as a QR code, a new SVG file.
        json: print one JSON object on standard output.
        home: folder of the installation.
    """
    from repatria.cli.commands import keys  # noqa: PLC0415 -- help answers at once

    return keys.show(home, file, qr=qr, as_json=json)


@keyring.command(name="propose")
def keyring_propose(
    *,
    out: Path,
    slack: int = 0,
    revoke: str = "",
    at: int | None = None,
    add_root: tuple[str, ...] = (),
    drop_root: tuple[str, ...] = (),
    threshold: int | None = None,
    replace: bool = False,
    home: Home = HERE,
) -> int:
    """Write the next keyring for people to sign; without options, one with a new node key.

    The new private keys are sealed in node-next.key, in the installation's folder.

    Example: repatria keyring propose --out next.keyring --slack 1000

    Args:
        out: a new file.
        slack: how many entries the key in use may still sign until the new one is adopted.
        revoke: name of a node key that ends, such as node-1.
        at: the last entry it may sign; the present size of the log without it.
        add_root: public half of a new root key, as root new printed it; once for each.
        drop_root: fingerprint of a root key that goes, or its first eight digits; once for each.
        threshold: how many root keys decide from then on.
        replace: throw away the private keys of an earlier proposal that was never adopted.
        home: folder of the installation.
    """
    from repatria.cli.commands import keys  # noqa: PLC0415 -- as above

    return keys.propose_next(
        home,
        out=out,
        slack=slack,
        revoke=revoke,
        at=at,
        add_roots=add_root,
        drop_roots=drop_root,
        threshold=threshold,
        replace=replace,
    )


@keyring.command(name="sign")
def keyring_sign(file: Path, *, root: Path, known: Path | None = None) -> int:
    """Say in plain words what a coming keyring changes, then sign it with a root key.

    Needs no installation and no network. Look at the words before you type the passphrase.

    Example: repatria keyring sign next.keyring --root north-root-1.key --known north.keyring

    Args:
        file: the coming keyring; the signature is added to it.
        root: the root key's file.
        known: the keyring in force, to compare with.
    """
    from repatria.cli.commands import keys  # noqa: PLC0415 -- as above

    return keys.sign(file, root=root, known=known)


@keyring.command(name="adopt")
def keyring_adopt(file: Path, *, home: Home = HERE) -> int:
    """Go over to a keyring that enough root keys signed; peers follow with the next package.

    Example: repatria keyring adopt next.keyring --home /srv/repatria

    Args:
        file: the signed keyring.
        home: folder of the installation.
    """
    from repatria.cli.commands import keys  # noqa: PLC0415 -- as above

    return keys.adopt_next(home, file)


@root.command(name="new")
def root_new(*, out: Path, party: str) -> int:
    """Make a root key on the machine or stick of whoever will keep it; print its public half.

    The passphrase is asked for, or read from REPATRIA_PASSPHRASE.

    Example: repatria root new --out /media/stick/north-root.key --party north

    Args:
        out: a new file.
        party: code of the party.
    """
    from repatria.cli.commands import keys  # noqa: PLC0415 -- as above

    return keys.new_root(out, party=party)


@peers.command(name="make")
def peers_make(*, keyring: list[Path], title: list[str], out: Path) -> int:
    """Write the document of a first meeting from the keyring files that everybody brought.

    Example: repatria peers make --keyring north.keyring --title "Commission of North"
    --keyring south.keyring --title "Bureau of South" --out meeting.peers

    Args:
        keyring: a party's keyring file; once for each.
        title: the party as people call it, in the same order.
        out: a new file.
    """
    from repatria.cli.commands import meeting  # noqa: PLC0415 -- as above

    return meeting.make(keyring, title, out=out)


@peers.command(name="show")
def peers_show(file: Path) -> int:
    """Show who is in the document, with which fingerprints, and who has signed.

    Example: repatria peers show meeting.peers

    Args:
        file: the document.
    """
    from repatria.cli.commands import meeting  # noqa: PLC0415 -- as above

    return meeting.show(file)


@peers.command(name="sign")
def peers_sign(file: Path, *, compared: bool = False, home: Home = HERE) -> int:
    """Say whose keys the document calls whose, then sign it for our party.

    Example: repatria peers sign meeting.peers --home /srv/repatria

    Args:
        file: the document; the signature is added to it.
        compared: every fingerprint was read aloud and is the same; asked for without it.
        home: folder of the installation.
    """
    from repatria.cli.commands import meeting  # noqa: PLC0415 -- as above

    return meeting.sign(home, file, compared=compared)


@peers.command(name="adopt")
def peers_adopt(file: Path, *, home: Home = HERE) -> int:
    """Introduce every party of a document that all of them signed.

    Example: repatria peers adopt meeting.peers --home /srv/repatria

    Args:
        file: the document.
        home: folder of the installation.
    """
    from repatria.cli.commands import meeting  # noqa: PLC0415 -- as above

    return meeting.adopt(home, file)
