"""In whose hands was this person, and since when?

Powers report late, twice, and against each other. Notices are put in their
places and never weighed: what has no place is a loose end for somebody to look
at, and two holders at once stay two holders at once.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.register.model import CustodyEpisode, CustodyNotice, CustodyTimeline
from repatria.terms import PartialDate, PartyCode
from repatria.terms.times import day_of

_EVENTS = tuple(CustodyEvent)


def fold_custody(notices: Iterable[CustodyNotice]) -> CustodyTimeline:
    """Episodes of custody, and the notices that belong to none.

    Order of arrival and repetition change nothing. A notice is cited by an
    episode or is a loose end, never both. A holder's own word that it
    transferred a person to another ends its episode; it does not begin one
    there, that is for the other to say.

    Source: GC III art. 122 (events a bureau must be told of).
    """
    open_now: dict[PartyCode, CustodyEpisode] = {}
    ended: list[CustodyEpisode] = []
    loose: list[CustodyNotice] = []
    for notice in sorted({n.ref: n for n in notices}.values(), key=_reading_order):
        handed_on = notice.event is CustodyEvent.TRANSFERRED and notice.by in open_now
        holder = notice.by if handed_on else notice.holder
        episode = open_now.get(holder)
        match notice.event:
            case CustodyEvent.CAPTURED if episode is not None and episode.since != notice.on:
                loose.append(notice)
            case CustodyEvent.CAPTURED | CustodyEvent.HELD:
                open_now[holder] = _citing(episode, notice)
            case CustodyEvent.TRANSFERRED if holder == notice.holder:
                open_now[holder] = _citing(episode, notice)
            case _ if episode is None:
                loose.append(notice)
            case _:
                ended.append(_ending(open_now.pop(holder), notice))
    episodes = sorted([*ended, *open_now.values()], key=_episode_order)
    return CustodyTimeline(episodes=tuple(episodes), loose_ends=tuple(loose))


def _citing(episode: CustodyEpisode | None, notice: CustodyNotice) -> CustodyEpisode:
    if episode is None:
        return CustodyEpisode(
            holder=notice.holder, since=notice.on, cites=(notice.ref,), chain=notice.chain
        )
    chain = notice.chain or episode.chain
    return replace(episode, cites=(*episode.cites, notice.ref), chain=chain)


def _ending(episode: CustodyEpisode, notice: CustodyNotice) -> CustodyEpisode:
    return replace(
        episode,
        until=notice.on,
        ended_by=notice.event,
        exchange=notice.exchange,
        cites=(*episode.cites, notice.ref),
    )


def _reading_order(notice: CustodyNotice) -> tuple[date, int, str, str, str]:
    # A notice without a day is read at the day it was written: it is not older than that.
    day = notice.on.earliest if notice.on is not None else day_of(notice.recorded_at)
    return (day, _EVENTS.index(notice.event), notice.holder, notice.by, notice.ref)


def _episode_order(episode: CustodyEpisode) -> tuple[date, str, tuple[str, ...]]:
    since: PartialDate | None = episode.since
    return (since.earliest if since is not None else date.min, episode.holder, episode.cites)
