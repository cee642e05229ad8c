"""Nobody is exchanged twice: a name that is spoken for in one channel is locked for others.

A frozen manifest locks its own persons; this is for what happens beside it: local
mediators, another plan, a promise. A lock holds until whoever set it opens it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.name_locked import NameLocked
from repatria.ledger.log import Log, Receipt
from repatria.ledger.order import in_order
from repatria.ledger.statement import Entry, Ground
from repatria.lists import fold_line
from repatria.operations.desk import Desk
from repatria.operations.records import current_records
from repatria.terms import LineId, Objection, PartyCode, PersonId, Refusal, Role

_RULE = "plan of September 2020: no side deals on listed names"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A lock that holds."""

    line: LineId
    channel: str
    by: PartyCode
    ref: str


def locks_in(entries: Iterable[Entry]) -> Mapping[str, tuple[Lock, ...]]:
    """The locks that hold, by line. More than one on a line is a clash of channels."""
    holding: dict[tuple[str, str, str], Lock] = {}
    for entry in in_order(entries):
        if entry.statement.kind != "name.locked":
            continue
        said = payload_of(entry, NameLocked)
        key = (said.line_id, entry.origin, said.channel)
        holding.pop(key, None)
        if not said.opened:
            holding[key] = Lock(
                line=said.line_id, channel=said.channel, by=entry.origin, ref=entry.ref
            )
    found: dict[str, tuple[Lock, ...]] = {}
    for lock in holding.values():
        found[lock.line] = (*found.get(lock.line, ()), lock)
    return found


def promised_persons(log: Log, *channels: str) -> Mapping[PersonId, str]:
    """Persons whose line is locked for another channel than these; the reference of the lock.

    Args:
        log: where to look.
        channels: what is not looked at: the plan that asks, and its terms.
    """
    locks = {
        line: lock
        for line, held in locks_in(log.of_kind("name.locked")).items()
        for lock in held
        if lock.channel not in channels
    }
    about = log.about_each(locks, "list.line", "line.answered")
    states = {line: fold_line(entries) for line, entries in about.items()}
    return {
        state.current.payload.person: locks[line].ref
        for line, state in states.items()
        if state is not None
        and state.current is not None
        and state.current.payload.person is not None
    }


def lock_names(desk: Desk, lines: Sequence[LineId], *, channel: str) -> Receipt:
    """The receipt of locks on lines for a channel, set together or not at all.

    Raises:
        Refusal: `name-locked` for a line that another channel has; `line-unknown`,
            `channel-without-name`.
    """
    return _say(desk, lines, channel, opened=False)


def open_locks(desk: Desk, lines: Sequence[LineId], *, channel: str) -> Receipt:
    """The receipt of opening our own locks.

    Raises:
        Refusal: `lock-unknown` for a line that we have not locked for this channel.
    """
    return _say(desk, lines, channel, opened=True)


def _say(desk: Desk, lines: Sequence[LineId], channel: str, *, opened: bool) -> Receipt:
    desk.require(Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        about = desk.log.about_each(lines, "list.line", "name.locked")
        known = current_records(entry for each in about.values() for entry in each)
        locks = locks_in(entry for each in about.values() for entry in each)
        found = [] if channel.strip() else [Objection(code="channel-without-name", rule=_RULE)]
        for line in lines:
            held = locks.get(line, ())
            ours = any((lock.by, lock.channel) == (desk.party, channel) for lock in held)
            if line not in known:
                found.append(Objection(code="line-unknown", rule=_RULE, about=(line,)))
            elif opened and not ours:
                found.append(Objection(code="lock-unknown", rule=_RULE, about=(line,)))
            elif not opened and held:
                found.append(Objection(code="name-locked", rule=_RULE, about=(line,)))
        Refusal.unless_empty(found)
        entries = {line: about[line] for line in lines}
        return desk.log.append(
            [
                desk.state(
                    NameLocked(line_id=line, channel=channel, opened=opened),
                    about=(line,),
                    audience=desk.with_parties(*_readers(entries[line])),
                    ground=Ground(basis="agreement"),
                )
                for line in lines
            ]
        )


def _readers(entries: Iterable[Entry]) -> frozenset[PartyCode]:
    """The parties that know the line."""
    return frozenset(
        PartyCode(label)
        for entry in entries
        if entry.statement.kind == "list.line"
        for label in entry.statement.audience
        if ":" not in label and "." not in label
    )
