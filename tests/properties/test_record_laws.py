"""Laws of the public record, each the sentence of a docstring."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repatria.record import (
    WORDINGS,
    Bound,
    Claim,
    ClaimBook,
    ConfirmedFigures,
    Measure,
    Paragraph,
    ReceiptFigure,
    ReceiptSide,
    SentenceCode,
    SignedReceipt,
    bulletin_html,
    checks,
    compose_bulletin,
)
from repatria.terms import BulletinId, Category, ClaimId, LineId, PartialDate, PartyCode

pytestmark = pytest.mark.property
unhurried = settings(deadline=None)

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
LINES = [LineId(f"line:{n}") for n in range(6)]
DAYS = [PartialDate.parse(text) for text in ("2022", "2023-01", "2023-02-01", "2023-02-15", "2024")]


def claim_named(name, **given_fields):
    return Claim(id=ClaimId(f"claim:{name}"), via="paper", population="southern", **given_fields)


single_claims = st.fixed_dictionaries(
    {
        "speaker": st.sampled_from(["A", "B", "C"]),
        "said_on": st.sampled_from(DAYS),
        "measure": st.sampled_from(Measure),
        "holder": st.sampled_from(["north", ""]),
        "bound": st.sampled_from(Bound),
        "categories": st.frozensets(st.sampled_from(Category), max_size=2),
        "value": st.integers(min_value=0, max_value=6),
        "event": st.sampled_from(["", "event:1", "event:2"]),
    }
)


@st.composite
def claim_sets(draw):
    """Claims of which later ones may sum, replace or repeat earlier ones: no circles."""
    claims = []
    for number, fields in enumerate(draw(st.lists(single_claims, max_size=8))):
        earlier = [c.id for c in claims]
        references = {}
        if earlier:
            references = {
                "parts": tuple(draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3))),
                "supersedes": draw(st.sampled_from(["", "", *earlier])),
                "copy_of": draw(st.sampled_from(["", "", *earlier])),
            }
        claims.append(claim_named(number, **fields, **references))
    return tuple(claims)


receipts = st.builds(
    SignedReceipt,
    ref=st.sampled_from(["receipt:a", "receipt:b", "receipt:c"]),
    side=st.sampled_from(ReceiptSide),
    signed_by=st.sampled_from([NORTH, SOUTH, PartyCode("intermediary")]),
    lines=st.frozensets(st.sampled_from(LINES)),
)
directions = st.builds(
    ReceiptFigure,
    event=st.just("event:1"),
    population=st.just("southern"),
    holder=st.just(NORTH),
    to_party=st.just(SOUTH),
    on=st.just(PartialDate.parse("2023-02-15")),
    receipts=st.lists(receipts, max_size=4).map(tuple),
)


def bulletin_of(direction, claims):
    return compose_bulletin(
        id=BulletinId("bulletin:1"),
        version=1,
        issued_by="Press office",
        issued_on=PartialDate.parse("2024-12-31"),
        figures=ConfirmedFigures(directions=(direction,)),
        claims=claims,
        checks=checks(claims),
    )


@unhurried
@given(direction=directions, claims=claim_sets())
def test_released_is_said_only_of_lines_that_both_sides_signed_for(direction, claims):
    signed = {
        (side, party): {
            line
            for receipt in direction.receipts
            if (receipt.side, receipt.signed_by) == (side, party)
            for line in receipt.lines
        }
        for side, party in ((ReceiptSide.HANDED_OVER, NORTH), (ReceiptSide.RECEIVED, SOUTH))
    }
    both = set.intersection(*signed.values())
    bulletin = bulletin_of(direction, claims)

    said = [s.values["count"].value for s in bulletin.sentences if s.code == SentenceCode.RELEASED]

    assert said == ([len(both)] if both else [])
    if not both:
        assert "released" not in bulletin_html(bulletin)


@unhurried
@given(direction=directions, claims=claim_sets())
def test_every_sentence_names_its_source_and_speaker(direction, claims):
    known = {r.ref for r in direction.receipts} | {c.id for c in claims}
    speakers = {c.speaker for c in claims} | {NORTH, SOUTH}

    for sentence in bulletin_of(direction, claims).sentences:
        silent = sentence.code is SentenceCode.NOTHING_CONFIRMED
        assert bool(sentence.sources) is not silent
        assert set(sentence.sources) <= known
        assert set(sentence.attribution) <= speakers


@unhurried
@given(direction=directions, claims=claim_sets(), count=st.integers(min_value=0, max_value=99))
def test_the_unacknowledged_are_never_added(direction, claims, count):
    more = claim_named(
        "more", speaker="D", said_on=DAYS[0], measure=Measure.UNACKNOWLEDGED, value=count
    )

    def reckoned(given_claims):
        return [
            s
            for s in bulletin_of(direction, given_claims).sentences
            if s.paragraph is not Paragraph.APART and s.code is not SentenceCode.SAME_NUMBER
        ]

    assert reckoned((*claims, more)) == reckoned(claims)


@unhurried
@given(claims=claim_sets(), seed=st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_the_checks(claims, seed):
    shuffled = [*claims, *claims[:2]]
    random.Random.shuffle(seed, shuffled)

    assert checks(shuffled) == checks(claims)


@unhurried
@given(claims=claim_sets())
def test_equal_numbers_of_different_composition_are_never_one_figure(claims):
    book = ClaimBook.of(claims)

    for figure in book.figures():
        named = [book.by_id[key] for key in figure.claims]
        afresh = [c for c in named if not c.copy_of]
        assert len({c.value for c in named}) == 1
        assert len({book.composition(c) for c in afresh}) <= 1
        assert len({(c.measure, c.categories, c.event) for c in afresh}) <= 1


@unhurried
@given(claims=claim_sets())
def test_every_standing_claim_is_in_exactly_one_figure(claims):
    book = ClaimBook.of(claims)

    gathered = [key for figure in book.figures() for key in figure.claims]

    assert sorted(gathered) == sorted(book.by_id.keys() - book.superseded)


@unhurried
@given(direction=directions, claims=claim_sets(), language=st.sampled_from(sorted(WORDINGS)))
def test_every_bulletin_can_be_read_in_every_language(direction, claims, language):
    page = bulletin_html(bulletin_of(direction, claims), language)

    assert page.count("<section") == page.count("</section>") > 0
