"""What of a handover is done, and what is missing, from the signed list to the last receipt?

A checklist that is never ticked by hand: each point follows from what was said of the list and
of the persons on it. Whoever does not travel any more is asked for nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from repatria.handover.closing import TerminalState
from repatria.terms import PartyCode, PersonId


class ProtocolPoint(StrEnum):
    """What is to be done at a handover, in the order in which it is done."""

    SIGNED = "signed"
    FIT = "fit"
    WILLING = "willing"
    ASKED_AT_THE_LINE = "asked_at_the_line"
    CHECKED = "checked"
    PACKETS = "packets"
    CROSSED = "crossed"
    RECEIPTS = "receipts"
    CONFIRMED = "confirmed"
    INCIDENTS = "incidents"
    ENDED = "ended"


class IncidentsAgree(StrEnum):
    """Whether the sides say the same of incidents; words are compared, not weighed."""

    NOT_YET = "not_yet"
    NONE_BY_ALL = "none_by_all"
    SAME_WORDS = "same_words"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """What is known of one person on the list.

    Attributes:
        state: how the line ended, or that it is open.
        left: departed at least; what had to be done before is not asked any more.
        crossed: seen on the far side.
        packets: sealed packets of his; `packets_along` of them were passed on or given back.
    """

    person: PersonId
    state: TerminalState
    fit: bool
    willing: bool
    asked_at_the_line: bool
    checked: bool
    left: bool
    crossed: bool
    packets: int
    packets_along: int

    @property
    def travels(self) -> bool:
        """Whether anything is still to be done for his journey, or it is over."""
        return self.state in (TerminalState.OPEN, TerminalState.RECEIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointState:
    """How far one point is.

    Attributes:
        done, of: persons, packets or parties, as the point counts.
        missing: persons or parties of whom something is missing, in order.
    """

    point: ProtocolPoint
    done: int
    of: int
    missing: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return self.done == self.of


def handover_protocol(
    travellers: Sequence[Traveller],
    parties: Sequence[PartyCode],
    *,
    signed_by: Collection[PartyCode],
    receipts_of: Collection[PartyCode],
) -> tuple[PointState, ...]:
    """Every point with how far it is, in order.

    Args:
        travellers: everybody who was ever on the list.
        parties: givers and receivers of the list.
        signed_by: parties that signed the list as it stands.
        receipts_of: parties that gave a receipt for the list as it stands; each says there
            what it states of incidents, or that it states none.
    """
    there = [each for each in travellers if each.travels]

    def of_persons(point: ProtocolPoint, done: Iterable[bool]) -> PointState:
        missing = tuple(
            str(each.person) for each, is_done in zip(there, done, strict=True) if not is_done
        )
        return PointState(
            point=point, done=len(there) - len(missing), of=len(there), missing=missing
        )

    def of_parties(point: ProtocolPoint, done: Collection[PartyCode]) -> PointState:
        missing = tuple(str(party) for party in parties if party not in done)
        return PointState(
            point=point, done=len(parties) - len(missing), of=len(parties), missing=missing
        )

    open_lines = tuple(str(t.person) for t in travellers if t.state is TerminalState.OPEN)
    return (
        of_parties(ProtocolPoint.SIGNED, signed_by),
        of_persons(ProtocolPoint.FIT, (t.fit or t.left for t in there)),
        of_persons(ProtocolPoint.WILLING, (t.willing or t.left for t in there)),
        of_persons(ProtocolPoint.ASKED_AT_THE_LINE, (t.asked_at_the_line for t in there)),
        of_persons(ProtocolPoint.CHECKED, (t.checked or t.left for t in there)),
        PointState(
            point=ProtocolPoint.PACKETS,
            done=sum(t.packets_along for t in there),
            of=sum(t.packets for t in there),
            missing=tuple(str(t.person) for t in there if t.packets_along < t.packets),
        ),
        of_persons(ProtocolPoint.CROSSED, (t.crossed for t in there)),
        of_parties(ProtocolPoint.RECEIPTS, receipts_of),
        of_persons(ProtocolPoint.CONFIRMED, (t.state is TerminalState.RECEIVED for t in there)),
        of_parties(ProtocolPoint.INCIDENTS, receipts_of),
        PointState(
            point=ProtocolPoint.ENDED,
            done=len(travellers) - len(open_lines),
            of=len(travellers),
            missing=open_lines,
        ),
    )


def incidents_agree(
    parties: Sequence[PartyCode],
    receipts_of: Collection[PartyCode],
    incidents: Mapping[PartyCode, str],
) -> IncidentsAgree:
    """Whether all sides have spoken of incidents, and say the same.

    Args:
        parties: those of the list.
        receipts_of: those that have given a receipt.
        incidents: what each states; a party without words states none.
    """
    if not parties or any(party not in receipts_of for party in parties):
        return IncidentsAgree.NOT_YET
    words = {" ".join(incidents.get(party, "").split()).casefold() for party in parties}
    if words == {""}:
        return IncidentsAgree.NONE_BY_ALL
    return IncidentsAgree.SAME_WORDS if len(words) == 1 else IncidentsAgree.DIFFERENT
