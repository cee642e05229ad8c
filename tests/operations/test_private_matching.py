"""Private matching between two installations in memory: what it asks for, and what it refuses."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from repatria.ledger.kinds.round_opened import Reveals
from repatria.ledger.sealing import seal
from repatria.linkage.private.run import Speed
from repatria.operations.private_matching import (
    Kept,
    answer_offer,
    check_their_sample,
    conclude_run,
    make_offer,
    open_our_sample,
)
from repatria.operations.private_runs import MOST_LISTS, run_of
from repatria.operations.revealing import may_reveal_now
from repatria.operations.rounds import amend_list, round_of
from repatria.terms import IntegrityError, Refusal, Role
from rounds import commit, open_next, opened_by, release
from simulators.party import NORTH, SOUTH, Courier, PartySimulator

pytest.importorskip("rbcl", reason="the optional extra `private` (rbcl) is not installed")

NORTHS = release("Aram Modelyan", "Levon Testyan")
SOUTHS = release("Арам Модельян", "Ramin Sinagov")
TERMS = {"shown": 30, "blind": 0, "speed": Speed()}


class Two:
    """North and south, both committed in a private round."""

    def __init__(self, **terms):
        self.courier = Courier()
        self.north, self.south = PartySimulator(NORTH), PartySimulator(SOUTH)
        self.north.meet(self.south)
        self.south.meet(self.north)
        self.round_id = opened_by(
            self.north, with_intermediary=False, reveals=Reveals.PRIVATE, **terms
        )
        self.carry()

    def carry(self):
        """Packages both ways."""
        self.courier.carry_all(self.north, self.south)

    def commit(self, norths=NORTHS, souths=SOUTHS):
        """Both commit to their lists, and hear of it."""
        commit(self.north, self.round_id, norths)
        commit(self.south, self.round_id, souths)
        self.carry()
        return self

    def at(self, simulator):
        """A negotiator's desk and the run as it stands there."""
        desk = simulator.desk(Role.NEGOTIATOR)
        return desk, run_of(desk, self.round_id)

    def offer(self, kept=Kept(), **terms):  # noqa: B008 -- frozen
        """North's offer."""
        return make_offer(*self.at(self.north), kept, **{**TERMS, **terms})

    def answer(self, raw, kept=Kept(), **terms):  # noqa: B008 -- frozen
        """South's answer."""
        return answer_offer(*self.at(self.south), kept, raw, **{**TERMS, **terms})


@contextmanager
def refuses(*codes):
    """What is done in it is refused, for exactly these reasons."""
    with pytest.raises(Refusal) as refused:
        yield
    assert {objection.code for objection in refused.value.objections} == set(codes)


@pytest.fixture
def two():
    return Two().commit()


def integrity(act, *args, **kwargs):
    with pytest.raises(IntegrityError) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_four_sealed_files_tell_both_whom_both_lists_name(two):
    offered = two.offer()
    answered = two.answer(offered.message)
    concluded = conclude_run(*two.at(two.north), offered.kept, answered.message, speed=Speed())
    opened = open_our_sample(*two.at(two.south), answered.kept, concluded.message)
    checked = check_their_sample(*two.at(two.north), concluded.kept, opened.message)

    [ours] = checked.pairs
    [theirs] = opened.pairs
    assert (ours.ours, ours.theirs) == (NORTHS[0], SOUTHS[0])
    assert (theirs.ours, theirs.theirs) == (SOUTHS[0], NORTHS[0])
    assert [pair.theirs for pair in concluded.pairs] == [None]
    assert (checked.disclosed, checked.opened, checked.message) == (1, {}, b"")
    for sent in (offered, answered, concluded, opened):
        assert b"Modelyan" not in sent.message
        assert "Модельян".encode() not in sent.message


def test_a_step_that_is_done_again_says_the_same(two):
    offered = two.offer()
    assert two.offer(offered.kept).message == offered.message
    answered = two.answer(offered.message)
    assert two.answer(offered.message, answered.kept).message == answered.message
    at_north = two.at(two.north)
    concluded = conclude_run(*at_north, offered.kept, answered.message, speed=Speed())
    again = conclude_run(*at_north, concluded.kept, answered.message, speed=Speed())
    assert (again.message, again.pairs) == (concluded.message, concluded.pairs)
    opened = open_our_sample(*two.at(two.south), answered.kept, concluded.message)
    again = open_our_sample(*two.at(two.south), opened.kept, concluded.message)
    assert (again.message, again.pairs) == (opened.message, opened.pairs)


def test_for_the_same_two_lists_only_one_offer_is_answered(two):
    answered = two.answer(two.offer().message)
    other = two.offer().message

    with refuses("private-already-answered"):
        two.answer(other, answered.kept)


def test_only_one_answer_is_concluded_and_only_one_conclusion_opened(two):
    offered = two.offer()
    first, second = two.answer(offered.message), two.answer(offered.message)
    at_north = two.at(two.north)
    concluded = conclude_run(*at_north, offered.kept, first.message, speed=Speed())

    with refuses("private-already-answered"):
        conclude_run(*at_north, concluded.kept, second.message, speed=Speed())
    opened = open_our_sample(*two.at(two.south), first.kept, concluded.message)
    other = conclude_run(*at_north, offered.kept, first.message, speed=Speed())
    with refuses("private-already-answered"):
        open_our_sample(*two.at(two.south), opened.kept, other.message)


def test_who_offered_does_not_answer_and_who_answered_does_not_offer(two):
    norths = two.offer()
    souths = make_offer(*two.at(two.south), Kept(), **TERMS)

    with refuses("private-run-begun"):
        answer_offer(*two.at(two.north), norths.kept, souths.message, **TERMS)
    answered = two.answer(norths.message)
    with refuses("private-run-begun"):
        make_offer(*two.at(two.south), answered.kept, **TERMS)


def test_the_size_of_the_sample_is_agreed_beforehand(two):
    with refuses("private-sample-not-agreed"):
        two.answer(two.offer(blind=5).message)
    with refuses("private-sample-out-of-range"):
        two.offer(shown=1_001)
    with refuses("private-sample-out-of-range"):
        two.offer(blind=-1)


def test_no_step_is_taken_before_its_time(two):
    offered = two.offer()
    answered = two.answer(offered.message)
    concluded = conclude_run(
        *two.at(two.north), offered.kept, answered.message, speed=Speed()
    ).message

    with refuses("private-no-run"):
        conclude_run(*two.at(two.north), Kept(), answered.message, speed=Speed())
    with refuses("private-no-run"):
        open_our_sample(*two.at(two.south), Kept(), concluded)
    with refuses("private-no-run"):
        check_their_sample(*two.at(two.north), offered.kept, concluded)
    with refuses("private-no-run"):
        conclude_run(*two.at(two.south), answered.kept, answered.message, speed=Speed())


def test_a_message_is_believed_only_when_its_maker_signed_it(two):
    offered = two.offer().message
    desk, _ = two.at(two.south)
    plain = desk.node.identity.open(offered, place="here")
    changed = plain[:-1] + bytes([plain[-1] ^ 1])
    recipient = [desk.node.identity.recipient]

    assert integrity(two.answer, seal(changed, recipient)) == "private-signature-false"
    assert integrity(two.answer, seal(b"something else", recipient)) == "private-malformed"
    assert integrity(two.answer, offered[:-1] + b"x") in {"seal-broken", "not-sealed-for-us"}
    stranger = PartySimulator("east")
    elsewhere = seal(plain, [stranger.node.identity.recipient])
    assert integrity(two.answer, elsewhere) == "not-sealed-for-us"


def test_an_old_offer_is_not_answered_once_the_list_was_amended(two):
    offered = two.offer().message
    amend_list(
        two.north.desk(Role.NEGOTIATOR), round_id=two.round_id, entries=NORTHS[:1], reason="freed"
    )
    two.carry()

    assert integrity(two.answer, offered) == "private-not-as-committed"


def test_a_message_of_another_round_is_refused(two):
    offered = two.offer().message
    first = two.round_id
    two.round_id = opened_by(
        two.north, title="March", with_intermediary=False, reveals=Reveals.PRIVATE
    )
    two.carry()
    two.commit()

    assert two.round_id != first
    assert integrity(two.answer, offered) == "private-other-run"


def test_a_party_brings_no_more_lists_than_were_agreed_to(two):
    for number in range(MOST_LISTS):
        names = release(f"Guess {number}ov")
        amend_list(
            two.north.desk(Role.NEGOTIATOR), round_id=two.round_id, entries=names, reason="more"
        )
    two.carry()

    for simulator in (two.north, two.south):
        with refuses("private-too-many-lists"):
            two.at(simulator)


def test_a_list_over_the_cap_is_refused():
    two = Two(max_entries=2)
    commit(two.south, two.round_id, SOUTHS)
    with refuses("list-too-long"):
        commit(two.north, two.round_id, release("Ax Ay", "Bx By", "Cx Cy"))


def test_both_must_have_committed_in_a_private_round():
    two = Two()
    with refuses("not-committed", "other-not-committed"):
        two.at(two.north)
    commit(two.north, two.round_id, NORTHS)
    with refuses("other-not-committed"):
        two.at(two.north)
    two.round_id = opened_by(two.north, title="Open", with_intermediary=False)
    with refuses("round-not-private", "not-committed", "other-not-committed"):
        two.at(two.north)


def test_only_a_negotiator_of_a_party_compares(two):
    with refuses("role-may-not"):
        run_of(two.north.desk(Role.REGISTRAR), two.round_id)
    with refuses("round-unknown"):
        run_of(two.north.desk(Role.NEGOTIATOR), "round:north-none")


def test_nothing_is_revealed_in_a_private_round(two):
    with refuses("round-is-private"):
        open_next(two.north, two.round_id)
    assert not may_reveal_now(round_of(two.north.log, two.round_id), NORTH)


@pytest.mark.parametrize("terms", [{"with_intermediary": True}, {"step": 8}])
def test_a_private_round_has_nobody_between_and_no_turns(terms):
    asked = {"with_intermediary": False, "reveals": Reveals.PRIVATE, **terms}
    with refuses("private-is-between-two"):
        opened_by(PartySimulator(NORTH), **asked)


def test_with_another_list_it_is_another_run(two):
    before = two.at(two.north)[1]
    amend_list(
        two.north.desk(Role.NEGOTIATOR), round_id=two.round_id, entries=NORTHS[:1], reason="freed"
    )
    after = two.at(two.north)[1]

    assert before.name != after.name
    assert replace(before) == before
    assert two.at(two.south)[1].lists == 1
