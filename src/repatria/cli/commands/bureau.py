"""`register`, `remains`, `family`, `calendar`, `names`: what a bureau writes beside its lists."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from hashlib import file_digest
from pathlib import Path

from repatria.cli.console import OPERATOR, WRONG_CALL, err, out_console, plain_errors
from repatria.ledger.kinds.person_described import Property
from repatria.ledger.kinds.remains_examined import LaboratoryResult, RemainsExamined
from repatria.ledger.kinds.tracing_answered import TracingAnswer
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.operations import calendars, families, name_locks, register_acts, remains, tags
from repatria.operations import tracing as tracing_acts
from repatria.operations.desk import Desk
from repatria.register.tags import numbers_of
from repatria.terms import (
    ActorId,
    LineId,
    PartialDate,
    PartyCode,
    PersonId,
    PersonName,
    Role,
    UnreadableDateError,
)
from repatria.terms.parties import INTERMEDIARY
from repatria.wiring.installation import Installation

NOTICES = ("acknowledged", "cleared", "crossed", "died")
NO_DAY = "is a day such as 2030-04-01"


def act(home: Path, do: Callable[[Desk], str | None], *, role: Role = Role.REGISTRAR) -> int:
    """Do one act at a desk; what it gives goes to standard output.

    At the intermediary's installation a registrar's acts are the intermediary's own.
    """
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            made = do(installation.desk(OPERATOR, role))
        installation.close()
        out_console.print(made) if made else err.print("written down")
    return code[0]


def neutral_role(home: Path) -> Role:
    """The role of whoever works at the desk: the intermediary's own, or the registrar's."""
    here = Installation.at(home)
    return Role.INTERMEDIARY if here.party == INTERMEDIARY else Role.REGISTRAR


def one_of(option: str, given: str, known: Sequence[str]) -> bool:
    """Whether it is one of these; says so if not."""
    if given in known:
        return True
    err.print(f"{option} is one of {', '.join(known)}")
    return False


def day_in(text: str) -> PartialDate | None:
    """The day in a text; None where there is none.

    Raises:
        UnreadableDateError: it is no day.
    """
    return PartialDate.parse(text) if text else None


def describe(home: Path, person: str, *, given: Sequence[str], born: str, source: str) -> int:
    """Particulars of a person, each written `name=value`."""
    parts = [text.partition("=") for text in given]
    known = [p.value for p in Property if p is not Property.BIRTH]
    for name, sign, _value in parts:
        if not sign or not one_of("--set NAME=VALUE: NAME", name, known):
            return WRONG_CALL
    values = {Property(name): value for name, _, value in parts}
    try:
        birth = day_in(born)
    except UnreadableDateError:
        err.print(f"--born {NO_DAY}")
        return WRONG_CALL

    def do(desk: Desk) -> None:
        register_acts.describe_fully(desk, PersonId(person), values, birth=birth, source=source)

    return act(home, do)


def whereabouts(home: Path, person: str, *, says: str, to: str) -> int:
    """Our word to a party on whether we have a person."""
    if not one_of("--says", says, list(Whereabouts)):
        return WRONG_CALL

    def do(desk: Desk) -> None:
        register_acts.state_whereabouts(desk, PersonId(person), Whereabouts(says), to=PartyCode(to))

    return act(home, do)


def visit(home: Path, person: str, *, on: str, to: Sequence[str], private: bool) -> int:
    """That a neutral visitor saw a person."""
    try:
        day = PartialDate.parse(on)
    except UnreadableDateError:
        err.print(f"--on {NO_DAY}")
        return WRONG_CALL

    def do(desk: Desk) -> None:
        parties = [PartyCode(party) for party in to]
        register_acts.note_visit(desk, PersonId(person), on=day, in_private=private, to=parties)

    return act(home, do, role=Role.INTERMEDIARY)


def duty(home: Path, name: str, persons: Sequence[str], *, file: Path | None, on: str) -> int:
    """That a duty was done for these persons."""
    try:
        at = datetime.combine(date.fromisoformat(on), time(12), UTC) if on else None
    except ValueError:
        err.print(f"--on {NO_DAY}")
        return WRONG_CALL

    def do(desk: Desk) -> None:
        digest = _digest_of(file) if file is not None else ""
        ids = [PersonId(person) for person in persons]
        register_acts.do_duties(desk, ids, name, digest=digest, done_at=at)

    return act(home, do)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def block(home: Path, unit: str, *, count: int, out: Path | None) -> int:
    """A block of numbers for a unit; its id, and the numbers as a file."""

    def do(desk: Desk) -> str:
        made = tags.issue_block(desk, unit=unit, count=count)
        if out is not None:
            with out.open("x", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([number] for number in numbers_of(made))
        return made.block

    return act(home, do)


def take_in(home: Path, block_id: str, file: Path) -> int:
    """The tags in a CSV file: number, id of the person."""

    def do(desk: Desk) -> None:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            read = [row for row in csv.reader(rows) if len(row) > 1]
        tags.take_in_tags(desk, block_id, {number: PersonId(who) for number, who, *_ in read})

    return act(home, do)


def number(home: Path, person: str, *, tag: str, permanent: str) -> int:
    """A permanent number beside that of a tag."""

    def do(desk: Desk) -> None:
        tags.join_number(desk, PersonId(person), tag=tag, permanent=permanent)

    return act(home, do)


def record(home: Path, label: str, *, to: str, said_to_be: Sequence[str], found_at: str) -> int:
    """A container of remains that we hold; its id."""

    def do(desk: Desk) -> str:
        persons = [PersonId(person) for person in said_to_be]
        return remains.record_remains(
            desk, label=label, to=PartyCode(to), said_to_be=persons, found_at=found_at
        )

    return act(home, do, role=neutral_role(home))


def receive(home: Path, container: str, *, giver: str) -> int:
    """Our word that we received a container."""

    def do(desk: Desk) -> None:
        remains.receive_remains(desk, container, giver=PartyCode(giver))

    return act(home, do, role=neutral_role(home))


def examine(
    home: Path, said: Mapping[str, str], *, second_test_due: bool, to: Sequence[str]
) -> int:
    """What our laboratory says of a container and a person."""
    if not one_of("--result", said["result"], list(LaboratoryResult)):
        return WRONG_CALL

    def do(desk: Desk) -> None:
        examined = RemainsExamined(
            remains=said["remains"],
            person=PersonId(said["person"]),
            result=LaboratoryResult(said["result"]),
            laboratory=said["laboratory"],
            method=said["method"],
            second_test_due=second_test_due,
        )
        remains.state_examination(desk, examined, to=[PartyCode(party) for party in to])

    return act(home, do, role=Role.MEDICAL)


def ask(home: Path, name: str, *, family: str, born: str, relation: str) -> int:
    """A request of a family, written down by the desk; its id."""
    try:
        birth = day_in(born)
    except UnreadableDateError:
        err.print(f"--born {NO_DAY}")
        return WRONG_CALL

    def do(desk: Desk) -> str:
        return families.request_tracing(
            desk,
            family=ActorId(family),
            sought=PersonName(text=name),
            birth=birth,
            relation=relation,
        )

    return act(home, do, role=neutral_role(home))


def answer(home: Path, request: str, *, says: str, searched: str) -> int:
    """An answer to a family."""
    if not one_of("--says", says, list(TracingAnswer)):
        return WRONG_CALL

    def do(desk: Desk) -> None:
        tracing_acts.answer_request(desk, request, TracingAnswer(says), searched=searched)

    return act(home, do, role=neutral_role(home))


def notify(home: Path, request: str, *, person: str, what: str) -> int:
    """A notice to a family of what happened."""
    if not one_of("--what", what, NOTICES):
        return WRONG_CALL

    def do(desk: Desk) -> None:
        families.notify_family(desk, request=request, person=PersonId(person), what=what)

    return act(home, do, role=neutral_role(home))


def open_calendar(home: Path, title: str, *, event: str, on: str, parties: Sequence[str]) -> int:
    """A calendar that counts from an event; its id."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        err.print(f"--on {NO_DAY}")
        return WRONG_CALL

    def do(desk: Desk) -> str:
        agreed = [PartyCode(party) for party in parties]
        return calendars.open_calendar(
            desk, title=title, start_event=event, starts_on=day, parties=agreed
        )

    return act(home, do, role=neutral_role(home))


def deliver(home: Path, calendar: str, step: str, *, file: Path, items: int) -> int:
    """That we delivered what a step asks of us, known by the digest of a file."""

    def do(desk: Desk) -> None:
        digest = _digest_of(file)
        calendars.deliver_step(desk, calendar, step, digest=digest, items=items)

    return act(home, do, role=neutral_role(home))


def lock(home: Path, lines: Sequence[str], *, channel: str, opened: bool) -> int:
    """Lock names for a channel, or open our own locks."""

    def do(desk: Desk) -> None:
        change = name_locks.open_locks if opened else name_locks.lock_names
        change(desk, [LineId(line) for line in lines], channel=channel)

    return act(home, do, role=neutral_role(home))
