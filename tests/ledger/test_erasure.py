"""What obliges whom to destroy what."""

from dataclasses import replace

import pytest

from repatria.ledger.erasure import JOINT_ACTS, is_erasable, what_is_erased
from repatria.ledger.kinds import KINDS, Sensitivity
from repatria.ledger.kinds.statement_erased import ErasureReason, StatementErased
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry
from repatria.terms import IntegrityError, PartyCode
from statements import noted, said

NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))


def entry(places, *, by, of, seq=9):
    gone = StatementErased(origin=of, places=places, reason=ErasureReason.COURT_ORDER)
    statement = said(gone, by=by, about=(f"erasure:{by}-e",), audience=(by,))
    return Entry(by, seq, statement)


@pytest.mark.parametrize(
    ("by", "of", "own", "obeyed"),
    [
        (NORTH, NORTH, NORTH, True),
        (NORTH, NORTH, SOUTH, True),
        (NORTH, SOUTH, NORTH, True),
        (NORTH, SOUTH, SOUTH, False),
        (NORTH, SOUTH, INTERMEDIARY, False),
    ],
    ids=["ours", "a peer's own", "our copies", "of us by a peer", "of a third by a peer"],
)
def test_only_the_author_is_obeyed_and_we_ourselves_about_our_copies(by, of, own, obeyed):
    found = what_is_erased(entry("1,4-5", by=by, of=of), own)
    assert found == ((of, Places.of([1, 4, 5])) if obeyed else None)


def test_an_erasure_speaks_of_the_past_of_its_own_log():
    assert what_is_erased(entry("8", by=NORTH, of=NORTH), SOUTH) is not None
    assert what_is_erased(entry("8-9", by=NORTH, of=NORTH), SOUTH) is None
    assert what_is_erased(entry("900", by=NORTH, of=SOUTH), NORTH) is not None


def test_anything_else_erases_nothing():
    assert what_is_erased(Entry(NORTH, 3, noted(1)), NORTH) is None


def test_another_spelling_of_places_erases_nothing():
    assert what_is_erased(entry("4,1", by=NORTH, of=NORTH), NORTH) is None


def test_content_of_another_shape_is_a_fault():
    said_so = entry("4", by=NORTH, of=NORTH)
    shapeless = replace(said_so.statement, content={"places": 4})
    with pytest.raises(IntegrityError, match="payload-malformed"):
        what_is_erased(Entry(NORTH, 9, shapeless), NORTH)


def test_what_is_personal_can_be_erased_and_what_others_rest_on_cannot():
    erasable = {name for name in KINDS if is_erasable(name)}
    assert set(KINDS) >= JOINT_ACTS
    assert not erasable & JOINT_ACTS
    assert {"person.named", "list.line", "health.examined", "tracing.requested"} <= erasable
    kept = {"peer.introduced", "access.granted", "package.sent", "package.received",
            "statement.erased", "erasure.acknowledged", "terms.accepted", "claim.made",
            "manifest.accepted", "receipt.given", "bulletin.published"}  # fmt: skip
    assert not erasable & kept
    assert all(KINDS[name].sensitivity is not Sensitivity.PUBLIC for name in erasable)
    assert is_erasable("weather.reported")
