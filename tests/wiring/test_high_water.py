"""The mark beside the key: what was signed is never signed again in another way."""

import multiprocessing
import stat

import pytest

from repatria.ledger.log import ListLog
from repatria.terms import IntegrityError, PartyCode
from repatria.wiring.high_water import HighWaterMark, Mark, Standing
from statements import counted_bytes, key_of, noted

NORTH = PartyCode("north")
ROOT, OTHER = b"\1" * 32, b"\2" * 32


@pytest.fixture
def path(tmp_path):
    return tmp_path / "high-water"


@pytest.fixture
def mark(path):
    """A mark of nothing."""
    made = HighWaterMark(path, key_of("north"))
    made.create()
    return made


def code_of(act):
    with pytest.raises(IntegrityError) as caught:
        act()
    return caught.value.code


def roots(**known):
    return {int(size[1:]): root for size, root in known.items()}.get


def test_it_only_goes_forward(mark):
    mark.advance(5, ROOT)
    mark.advance(3, OTHER)
    mark.advance(5, OTHER)

    assert mark.read() == (5, ROOT)


def test_a_log_that_is_shorter_or_another_one_is_not_signed_further(mark):
    mark.advance(5, ROOT)

    assert code_of(lambda: mark.check(4, roots(_4=OTHER))) == "database-set-back"
    assert code_of(lambda: mark.check(5, roots(_5=OTHER))) == "database-differs-from-mark"
    assert code_of(lambda: mark.check(6, roots(_6=OTHER))) == "database-differs-from-mark"


def test_a_log_that_went_on_before_the_mark_was_written_is_signed_further(mark):
    mark.advance(5, ROOT)

    mark.check(5, roots(_5=ROOT))
    mark.check(7, roots(_5=ROOT, _7=OTHER))


def test_a_restored_log_is_not_signed_further_until_it_is_settled(mark):
    mark.create(5, ROOT, Standing.RESTORED)
    assert code_of(lambda: mark.check(5, roots(_5=ROOT))) == "log-not-healed"
    assert code_of(lambda: mark.check(9, roots(_5=ROOT))) == "log-not-healed"

    mark.settle(9, OTHER, before=mark.newest())

    mark.check(9, roots(_9=OTHER))


def test_settling_may_lower_the_mark_that_was_there_before(mark):
    mark.advance(9, ROOT)

    mark.settle(5, OTHER, before=mark.newest())

    assert mark.read() == (5, OTHER)


def test_settling_does_not_lower_the_mark_of_somebody_who_signed_meanwhile(mark):
    before = mark.newest()
    mark.advance(9, ROOT)

    mark.settle(5, OTHER, before=before)

    assert mark.read() == (9, ROOT)


@pytest.mark.parametrize("slot", [0, 1])
def test_a_settled_mark_outlives_the_loss_of_either_slot(mark, path, slot):
    mark.create(5, ROOT, Standing.RESTORED)
    mark.settle(5, ROOT, before=mark.newest())
    raw = bytearray(path.read_bytes())

    raw[slot * 256 + 3] ^= 1
    path.write_bytes(raw)

    assert (mark.newest().size, mark.newest().standing) == (5, Standing.SIGNING)


def test_a_write_that_was_torn_at_any_byte_leaves_the_mark_before(mark, path):
    mark.advance(5, ROOT)
    before = path.read_bytes()
    mark.advance(7, OTHER)
    after = path.read_bytes()
    [start] = {n // 256 for n in range(512) if before[n] != after[n]}

    for torn in range(start * 256, (start + 1) * 256 + 1):
        path.write_bytes(after[:torn] + before[torn:])
        assert mark.read() in {(5, ROOT), (7, OTHER)}
        mark.advance(8, ROOT)
        assert mark.read() == (8, ROOT)


def test_every_changed_byte_is_noticed_or_leaves_the_mark_before(mark, path):
    mark.advance(5, ROOT)
    mark.advance(7, OTHER)
    whole = path.read_bytes()
    older = {(5, ROOT), (7, OTHER)}

    for place in range(len(whole)):
        for flip in (0x01, 0x80):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
            assert mark.read() in older


def test_a_slot_in_the_place_of_the_other_counts_for_nothing(mark, path):
    mark.advance(5, ROOT)
    raw = path.read_bytes()

    path.write_bytes(raw[256:] + raw[:256])

    assert code_of(mark.read) == "mark-damaged"


@pytest.mark.parametrize("raw", [b"", b"\0" * 512, b"5 5 nothing\n", bytes(range(256)) * 2])
def test_what_is_no_mark_is_damaged(mark, path, raw):
    path.write_bytes(raw)

    assert code_of(mark.read) == "mark-damaged"
    assert code_of(lambda: mark.advance(6, ROOT)) == "mark-damaged"


def test_a_mark_that_is_gone_is_missing_and_is_not_made_anew_by_signing(mark, path):
    path.unlink()

    assert code_of(mark.read) == "mark-missing"
    assert code_of(lambda: mark.advance(6, ROOT)) == "mark-missing"
    assert not path.exists()


def test_the_mark_of_another_key_counts_for_nothing(mark, path):
    mark.advance(5, ROOT)

    assert code_of(HighWaterMark(path, key_of("south")).read) == "mark-damaged"


def test_only_its_owner_can_read_it(mark, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def advance_often(path, numbers):
    mark = HighWaterMark(path, key_of("north"))
    for number in numbers:
        mark.advance(number, number.to_bytes(32, "big"))


def test_two_processes_that_write_leave_the_highest(mark, path):
    """And at every moment somebody reads, it is higher than before."""
    fork = multiprocessing.get_context("fork")
    children = [
        fork.Process(target=advance_often, args=(path, range(start, 400, 2))) for start in (1, 2)
    ]
    for child in children:
        child.start()
    seen = []
    while any(child.is_alive() for child in children):
        seen.append(mark.read()[0])
    for child in children:
        child.join()

    assert mark.read() == (399, (399).to_bytes(32, "big"))
    assert seen == sorted(seen)


def test_the_roots_of_a_real_log_fit(mark):
    log = ListLog(NORTH, key_of("north"), counted_bytes("log"))
    receipts = [log.append([noted(n)]) for n in range(5)]

    mark.advance(receipts[2].size, receipts[2].root)

    mark.check(5, lambda size: receipts[size - 1].root)


def test_marks_are_in_order_of_their_turn():
    assert Mark(3, 1, ROOT, Standing.RESTORED) > Mark(2, 9, ROOT, Standing.SIGNING)
