"""What is erased, what is kept, who is told of what."""

from dataclasses import replace

import pytest

from repatria.handover import compare_receipts
from repatria.ledger.erasure import JOINT_ACTS
from repatria.ledger.kinds import KINDS, payload_of
from repatria.ledger.kinds.health_examined import HealthExamined
from repatria.ledger.kinds.statement_erased import ErasureReason, StatementErased
from repatria.lists import fold_line
from repatria.operations.access import introduce_peer
from repatria.operations.comparison import compare_lists, current_lines
from repatria.operations.erasure import erase, erasures, is_about_a_person, plan_erasure
from repatria.operations.erasure_reach import open_manifests
from repatria.operations.families import notify_family, request_tracing
from repatria.operations.manifests import manifest_of
from repatria.operations.publicity import record_claims
from repatria.record import Claim, Measure
from repatria.terms import ActorId, ClaimId, PartialDate, PersonId, PersonName, Refusal, Role
from simulators.party import (
    CLAIMED_BY_SOUTH,
    HELD_BY_NORTH,
    NORTH,
    SOUTH,
    Meeting,
    terms_for,
)
from statements import desk_at, keyring_of_party, list_log, named, noted, placed, said, unknown_kind

MISTAKE = ErasureReason.MISTAKEN_RECORD


@pytest.fixture
def desk():
    """North's registrar, after things were said about two persons to different circles."""
    desk = desk_at(list_log("north"))
    desk.log.append([named(1), noted(1), placed(1), named(2), unknown_kind(1), noted(2)])
    return desk


def codes(refused):
    return sorted(objection.code for objection in refused.value.objections)


def held(log):
    return [e.ref for p in range(9) for e in log.about(f"person:p{p}")]


def test_erasing_a_person_takes_all_about_him_and_nothing_about_anybody_else(desk):
    before = desk.log.commitments(NORTH)

    receipt = erase(desk, subjects=["person:p1"], reason=MISTAKE)

    assert held(desk.log) == ["north/3", "north/5"]
    assert desk.log.commitments(NORTH)[:6] == before
    assert receipt.size == desk.log.head(NORTH).size == 6 + 3
    assert not desk.log.is_named("person:p1")


def test_each_circle_of_readers_is_told_only_of_what_it_was_given(desk):
    erase(desk, subjects=["person:p1"], reason=MISTAKE)

    told = [
        (sorted(e.statement.audience), payload_of(e, StatementErased).places)
        for e in desk.log.of_kind("statement.erased")
    ]
    assert told == [
        (["intermediary", "north"], "0,2"),
        (["intermediary", "north", "south"], "1"),
        (["north", "south"], "4"),
    ]


def test_an_erasure_names_nobody(desk):
    erase(desk, subjects=["person:p1"], reason=MISTAKE)

    bodies = b"".join(e.statement.body for e in desk.log.of_kind("statement.erased"))
    assert b"person:" not in bodies
    assert b"Testyan" not in bodies


def test_what_only_we_hold_is_erased_without_a_word_to_anybody():
    desk = desk_at(list_log("north"))
    person = PersonId("person:p1")
    examined = HealthExamined(person=person, finding="made up")
    desk.log.append([said(examined, about=(person,), audience=("north.medical",))])

    erase(desk, places=["north/0"], reason=MISTAKE)

    [entry] = desk.log.of_kind("statement.erased")
    assert entry.statement.audience == {"north"}


def test_looking_first_writes_nothing_and_says_what_would_go(desk):
    plan = plan_erasure(desk, subjects=["person:p1"])

    assert [e.ref for e in plan.ours] == ["north/0", "north/1", "north/2", "north/4"]
    assert (plan.count, plan.copies, plan.kept, plan.objections) == (4, (), (), ())
    assert desk.log.head(NORTH).size == 6


def test_every_objection_comes_at_once(desk):
    with pytest.raises(Refusal) as refused:
        erase(
            desk,
            subjects=["person:nobody"],
            places=["north/99", "north", "north/0x", "south/0", "north/0"],
            reason=MISTAKE,
            overriding=["whatever"],
        )
    assert codes(refused) == [
        "override-unknown",
        "place-beyond-log",
        "place-beyond-log",
        "place-malformed",
        "place-malformed",
        "subject-unknown",
    ]
    assert desk.log.head(NORTH).size == 6


def test_to_erase_nothing_is_refused(desk):
    with pytest.raises(Refusal) as refused:
        erase(desk, reason=MISTAKE)
    assert codes(refused) == ["nothing-to-erase"]


def test_what_was_erased_is_not_erased_again(desk):
    erase(desk, places=["north/0"], reason=MISTAKE)

    with pytest.raises(Refusal) as refused:
        erase(desk, places=["north/0", "north/1"], reason=MISTAKE)

    assert codes(refused) == ["already-erased"]


def test_an_erasure_itself_cannot_be_erased(desk):
    erase(desk, places=["north/0"], reason=MISTAKE)

    with pytest.raises(Refusal) as refused:
        erase(desk, places=["north/6"], reason=MISTAKE)

    assert codes(refused) == ["kind-not-erasable"]


def test_only_a_registrar_erases(desk):
    for role in set(Role) - {Role.REGISTRAR}:
        with pytest.raises(Refusal) as refused:
            erase(desk_at(desk.log, role), subjects=["person:p1"], reason=MISTAKE)
        assert codes(refused) == ["role-may-not"]


def test_whose_forgetting_can_be_asked_for():
    assert is_about_a_person("person:north-x")
    assert not is_about_a_person("manifest:north-x")


@pytest.fixture
def met(tmp_path):
    """Lists exchanged, compared and answered; nothing agreed yet."""
    met = Meeting(tmp_path).introduce()
    met.exchange_lists({"north holds": HELD_BY_NORTH, "south claims": CLAIMED_BY_SOUTH})
    met.answer_everything()
    return met


def person_of(met, number):
    lines = current_lines(met.north.log.about(met.lists["south claims"]))
    line = next(i for i, one in lines.items() if one.number == number)
    return line, fold_line(met.north.log.about(line)).current.payload.person


def test_the_lines_and_pairs_and_requests_of_a_person_go_too(met):
    north = met.north
    line, person = person_of(met, 1)
    other_line, other = person_of(met, 2)
    request = request_tracing(
        north.desk(), family=ActorId("leyla"), sought=PersonName(text="Modelyan Aram")
    )
    notify_family(north.desk(), request=request, person=person, what="held")
    compare_lists(north.desk(), left=met.lists["south claims"], right=met.lists["north holds"])

    plan = plan_erasure(north.desk(), subjects=[person])
    erase(north.desk(), subjects=[person], reason=ErasureReason.DATA_SUBJECT_REQUEST)

    assert {e.origin for e in plan.copies} == {SOUTH}
    everything = b"".join(e.statement.body for e in north.log.of_kind(*KINDS))
    for trace in (b"Modelyan", b"Karo", b"cell-one", b"05.02.1991", b"1991-02-05"):
        assert trace not in everything, trace
    for trace in (b"Testyan", b"Vahe", b"cell-two"):
        assert trace in everything, trace
    assert not north.log.is_named(line)
    assert north.log.is_named(other_line)
    assert north.log.is_named(other)
    assert not north.log.is_named(request)


def test_a_line_that_repeats_his_goes_too(tmp_path):
    met = Meeting(tmp_path).introduce()
    again = CLAIMED_BY_SOUTH + "5;Modelyan;Aram;Karo;05.02.1991;11.10.2028\n"
    met.exchange_lists({"north holds": HELD_BY_NORTH, "south claims": again})
    north = met.north
    compare_lists(north.desk(), left=met.lists["south claims"], right=met.lists["south claims"])
    met.answer_everything()
    _, person = person_of(met, 1)
    repeated, nobody = person_of(met, 5)
    assert nobody is None

    erase(north.desk(), subjects=[person], reason=MISTAKE)

    assert not north.log.is_named(repeated)


def test_who_is_on_an_open_manifest_is_kept_unless_the_objection_is_named(tmp_path):
    met = Meeting(tmp_path).introduce().exchange_lists().answer_everything()
    met.agree(terms_for(north=3, south=1)).plan_it().freeze()
    north = met.north
    person = met.persons_of(NORTH)[0]

    with pytest.raises(Refusal) as refused:
        erase(north.desk(), subjects=[person], reason=MISTAKE)
    assert codes(refused) == ["person-on-open-manifest"]
    assert refused.value.objections[0].about == (person,)

    erase(
        north.desk(),
        subjects=[person],
        reason=ErasureReason.COURT_ORDER,
        overriding=["person-on-open-manifest"],
    )
    said_so = {
        payload_of(e, StatementErased).overridden for e in north.log.of_kind("statement.erased")
    }
    assert said_so == {("person-on-open-manifest",)}
    assert {e.statement.kind for e in north.log.about(person)} == {
        "plan.proposed",
        "manifest.frozen",
    }


def test_what_was_said_in_public_with_his_name_is_shown_and_stays(desk):
    claim = Claim(
        id=ClaimId("c1"), speaker="Agency of Karo Testyan-1", via="a paper",
        said_on=PartialDate.parse("2030-02-01"), measure=Measure.HELD, population="north", value=3,
    )  # fmt: skip
    other = replace(claim, id=ClaimId("c2"), speaker="Another")
    record_claims(replace(desk, role=Role.PRESS), (claim, other))

    plan = plan_erasure(desk, subjects=["person:p1"])
    erase(desk, subjects=["person:p1"], reason=MISTAKE)

    assert plan.published == ("claim:c1",)
    assert len(desk.log.of_kind("claim.made")) == 2


def test_a_place_whose_erasure_was_forgotten_is_said_again_to_all_who_may_have_had_it(desk):
    introduce_peer(desk, party=SOUTH, title="South", keyring=keyring_of_party("south"))
    erase(desk, places=["north/0"], reason=MISTAKE)
    desk.log._logs[NORTH].bodies.pop(1)  # as after an older database was put back
    desk.log._held = None

    plan = plan_erasure(desk, places=["north/1"])
    erase(desk, places=["north/1"], reason=MISTAKE)

    assert plan.gone == ((NORTH, 1),)
    assert desk.log.of_kind("statement.erased")[-1].statement.audience == {"north", "south"}
    with pytest.raises(Refusal) as refused:
        erase(desk, places=["north/1"], reason=MISTAKE)
    assert codes(refused) == ["already-erased"]


def test_after_the_handover_is_closed_nothing_stands_against_it(tmp_path):
    met = Meeting(tmp_path).until_frozen(terms_for(north=3, south=1)).clear_everybody()
    met.clock.turn_to(met.clock.at.replace(day=2))
    met.cross().sign(NORTH).sign(SOUTH)
    person = met.persons_of(NORTH)[0]

    plan = plan_erasure(met.north.desk(), subjects=[person])
    erase(met.north.desk(), subjects=[person], reason=ErasureReason.PURPOSE_FULFILLED)

    assert plan.objections == ()
    assert {e.statement.kind for e in plan.kept} == JOINT_ACTS - {
        "substitution.proposed",
        "crossing.withdrawn",
        "schedule.proposed",
    }
    confirmed = compare_receipts(
        manifest_of(met.north.log, met.manifest_id), met.north.log.about(met.manifest_id)
    ).confirmed
    assert person in confirmed
    assert open_manifests(met.north.log, [person]) == frozenset()


def test_who_has_answered_and_who_has_not_is_shown(desk):
    erase(desk, subjects=["person:p2"], reason=MISTAKE)

    waiting = {str(e.said.places): sorted(e.waiting_for) for e in erasures(desk.log)}

    assert waiting == {"3": ["intermediary"], "5": ["intermediary", "south"]}
