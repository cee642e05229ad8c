from repatria.ledger.checkpoint import open_checkpoint
from repatria.ledger.kinds.bulletin_published import BulletinPublished
from repatria.ledger.kinds.health_examined import HealthExamined
from repatria.ledger.log import meant_for
from repatria.ledger.merkle import EMPTY_ROOT, root_of
from repatria.terms import PartyCode, PersonId
from statements import key_of, list_log, named, noted, placed, said, unknown_kind

NORTH, SOUTH = PartyCode("north"), PartyCode("south")


def test_an_empty_log_has_size_nought_and_no_signed_head():
    log = list_log("north")
    assert (log.head(NORTH).size, log.head(NORTH).root) == (0, EMPTY_ROOT)
    assert log.signed_head() == ""
    receipt = log.append([])
    assert (receipt.first, receipt.size, log.signed_head()) == (0, 0, "")


def test_a_receipt_says_where_the_log_stands_and_the_head_is_signed():
    log = list_log("north")
    log.append([noted(1)])
    receipt = log.append([named(2), placed(2)])
    assert (receipt.origin, receipt.first, receipt.size) == ("north", 1, 3)
    assert receipt.root == root_of(log.commitments(NORTH)) == log.head(NORTH).root
    head = open_checkpoint(log.signed_head(), key_of("north").verify_key, place="here")
    assert head == log.head(NORTH)


def test_the_same_words_said_twice_have_two_commitments():
    log = list_log("north")
    log.append([noted(1), noted(1)])
    first, second = log.commitments(NORTH)
    assert first != second


def test_what_was_said_is_found_by_subject_and_by_kind():
    log = list_log("north")
    log.append([named(1), noted(2), placed(1)])
    assert [e.ref for e in log.about("person:p1")] == ["north/0", "north/2"]
    assert [e.ref for e in log.of_kind("custody.noted", "custody.placed")] == ["north/1", "north/2"]
    assert log.is_named("person:p2")
    assert not log.is_named("person:p3")


def test_only_bodies_meant_for_a_party_are_given_for_it():
    log = list_log("north")
    log.append([named(1), noted(2), placed(1), unknown_kind(3)])
    assert [d.seq for d in log.bodies_for(SOUTH)] == [1, 3]
    assert [d.seq for d in log.bodies_for(SOUTH, 2)] == [3]
    assert [d.seq for d in log.bodies_for(PartyCode("intermediary"))] == [0, 1, 2]


def test_what_is_public_may_travel_and_what_is_medical_or_a_familys_may_not():
    public = said(
        BulletinPublished(
            bulletin_id="bulletin:a", version=1, language="en", document={}, digest="00"
        ),
        about=("bulletin:a",),
        audience={"public"},
    )
    medical = said(
        HealthExamined(person=PersonId("person:p1"), finding="x"),
        about=("person:p1",),
        audience={"north.medical"},
    )
    assert meant_for(public, SOUTH)
    assert not meant_for(medical, NORTH)
    assert not meant_for(medical, SOUTH)
