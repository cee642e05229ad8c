"""The commands of what is said in public: `claims`, `bulletin` and more."""

from pathlib import Path

from repatria.cli.home import HERE, Home


def claims(file: Path, *, home: Home = HERE) -> int:
    """Record public claims from a CSV or XLSX table with their speakers, and compare them.

    Example: repatria claims claims.csv

    Args:
        file: columns id, speaker, via, said_on, measure, value and more: see docs/figures.md.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.claims(home, file=file)


def bulletin(
    manifest: str,
    *,
    event: str,
    held: list[str],
    language: tuple[str, ...] = ("en", "ar"),
    released: bool = False,
    name: tuple[str, ...] = (),
    corrects: str = "",
    reason: str = "",
    home: Home = HERE,
) -> int:
    """Compose and sign a bulletin that says what both receipts support: HTML, PDF, JSON and CSV.

    Example: repatria bulletin manifest:7k2m... --event exchange-1 --held north=south

    Args:
        manifest: id of the manifest.
        event: key under which claims count this handover.
        held: whose persons each side held, as in claims; once for each giver.
        language: en or ar; once for each.
        released: it is put out to say that persons were released; refused without both receipts.
        name: id of a person to be named; once for each. Refused unless the family was told that he
            crossed, he agreed in private, and both receipts confirm him.
        corrects: id of the bulletin of which this is the next version.
        reason: why it is corrected, for everybody to read.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.bulletin(
        home,
        manifest=manifest,
        event=event,
        held=held,
        languages=language,
        released=released,
        names=name,
        corrects=corrects,
        reason=reason,
    )


def hold_back(
    manifest: str, *, until: str, person: tuple[str, ...] = (), reason: str = "", home: Home = HERE
) -> int:
    """Say until when nothing is published about a handover; an earlier time lifts the embargo.

    Example: repatria hold-back manifest:7k2m... --until 2030-03-20T12:00:00+00:00

    Args:
        manifest: id of the manifest.
        until: the time, with its zone; at most fourteen days ahead.
        person: only about these persons; once for each.
        reason: why, for the other desks.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.hold_back(home, manifest=manifest, until=until, persons=person, reason=reason)


def check_bulletin(file: Path, *, keyring: list[Path], signed: Path | None = None) -> int:
    """Check that a copy of a bulletin is exactly what was signed, trusting nobody.

    Example: repatria check-bulletin copy.json --keyring intermediary.keyring

    Args:
        file: the copy. A JSON copy proves itself; for HTML, PDF and CSV give its JSON too.
        keyring: keyring file of who issued it; once for each.
        signed: the JSON file of the bulletin, for a copy in another form.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.check_bulletin(file, keyrings=keyring, signed=signed)


def place(title: str, *, latitude: float, longitude: float, source: str, home: Home = HERE) -> int:
    """Put a handover point on the public map; it is there for everybody from then on.

    Example: repatria place "The bridge" --latitude 41.23 --longitude 45.03 --source "Agency A"

    Args:
        title: how the place is called.
        latitude: degrees north, four places at most are kept.
        longitude: degrees east.
        source: where it was said in public.
        home: folder of the installation.
    """
    from repatria.cli.commands import promises  # noqa: PLC0415 -- not for help

    return promises.place(home, title=title, latitude=latitude, longitude=longitude, source=source)
