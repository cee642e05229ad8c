"""Two made-up parties and their hidden lists, for tests of private matching."""

from hashlib import sha256

from repatria.ledger.escrow import seal_list
from repatria.linkage.private.listing import OwnList, RunSecret
from repatria.linkage.private.messages import Answer, Conclusion, Offer, OpenedSample, read_message
from repatria.linkage.private.run import (
    answer,
    conclude,
    offer,
    open_sample,
    verify_sample,
)
from repatria.lists.release import ReleaseEntry, entry_bytes
from repatria.operations.private_runs import profile_of_entry
from repatria.terms import PartialDate, PersonName, RoundId
from simulators.party import NORTH, SOUTH
from statements import counted_bytes

ROUND = RoundId("round:north-7k2m9x4q8r3t5v6w")


def entry(name, born="", **said):
    """A line of a release list in its canonical bytes."""
    birth = PartialDate.parse(born) if born else None
    return entry_bytes(ReleaseEntry(names=(PersonName(text=name),), birth=birth, **said))


def own_list(party, entries, *, run="first", round_id=ROUND):
    """A party's committed list, ready for a run of this name."""
    opening = seal_list(
        list(entries), round_id=round_id, party=party, entropy=counted_bytes(f"list of {party}")
    )
    raw = sha256(f"test secret {run} of {party}".encode()).digest()
    return OwnList.of(opening, profile_of_entry, RunSecret(raw))


class TwoLists:
    """A run between north, which offers, and south; every message read back from its bytes."""

    def __init__(self, norths, souths, *, shown=30, blind=0, run="first"):
        self.north = own_list(NORTH, norths, run=run)
        self.south = own_list(SOUTH, souths, run=run)
        self.entropy = counted_bytes("proofs")
        self.offered = self.reread(offer(self.north, to=SOUTH, shown=shown, blind=blind), Offer)
        self.answered = self.reread(answer(self.south, self.offered), Answer)

    @staticmethod
    def reread(message, kind):
        """The message as the other side reads it."""
        return read_message(message.raw, kind)

    def conclude(self):
        """North's conclusion, and what it found."""
        concluded, found = conclude(self.north, self.offered, self.answered, entropy=self.entropy)
        return self.reread(concluded, Conclusion), found

    def open_sample(self, concluded):
        """South's sample, and what it found."""
        opened, found = open_sample(
            self.south, self.offered, self.answered, concluded,
            committed=self.north.opening.commitment, profile_of=profile_of_entry,
            entropy=self.entropy,
        )  # fmt: skip
        return self.reread(opened, OpenedSample), found

    def verify(self, concluded, opened):
        """What north finds once it has checked the sample."""
        return verify_sample(
            self.north, self.offered, self.answered, concluded, opened,
            committed=self.south.opening.commitment, profile_of=profile_of_entry,
        )  # fmt: skip

    def names_of(self, found):
        """The pairs as entries."""
        return {
            (self.north.opening.slots[m.own].entry, self.south.opening.slots[m.theirs].entry)
            for m in found
        }
