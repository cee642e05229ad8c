"""A reader's words are read before they are published; his contact never leaves the desk."""

from dataclasses import replace

import pytest

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.reply_given import ReplyGiven
from repatria.ledger.kinds.reply_published import ReplyPublished
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.replies import (
    Decision,
    Purpose,
    ReplyState,
    contact_of,
    fold_reply,
    record_tip,
    review_reply,
    take_reply,
)
from repatria.register import fold_person
from repatria.terms import Role
from repatria.terms.parties import PUBLIC
from simulators.party import NORTH, SOUTH
from simulators.refusals import refuses

CONTACT = "reader@example.org"


def written(met, **more):
    """The id of a reply that came through the public form."""
    given = {"purpose": Purpose.REPLY, "text": "It was on a Tuesday.", "contact": CONTACT}
    return take_reply(met.intermediary.desk(Role.OUTSIDER), **{**given, **more})


def state_of(met, reply_id, log=None):
    """Where a reply stands."""
    return fold_reply((log or met.intermediary.log).about(reply_id)).state


def press(met):
    """The intermediary's press desk."""
    return met.intermediary.desk(Role.PRESS)


def test_a_reply_waits_and_is_told_to_nobody_else(at):
    met = at("met")
    reply_id = written(met)
    [entry] = met.intermediary.log.about(reply_id)
    assert entry.statement.audience == {met.intermediary.party}
    assert state_of(met, reply_id) is ReplyState.WAITING


def test_the_contact_is_sealed_before_it_is_written_down(at):
    met = at("met")
    reply_id = written(met)
    [entry] = met.intermediary.log.about(reply_id)
    assert CONTACT.encode() not in entry.statement.body
    assert payload_of(entry, ReplyGiven).contact
    assert contact_of(press(met), reply_id) == CONTACT


def test_without_a_contact_there_is_nothing_to_open(at):
    met = at("met")
    assert contact_of(press(met), written(met, contact=" ")) == ""


def test_a_published_reply_is_what_the_desk_let_stand(at):
    met = at("met")
    reply_id = written(met, name="A Reader")
    state = review_reply(
        press(met), reply_id, Decision.PUBLISH, text="It was a Tuesday.", name="A Reader"
    )
    assert state is ReplyState.PUBLISHED
    [entry] = met.intermediary.log.of_kind("reply.published")
    said = payload_of(entry, ReplyPublished)
    assert (said.text, said.name, said.shortened) == ("It was a Tuesday.", "A Reader", True)
    assert PUBLIC in entry.statement.audience
    assert CONTACT.encode() not in entry.statement.body
    met.carry_all()
    assert state_of(met, reply_id, met.north.log) is ReplyState.PUBLISHED
    assert [e.statement.kind for e in met.north.log.about(reply_id)] == ["reply.published"]


@pytest.mark.parametrize("text", [f"Write to me: {CONTACT}", f"write to {CONTACT.upper()}"])
def test_a_contact_is_not_published_in_the_text_either(at, text):
    met = at("met")
    reply_id = written(met, text=text)
    with refuses(met.intermediary, "contact-in-text"):
        review_reply(press(met), reply_id, Decision.PUBLISH, text=text)


def test_a_name_the_writer_did_not_give_is_not_put_under_it(at):
    met = at("met")
    reply_id = written(met)
    with refuses(met.intermediary, "name-not-given", "reply-empty"):
        review_reply(press(met), reply_id, Decision.PUBLISH, text="", name="Somebody")


def test_what_was_told_to_the_desk_is_never_published(at):
    met = at("met")
    reply_id = written(met, purpose=Purpose.TIP)
    with refuses(met.intermediary, "tip-stays-at-the-desk"):
        review_reply(press(met), reply_id, Decision.PUBLISH, text="It was on a Tuesday.")
    assert review_reply(press(met), reply_id, Decision.KEEP) is ReplyState.KEPT


def test_a_later_decision_stands(at):
    met = at("met")
    reply_id = written(met)
    review_reply(press(met), reply_id, Decision.PUBLISH, text="It was on a Tuesday.")
    review_reply(press(met), reply_id, Decision.REFUSE, reason="it was a mistake")
    assert state_of(met, reply_id) is ReplyState.REFUSED
    met.carry_all()
    assert state_of(met, reply_id, met.north.log) is ReplyState.REFUSED
    review_reply(press(met), reply_id, Decision.KEEP)
    assert len(met.intermediary.log.of_kind("reply.published")) == 2


def test_what_is_no_reply_is_not_taken_in(at):
    met = at("met")
    with refuses(met.intermediary, "reply-empty", "reply-too-long", "reply-to-nothing"):
        written(met, text="  ", name="n" * 201, answers="bulletin:none")


def test_a_reply_to_a_bulletin_is_about_it(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    met.clock.turn_to(met.clock.at.replace(day=28))
    [published] = publish_bulletin(
        press(met),
        manifest_id=met.manifest_id,
        event="march",
        populations={NORTH: "south", SOUTH: "north"},
        issued_by="The intermediary",
        health_speaker="The intermediary",
        languages=("en",),
        labels={},
    )
    reply_id = written(met, answers=published.bulletin.id)
    review_reply(press(met), reply_id, Decision.PUBLISH, text="It was on a Tuesday.")
    about = [e.statement.kind for e in met.intermediary.log.about(published.bulletin.id)]
    assert about == ["bulletin.published", "reply.published"]


def test_a_tip_about_a_person_has_its_ground_and_changes_no_status(at):
    met = at("crossed")
    person = met.lines[0].person
    before = fold_person(person, met.intermediary.log.about(person))
    reply_id = written(met, purpose=Purpose.TIP, text="He died in a made-up hospital.")

    record_tip(press(met), reply_id, person=person, words="A reader says that he died.")

    [tip] = met.intermediary.log.of_kind("tip.recorded")
    assert tip.statement.ground.basis == "tip"
    assert tip.statement.ground.source == met.intermediary.log.about(reply_id)[0].ref
    assert tip.statement.audience == {met.intermediary.party}
    after = fold_person(person, met.intermediary.log.about(person))
    assert [said.ref for said in after.said] == [*(s.ref for s in before.said), tip.ref]
    assert replace(after, said=before.said) == before
    assert fold_reply(met.intermediary.log.about(reply_id)).persons == (person,)


def test_a_tip_about_nobody_is_not_recorded(at):
    met = at("met")
    reply_id = written(met)
    with refuses(met.intermediary, "person-unknown", "reply-empty"):
        record_tip(press(met), reply_id, person="person:none", words=" ")
    with refuses(met.intermediary, "reply-unknown"):
        record_tip(press(met), "reply:none", person="person:none", words="x")
