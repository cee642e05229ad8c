"""Whoever tells two stories is shown to have, and nobody can be made to look as if he had.

Anybody with the accused party's keys can check the evidence; it takes two of its
signatures to make it.
"""

import os
import random

import pytest

from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.fork import Evidence, evidence_from, origin_in, read_evidence
from repatria.ledger.merkle import consistency_proof, root_of
from repatria.terms import IntegrityError
from statements import counted_bytes, key_of, keyring_of_party

KEY = key_of("north")
FRAMINGS = int(os.environ.get("REPATRIA_FRAMINGS", "20000"))


def log_of(size, seed="honest", shared=0):
    """The entries of a log; the first `shared` are those of the honest one."""
    give = counted_bytes(f"entries of {seed}")
    own = [give(32) for _ in range(size)]
    honest = counted_bytes("entries of honest")
    return [honest(32) for _ in range(shared)] + own[shared:]


def note_of(entries, size=None, key=KEY, party="north"):
    """The signed head of a log at a size."""
    size = len(entries) if size is None else size
    return sign_checkpoint(
        Checkpoint(origin=origin_of(party), size=size, root=root_of(entries[:size])), key
    )


@pytest.mark.parametrize("keys", [KEY.verify_key, keyring_of_party("north")], ids=["key", "ring"])
@pytest.mark.parametrize(("size", "other"), [(5, 9), (9, 9), (8, 9), (9, 5), (1, 300), (300, 2)])
def test_two_stories_of_any_sizes_are_shown_in_less_than_a_kilobyte(size, other, keys):
    ours, theirs = log_of(size), log_of(other, "forked", shared=min(size, other) // 2)
    if size <= other:
        found = evidence_from(note_of(ours), note_of(theirs), theirs, place="here")
    else:
        found = evidence_from(note_of(theirs), note_of(ours), ours, place="here")
    assert len(found.raw) < 1024
    assert read_evidence(found.raw, keys) == found
    assert origin_in(found.raw) == "repatria/north"


def test_evidence_from_logs_of_a_hundred_thousand_is_still_below_a_kilobyte():
    theirs = log_of(100_003, "forked", shared=7)
    found = evidence_from(note_of(log_of(65_537)), note_of(theirs), theirs, place="here")
    assert len(found.raw) < 1024
    assert read_evidence(found.raw, KEY.verify_key)


@pytest.mark.parametrize("size", [1, 2, 7, 8, 64])
def test_an_honest_log_gives_no_evidence_against_itself(size):
    entries = log_of(64)
    assert evidence_from(note_of(entries, size), note_of(entries), entries, place="here") is None


class Forger:
    """Makes what looks like evidence, of all that an honest party and others once signed."""

    def __init__(self, seed):
        self.draw = random.Random(seed)  # noqa: S311 -- what a forger tries
        self.entries = log_of(64)
        forged = log_of(64, "forged")
        sizes = range(1, 65)
        self.notes = [note_of(self.entries, size) for size in sizes]
        self.roots = [root_of(self.entries[:size]) for size in sizes]
        self.false_roots = [root_of(forged[:size]) for size in sizes]
        self.false_notes = [note_of(forged, size, key_of("mallory")) for size in sizes]
        self.others_notes = [note_of(forged, size, key_of("south"), "south") for size in sizes]
        self.proofs = {
            (a, b): consistency_proof(self.entries[:b], a) for a in (1, 7, 8, 33) for b in (33, 64)
        }

    def evidence(self):
        """One try."""
        draw = self.draw
        first, second = sorted(draw.choices(range(64), k=2))
        a, b = self.notes[first], self.notes[second]
        proof = [draw.randbytes(32) for _ in range(draw.randint(0, 12))]
        within = draw.choice([draw.randbytes(32), *draw.choices(self.roots, k=2)])
        match draw.randrange(6):
            case 0:  # two honest heads and an honest proof, but another root within
                (old, new), proof = draw.choice(list(self.proofs.items()))
                a, b = self.notes[old - 1], self.notes[new - 1]
            case 1:  # a head that the forger signed himself, with its true root
                a, within = self.false_notes[first], self.false_roots[first]
            case 2:  # the same, as the longer one
                b, within = self.false_notes[second], self.false_roots[first]
            case 3:  # somebody else's head of the same size
                a, within = self.others_notes[first], self.false_roots[first]
            case 4:  # the wrong way round
                a, b = b, a
            case _:  # the same head twice
                b = a
        return Evidence(shorter=a, longer=b, root_within=within, proof=tuple(proof))


@pytest.mark.parametrize("share", range(4))
def test_nobody_can_frame_an_honest_party(share):
    forger, believed = Forger(share), 0
    for _ in range(FRAMINGS // 4):
        raw = bytearray(forger.evidence().raw)
        if forger.draw.random() < 0.2:
            raw[forger.draw.randrange(len(raw))] ^= 1 << forger.draw.randrange(8)
        try:
            read_evidence(bytes(raw), KEY.verify_key)
            believed += 1
        except IntegrityError:
            pass
    assert believed == 0


def test_every_changed_byte_of_true_evidence_takes_its_force():
    theirs = log_of(9, "forked", shared=2)
    raw = evidence_from(note_of(log_of(5)), note_of(theirs), theirs, place="here").raw
    for place in range(len(raw)):
        for mask in (1, 0x80):
            changed = bytearray(raw)
            changed[place] ^= mask
            with pytest.raises(IntegrityError) as caught:
                read_evidence(bytes(changed), KEY.verify_key)
            assert caught.value.code == "evidence-not-valid"
    for length in range(len(raw)):
        with pytest.raises(IntegrityError):
            read_evidence(raw[:length], KEY.verify_key)
    with pytest.raises(IntegrityError):
        read_evidence(raw, key_of("south").verify_key)
