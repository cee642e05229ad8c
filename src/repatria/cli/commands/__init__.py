"""What the commands do, once somebody really calls them."""

from repatria.cli.commands.checking import export_ledger, verify, write_receipt
from repatria.cli.commands.documents import (
    check_document_file,
    export_document,
    list_documents,
    show_document,
)
from repatria.cli.commands.erasing import erase, erasures
from repatria.cli.commands.exchange import freeze, plan, propose, schedule, substitute
from repatria.cli.commands.exposing import exposed
from repatria.cli.commands.forks import fork_check, fork_export, fork_show
from repatria.cli.commands.inbox import accept, inbox, open_package_file, refuse, remove
from repatria.cli.commands.installing import account, export, init, peer, rebuild, token
from repatria.cli.commands.lists import import_list
from repatria.cli.commands.outbox import make_package, outbox, revoke
from repatria.cli.commands.printing import (
    print_fields,
    print_manifest_file,
    print_receipt_file,
    print_sheet_file,
)
from repatria.cli.commands.repeats import repeats
from repatria.cli.commands.restoring import backup, heal, passphrase, restore
from repatria.cli.commands.running import demo, serve
from repatria.cli.commands.speaking import bulletin, check_bulletin, claims, hold_back

__all__ = [
    "accept",
    "account",
    "backup",
    "bulletin",
    "check_bulletin",
    "check_document_file",
    "claims",
    "demo",
    "erase",
    "erasures",
    "export",
    "export_document",
    "export_ledger",
    "exposed",
    "fork_check",
    "fork_export",
    "fork_show",
    "freeze",
    "heal",
    "hold_back",
    "import_list",
    "inbox",
    "init",
    "list_documents",
    "make_package",
    "open_package_file",
    "outbox",
    "passphrase",
    "peer",
    "plan",
    "print_fields",
    "print_manifest_file",
    "print_receipt_file",
    "print_sheet_file",
    "propose",
    "rebuild",
    "refuse",
    "remove",
    "repeats",
    "restore",
    "revoke",
    "schedule",
    "serve",
    "show_document",
    "substitute",
    "token",
    "verify",
    "write_receipt",
]
