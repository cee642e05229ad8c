"""A long list as a war produces it: repeats, released persons, persons nobody holds.

Persons are put together from syllables, so that no real one is meant; a repeat is the
same person as another clerk writes him: another spelling, no second name, a year only.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from repatria.lists.reading import FileDescription, FileFormat, ListRecord
from repatria.terms import PartialDate, PersonName

ONSETS = ("B", "D", "F", "G", "H", "J", "K", "L", "M", "N", "R", "S", "T", "V", "Z", "Sh", "Kh")
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("l", "m", "n", "r", "s", "d", "k", "b", "t")
# A whole list as long as the longest that was ever exchanged in one piece; see the domain notes.
LINES, REPEATS, RELEASED, HELD = 9_147, 2_171, 1_144, 3_600


@dataclass(frozen=True)
class LongList:
    """Records of a list with what is true of each, by line number.

    Attributes:
        repeats: number of a line -> number of the first line of the same person.
        released: number of a line -> number on the ledger of returned persons.
        held: number of a line -> number on the holder's list.
    """

    records: list
    returned: list
    holding: list
    repeats: dict
    released: dict
    held: dict


def long_list(lines=LINES, *, repeats=REPEATS, released=RELEASED, held=HELD, seed=1):
    """A list of so many lines, with exactly so many repeats and released persons."""
    draw = random.Random(seed)  # noqa: S311 -- made-up persons
    pools = _pools(draw, lines)
    persons = [_person(draw, *pools) for _ in range(lines - repeats)]
    order = list(range(len(persons)))
    again = draw.sample(order, k=repeats)
    places = [*order, *again]
    # The first entry of a person comes before its repeat, anywhere in the list.
    tail = places[len(persons) // 2 :]
    draw.shuffle(tail)
    places = places[: len(persons) // 2] + tail
    first, records, repeated = {}, [], {}
    for number, who in enumerate(places, start=1):
        if who in first:
            repeated[number] = first[who]
            records.append(_numbered(_as_another_clerk(persons[who], draw), number, f"R{number}"))
        else:
            first[who] = number
            records.append(_numbered(persons[who], number, f"R{number}"))
    draw.shuffle(order)
    gone, there = order[:released], order[released : released + held]
    return LongList(
        records=records,
        returned=[_returned(persons[who], n, draw) for n, who in enumerate(gone, start=1)],
        holding=[
            *(_returned(persons[who], n, draw) for n, who in enumerate(gone, start=1)),
            *(
                _numbered(_as_another_clerk(persons[who], draw), n, f"H{n}")
                for n, who in enumerate(there, start=released + 1)
            ),
        ],
        repeats=repeated,
        released={first[who]: n for n, who in enumerate(gone, start=1)},
        held={first[who]: n for n, who in enumerate(there, start=released + 1)},
    )


def _word(draw, syllables):
    parts = [
        draw.choice(ONSETS).lower() + draw.choice(VOWELS) + draw.choice((*CODAS, ""))
        for _ in range(syllables)
    ]
    return "".join(parts).capitalize()


def _pools(draw, lines):
    """Given and family names: in a country the former are few and the latter many."""
    return tuple(
        sorted({_word(draw, syllables) for _ in range(count)})
        for syllables, count in ((2, 250), (3, max(300, lines // 5)))
    )


def _person(draw, given, families):
    father = draw.choice(given)
    born = date(1960, 1, 1) + timedelta(days=draw.randrange(16_000))
    taken = date(2015, 3, 1) + timedelta(days=draw.randrange(1_300))
    return ListRecord(
        line_number=0,
        names=(PersonName(text=f"{draw.choice(given)} {father} {draw.choice(families)}"),),
        father=father,
        birth=PartialDate.on(born),
        captured_on=PartialDate.on(taken),
        captured_at=_word(draw, 2),
    )


def _as_another_clerk(record, draw):
    given, father, family = record.names[0].text.split()
    birth = record.birth
    match draw.randrange(4):
        case 0:
            family = family.replace("kh", "h").replace("Kh", "H").replace("ou", "u")
        case 1:
            given, family = given.replace("i", "e", 1), family.replace("o", "u", 1)
        case 2:
            birth = PartialDate(year=birth.year, month=birth.month)
        case _:
            family = f"Al-{family}"
    return replace(record, names=(PersonName(text=f"{given} {father} {family}"),), birth=birth)


def _numbered(record, number, reference):
    return replace(record, line_number=number, reference=reference)


def _returned(record, number, draw):
    written = _numbered(_as_another_clerk(record, draw), number, f"G{number}")
    return replace(written, status="released 2018-05-01 (Spring exchange)")


def hand_in_records(simulator, records, *, title, to, population=None):
    """The id of a list of these records, handed in as if it had been read from a file."""
    from repatria.ledger.kinds.list_submitted import Population
    from repatria.lists.reading import ReadRow
    from repatria.operations.submission import submit_list

    rows = tuple(
        ReadRow(number=number, record=record) for number, record in enumerate(records, start=2)
    )
    return submit_list(
        simulator.desk(),
        rows,
        _described(title, len(rows)),
        title=title,
        population=population or Population.CLAIMED,
        to=to,
    ).list_id


def _described(title, rows):
    return FileDescription(
        name=f"{title}.csv",
        sha256=sha256(title.encode()).hexdigest(),
        size=rows,
        format=FileFormat.CSV,
        encoding="utf-8",
        delimiter=";",
        sheet="",
        other_sheets=(),
        header_row=1,
        header_language="en",
        columns={},
        unmapped=(),
        above_header=0,
        rows=rows,
        blank_rows=0,
    )
