"""The commands that make an installation and let people in: `init`, `account`, `serve` and more."""

from pathlib import Path

from repatria.cli.home import HERE, Home


def demo(
    *,
    workspace: Path = Path("repatria-demo"),
    serve: bool = True,
    json: bool = False,
    port: int = 8000,
) -> int:
    """Tell a whole exchange with made-up persons, from list files to the bulletin, then serve it.

    Example: repatria demo --workspace /tmp/exchange --no-serve --json

    Args:
        workspace: an empty or missing folder for the three installations.
        serve: afterwards serve the pages (north, south and the intermediary).
        json: print one JSON object on standard output, everything else on standard error.
        port: of the intermediary's pages; north and south take the next two.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.demo(workspace, serve_pages=serve, as_json=json, port=port)


def init(
    folder: Path,
    *,
    party: str,
    title: str,
    postgresql: str = "",
    roots: Path | None = None,
    root_count: int = 3,
    threshold: int = 2,
) -> int:
    """Make a new installation: a folder with a database, keys and a name; and its root keys.

    The passphrase is asked for, or read from REPATRIA_PASSPHRASE.

    Example: repatria init /srv/repatria --party north --title "State Commission of North"

    Args:
        folder: a new folder.
        party: code of the party, such as north.
        title: the party as people call it.
        postgresql: address of a PostgreSQL database, such as
            host=/run/postgresql dbname=repatria user=repatria; an embedded database without it.
        roots: folder for the root keys; without it one beside the installation's.
        root_count: how many root keys there are.
        threshold: how many of them have to sign.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.init(
        folder,
        party=party,
        title=title,
        postgresql=postgresql,
        roots=roots,
        root_count=root_count,
        threshold=threshold,
    )


def exposed(out: Path, *, home: Home = HERE) -> int:
    """Write the list of everybody who must be told when an installation was stolen.

    Persons whose names lay there, and families that asked there. Run it on a restored copy.

    Example: repatria exposed who-must-be-told.csv --home /srv/repatria

    Args:
        out: a new file.
        home: folder of the installation, or of a restored copy.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.exposed(home, out)


def account(
    name: str,
    *,
    role: str,
    party: str = "",
    title: str = "",
    home: Home = HERE,
) -> int:
    """Open an account; the password is asked for, or read from REPATRIA_PASSWORD.

    Example: repatria account nadia --role registrar --party north --home /srv/repatria

    Args:
        name: to log in with.
        role: registrar, negotiator, intermediary, medical, handover_officer, press,
            monitor, family or outsider.
        party: whose desk; leave out for monitor, family and outsider.
        title: how the person is called on pages.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.account(home, name=name, role=role, party=party, title=title)


def peer(party: str, *, title: str, keyring: Path, fingerprint: str = "", home: Home = HERE) -> int:
    """Note whose keys are whose, once the fingerprint was read aloud and compared.

    Example: repatria peer south --title "Information Bureau of South" --keyring south.keyring

    Args:
        party: code of the peer.
        title: the peer as people call it.
        keyring: its keyring file, PARTY.keyring in its installation's folder.
        fingerprint: what they read aloud, digits or words; asked for without it.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.peer(home, party=party, title=title, keyring=keyring, fingerprint=fingerprint)


def token(name: str, *, home: Home = HERE) -> int:
    """Make a token with which a program reads as an account, and print it once.

    Example: repatria token nadia --home /srv/repatria

    Args:
        name: of the account.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.token(home, name=name)


def serve(*, home: Home = HERE, port: int = 8000) -> int:
    """Serve the pages of an installation on this machine.

    Example: repatria serve --home /srv/repatria --port 8000

    Args:
        home: folder of the installation.
        port: on 127.0.0.1.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.serve([(home, port)])
