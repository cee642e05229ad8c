"""The commands of `repatria`, each in the module of its subject.

Each says what it is for, with an example. Exit codes: 0 done, 1 refused or not
as signed, 2 the call itself is wrong.
"""

import sys

from cyclopts import App

from repatria.cli import (
    bureau,
    exchange,
    installing,
    keeping,
    keys,
    list_files,
    log,
    loss,
    owed,
    speaking,
)
from repatria.cli.documents import app as document_app
from repatria.cli.figures import app as figures_app
from repatria.cli.package_commands import package
from repatria.cli.printing import app as print_app
from repatria.cli.private import app as private_app
from repatria.cli.promise import app as promise_app
from repatria.cli.register import app as register_app
from repatria.cli.round import app as round_app

COMMANDS = (
    installing.demo,
    installing.init,
    installing.exposed,
    owed.retained,
    owed.held_again,
    installing.account,
    installing.peer,
    installing.token,
    installing.serve,
    list_files.match,
    list_files.repeats,
    exchange.terms,
    exchange.freeze,
    exchange.substitute,
    speaking.claims,
    speaking.bulletin,
    speaking.hold_back,
    speaking.check_bulletin,
    speaking.place,
    log.verify,
    log.rebuild,
    log.erase,
    log.erasures,
    log.export,
    loss.backup,
    loss.restore,
    loss.heal,
    loss.passphrase,
)
GROUPS = (
    exchange.plan,
    log.ledger,
    package,
    keys.keyring,
    keys.root,
    keys.peers,
    round_app,
    private_app,
    document_app,
    promise_app,
    figures_app,
    print_app,
    register_app,
    bureau.remains,
    bureau.family,
    bureau.calendar,
    bureau.names,
    keeping.packet,
    keeping.health,
)

app = App(
    name="repatria",
    help="Run a prisoner exchange between parties that do not trust each other.",
    help_format="plaintext",
)
app.command(list_files.import_list, name="import")
for each in (*COMMANDS, *GROUPS):
    app.command(each)


def main() -> None:
    """Run the command line; nothing personal is in a message that escapes."""
    sys.exit(app(result_action="return_value"))
