"""What has gone wrong in exchanges before, told again: each story quotes the rule it tests."""

from datetime import date

import pytest

from repatria.handover import (
    CrossingStatus,
    TerminalState,
    closing_reconciliation,
    compare_receipts,
)
from repatria.ledger.kinds import KINDS
from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.lists import LineStatus, fold_line, status_of
from repatria.operations.answers import Answer, answer_line
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.commitments import (
    commitments_known,
    record_commitment,
    sign_for_commitment,
)
from repatria.operations.comparison import compare_lists, current_lines, decide_match
from repatria.operations.crossing import give_receipt, record_crossing
from repatria.operations.families import request_tracing
from repatria.operations.manifests import (
    accept_substitution,
    crossing_of,
    manifest_of,
    propose_substitution,
)
from repatria.operations.packages import send_package
from repatria.operations.publicity import record_claims, remaining
from repatria.operations.receiving import take_in_package
from repatria.record.bulletin import SentenceCode
from repatria.record.claim_rows import claims_in
from repatria.record.commitments import CommitmentState, Promise, Side
from repatria.terms import IntegrityError, PartialDate, PersonName, Refusal, Role
from repatria.terms.parties import PUBLIC
from simulators.party import (
    CLAIMED_BY_SOUTH,
    INTERMEDIARY,
    NORTH,
    SOUTH,
    Meeting,
    decide_all,
    hand_in,
    terms_for,
)

WHOSE = {NORTH: "south", SOUTH: "north"}
CLAIMS = """\
id,speaker,via,said_on,measure,population,holder,to_party,value,event
c1,Government of South,Agency A,2030-02-20,held,south,north,,9,
c2,Head of government of North,Agency A,2030-02-21,announced,south,north,south,4,march
"""


@pytest.fixture
def met(tmp_path):
    """Two parties and the intermediary who have not met yet."""
    return Meeting(tmp_path)


def publish(met, **more):
    """The bulletin the intermediary would put out now, in English."""
    met.clock.turn_to(met.clock.at.replace(day=28))
    press = met.intermediary.desk(Role.PRESS)
    record_claims(press, claims_in(CLAIMS))
    [published] = publish_bulletin(
        press,
        manifest_id=met.manifest_id,
        event="march",
        populations=WHOSE,
        issued_by="The intermediary",
        health_speaker="The intermediary",
        languages=("en",),
        labels={"en": {"north": "North", "south": "South"}},
        **more,
    )
    return published


def counts_of(published, code):
    """The numbers of every sentence of a kind."""
    found = [s for s in published.bulletin.sentences if s.code is code]
    return [sentence.values["count"].value for sentence in found if "count" in sentence.values]


def left_over(met):
    """What remains of South's own count, if it can be derived."""
    log = met.intermediary.log
    return [d.value for d in remaining(log, met.manifest_id, event="march", populations=WHOSE)]


def endings(met):
    """How everybody's line on the manifest ended, as the intermediary knows it."""
    log = met.intermediary.log
    manifest = manifest_of(log, met.manifest_id)
    states = {p: crossing_of(log, met.manifest_id, p) for p in manifest.persons}
    receipts = compare_receipts(manifest, log.about(met.manifest_id))
    return {line.person: line.state for line in closing_reconciliation(manifest, states, receipts)}


def codes(refused):
    """The codes of a refusal."""
    return {objection.code for objection in refused.value.objections}


def test_the_empty_plane_is_never_called_a_release(met):
    """R13: only "received" supports "released" (9 April 2021: announced, and nobody came)."""
    met.until_frozen().clear_everybody()
    for line in met.lines:
        met.at_the_line(line.person, CrossingEvent.DEPARTED)
    met.carry_all()
    with pytest.raises(Refusal) as refused:
        met.sign(SOUTH)
    assert codes(refused) == {"crossing-not-recorded"}
    with pytest.raises(Refusal) as refused:
        publish(met, says_released=True)
    assert codes(refused) == {
        "no-receipt-for-handing-over",
        "no-receipt-for-receiving",
        "nobody-to-publish",
    }
    published = publish(met)
    said = {sentence.code for sentence in published.bulletin.sentences}
    assert SentenceCode.NOTHING_CONFIRMED in said
    assert SentenceCode.RELEASED not in said
    assert counts_of(published, SentenceCode.ANNOUNCED) == [4]
    assert left_over(met) == []
    assert set(endings(met).values()) == {TerminalState.OPEN}


def test_who_refuses_at_the_line_stays_and_the_debt_is_seen(met):
    """R7: the wish is asked again at the line (2017: 26 refused only there)."""
    met.until_frozen().clear_everybody()
    refuses, *others = met.persons_of(NORTH)
    met.cross([*others, *met.persons_of(SOUTH)])
    met.at_the_line(refuses, CrossingEvent.DEPARTED)
    met.ask(refuses, willing=False, occasion=Occasion.AT_THE_LINE)
    with pytest.raises(Refusal) as refused:
        met.at_the_line(refuses, CrossingEvent.CROSSED)
    assert codes(refused) == {"refused-to-go"}
    met.at_the_line(refuses, CrossingEvent.REFUSED)
    met.carry_all()
    state = crossing_of(met.south.log, met.manifest_id, refuses)
    assert state.state is CrossingStatus.REFUSED

    with pytest.raises(Refusal):
        met.sign(NORTH)
    crossed = [*others, *met.persons_of(SOUTH)]
    met.sign(NORTH, crossed).sign(SOUTH, crossed)
    assert counts_of(publish(met), SentenceCode.RELEASED) == [1, 3]
    assert left_over(met) == [9 - 3]
    assert endings(met)[refuses] is TerminalState.REFUSED
    assert [endings(met)[person] for person in crossed] == [TerminalState.RECEIVED] * 4


def test_a_receipt_of_one_side_alone_confirms_nobody(met):
    """R10: a two-sided receipt (16 June 2025: 1,245 against 1,248); both are seen."""
    met.until_frozen().clear_everybody().cross()
    met.sign(NORTH)
    published = publish(met)
    assert counts_of(published, SentenceCode.RELEASED) == []
    assert counts_of(published, SentenceCode.ONE_RECEIPT) == [1, 4]
    assert left_over(met) == []
    missed = met.persons_of(NORTH)[0]
    met.sign(SOUTH, {line.person for line in met.lines} - {missed})
    receipts = compare_receipts(
        manifest_of(met.north.log, met.manifest_id), met.north.log.about(met.manifest_id)
    )
    assert [(one.person, one.said_by) for one in receipts.one_sided] == [(missed, NORTH)]
    assert left_over(met) == [9 - 3]


def test_nobody_departs_without_a_clearance_that_still_holds(met):
    """R8: fitness to travel with validity time; one without clearance blocks."""
    met.until_frozen()
    first, second, third, _ = met.persons_of(NORTH)
    for person in (first, second, third):
        met.ask(person)
    met.examine(second, fit=False)
    met.examine(third, valid_until=met.clock.at)
    found = {}
    for person in (first, second, third):
        with pytest.raises(Refusal) as refused:
            met.at_the_line(person, CrossingEvent.DEPARTED)
        found[person] = codes(refused)
    assert found == {
        first: {"no-medical-clearance"},
        second: {"not-fit"},
        third: {"clearance-expired"},
    }


def test_a_substitution_that_one_side_signed_changes_nothing(met):
    """R9: substitution only as signed delta accepted by both."""
    met.until_frozen(terms_for(north=3, south=1))
    frozen = met.lines
    outgoing = met.persons_of(NORTH)[0]
    change = propose_substitution(
        met.intermediary.desk(Role.HANDOVER_OFFICER),
        manifest_id=met.manifest_id,
        outgoing=outgoing,
        reason="no_medical_clearance",
    )
    met.carry_all()
    accepted = {"manifest_id": met.manifest_id, "substitution_id": change.substitution_id}
    accept_substitution(met.north.desk(Role.NEGOTIATOR), **accepted)
    met.carry_all()
    assert met.lines == frozen
    met.examine(change.incoming)
    met.ask(change.incoming)
    with pytest.raises(Refusal) as refused:
        met.at_the_line(change.incoming, CrossingEvent.DEPARTED)
    assert codes(refused) == {"not-on-manifest"}

    accept_substitution(met.south.desk(Role.NEGOTIATOR), **accepted)
    met.carry_all()
    persons = {line.person for line in met.lines}
    assert outgoing not in persons
    assert change.incoming in persons
    assert [line.number for line in met.lines] == [line.number for line in frozen]
    met.at_the_line(change.incoming, CrossingEvent.DEPARTED)


def test_denied_and_later_admitted_stays_to_be_seen(met):
    """R1 and failure 24: answers are immutable; what was denied in February is known in March."""
    met.introduce().exchange_lists()
    [line] = current_lines(met.south.log.about(met.lists["north claims"])).values()
    answer_line(met.south.desk(), Answer(line=line.line_id, code=AnswerCode.NOT_HELD))
    met.carry_all()
    february = fold_line(met.north.log.about(line.line_id))
    desk = met.south.desk()
    compare_lists(desk, left=met.lists["north claims"], right=met.lists["south holds"])
    decide_all(desk)
    [registered] = met.south.log.of_kind("person.registered")
    person = registered.statement.content["person"]
    answer_line(desk, Answer(line=line.line_id, code=AnswerCode.HELD, person=person))
    met.carry_all()
    for party in (met.north, met.south, met.intermediary):
        march = fold_line(party.log.about(line.line_id))
        assert status_of(march) is LineStatus.ANSWERED_HELD
        assert march.changed
        assert [a.code for a in march.answers] == [AnswerCode.NOT_HELD, AnswerCode.HELD]
    assert status_of(february) is LineStatus.ANSWERED_NOT_HELD


def test_a_remembered_not_the_same_is_not_asked_again(met):
    """R6: identity is a human decision, kept when lists are compared or handed in again."""
    met.introduce().exchange_lists()
    desk = met.north.desk()
    lists = {"left": met.lists["south claims"], "right": met.lists["north holds"]}
    compare_lists(desk, **lists)
    pair = met.north.log.of_kind("match.proposed")[0].statement.content
    persons = {"left": pair["left"], "right": pair["right"]}
    decide_match(desk, **persons, decision=MatchDecision.NOT_SAME, reason="two cousins")
    hand_in(
        met.south,
        met.folder / "newer.csv",
        CLAIMED_BY_SOUTH.replace("Karo", "Karapet"),
        title="south claims",
        population=Population.CLAIMED,
        to=NORTH,
    )
    met.carry_all()
    compare_lists(met.north.desk(), **lists)
    asked = [entry.statement.content for entry in met.north.log.of_kind("match.proposed")]
    assert [said for said in asked if persons.items() <= said.items()] == [pair]
    [decided] = met.north.log.of_kind("match.decided")
    assert decided.statement.content["decision"] == "not_same"


def test_a_person_on_a_frozen_manifest_enters_no_other(met):
    """R33: name lock across plans and channels ("no side deals on listed names")."""
    met.until_frozen()
    met.agree(terms_for(north=2, south=0, terms_id="local"))
    before = met.intermediary.head
    with pytest.raises(Refusal) as refused:
        met.plan_it("local")
    # Those who are left are too few: whoever is frozen is not counted a second time.
    assert codes(refused) == {"plan-infeasible"}
    assert met.intermediary.head == before


def test_only_the_party_asked_may_answer(met):
    """R3: the receiver of a list answers it; nobody speaks for another."""
    met.introduce().exchange_lists()
    line = next(iter(current_lines(met.south.log.about(met.lists["south claims"]))))
    for party in (met.south, met.intermediary):
        before = party.head
        with pytest.raises(Refusal) as refused:
            answer_line(party.desk(), Answer(line=line, code=AnswerCode.NOT_HELD))
        assert "line-not-addressed-to-you" in codes(refused)
        assert party.head == before


def test_a_package_shown_to_the_wrong_party_is_refused(met):
    """R15: a package is sealed for its recipient, who also stands inside the signed part."""
    met.introduce().exchange_lists()
    made = send_package(met.north.desk(), to=INTERMEDIARY)
    before = met.south.head
    with pytest.raises(IntegrityError) as refused:
        take_in_package(met.south.desk(), made.raw)
    assert refused.value.code == "not-sealed-for-us"
    assert met.south.head == before


def test_place_health_and_matches_never_travel_to_the_other_party(met):
    """R15 and GC IV art. 137: withheld from the Power of origin, never from the Agency."""
    met.until_frozen()
    for line in met.lines:
        met.examine(line.person, finding="PLANTED-finding")
        met.ask(line.person)
    request_tracing(
        met.intermediary.desk(Role.INTERMEDIARY),
        family="a-family",
        sought=PersonName(text="PLANTED-sought"),
        relation="PLANTED-relation",
    )
    met.carry_all()
    met.cross().sign(NORTH).sign(SOUTH)
    publish(met)
    met.carry_all()
    between = met.courier.read_by(NORTH, SOUTH)
    agency = met.courier.read_by(INTERMEDIARY)
    assert b"PLANTED" not in between
    for own_matter in (b"match.decided", b"match.proposed", b"file.imported", b"package.sent"):
        assert own_matter not in between + agency
    # What is looked for can be found: the lists did travel, and the Agency knows the place.
    assert b"Modelyan" in between
    assert b"PLANTED-cell-one" in agency
    # What the doctor found leaves the medical role for nobody, the Agency's desk included.
    assert b"PLANTED-finding" not in agency


def test_the_public_reads_claims_and_bulletins_and_nothing_else(met):
    """R13, R31: minimum fields, no public names without consent."""
    met.until_frozen().clear_everybody().cross().sign(NORTH).sign(SOUTH)
    publish(met)
    public = [
        entry.statement
        for party in met.parties
        for entry in party.log.of_kind(*KINDS)
        if PUBLIC in entry.statement.audience
    ]
    assert {statement.kind for statement in public} == {"claim.made", "bulletin.published"}
    body = b"".join(statement.body for statement in public)
    for name in (b"Modelyan", b"Aram", b"1991", b"person:"):
        assert name not in body


def test_taken_to_the_line_and_brought_back_is_not_released(met):
    """Failures 20 and 22: 620 put back into cells; a movement without receipt changes nothing."""
    met.until_frozen().clear_everybody()
    back, *others = met.persons_of(NORTH)
    met.at_the_line(back, CrossingEvent.DEPARTED)
    met.at_the_line(back, CrossingEvent.RETURNED_TO_CUSTODY)
    met.cross([*others, *met.persons_of(SOUTH)])
    desk = met.south.desk(Role.HANDOVER_OFFICER)
    with pytest.raises(Refusal) as refused:
        give_receipt(desk, manifest_id=met.manifest_id, handed_over=(), received=(back,))
    assert codes(refused) == {"crossing-not-recorded"}
    assert endings(met)[back] is TerminalState.RETURNED_TO_CUSTODY
    # Another day he may depart again.
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    again = {"manifest_id": met.manifest_id, "person": back}
    met.check(back)
    record_crossing(desk, **again, event=CrossingEvent.DEPARTED)
    met.ask(back, occasion=Occasion.AT_THE_LINE)
    record_crossing(desk, **again, event=CrossingEvent.CROSSED)
    met.carry_all()
    assert crossing_of(met.north.log, met.manifest_id, back).state is CrossingStatus.CROSSED


def test_every_agreed_line_is_closed_or_shown_as_open(met):
    """R11: every agreed line in exactly one terminal state (887 agreed, 869 moved)."""
    met.until_frozen().clear_everybody()
    moved = met.persons_of(NORTH)[:2]
    met.cross(moved).sign(NORTH, moved).sign(SOUTH, moved)
    found = endings(met)
    assert len(found) == len(met.lines)
    assert [p for p, state in found.items() if state is TerminalState.RECEIVED] == moved
    assert sum(state is TerminalState.OPEN for state in found.values()) == len(met.lines) - 2


def test_mines_are_mapped_for_fifteen_and_both_sides_sign(met):
    """R24: what is no person has receipts of both sides too (15 for maps, twice, 2021)."""
    met.until_frozen()
    met.clock.turn_to(met.clock.at.replace(day=20))
    promise = record_commitment(
        met.intermediary.desk(Role.INTERMEDIARY),
        promised_by=SOUTH,
        promised_to=NORTH,
        what=Promise.DELIVER,
        words="maps of two mined districts",
        source="joint statement",
        amount=2,
        unit="maps",
        due=PartialDate.parse("2030-03-25"),
    )
    met.carry_all()
    day = PartialDate.parse("2030-03-20")
    sign_for_commitment(met.south.desk(), promise, side=Side.DELIVERED, on=day, amount=2)
    met.carry_all()
    [known] = commitments_known(met.intermediary.log)
    assert known.state(date(2030, 3, 24)) is CommitmentState.SIGNED_BY_ONE
    assert known.state(date(2030, 3, 26)) is CommitmentState.OVERDUE
    sign_for_commitment(met.north.desk(), promise, side=Side.RECEIVED, on=day, amount=2)
    met.carry_all()
    [known] = commitments_known(met.intermediary.log)
    assert known.state(date(2030, 3, 26)) is CommitmentState.KEPT
