"""The command line: each command parses, calls one operation, prints.

Start at `main`. Heavy parts are imported inside the commands, so that `--help`
answers at once.
"""

import atexit
import gc

from repatria.wiring.memory import look_for_cycles_rarely

# From the beginning: loading the libraries makes a hundred thousand objects that stay. At the end
# nothing is looked through once more, which would take longer than to end.
look_for_cycles_rarely()
atexit.register(gc.freeze)
