"""Rounds between made-up parties: release lists in words, and how a round is played."""

from repatria.ledger.kinds.round_opened import Reveals
from repatria.lists.release import ReleaseEntry, read_entry
from repatria.operations.confirming import confirm_both_committed
from repatria.operations.revealing import check_revealed, reveal
from repatria.operations.rounds import commit_list, open_round, round_of
from repatria.terms import PartialDate, PersonName, Role
from simulators.party import NORTH, SOUTH

NORTH_NAMES = ("Aram Modelyan", "Levon Testyan", "Davit Samplov")
SOUTH_NAMES = ("Ramin Sinagov", "Elnur Uydurmali")


def release(*names, year=1990):
    """Entries of a release list, without lines."""
    return tuple(
        ReleaseEntry(
            names=(PersonName(text=name),),
            birth=PartialDate(year=year + number),
            reference=f"PLANTED-{name.split()[-1]}",
        )
        for number, name in enumerate(names)
    )


def opened_by(simulator, role=Role.NEGOTIATOR, **terms):
    """A round that somebody opens; whole and through the intermediary unless it is said."""
    asked = {
        "title": "February",
        "parties": (NORTH, SOUTH),
        "with_intermediary": True,
        "reveals": Reveals.WHOLE,
        "max_entries": 50,
        **terms,
    }
    return open_round(simulator.desk(role), **asked)


def commit(simulator, round_id, entries):
    """A party's negotiator commits to a list."""
    return commit_list(simulator.desk(Role.NEGOTIATOR), round_id=round_id, entries=entries)


def confirm(simulator, round_id):
    """The intermediary says that both have committed."""
    return confirm_both_committed(simulator.desk(Role.INTERMEDIARY), round_id=round_id)


def open_next(simulator, round_id, role=Role.NEGOTIATOR, pairs=None):
    """Whatever a desk reveals next."""
    return reveal(simulator.desk(role), round_id=round_id, pairs=pairs)


def names_read(simulator, round_id, party):
    """The names a party's installation has seen revealed of a party's list."""
    found = round_of(simulator.log, round_id)
    return {
        read_entry(each.entry).names[0].text
        for each in found.revealed
        if each.party == party and each.entry
    }


def faults(simulator, round_id):
    """What does not fit, as (code, party)."""
    checked = check_revealed(simulator.desk(), round_id=round_id)
    return [(f.code, f.values["party"]) for f in checked.findings]
