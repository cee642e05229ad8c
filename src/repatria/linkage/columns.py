"""What do the records of a long list say, field by field?

A million profiles take a gigabyte and ten seconds to make. A list may be given as
columns instead, from which a profile is made when somebody asks for that one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice
from operator import lt
from typing import Any, overload

from repatria.linkage.model import Profile
from repatria.terms import NameOrder, PartialDate, PersonName, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileColumns(Sequence[Profile]):
    """The profiles of a list as columns, as long as `ids`, or empty where nobody says anything.

    Attributes:
        ids: unique within the list.
        texts: the only name of each, tidied as `PersonName` does it.
        order: in which the parts of those names stand.
        named: place -> names of those that have several, or one in parts.
        births, sexes, fathers, captures, places: as in `Profile`.
    """

    ids: Sequence[str] = field(repr=False)
    texts: Sequence[str] = field(repr=False)
    order: NameOrder = NameOrder.UNKNOWN
    named: Mapping[int, tuple[PersonName, ...]] = field(default_factory=dict, repr=False)
    births: Sequence[PartialDate | None] = field(default=(), repr=False)
    sexes: Sequence[Sex | None] = field(default=(), repr=False)
    fathers: Sequence[str] = field(default=(), repr=False)
    captures: Sequence[PartialDate | None] = field(default=(), repr=False)
    places: Sequence[str] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> Profile: ...

    @overload
    def __getitem__(self, at: slice) -> list[Profile]: ...

    def __getitem__(self, at: int | slice) -> Profile | list[Profile]:
        """One profile, or those of a stretch."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        return Profile(
            id=self.ids[at],
            names=self.named.get(at) or (PersonName(text=self.texts[at], order=self.order),),
            birth=self.births[at] if self.births else None,
            sex=self.sexes[at] if self.sexes else None,
            father=self.fathers[at] if self.fathers else "",
            captured_on=self.captures[at] if self.captures else None,
            place_of_birth=self.places[at] if self.places else "",
        )

    def in_order(self) -> "ProfileColumns":
        """The profiles in the order of their ids."""
        if rising(self.ids):
            return self
        places = sorted(range(len(self)), key=self.ids.__getitem__)
        now = {before: at for at, before in enumerate(places) if before in self.named}
        columns: dict[str, Any] = {
            each.name: [column[at] for at in places]
            for each in fields(self)
            if each.name not in {"order", "named"} and (column := getattr(self, each.name))
        }
        return ProfileColumns(
            order=self.order,
            named={now[before]: names for before, names in self.named.items()},
            **columns,
        )


def rising(ids: Sequence[str]) -> bool:
    """Whether each is greater than the one before."""
    return all(map(lt, ids, islice(ids, 1, None)))


def names_of(
    profiles: Sequence[Profile],
) -> Iterator[tuple[tuple[PersonName | str, ...], str]]:
    """The names of each, and the father's where it stands apart; a text where that says all."""
    if not isinstance(profiles, ProfileColumns):
        for profile in profiles:
            yield profile.names, profile.father
        return
    for at, text in enumerate(profiles.texts):
        father = profiles.fathers[at] if profiles.fathers else ""
        names = profiles.named.get(at)
        if names is None and father:
            names = (PersonName(text=text, order=profiles.order),)
        yield names or (text,), father


def births_of(profiles: Sequence[Profile]) -> Sequence[PartialDate | None]:
    """The day of birth of each, or nothing when nobody has any."""
    if isinstance(profiles, ProfileColumns):
        return profiles.births
    return [profile.birth for profile in profiles]


def sexes_of(profiles: Sequence[Profile]) -> Sequence[Sex | None]:
    """The sex of each, or nothing when nobody has any."""
    if isinstance(profiles, ProfileColumns):
        return profiles.sexes
    return [profile.sex for profile in profiles]


def captures_of(profiles: Sequence[Profile]) -> Sequence[PartialDate | None]:
    """The day of capture of each, or nothing when nobody has any."""
    if isinstance(profiles, ProfileColumns):
        return profiles.captures
    return [profile.captured_on for profile in profiles]


def places_of(profiles: Sequence[Profile]) -> Sequence[str]:
    """The place of birth of each, or nothing when nobody has any."""
    if isinstance(profiles, ProfileColumns):
        return profiles.places
    return [profile.place_of_birth for profile in profiles]
