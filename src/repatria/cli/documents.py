"""`repatria document`: what the parties sign together, to list, show, hand on and check.

Each says what it is for, with an example. `check` needs no installation.
"""

from pathlib import Path

from cyclopts import App

from repatria.cli.home import HERE, Home

app = App(
    name="document",
    help="List, show, export and check what the parties sign together.\n\n"
    "Example: repatria document list --home /srv/repatria",
    help_format="plaintext",
)


@app.command(name="list")
def list_documents(*, home: Home = HERE) -> int:
    """List the documents that parties sign, with who has signed each.

    Example: repatria document list --home /srv/repatria

    Args:
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- imports that help does not need

    return commands.list_documents(home)


@app.command
def show(document: str, *, home: Home = HERE) -> int:
    """Show one document in plain words, its digest, and who has signed it.

    Example: repatria document show manifest:7k2m9x4q8r3t5v6w --home /srv/repatria

    Args:
        document: id of the terms, plan, manifest or change; or eight digits of its digest.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.show_document(home, document)


@app.command
def export(document: str, out: Path, *, home: Home = HERE) -> int:
    """Write one document with its signatures as a file that anybody can check.

    Example: repatria document export manifest:7k2m... manifest.dsse.json --home /srv/repatria

    Args:
        document: id of the terms, plan, manifest or change; or eight digits of its digest.
        out: a new file.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.export_document(home, document, out)


@app.command
def check(file: Path, *, keyring: list[Path], threshold: int = 0) -> int:
    """Check with keyrings alone, and no installation, who signed a document.

    Example: repatria document check m.dsse.json --keyring north.keyring --keyring south.keyring

    Args:
        file: a document as `repatria document export` writes it.
        keyring: a party's keyring file; once for each party.
        threshold: how many of these parties have to have signed; all that the document
            names without it.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.check_document_file(file, keyrings=keyring, threshold=threshold)
