"""What the commands do, once somebody really calls them."""

from repatria.cli.commands.checking import verify
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
    "claims",
    "demo",
    "erase",
    "erasures",
    "export",
    "freeze",
    "heal",
    "import_list",
    "init",
    "match",
    "passphrase",
    "peer",
    "plan",
    "propose",
    "rebuild",
    "restore",
    "serve",
    "substitute",
    "token",
    "verify",
]
