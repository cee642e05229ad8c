"""Who must be told when an installation was stolen, copied or broken into?

Everybody whose name lay there, and every family that asked there. Read row by row:
half a million persons do not have to fit into memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from repatria.store import models
from repatria.store.queries.scope import seen_by
from repatria.terms import Viewer

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """Somebody who must be told.

    Attributes:
        what: `person` or `family`.
        id: of the person, or of the family's request.
        name: of the person, or of whom the family looks for.
        birth: as it was said.
        holder: in whose hands he was last said to be; empty for a family.
        relation: of the family to whom it looks for.
        through: ids of requests by families about this person.
    """

    what: str
    id: str
    name: str
    birth: str
    holder: str = ""
    relation: str = ""
    through: tuple[str, ...] = ()


def exposed(viewer: Viewer) -> Iterator[Exposed]:
    """Families first: they are the ones that can be reached; then persons, by id."""
    asked: dict[str, list[str]] = {}
    for row in seen_by(viewer, models.TracingRow).order_by("subject").iterator(_AT_ONCE):
        about = {str(notice.get("person", "")) for notice in row.notices}
        about |= {str(link["record"]) for link in row.links}
        for person in sorted(about - {""}):
            asked.setdefault(person, []).append(row.subject)
        yield Exposed(
            what="family", id=row.subject, name=row.sought, birth=row.birth, relation=row.relation
        )
    persons = (
        seen_by(viewer, models.PersonRow)
        .order_by("subject")
        .values_list("subject", "name", "birth", "holder")
    )
    for subject, name, birth, holder in persons.iterator(_AT_ONCE):
        yield Exposed(
            what="person",
            id=subject,
            name=name,
            birth=birth,
            holder=holder,
            through=tuple(asked.get(subject, ())),
        )
