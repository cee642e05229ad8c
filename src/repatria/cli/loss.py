"""The commands against a loss: `backup`, `restore`, `heal` and `passphrase`."""

from pathlib import Path

from repatria.cli.home import HERE, Home


def backup(*, out: Path, home: Home = HERE) -> int:
    """Write everything an installation holds into one sealed file, whole or not at all.

    Example: repatria backup --home /srv/repatria --out /media/stick/north.backup

    Args:
        out: a new file.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.backup(home, out=out)


def restore(file: Path, folder: Path, *, postgresql: str = "") -> int:
    """Put an installation back from a backup, into a new folder; it signs nothing until healed.

    The passphrase is that of the day of the backup. Afterwards: repatria heal.

    Example: repatria restore /media/stick/north.backup /srv/repatria-restored

    Args:
        file: the backup.
        folder: a new folder.
        postgresql: address of an empty PostgreSQL database, such as
            host=/run/postgresql dbname=repatria user=repatria; an embedded database without it.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.restore(file, folder, postgresql=postgresql)


def heal(*package: Path, alone: bool = False, confirm: str = "", home: Home = HERE) -> int:
    """Complete our own log from packages in which peers give it back; then it signs again.

    Example: repatria heal --home /srv/repatria from-south.repatria from-intermediary.repatria

    Args:
        package: one from each peer.
        alone: go on although somebody was not asked; what that risks is said first.
        confirm: the words to be typed after --alone, where nobody sits at a terminal.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.heal(home, package, alone=alone, confirm=confirm)


def passphrase(*, key: Path | None = None, home: Home = HERE) -> int:
    """Change the passphrase of an installation's keys, or of a root key.

    Both are asked for, or read from REPATRIA_PASSPHRASE and REPATRIA_NEW_PASSPHRASE.

    Example: repatria passphrase --home /srv/repatria

    Args:
        key: a file with a root key, instead of the installation's keys.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.passphrase(home, key=key)
