"""What was said of one exchange, with made-up speakers, in the shape of a real one.

Tests ask for the fixture `story` and build from its functions.
"""

import sys

import pytest

from repatria.record import (
    Bound,
    Claim,
    ConfirmedFigures,
    HealthConclusion,
    Measure,
    ReceiptFigure,
    ReceiptSide,
    SignedReceipt,
    checks,
    compose_bulletin,
)
from repatria.terms import BulletinId, Category, ClaimId, LineId, PartialDate, PartyCode

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
CROSSING = "event:crossing"
SOLDIERS = frozenset({Category.SOLDIER})
CIVILIANS = frozenset({Category.CIVILIAN})
LEADERS = frozenset({Category.POLITICAL_LEADER})


def day(text):
    """A date from its text form."""
    return PartialDate.parse(text)


def claim(name, value, measure=Measure.HELD, **more):
    """A claim about persons of the south held by north, changed by what is given."""
    parts = tuple(ClaimId(f"claim:{part}") for part in more.pop("parts", ()))
    supersedes, copy_of = more.pop("supersedes", ""), more.pop("copy_of", "")
    given = {
        "speaker": "Office of the south",
        "via": "Agency A",
        "said_on": day("2023-11"),
        "population": "southern",
        "holder": NORTH,
        "to_party": SOUTH if measure in {"released", "returned", "announced"} else "",
        "supersedes": f"claim:{supersedes}" if supersedes else "",
        "copy_of": f"claim:{copy_of}" if copy_of else "",
    }
    return Claim(
        id=ClaimId(f"claim:{name}"), value=value, measure=measure, parts=parts, **{**given, **more}
    )


def moved(name, value, speaker, **more):
    """A claim that these many crossed in the one event of the story."""
    given = {"said_on": day("2023-12-13"), "event": CROSSING, "measure": Measure.RELEASED}
    return claim(name, value, speaker=speaker, **{**given, **more})


def story_claims():
    """All public claims of the story."""
    premier = {"measure": Measure.RETURNED, "via": "Post"}
    return (
        claim("h", 55, parts=("h1", "h2", "h3")),
        claim("h1", 41, category="soldiers", categories=SOLDIERS),
        claim("h2", 6, category="civilians", categories=CIVILIANS),
        claim("h3", 8, category="political leaders", categories=LEADERS),
        moved("r", 32, "Commission of the north", category="servicemen", categories=SOLDIERS),
        moved("p", 32, "Premier of the south", parts=("p1", "p2"), **premier),
        moved("p1", 31, "Premier of the south", category="captured 2020–2023", **premier),
        moved("p2", 1, "Premier of the south", category="captured in September 2023", **premier),
        moved(
            "n",
            32,
            "News agency",
            category="soldiers and civilians",
            categories=SOLDIERS | CIVILIANS,
        ),
        claim(
            "a",
            23,
            Measure.REMAINING,
            speaker="Activists of the south",
            said_on=day("2023-12-13"),
        ),
        claim(
            "u",
            80,
            Measure.UNACKNOWLEDGED,
            speaker="Lawyer of the south",
            said_on=day("2022-09-27"),
            bound=Bound.ABOUT,
        ),
        claim(
            "k",
            55,
            speaker="Advocate of the south",
            said_on=day("2024-01"),
            parts=("k1", "k2"),
        ),
        claim(
            "k1", 23, speaker="Advocate of the south", said_on=day("2024-01"), category="confirmed"
        ),
        claim(
            "k2",
            32,
            Measure.UNACKNOWLEDGED,
            speaker="Advocate of the south",
            said_on=day("2024-01"),
            category="disappeared since 2020",
        ),
    )


def lines(count, prefix="s"):
    """So many lines of a manifest."""
    return frozenset(LineId(f"line:{prefix}{number}") for number in range(count))


def direction(handed_over, received, **more):
    """Receipts of the two sides for these many lines; None where a side gave no receipt."""
    given = {
        "event": CROSSING,
        "population": "southern",
        "holder": NORTH,
        "to_party": SOUTH,
        "on": day("2023-12-13"),
        "ref": "receipt:1",
        **more,
    }
    ref = given.pop("ref")
    prefix = given["population"][0]
    sides = (
        (ReceiptSide.HANDED_OVER, given["holder"], handed_over),
        (ReceiptSide.RECEIVED, given["to_party"], received),
    )
    receipts = tuple(
        SignedReceipt(ref=f"{ref}-{party}", side=side, signed_by=party, lines=lines(count, prefix))
        for side, party, count in sides
        if count is not None
    )
    return ReceiptFigure(**given, receipts=receipts)


def story_figures():
    """What the receipts of both directions confirm."""
    back = direction(2, 2, population="northern", holder=SOUTH, to_party=NORTH, ref="receipt:2")
    return ConfirmedFigures(directions=(direction(32, 32), back))


HEALTH = HealthConclusion(
    speaker="Intermediary", ref="note:health", on=day("2023-12-12"), all_fit=True
)


def story_bulletin(**more):
    """The bulletin of the story, changed by what is given."""
    claims = more.get("claims", story_claims())
    given = {
        "id": BulletinId("bulletin:1"),
        "version": 1,
        "issued_by": "Press office of the south",
        "issued_on": day("2024-01-31"),
        "figures": story_figures(),
        "claims": claims,
        "checks": checks(claims),
        "health_conclusion": HEALTH,
    }
    return compose_bulletin(**{**given, **more})


@pytest.fixture(name="story")
def _story():
    return sys.modules[__name__]
