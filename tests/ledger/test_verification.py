from dataclasses import replace

import pytest

from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.commitment import commitment
from repatria.ledger.kinds.statement_erased import ErasureReason, StatementErased
from repatria.ledger.merkle import root_of
from repatria.ledger.verification import StoredEntry, verify_log
from repatria.terms import PartyCode
from statements import key_of, list_log, named, noted, placed, said

NORTH = PartyCode("north")
KEY = key_of("north")


@pytest.fixture
def log():
    """A log of four statements."""
    out = list_log("north")
    out.append([named(1), noted(1), placed(1), noted(2)])
    return out


@pytest.fixture
def stored(log):
    """Its rows, as a database would hold them."""
    bodies = log._logs[NORTH].bodies
    return [
        StoredEntry(seq=seq, commitment=entry, salt=bodies[seq][0], body=bodies[seq][1].body)
        for seq, entry in enumerate(log.commitments(NORTH))
    ]


def codes(stored, notes, *, own=True, key=KEY):
    verdict = verify_log(NORTH, stored, notes, key.verify_key, every_body_expected=own)
    assert verdict.holds is not bool(verdict.faults)
    return [(fault.place, fault.code) for fault in verdict.faults]


def test_a_log_as_signed_holds(log, stored):
    verdict = verify_log(
        NORTH, stored, {4: log.signed_head()}, KEY.verify_key, every_body_expected=True
    )
    assert verdict.holds
    assert (verdict.size, verdict.root, verdict.bodies) == (4, log.head(NORTH).root, 4)


def test_a_mirror_may_lack_bodies_and_our_own_log_may_not(log, stored):
    stored[2] = StoredEntry(seq=2, commitment=stored[2].commitment)
    assert codes(stored, {4: log.signed_head()}, own=False) == []
    assert codes(stored, {4: log.signed_head()}) == [("north/2 body", "body-missing")]


def test_half_a_body_is_a_fault_even_in_a_mirror(log, stored):
    stored[2] = replace(stored[2], salt=None)
    assert codes(stored, {4: log.signed_head()}, own=False) == [("north/2 body", "body-missing")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"body": b"{}"}, "body-not-as-committed"),
        ({"salt": bytes(16)}, "body-not-as-committed"),
        ({"salt": b"short"}, "body-not-as-committed"),
    ],
)
def test_a_changed_body_is_named_by_its_place(log, stored, change, code):
    stored[1] = replace(stored[1], **change)
    assert codes(stored, {4: log.signed_head()}) == [("north/1 body", code)]


def test_every_fault_is_named_not_only_the_first(log, stored):
    stored[1] = replace(stored[1], body=b"{}")
    stored[3] = replace(stored[3], commitment=b"short")
    found = codes(stored, {4: log.signed_head()})
    assert ("north/1 body", "body-not-as-committed") in found
    assert ("north/3 commitment", "commitment-malformed") in found
    assert ("north checkpoint 4", "root-differs") in found


@pytest.mark.parametrize("seqs", [[0, 1, 3], [1, 2, 3], [0, 2, 1, 3], [0, 0, 1, 2]])
def test_missing_moved_and_repeated_entries_are_named(log, stored, seqs):
    found = codes([stored[seq] for seq in seqs], {4: log.signed_head()})
    assert [code for _, code in found] == ["entry-out-of-place"]


def test_a_tail_without_a_signature_is_a_fault(log, stored):
    assert ("north checkpoint", "tail-not-signed") in codes(stored, {})


def test_a_log_cut_short_is_noticed_by_its_checkpoint(log, stored):
    found = codes(stored[:3], {4: log.signed_head()})
    assert ("north checkpoint 4", "checkpoint-beyond-log") in found


def signed_body(body):
    """A log of one statement of any bytes, properly committed and signed."""
    entry = commitment(bytes(16), body)
    head = Checkpoint(origin=origin_of("north"), size=1, root=root_of([entry]))
    stored = StoredEntry(seq=0, commitment=entry, salt=bytes(16), body=body)
    return [stored], {1: sign_checkpoint(head, KEY)}


def test_a_signed_body_that_is_no_statement_is_a_fault():
    assert codes(*signed_body(b"{}")) == [("north/0 body", "statement-malformed")]


def test_a_signed_statement_by_another_is_a_fault():
    found = codes(*signed_body(noted(1, by="south").body))
    assert found == [("north/0 body", "body-by-another-party")]


def test_a_checkpoint_by_another_key_of_another_log_or_size_is_a_fault(log, stored):
    found = codes(stored, {4: log.signed_head()}, key=key_of("south"))
    assert found == [("north checkpoint 4", "checkpoint-wrong-key")]
    root = log.head(NORTH).root
    other = sign_checkpoint(Checkpoint(origin=origin_of("south"), size=4, root=root), KEY)
    assert codes(stored, {4: other}) == [("north checkpoint 4", "checkpoint-other-log")]
    larger = sign_checkpoint(Checkpoint(origin=origin_of("north"), size=5, root=root), KEY)
    assert codes(stored, {4: larger}) == [("north checkpoint 4", "root-differs")]


def test_an_empty_log_holds():
    assert codes([], {}) == []


def erasing(places, *, origin="north"):
    """The statement that calls places erased."""
    gone = StatementErased(
        origin=PartyCode(origin), places=places, reason=ErasureReason.COURT_ORDER
    )
    return said(gone, about=("erasure:north-e",), audience=("north", "south"))


def without(stored, *places):
    return [
        StoredEntry(seq=each.seq, commitment=each.commitment) if each.seq in places else each
        for each in stored
    ]


def kept(*statements):
    """The rows of a log that says these things and erases nothing."""
    rows, commitments = [], []
    for seq, statement in enumerate(statements):
        entry = commitment(bytes(16), statement.body)
        commitments.append(entry)
        rows.append(StoredEntry(seq=seq, commitment=entry, salt=bytes(16), body=statement.body))
    head = Checkpoint(origin=origin_of("north"), size=len(statements), root=root_of(commitments))
    return rows, {len(statements): sign_checkpoint(head, KEY)}


def test_a_body_may_be_missing_exactly_where_a_later_statement_calls_it_erased():
    stored, notes = kept(named(1), noted(1), placed(1), erasing("0,2"), noted(2))

    assert codes(without(stored, 0, 2), notes) == []
    assert codes(without(stored, 0, 1), notes) == [("north/1 body", "body-missing")]
    assert codes(without(stored, 3), notes) == [("north/3 body", "body-missing")]
    verdict = verify_log(
        NORTH, without(stored, 0, 2), notes, KEY.verify_key, every_body_expected=True
    )
    assert str(verdict.erased) == "0,2"
    assert verdict.bodies == 3


def test_what_was_not_said_yet_cannot_have_been_erased():
    stored, notes = kept(named(1), erasing("0-2"), placed(1))
    assert codes(without(stored, 0), notes) == [("north/0 body", "body-missing")]


def test_half_of_an_erased_body_is_a_fault():
    stored, notes = kept(named(1), erasing("0"))
    stored[0] = replace(stored[0], body=None)
    assert codes(stored, notes) == [("north/0 body", "body-missing")]


def test_an_erasure_that_cannot_be_read_excuses_nothing():
    stored, notes = kept(named(1), erasing("0,0"))
    assert codes(without(stored, 0), notes) == [("north/0 body", "body-missing")]
    shapeless = replace(erasing("0"), content={"places": 0})
    assert codes(*kept(named(1), shapeless)) == [("north/1 content", "payload-malformed")]


def test_what_a_log_says_of_another_log_is_kept_apart():
    stored, notes = kept(named(1), erasing("7-9", origin="south"))
    verdict = verify_log(NORTH, without(stored, 0), notes, KEY.verify_key, every_body_expected=True)
    assert [(f.place, f.code) for f in verdict.faults] == [("north/0 body", "body-missing")]
    assert {o: str(p) for o, p in verdict.erased_elsewhere.items()} == {"south": "7-9"}
