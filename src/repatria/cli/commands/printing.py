"""`print manifest|receipt|sheet|fields`: what goes on paper."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from repatria.cli.console import OPERATOR, err, out_console, plain_errors
from repatria.paper import builtin_form
from repatria.paper.form import builtin_text
from repatria.terms import ActorId, ManifestId, PartyCode, Role, Viewer
from repatria.terms.parties import INTERMEDIARY
from repatria.wiring.installation import Installation


def _wired() -> ModuleType:
    """What prints, loaded once an installation is open: it reads tables."""
    return import_module("repatria.wiring.printing")


def print_manifest_file(
    home: Path, manifest_id: str, out: Path, *, languages: Sequence[str]
) -> int:
    """Print a manifest."""
    return _printed(
        home,
        out,
        lambda here, viewer: _wired().print_manifest(
            here, viewer, ManifestId(manifest_id), languages
        ),
    )


def print_receipt_file(
    home: Path, manifest_id: str, out: Path, *, party: str, languages: Sequence[str]
) -> int:
    """Print one party's receipt."""
    return _printed(
        home,
        out,
        lambda here, viewer: _wired().print_receipt(
            here, viewer, ManifestId(manifest_id), PartyCode(party), languages
        ),
    )


def print_sheet_file(
    home: Path, form: str, person: str, out: Path, *, number: str, languages: Sequence[str]
) -> int:
    """Print a form about a person."""
    return _printed(
        home,
        out,
        lambda here, viewer: _wired().print_sheet(
            here, viewer, form, person, languages, number=number
        ),
    )


def print_fields(home: Path, form: str) -> int:
    """Write out a field list; say which one the installation prints by."""
    with plain_errors() as code:
        builtin_form(form)
        if (home / "installation.json").exists():
            installation = Installation.at(home)
            err.print(f"printed by: {_wired().form_of(installation, form).edition}")
            installation.close()
        out_console.print(builtin_text(form), end="", markup=False, highlight=False, soft_wrap=True)
    return code[0]


def _printed(home: Path, out: Path, make: Callable[[Installation, Viewer], bytes]) -> int:
    with plain_errors() as code:
        installation = Installation.at(home)
        role = Role.INTERMEDIARY if installation.party == INTERMEDIARY else Role.REGISTRAR
        viewer = Viewer(actor=ActorId(OPERATOR), role=role, party=installation.party)
        with installation.open(), err.status("printing"):
            pdf = make(installation, viewer)
        installation.close()
        with out.open("xb") as file:
            file.write(pdf)
        err.print(f"printed: {out}")
    return code[0]
