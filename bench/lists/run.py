"""How long do a check of 9,147 lines and the answers to all of them take?

    PYTHONPATH=src:tests python bench/lists/run.py [lines]

On SQLite, in a folder that is thrown away. Prints wall and processor seconds: on a busy
machine only the latter mean something.
"""

import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("REPATRIA_PASSPHRASE", "a passphrase for measuring")

from conftest import QUICK_KEYS
from long_lists import HELD, LINES, RELEASED, REPEATS, hand_in_records, long_list
from repatria.ledger.kinds.list_checked import FoundCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.terms import PartyCode, Role


@contextmanager
def measured(what):
    """Print how long a block took."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what}: {wall:.1f} s, of the processor {cpu:.1f} s", flush=True)


def main(lines):
    """Measure once."""
    from repatria.operations.access import introduce_peer
    from repatria.operations.answers import answer_lines
    from repatria.operations.list_check import answers_from, check_list
    from repatria.operations.list_dialogue import final_list, sign_list
    from repatria.operations.packages import send_package
    from repatria.operations.receiving import take_in_package
    from repatria.wiring.installation import Installation
    from repatria.wiring.memory import look_for_cycles_rarely

    look_for_cycles_rarely()  # as the process does that works beside the pages
    share = lines / LINES
    made = long_list(
        lines,
        repeats=round(REPEATS * share),
        released=round(RELEASED * share),
        held=round(HELD * share),
    )
    with tempfile.TemporaryDirectory() as folder:
        north, south = (
            Installation.create(
                Path(folder) / name, party=PartyCode(name), title=name, **QUICK_KEYS
            )
            for name in ("north", "south")
        )
        desks = {
            i.party: SimpleNamespace(desk=lambda i=i: i.desk("clerk", Role.REGISTRAR))
            for i in (north, south)
        }
        for here, there in ((north, south), (south, north)):
            with here.open():
                introduce_peer(
                    desks[here.party].desk(),
                    party=there.party,
                    title=there.title,
                    keyring=there.keyring,
                )
        with south.open(), measured(f"handing in {lines} lines"):
            asked = hand_in_records(
                desks["south"], made.records, title="claimed", to=PartyCode("north")
            )
        with south.open():
            raw = send_package(desks["south"].desk(), to=PartyCode("north")).raw
        with north.open():
            desk = desks["north"].desk()
            with measured(f"handing in {len(made.holding)} persons held"):
                hand_in_records(
                    desks["north"],
                    made.holding,
                    title="held",
                    to=PartyCode("intermediary"),
                    population=Population.HELD,
                )
            with measured("taking the list in"):
                take_in_package(desk, raw)
            with measured("checking the list"):
                check = check_list(desk, asked)
            print({code: len(check.of(code)) for code in FoundCode})
            with measured("working out the answers"):
                answers = answers_from(desk, check)
            with measured(f"saying {len(answers)} answers"):
                answer_lines(desk, answers)
            with measured("working out the final list"):
                digest = final_list(desk, asked).table.digest
            with measured("signing it"):
                sign_list(desk, asked, digest=digest)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
