"""What the commands do, once somebody really calls them."""

from repatria.cli.commands.checking import verify
from repatria.cli.commands.exchange import freeze, plan, propose, substitute
from repatria.cli.commands.forks import fork_check, fork_export, fork_show
from repatria.cli.commands.inbox import accept, inbox, open_package_file, refuse, remove
from repatria.cli.commands.installing import account, export, init, peer, rebuild, token
from repatria.cli.commands.lists import import_list, match
from repatria.cli.commands.outbox import make_package, outbox, revoke
from repatria.cli.commands.running import demo, serve
from repatria.cli.commands.speaking import bulletin, claims

__all__ = [
    "accept",
    "account",
    "bulletin",
    "claims",
    "demo",
    "export",
    "fork_check",
    "fork_export",
    "fork_show",
    "freeze",
    "import_list",
    "inbox",
    "init",
    "make_package",
    "match",
    "open_package_file",
    "outbox",
    "peer",
    "plan",
    "propose",
    "rebuild",
    "refuse",
    "remove",
    "revoke",
    "serve",
    "substitute",
    "token",
    "verify",
]
