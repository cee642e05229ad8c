"""What the commands do, once somebody really calls them."""

from repatria.cli.commands.checking import verify
from repatria.cli.commands.documents import (
    check_document_file,
    export_document,
    list_documents,
    show_document,
)
from repatria.cli.commands.exchange import freeze, plan, propose, substitute
from repatria.cli.commands.installing import account, export, init, peer, rebuild, token
from repatria.cli.commands.lists import import_list, match
from repatria.cli.commands.running import demo, serve
from repatria.cli.commands.speaking import bulletin, claims

__all__ = [
    "account",
    "bulletin",
    "check_document_file",
    "claims",
    "demo",
    "export",
    "export_document",
    "freeze",
    "import_list",
    "init",
    "list_documents",
    "match",
    "peer",
    "plan",
    "propose",
    "rebuild",
    "serve",
    "show_document",
    "substitute",
    "token",
    "verify",
]
