"""`repatria print`: manifests, receipts, cards, tags, notices and certificates as PDF.

Each says what it is for, with an example. The same facts print the same bytes.
"""

from pathlib import Path

from cyclopts import App

from repatria.cli.home import HERE, Home

app = App(
    name="print",
    help="Print what is signed, carried or handed to a family, in two or three languages.\n\n"
    "Example: repatria print manifest MANIFEST list.pdf --language hy --language az",
    help_format="plaintext",
)


@app.command
def manifest(
    manifest_id: str, out: Path, *, language: list[str] | None = None, home: Home = HERE
) -> int:
    """Print a manifest with a code for each person and columns to sign.

    Example: repatria print manifest manifest:intermediary-7k2m... list.pdf --language ar

    Args:
        manifest_id: the manifest.
        out: a new file.
        language: en, ru, uk, hy, az or ar; once for each, at most three; en without it.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- imports that help does not need

    return commands.print_manifest_file(home, manifest_id, out, languages=language or ["en"])


@app.command
def receipt(
    manifest_id: str,
    out: Path,
    *,
    party: str,
    language: list[str] | None = None,
    home: Home = HERE,
) -> int:
    """Print what one party's receipts say together.

    Example: repatria print receipt manifest:intermediary-7k2m... r.pdf --party north

    Args:
        manifest_id: the manifest.
        out: a new file.
        party: whose receipt.
        language: as for a manifest.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.print_receipt_file(
        home, manifest_id, out, party=party, languages=language or ["en"]
    )


@app.command
def sheet(
    form: str,
    person: str,
    out: Path,
    *,
    number: str = "",
    language: list[str] | None = None,
    home: Home = HERE,
) -> int:
    """Print a form about one person; what is not known is left to write on.

    Example: repatria print sheet capture-card person:north-7k2m... card.pdf --language hy

    Args:
        form: capture-card, tag, death-notice or repatriation-certificate.
        person: the person's id.
        out: a new file.
        number: of the tag, if it has one of its own.
        language: as for a manifest.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.print_sheet_file(
        home, form, person, out, number=number, languages=language or ["en"]
    )


@app.command
def fields(form: str, *, home: Home = HERE) -> int:
    """Write out the field list of a form, to be corrected and laid into the folder `forms`.

    Example: repatria print fields capture-card > /srv/repatria/forms/capture-card.toml

    Args:
        form: as for a sheet.
        home: folder of the installation; its own list is checked if it has one.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.print_fields(home, form)
