"""Two who write at once: nothing is lost, nothing is doubled, the log stays dense."""

import threading

import pytest

from conftest import MORNING
from counts import often
from repatria.operations.access import introduce_peer
from repatria.store import models
from repatria.store.projections import rebuild, table_digests
from repatria.terms import PartyCode, Refusal, Role
from repatria.wiring.verification import verify_path
from statements import noted, roots_of, signed_keyring

WRITERS, EACH = 4, 12


def together(work, count=WRITERS):
    """Do the work in threads that start at the same moment; gives what each returned."""
    from django.db import connections

    ready, results = threading.Barrier(count), [None] * count

    def run(number):
        try:
            ready.wait(timeout=300)
            results[number] = work(number)
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    return results


def test_every_acknowledged_act_is_there_and_the_sequence_is_dense(north):
    def write(number):
        with north.open():
            desk = north.desk(f"writer-{number}", Role.REGISTRAR, clock=lambda: MORNING)
            return [
                desk.log.append([noted(100 * number + act), noted(100 * number + act)]).first
                for act in range(EACH)
            ]

    acknowledged = together(write)
    assert all(isinstance(firsts, list) for firsts in acknowledged), acknowledged
    assert all(firsts == sorted(firsts) for firsts in acknowledged)
    firsts = sorted(first for one in acknowledged for first in one)
    assert firsts == [1 + 2 * n for n in range(WRITERS * EACH)]
    with north.open():
        seqs = models.LogEntry.objects.order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1 + 2 * WRITERS * EACH))
        for number, one in enumerate(acknowledged):
            for act, first in enumerate(one):
                about = models.Mention.objects.filter(subject=f"person:p{100 * number + act}")
                assert sorted(m.seq for m in about) == [first, first + 1]
        before = table_digests()
        with north.log().exclusive():
            rebuild(north.party)
        assert table_digests() == before
    assert all(report.holds for report in verify_path(north.folder))


def test_a_rule_that_was_checked_still_holds_when_it_is_written(north):
    """Two introduce another key for the same peer: one is taken, all others are refused."""

    def introduce(number):
        with north.open():
            desk = north.desk(f"writer-{number}", Role.REGISTRAR, clock=lambda: MORNING)
            keyring = signed_keyring("south", roots=roots_of(f"south {number}"))
            return introduce_peer(desk, party=PartyCode("south"), title="South", keyring=keyring)

    results = together(introduce)
    refused = [r for r in results if isinstance(r, Refusal)]
    assert len(refused) == WRITERS - 1, results
    with north.open():
        assert models.PeerRow.objects.filter(subject="peer:south").count() == 1
        assert north.log().head(north.party).size == 2


@pytest.mark.often
@pytest.mark.slow
def test_many_writers_lose_nothing(north):
    each = often(20, 60)

    def write(number):
        with north.open():
            log = north.log()
            return [log.append([noted(number)]).first for _ in range(each)]

    acknowledged = together(write, 8)
    firsts = sorted(first for one in acknowledged for first in one)
    assert firsts == list(range(1, 8 * each + 1))
    assert all(report.holds for report in verify_path(north.folder))
