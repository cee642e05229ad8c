"""What the commands do, once somebody really calls them."""

from repatria.cli.commands.checking import export_ledger, verify
from repatria.cli.commands.documents import (
    check_document_file,
    export_document,
    list_documents,
    show_document,
)
from repatria.cli.commands.erasing import erase, erasures
from repatria.cli.commands.exchange import freeze, plan, propose, substitute
from repatria.cli.commands.installing import account, export, init, peer, rebuild, token
from repatria.cli.commands.lists import import_list, match
from repatria.cli.commands.restoring import backup, heal, passphrase, restore
from repatria.cli.commands.running import demo, serve
from repatria.cli.commands.speaking import bulletin, claims

__all__ = [
    "account",
    "backup",
    "bulletin",
    "check_document_file",
    "claims",
    "demo",
    "erase",
    "erasures",
    "export",
    "export_document",
    "export_ledger",
    "freeze",
    "heal",
    "import_list",
    "init",
    "list_documents",
    "match",
    "passphrase",
    "peer",
    "plan",
    "propose",
    "rebuild",
    "restore",
    "serve",
    "show_document",
    "substitute",
    "token",
    "verify",
]
