"""Somebody who came home asks to be forgotten, and three installations forget him."""

from repatria.ledger.kinds import KINDS
from repatria.ledger.kinds.statement_erased import ErasureReason
from repatria.operations.erasure import erase, erasures, plan_erasure
from repatria.operations.receiving import take_in_package
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Meeting, terms_for

ASKED = ErasureReason.DATA_SUBJECT_REQUEST
# The first on north's list, in everybody's words.
TRACES = (b"Modelyan", b"Karo", b"PLANTED-cell-one")


def everything(party):
    """Every statement a party can read."""
    return b"\n".join(e.statement.body for e in party.log.of_kind(*KINDS))


def traces_at(party):
    held = everything(party)
    return {trace for trace in TRACES if trace in held}


def handed_over(tmp_path):
    """Everybody has crossed, both receipts are there, and packages went round."""
    met = Meeting(tmp_path).until_frozen(terms_for(north=4, south=1)).clear_everybody()
    met.clock.turn_to(met.clock.at.replace(day=2))
    return met.cross().sign(NORTH).sign(SOUTH)


def the_one_named(met, word):
    """The id of the person to whom north gave a name with this word."""
    named = met.north.log.of_kind("person.named")
    return next(
        e.statement.about[0] for e in named if word in e.statement.body and e.origin == NORTH
    )


def test_a_person_who_came_home_is_forgotten_by_all_three(tmp_path):
    met = handed_over(tmp_path)
    person = the_one_named(met, b"Modelyan")
    heads = {p.party: p.log.commitments(p.party) for p in met.parties}
    assert [traces_at(p) for p in met.parties] == [
        set(TRACES),
        {b"Modelyan", b"Karo"},
        set(TRACES),
    ]

    # North forgets what it said, and its copies of what south asked.
    erase(met.north.desk(), subjects=[person], reason=ASKED)
    assert traces_at(met.north) == set()
    assert traces_at(met.south) == {b"Modelyan", b"Karo"}
    assert {e.waiting_for for e in erasures(met.north.log) if e.told} == {
        frozenset({INTERMEDIARY}),
        frozenset({SOUTH, INTERMEDIARY}),
    }

    # By the next packages the others forget what north had given them, and say so.
    met.carry_all()
    met.carry_all()
    assert b"PLANTED-cell-one" not in everything(met.intermediary)
    assert {e.waiting_for for e in erasures(met.north.log)} == {frozenset()}

    # South's own list still names him: only south can have that erased.
    assert traces_at(met.south) == {b"Modelyan", b"Karo"}
    line = next(
        e.statement.about[0]
        for e in met.south.log.of_kind("list.line")
        if e.origin == SOUTH and b"Modelyan" in e.statement.body
    )
    erase(met.south.desk(), subjects=[line], reason=ASKED)
    met.carry_all()
    met.carry_all()
    assert [traces_at(p) for p in met.parties] == [set(), set(), set()]

    # Nothing else went, and every log is the continuation of what it was.
    assert b"Testyan" in everything(met.north)
    assert all(
        p.log.commitments(p.party)[: len(heads[p.party])] == heads[p.party] for p in met.parties
    )
    assert all(
        one.log.commitments(other.party)
        == other.log.commitments(other.party)[: one.log.head(other.party).size]
        for one in met.parties
        for other in met.parties
    )
    # That he crossed, under a number, is still told by both receipts.
    assert plan_erasure(met.north.desk(), subjects=[person]).kept


def test_no_package_that_still_lies_about_brings_him_back(tmp_path):
    met = handed_over(tmp_path)
    person = the_one_named(met, b"Modelyan")
    erase(met.north.desk(), subjects=[person], reason=ASKED)
    met.carry_all()
    before = everything(met.intermediary)

    for carried in met.courier.carried:
        receiver = next(p for p in met.parties if p.party == carried.recipient)
        take_in_package(receiver.desk(), carried.raw)

    assert everything(met.intermediary) == before
    assert b"PLANTED-cell-one" not in before


def test_a_party_that_never_reads_a_package_is_shown_as_not_having_answered(tmp_path):
    met = handed_over(tmp_path)
    person = the_one_named(met, b"Modelyan")
    erase(met.north.desk(), subjects=[person], reason=ASKED)
    met.courier.carry(met.north, met.intermediary)
    met.courier.carry(met.intermediary, met.north)

    waiting = frozenset().union(*(e.waiting_for for e in erasures(met.north.log)))

    assert waiting == {SOUTH}


def test_acknowledging_an_erasure_asks_for_no_further_word(tmp_path):
    met = handed_over(tmp_path)
    erase(met.north.desk(), subjects=[the_one_named(met, b"Modelyan")], reason=ASKED)
    met.carry_all()
    met.carry_all()
    said = [len(p.log.of_kind("erasure.acknowledged")) for p in met.parties]

    met.carry_all()
    met.carry_all()

    assert [len(p.log.of_kind("erasure.acknowledged")) for p in met.parties] == said
    # Whoever was told sees his own answer, and nothing of the others'.
    seen = [e for e in erasures(met.south.log) if e.entry.origin == NORTH]
    assert [(set(e.told), set(e.acknowledged)) for e in seen] == [({SOUTH}, {SOUTH})]
