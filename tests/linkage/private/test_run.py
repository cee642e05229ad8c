"""A run finds what a plain comparison finds, and refuses what it should not believe."""

import dataclasses
import json
from pathlib import Path

import pytest

from private import ROUND, TwoLists, entry, own_list
from repatria.ledger.escrow import MIN_SLOTS
from repatria.linkage.private.keys import KEYS_PER_RECORD
from repatria.linkage.private.listing import RunSecret
from repatria.linkage.private.messages import (
    Answer,
    Conclusion,
    Offer,
    OpenedSample,
    read_message,
)
from repatria.linkage.private.run import answer, offer, one_to_one, require_fitting
from repatria.linkage.private.sample import drawn, sampled
from repatria.terms import IntegrityError
from simulators.party import NORTH, SOUTH

pytest.importorskip("rbcl", reason="the optional extra `private` (rbcl) is not installed")

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "private"
BOTH = ("Aram Modelyan", "1990-05-02")
NORTHS = (entry(*BOTH), entry("Levon Testyan", "1991-01-03"), entry("Davit Samplov"))
SOUTHS = (entry("Арам Модельян", "1990-05-02"), entry("Ramin Sinagov", "1996-07-08"))
NAMES = ("Aram", "Modelyan", "Levon", "Testyan", "Davit", "Samplov", "Модельян", "Sinagov", "1990")


@pytest.fixture(scope="module")
def run():
    return TwoLists(NORTHS, SOUTHS)


@pytest.fixture(scope="module")
def whole(run):
    """A run to its end: conclusion, sample, and what each side found."""
    concluded, north_found = run.conclude()
    opened, south_found = run.open_sample(concluded)
    return concluded, opened, north_found, south_found


def refusal(act, *args, **kwargs):
    with pytest.raises(IntegrityError) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_both_find_the_person_that_both_name_and_nobody_else(run, whole):
    concluded, opened, north_found, south_found = whole

    assert run.names_of(north_found) == {(NORTHS[0], SOUTHS[0])}
    assert {(m.theirs, m.own) for m in south_found} == {(m.own, m.theirs) for m in north_found}
    assert run.verify(concluded, opened) == north_found


def test_no_message_holds_a_name_but_the_records_that_were_drawn(run, whole):
    concluded, opened, *_ = whole
    before = run.offered.raw + run.answered.raw

    assert [name for name in NAMES if name.encode() in before] == []
    assert [name for name in ("Levon", "Testyan", "Davit") if name.encode() in concluded.raw] == []
    assert "Modelyan" in concluded.raw.decode("utf-8", "replace")
    assert "Sinagov" not in opened.raw.decode("utf-8", "replace")


def test_no_message_holds_a_secret(run, whole):
    concluded, opened, *_ = whole
    sent = run.offered.raw + run.answered.raw + concluded.raw + opened.raw

    for side in (run.north, run.south):
        for secret in (side.secret.raw, side.secret.scalar):
            assert secret not in sent
            assert secret.hex().encode() not in sent
        assert "secret" in repr(side.secret)
        assert side.secret.raw.hex() not in repr(side)


def test_a_list_of_any_length_up_to_the_padding_looks_alike(run):
    long = offer(
        own_list(NORTH, [entry(f"Number {n}ov") for n in range(60)]), to=SOUTH, shown=30, blind=0
    )

    assert len(long.raw) == len(run.offered.raw)
    assert len(long.elements) == MIN_SLOTS * KEYS_PER_RECORD


def test_what_is_masked_in_two_runs_has_nothing_in_common(run):
    again = TwoLists(NORTHS, SOUTHS, run="second")

    assert not set(run.offered.elements) & set(again.offered.elements)
    assert not set(run.answered.elements) & set(again.answered.elements)
    assert not set(run.answered.twice) & set(again.answered.twice)


def test_a_key_is_another_element_in_another_round(run):
    one = own_list(NORTH, NORTHS)
    other = own_list(NORTH, NORTHS, round_id="round:north-other")

    keys = {e for e, o in one.origins(0) if not o.seed}
    assert not set(one.elements()) & set(other.elements()) - {
        e for slot in range(MIN_SLOTS) for e, o in one.origins(slot) if o.seed
    }
    assert keys <= set(one.elements())


@pytest.mark.parametrize("raw", [b"", b"\n", b"{}\n", b'{"v":2}\n', b"x" * 100, b"[]\n"])
@pytest.mark.parametrize("kind", [Offer, Answer, Conclusion, OpenedSample])
def test_what_is_no_message_is_refused(raw, kind):
    assert refusal(read_message, raw, kind) == "private-malformed"


def changed(message, *, tail=None, **header):
    head, _, old = message.raw.partition(b"\n")
    told = {**json.loads(head), **header}
    written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode() + b"\n" + (old if tail is None else tail)


@pytest.mark.parametrize(
    "header",
    [
        {"v": 2}, {"keys": 9}, {"step": "answer"}, {"elements": 16}, {"elements": -1},
        {"elements": 2**40}, {"elements": "64"}, {"elements": None}, {"elements": True},
        {"shown": 1_001}, {"shown": -1}, {"shown": True}, {"blind": 201}, {"root": "ab"},
        {"root": 5}, {"public": "zz" * 32}, {"public": "AB" * 32}, {"pledge": ""},
        {"extra": 1}, {"by": 7}, {"to": "x" * 600}, {"after": None},
    ],
)  # fmt: skip
def test_a_header_that_nobody_writes_is_refused(run, header):
    assert refusal(read_message, changed(run.offered, **header), Offer) == "private-malformed"


@pytest.mark.parametrize(
    ("element", "code"),
    [
        (bytes(32), "private-element-invalid"),
        (b"\xff" * 32, "private-element-invalid"),
        (b"\x01" + bytes(31), "private-element-invalid"),
        (None, "private-element-twice"),
    ],
)
def test_a_bad_element_is_refused_wherever_it_stands(run, element, code):
    tail = b"".join(run.offered.elements)
    for at in (0, 32 * 700, len(tail) - 32):
        bad = tail[32:64] if element is None else element
        raw = changed(run.offered, tail=tail[:at] + bad + tail[at + 32 :])
        assert refusal(read_message, raw, Offer) == code


def test_a_public_key_that_is_no_element_is_refused(run):
    raw = changed(run.offered, public="00" * 32)

    assert refusal(read_message, raw, Offer) == "private-element-invalid"


@pytest.mark.parametrize("cut", [1, 32, 33])
def test_a_message_that_is_cut_short_or_too_long_is_refused(run, cut):
    assert refusal(read_message, run.offered.raw[:-cut], Offer) == "private-malformed"
    assert refusal(read_message, run.offered.raw + bytes(cut), Offer) == "private-malformed"


def test_another_list_than_the_committed_one_is_refused(run):
    other = own_list(NORTH, [*NORTHS, entry("Guessed Person")])
    sent = offer(other, to=SOUTH, shown=30, blind=0)

    code = refusal(require_fitting, sent, run.north.opening.commitment, to=SOUTH)

    assert code == "private-not-as-committed"
    require_fitting(run.offered, run.north.opening.commitment, to=SOUTH)


def test_a_message_of_another_round_or_for_another_is_refused(run):
    committed = run.north.opening.commitment
    for change in ({"round_id": "round:x"}, {"by": SOUTH}, {"to": NORTH}):
        sent = dataclasses.replace(run.offered, **change)
        assert refusal(require_fitting, sent, committed, to=SOUTH) == "private-other-run"


def test_a_message_that_follows_another_one_is_refused(run, whole):
    other = TwoLists(NORTHS, SOUTHS, run="second")
    _, opened, *_ = whole
    other_concluded, _ = other.conclude()

    run_with_foreign_answer = TwoLists(NORTHS, SOUTHS)
    run_with_foreign_answer.answered = other.answered
    assert refusal(run_with_foreign_answer.conclude) == "private-other-run"
    assert refusal(run.open_sample, other_concluded) == "private-other-run"
    assert refusal(other.verify, other_concluded, opened) == "private-other-run"


def test_a_share_that_was_not_pledged_is_refused(run, whole):
    concluded = dataclasses.replace(whole[0], share=bytes(32))

    assert refusal(run.open_sample, concluded) == "private-share-false"


def test_a_sample_must_be_the_one_drawn(run, whole):
    concluded, opened, *_ = whole
    for message, read in ((concluded, run.open_sample), (opened, None)):
        without = dataclasses.replace(message, sample=())
        act = read or (lambda m: run.verify(concluded, m))
        assert refusal(act, without) == "private-sample-not-as-drawn"


@pytest.mark.parametrize("field", ["entry", "salt", "path"])
def test_an_opened_record_must_be_the_committed_one(run, whole, field):
    concluded, *_ = whole
    shown = concluded.sample[0]
    value = entry("Guessed Person").decode() if field == "entry" else "AAAA"
    false = dataclasses.replace(concluded, sample=(dataclasses.replace(shown, **{field: value}),))

    assert refusal(run.open_sample, false) == "private-sample-not-as-committed"


def test_elements_must_be_keys_of_the_opened_record(run, whole):
    """A slot whose elements are keys of many guesses shows one record that has not these keys."""
    concluded, *_ = whole
    shown = concluded.sample[0]
    keys = [o for o in shown.origins if "/" in o]
    for origins in (
        tuple("99/1" if "/" in o else o for o in shown.origins),
        tuple(keys[0] if "/" in o else o for o in shown.origins),
        tuple("00" * 32 for _ in shown.origins),
        tuple(o.replace("/1", "/01") for o in shown.origins),
        tuple(o.replace("/1", "/9") for o in shown.origins),
        tuple("?" for _ in shown.origins),
    ):
        false = dataclasses.replace(
            concluded, sample=(dataclasses.replace(shown, origins=origins),)
        )
        assert refusal(run.open_sample, false) == "private-sample-not-of-entry"


def test_keys_told_for_the_wrong_elements_are_refused(run, whole):
    concluded, *_ = whole
    shown = concluded.sample[0]
    places = [at for at, origin in enumerate(shown.origins) if "/" in origin]
    moved = list(shown.origins)
    moved[places[0]], moved[places[1]] = moved[places[1]], moved[places[0]]
    false = dataclasses.replace(
        concluded, sample=(dataclasses.replace(shown, origins=tuple(moved)),)
    )

    assert refusal(run.open_sample, false) == "private-proof-false"


def test_an_answer_that_was_not_masked_with_one_secret_is_found_out():
    run = TwoLists(NORTHS, SOUTHS)
    other = RunSecret(b"another secret of the same side!")
    foreign = TwoLists(NORTHS, SOUTHS)
    foreign.south = dataclasses.replace(run.south, secret=other)
    wrong = answer(foreign.south, run.offered).twice
    run.answered = dataclasses.replace(run.answered, twice=[*wrong[:16], *run.answered.twice[16:]])
    concluded, _ = run.conclude()
    opened, _ = run.open_sample(concluded)

    assert refusal(run.verify, concluded, opened) == "private-proof-false"


def test_the_draw_follows_from_both_shares_and_opens_what_was_agreed():
    slots = range(64)
    one = drawn(b"a" * 32, "matched north", slots, 5)

    assert len(one) == 5
    assert one == drawn(b"a" * 32, "matched north", reversed(slots), 5)
    assert one != drawn(b"b" * 32, "matched north", slots, 5)
    assert len(sampled(b"a" * 32, NORTH, {3, 9}, 64, shown=30, blind=0)) == 2
    assert len(sampled(b"a" * 32, NORTH, {3, 9}, 64, shown=1, blind=0)) == 1
    blind = sampled(b"a" * 32, NORTH, (), 64, shown=30, blind=7)
    assert len(blind) == 7
    assert blind == sorted(blind)


def test_a_blind_sample_opens_slots_in_which_nobody_stands_too():
    run = TwoLists(NORTHS, SOUTHS, blind=60)
    concluded, _ = run.conclude()
    opened, _ = run.open_sample(concluded)
    run.verify(concluded, opened)

    for message in (concluded, opened):
        assert {bool(each.entry) for each in message.sample} == {True, False}
        assert len(message.sample) >= 60


def test_lists_without_a_person_in_common_end_in_an_empty_sample():
    run = TwoLists(NORTHS[1:], SOUTHS[1:])
    concluded, found = run.conclude()
    opened, others = run.open_sample(concluded)

    assert (found, others, concluded.sample, concluded.proof) == ((), (), (), b"")
    assert run.verify(concluded, opened) == ()


def test_of_rivals_the_likelier_is_chosen():
    twin = entry("Aram Modelyan", "1970-11-12")
    run = TwoLists(NORTHS, (*SOUTHS, twin))
    _, found = run.conclude()

    assert run.names_of(one_to_one(found)) == {(NORTHS[0], SOUTHS[0])}


@pytest.mark.parametrize("kind", [Offer, Answer, Conclusion, OpenedSample])
def test_messages_of_the_first_format_are_read_and_written_for_ever(run, whole, kind):
    made = {Offer: run.offered, Answer: run.answered, Conclusion: whole[0], OpenedSample: whole[1]}
    path = GOLDEN / f"{kind.__name__.lower()}.private"

    assert read_message(path.read_bytes(), kind).raw == path.read_bytes()
    assert made[kind].raw == path.read_bytes()
    assert made[kind].round_id == ROUND
