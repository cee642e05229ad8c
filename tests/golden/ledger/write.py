"""Writes the golden files of the ledger; run it only when a new format is added beside them.

    python tests/golden/ledger/write.py

The files stay as they are for ever: what was once signed must always be readable.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint  # noqa: E402 -- path
from repatria.ledger.merkle import consistency_proof, inclusion_proof, root_of  # noqa: E402 -- path
from statements import key_of, named, noted, placed, unknown_kind  # noqa: E402 -- path


def merkle() -> str:
    """Roots of 0 to 33 entries, the entry at i being SHA-256 of the byte i, and some proofs."""
    entries = [sha256(bytes([i])).digest() for i in range(33)]
    return json.dumps(
        {
            "roots": [root_of(entries[:size]).hex() for size in range(34)],
            "inclusion": [
                {
                    "size": size,
                    "index": index,
                    "proof": [node.hex() for node in inclusion_proof(entries[:size], index)],
                }
                for size, index in ((1, 0), (2, 1), (7, 0), (7, 6), (13, 9), (32, 31), (33, 32))
            ],
            "consistency": [
                {
                    "size": size,
                    "old": old,
                    "proof": [node.hex() for node in consistency_proof(entries[:size], old)],
                }
                for size, old in ((1, 1), (2, 1), (7, 3), (8, 4), (13, 12), (33, 32), (33, 17))
            ],
        },
        indent=1,
    )


def main() -> None:
    """Write all of them."""
    (HERE / "merkle.json").write_text(merkle() + "\n", "ascii")
    head = Checkpoint(origin=origin_of("north"), size=3, root=root_of([b"a", b"b", b"c"]))
    (HERE / "checkpoint.txt").write_text(sign_checkpoint(head, key_of("north")), "utf-8")
    bodies = [said.body.decode() for said in (named(1), placed(1), noted(2), unknown_kind(3))]
    (HERE / "statements.txt").write_text("\n".join(bodies) + "\n", "utf-8")


if __name__ == "__main__":
    main()
