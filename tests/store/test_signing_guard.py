"""Nothing is signed that does not go on from what was signed before."""

import pytest
from django.db import transaction

from repatria.ledger.merkle import EMPTY_ROOT, root_of
from repatria.store import models
from repatria.store.database import current
from repatria.store.log import StoreLog
from repatria.terms import IntegrityError, PartyCode
from statements import counted_bytes, key_of, noted

NORTH = PartyCode("north")


class Mark:
    """A guard that keeps the newest head in memory and writes down what it was asked."""

    def __init__(self):
        self.head = (0, EMPTY_ROOT)
        self.asked = []

    def check(self, size, root_at):
        """Refuse unless the log had the remembered head."""
        self.asked.append(size)
        marked, root = self.head
        if root_at(marked) != root:
            raise IntegrityError("mark", "log-set-back")

    def advance(self, size, root):
        """Remember a head; only once it is committed."""
        assert not transaction.get_connection(current()).in_atomic_block
        self.head = (size, root)


class StopError(Exception):
    """Something went wrong before the commit."""


def append_and_stop(log):
    with log.exclusive():
        log.append([noted(2)])
        raise StopError


@pytest.fixture
def mark():
    return Mark()


@pytest.fixture
def log(make_installation, database_kind, mark):
    """The empty log of `north`, guarded, in an open database of another party."""
    with make_installation("other", database_kind).open():
        yield StoreLog(NORTH, key_of("north"), counted_bytes("north"), mark)


def test_every_head_is_remembered_before_the_receipt_is_given(log, mark):
    for number in range(3):
        receipt = log.append([noted(number), noted(number)])
        assert mark.head == (receipt.size, receipt.root)
    assert mark.asked == [0, 2, 4]
    log.append([])
    assert mark.asked == [0, 2, 4]


def test_inside_one_transaction_it_is_asked_once_and_told_after_the_outermost_commit(log, mark):
    with log.exclusive():
        log.append([noted(1)])
        log.append([noted(2)])
        assert mark.head == (0, EMPTY_ROOT)
    assert mark.asked == [0]
    assert mark.head == (2, log.head(NORTH).root)


def test_what_was_taken_back_was_not_signed(log, mark):
    log.append([noted(1)])
    before = mark.head
    with pytest.raises(StopError):
        append_and_stop(log)
    assert mark.head == before
    log.append([noted(3)])
    assert mark.asked == [0, 1, 1]


def test_a_log_that_was_set_back_signs_nothing(log, mark):
    log.append([noted(1)])
    mark.head = (2, root_of([bytes(32)] * 2))
    with pytest.raises(IntegrityError, match="log-set-back"):
        log.append([noted(2)])
    assert log.head(NORTH).size == models.HeadNote.objects.count() - 1 == 1


def test_another_log_of_the_same_size_signs_nothing(log, mark):
    log.append([noted(1)])
    mark.head = (1, bytes(32))
    with pytest.raises(IntegrityError, match="log-set-back"):
        log.append([noted(2)])


def test_a_mark_left_behind_by_a_stop_is_found_in_the_log_and_moved_on(log, mark):
    heads = [mark.head]
    for number in range(5):
        receipt = log.append([noted(number)])
        heads.append((receipt.size, receipt.root))
    for head in heads:
        mark.head = head
        receipt = log.append([noted(9)])
        assert mark.head == (receipt.size, receipt.root)


def test_a_mark_left_behind_is_of_no_use_to_a_frontier_that_is_not_the_logs(log, mark):
    log.append([noted(1)])
    head = mark.head
    log.append([noted(2)])
    mark.head = head
    models.Frontier.objects.filter(origin=NORTH).update(hashes=bytes(32))
    with pytest.raises(IntegrityError, match="log-set-back"):
        log.append([noted(3)])
