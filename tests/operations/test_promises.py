"""Promises are kept by two signatures; what is said about them changes nothing."""

import json
from datetime import date

import pytest

from repatria.ledger.payload import from_json, to_json
from repatria.operations.commitments import (
    commitments_known,
    record_commitment,
    sign_for_commitment,
    tell_about_commitment,
)
from repatria.operations.places import locate_place
from repatria.record.commitments import Commitment, CommitmentState, Promise, Side, Verdict
from repatria.terms import PartialDate, Role
from repatria.terms.parties import PUBLIC
from simulators.party import NORTH, SOUTH
from simulators.refusals import refuses

DAY = PartialDate.parse("2030-03-01")
DUE = PartialDate.parse("2030-03-20")


def maps_promised(met, **more):
    """South promised north three maps by 20 March; the intermediary writes it down."""
    given = {
        "promised_by": SOUTH,
        "promised_to": NORTH,
        "what": Promise.DELIVER,
        "words": "maps of three fields",
        "source": "joint statement of 1 March",
        "amount": 3,
        "unit": "maps",
        "due": DUE,
    }
    promise = record_commitment(met.intermediary.desk(Role.INTERMEDIARY), **{**given, **more})
    met.carry_all()
    return promise


def state_at(met, on="2030-03-10", log=None):
    """How far the one promise is kept on a day, as the intermediary knows it."""
    [promise] = commitments_known(log or met.intermediary.log)
    return promise.state(date.fromisoformat(on))


def test_a_promise_is_kept_when_both_sides_signed_for_all_of_it(at):
    met = at("met")
    promise = maps_promised(met)
    assert state_at(met) is CommitmentState.OPEN

    sign_for_commitment(met.south.desk(), promise, side=Side.DELIVERED, on=DAY, amount=3)
    met.carry_all()
    assert state_at(met) is CommitmentState.SIGNED_BY_ONE

    sign_for_commitment(met.north.desk(), promise, side=Side.RECEIVED, on=DAY, amount=2)
    met.carry_all()
    assert state_at(met) is CommitmentState.PARTLY

    sign_for_commitment(met.north.desk(), promise, side=Side.RECEIVED, on=DAY, amount=1)
    met.carry_all()
    assert state_at(met) is CommitmentState.KEPT
    assert state_at(met, "2031-01-01") is CommitmentState.KEPT
    assert state_at(met, log=met.south.log) is CommitmentState.KEPT


def test_what_nobody_counts_is_kept_by_one_receipt_of_each_side(at):
    met = at("met")
    promise = maps_promised(met, what=Promise.DROP_OBJECTION, amount=None, unit="")
    sign_for_commitment(met.south.desk(), promise, side=Side.DELIVERED, on=DAY)
    met.carry_all()
    sign_for_commitment(met.north.desk(), promise, side=Side.RECEIVED, on=DAY)
    met.carry_all()
    assert state_at(met) is CommitmentState.KEPT


def test_a_promise_is_overdue_from_the_day_after_it_was_due(at):
    met = at("met")
    maps_promised(met)
    assert state_at(met, "2030-03-20") is CommitmentState.OPEN
    assert state_at(met, "2030-03-21") is CommitmentState.OVERDUE


def test_nobody_signs_for_another(at):
    met = at("met")
    promise = maps_promised(met)
    for simulator, side in ((met.north, Side.DELIVERED), (met.south, Side.RECEIVED)):
        with refuses(simulator, "receipt-of-another"):
            sign_for_commitment(simulator.desk(), promise, side=side, on=DAY, amount=3)


def test_a_receipt_says_how_many_and_of_the_past(at):
    met = at("met")
    promise = maps_promised(met)
    later = PartialDate.parse("2040")
    with refuses(met.south, "receipt-needs-amount", "receipt-of-the-future"):
        sign_for_commitment(met.south.desk(), promise, side=Side.DELIVERED, on=later)
    with refuses(met.south, "amount-not-a-count"):
        sign_for_commitment(met.south.desk(), promise, side=Side.DELIVERED, on=DAY, amount=0)


def test_what_is_said_about_a_promise_stands_beside_it(at):
    met = at("met")
    promise = maps_promised(met)
    known = tell_about_commitment(
        met.intermediary.desk(Role.PRESS),
        promise,
        speaker="Office of South",
        via="Agency A",
        said_on=DAY,
        says=Verdict.KEPT,
    )
    assert known.state(date(2030, 3, 10)) is CommitmentState.OPEN
    assert [t.speaker for t in known.contradicted_by(date(2030, 3, 10))] == ["Office of South"]
    with refuses(met.intermediary, "claim-without-speaker"):
        tell_about_commitment(
            met.intermediary.desk(Role.PRESS),
            promise,
            speaker=" ",
            via="Agency A",
            said_on=DAY,
            says=Verdict.KEPT,
        )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"words": " "}, "commitment-incomplete"),
        ({"promised_to": SOUTH}, "commitment-to-oneself"),
        ({"amount": 0}, "amount-not-a-count"),
    ],
)
def test_half_a_promise_is_not_recorded(at, change, code):
    met = at("met")
    with refuses(met.intermediary, code):
        maps_promised(met, **change)


def test_a_promise_between_two_is_not_told_to_everybody(at):
    met = at("met")
    maps_promised(met, public=False)
    [made] = met.intermediary.log.of_kind("commitment.made")
    assert PUBLIC not in made.statement.audience
    assert state_at(met, log=met.north.log) is CommitmentState.OPEN


def test_an_unknown_promise_is_signed_for_by_nobody(at):
    met = at("met")
    with refuses(met.south, "commitment-unknown"):
        sign_for_commitment(met.south.desk(), "commitment:none", side=Side.DELIVERED, on=DAY)


def test_a_promise_comes_back_from_its_row(at):
    met = at("met")
    maps_promised(met)
    [promise] = commitments_known(met.intermediary.log)
    row = json.loads(json.dumps(to_json(promise)))
    assert from_json(Commitment, row, place="row") == promise


def test_a_place_is_on_the_map_only_by_a_statement_for_everybody(at):
    met = at("met")
    press = met.intermediary.desk(Role.PRESS)
    locate_place(press, title="Bridge", latitude_e4=1, longitude_e4=2, source="Agency A")
    [place] = met.intermediary.log.of_kind("place.located")
    assert PUBLIC in place.statement.audience
    with refuses(met.intermediary, "place-incomplete", "place-not-on-earth"):
        locate_place(press, title=" ", latitude_e4=900_001, longitude_e4=0, source="")
