"""Nobody is named before his family knows, without his word, or on one receipt alone."""

from datetime import timedelta

from repatria.ledger.kinds.consent_stated import Occasion
from repatria.operations.bulletins import bulletin_beforehand, publish_bulletin
from repatria.operations.families import notify_family, request_tracing
from repatria.operations.manifests import manifest_of
from repatria.operations.naming import embargo_on, hold_publication, nameable
from repatria.terms import PersonName, Role
from simulators.party import NORTH, SOUTH
from simulators.refusals import refuses

WHOSE = {NORTH: "south", SOUTH: "north"}


def crossed(at):
    """An exchange of which both sides have signed the receipts."""
    met = at("crossed").sign(NORTH).sign(SOUTH)
    met.carry_all()
    return met


def put_out(met, named=(), **more):
    """A bulletin that names these persons under the first name known of each."""
    desk = met.intermediary.desk(Role.PRESS)
    known = {n.person: n.names[0] for n in nameable(desk.log, manifest_of(desk.log, more["of"]))}
    return publish_bulletin(
        desk,
        manifest_id=more.pop("of"),
        event="march",
        populations=WHOSE,
        issued_by="The intermediary",
        health_speaker="The intermediary",
        languages=("en", "ar"),
        labels={},
        named={p: known.get(p, "Nobody") for p in named},
        **more,
    )


def tell_family(met, person):
    """The intermediary tells the person's family that he crossed."""
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    sought = PersonName(text="Ramin Sınaqov")
    request = request_tracing(desk, family="leyla", sought=sought)
    notify_family(desk, request=request, person=person, what="crossed")


def said(published):
    """The sentence that names, in each language; nothing where there is none."""
    sentences = (
        s["text"]
        for each in published
        for section in each.signed.document["said"]["sections"]
        for s in section["sentences"]
    )
    return [s for s in sentences if s.startswith(("Named as they agreed", "أسماء من وافقوا"))]


def test_a_person_is_named_once_the_family_knows_and_he_agreed(at):
    met = crossed(at)
    person = met.lines[0].person
    met.ask(person, may_be_named=True)
    tell_family(met, person)

    english, arabic = said(put_out(met, [person], of=met.manifest_id))

    [name, *_] = nameable(met.intermediary.log, manifest_of(met.intermediary.log, met.manifest_id))[
        0
    ].names
    assert english.endswith(f"after their families were told: {name}.")
    assert name in arabic


def test_a_bulletin_names_nobody_who_was_not_asked_for(at):
    met = crossed(at)
    met.ask(met.lines[0].person, may_be_named=True)
    tell_family(met, met.lines[0].person)

    assert said(put_out(met, of=met.manifest_id)) == []


def test_every_reason_against_naming_is_given_at_once(at):
    met = crossed(at)
    person = met.lines[0].person

    with refuses(met.intermediary, "family-not-told", "no-consent-to-be-named"):
        put_out(met, [person], of=met.manifest_id)
    met.ask(person, may_be_named=True)
    with refuses(met.intermediary, "family-not-told"):
        put_out(met, [person], of=met.manifest_id)


def test_only_the_last_word_said_alone_counts(at):
    met = crossed(at)
    person = met.lines[0].person
    tell_family(met, person)
    met.ask(person, may_be_named=True)
    met.ask(person, occasion=Occasion.AT_THE_LINE)
    assert said(put_out(met, [person], of=met.manifest_id))

    met.ask(person, may_be_named=False)
    with refuses(met.intermediary, "no-consent-to-be-named"):
        put_out(met, [person], of=met.manifest_id)


def test_one_receipt_names_nobody(at):
    met = at("crossed").sign(NORTH)
    met.carry_all()
    person = next(line.person for line in met.lines if line.giver == NORTH)
    met.ask(person, may_be_named=True)
    tell_family(met, person)

    with refuses(met.intermediary, "no-receipt-for-receiving", "line-not-in-both-receipts"):
        put_out(met, [person], of=met.manifest_id)


def test_nobody_is_called_as_he_is_not_known_here_nor_named_from_elsewhere(at):
    met = crossed(at)
    person = met.lines[0].person
    met.ask(person, may_be_named=True)
    tell_family(met, person)
    desk = met.intermediary.desk(Role.PRESS)

    with refuses(met.intermediary, "name-not-known", "not-on-manifest"):
        bulletin_beforehand(
            desk,
            manifest_id=met.manifest_id,
            event="march",
            populations=WHOSE,
            issued_by="The intermediary",
            health_speaker="The intermediary",
            named={person: "Somebody Else", "person:north-000": "Somebody"},
        )


def test_what_is_looked_at_beforehand_is_what_is_put_out_and_writes_nothing(at):
    met = crossed(at)
    desk = met.intermediary.desk(Role.PRESS)
    before = met.intermediary.head

    draft = bulletin_beforehand(
        desk,
        manifest_id=met.manifest_id,
        event="march",
        populations=WHOSE,
        issued_by="The intermediary",
        health_speaker="The intermediary",
    )
    assert met.intermediary.head == before
    [published, _] = put_out(met, of=met.manifest_id)

    assert draft.sentences == published.bulletin.sentences


def test_an_embargo_of_either_side_holds_until_its_time_or_until_it_is_lifted(at):
    met = crossed(at)
    soon = met.clock.at + timedelta(days=2)
    hold_publication(met.south.desk(), manifest_id=met.manifest_id, until=soon, reason="families")
    met.carry_all()

    assert embargo_on(met.intermediary.log, met.manifest_id) == soon
    with refuses(met.intermediary, "under-embargo"):
        put_out(met, of=met.manifest_id)

    hold_publication(met.south.desk(), manifest_id=met.manifest_id, until=met.clock.at)
    met.carry_all()
    assert put_out(met, of=met.manifest_id)


def test_an_embargo_on_one_person_holds_for_whoever_counts_him(at):
    met = crossed(at)
    person = met.lines[0].person
    hold_publication(
        met.intermediary.desk(Role.INTERMEDIARY),
        manifest_id=met.manifest_id,
        until=met.clock.at + timedelta(hours=3),
        persons=[person],
    )

    assert embargo_on(met.intermediary.log, met.manifest_id) is None
    with refuses(met.intermediary, "line-under-embargo"):
        put_out(met, of=met.manifest_id)
    met.clock.turn_to(met.clock.at + timedelta(hours=4))
    assert put_out(met, of=met.manifest_id)


def test_nobody_holds_back_for_ever_or_for_strangers(at):
    met = crossed(at)

    with refuses(met.south, "embargo-too-long", "not-on-manifest"):
        hold_publication(
            met.south.desk(),
            manifest_id=met.manifest_id,
            until=met.clock.at + timedelta(days=60),
            persons=["person:north-000"],
        )
