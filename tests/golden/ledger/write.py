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

from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.cosignature import cosign
from repatria.ledger.document import envelope_of
from repatria.ledger.export import export_lines
from repatria.ledger.fork import evidence_from
from repatria.ledger.kinds.file_attached import FileAttached
from repatria.ledger.log import ListLog
from repatria.ledger.merkle import consistency_proof, inclusion_proof, root_of
from repatria.ledger.package import opened
from repatria.ledger.verification import StoredEntry
from repatria.terms import PartyCode
from repatria.wiring.high_water import HighWaterMark
from repatria.wiring.keyfile import Cost, write_key_file
from statements import (
    MORNING,
    key_of,
    keyring_of_party,
    list_log,
    named,
    node_of,
    noted,
    package_for,
    placed,
    said,
    signed_keyring,
    unknown_kind,
)

PICTURE = b"\x89PNG made up"
PASSPHRASE = "a passphrase that opens a golden key file"


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


def said_log() -> ListLog:
    """The log of north from which most files are made: written in two goes."""
    log = list_log("north")
    log.append([named(1), placed(1), noted(2), unknown_kind(3)])
    attached = FileAttached(
        digest=sha256(PICTURE).hexdigest(), size=len(PICTURE), media_type="image/png", title="x-ray"
    )
    about = ("person:p2",)
    log.append([said(attached, about=about, audience=("north", "south"))], [PICTURE])
    return log


def whole_log(log: ListLog) -> bytes:
    """Its export."""
    bodies = {d.seq: d for d in log.bodies_for(PartyCode("north"))}
    entries = (
        StoredEntry(seq=n, commitment=c, salt=bodies[n].salt, body=bodies[n].body)
        for n, c in enumerate(log.commitments(PartyCode("north")))
    )
    notes = [(n, log.note(PartyCode("north"), n)) for n in (4, 5)]
    return b"".join(
        export_lines(
            entries,
            notes,
            origin=PartyCode("north"),
            size=5,
            note=log.signed_head(),
            keyrings=[keyring_of_party("north").envelope.text],
            erased=(),
        )
    )


def fork(log: ListLog) -> bytes:
    """Evidence that north also signed another log of three entries."""
    entries = log.commitments(PartyCode("north"))
    other = Checkpoint(origin=origin_of("north"), size=3, root=root_of([b"a", b"b", b"c"]))
    note = sign_checkpoint(other, key_of("north"))
    return evidence_from(note, log.signed_head(), entries, place="golden").raw


def next_version() -> str:
    """The second version of the keyring of north: its first node ended, a second one follows."""
    nodes = [
        node_of("north").public("node-1", to_size=5),
        node_of("north again").public("node-2", from_size=5),
    ]
    return signed_keyring("north", version=2, nodes=nodes).envelope.text


def receipt(log: ListLog) -> str:
    """The head of north with the receipt of south."""
    line = cosign(
        log.head(PartyCode("north")),
        name=origin_of("south"),
        key=node_of("south").witness,
        at=MORNING,
    )
    return log.signed_head() + line


def document() -> str:
    """Terms that north and south signed."""
    envelope = envelope_of("terms", {"v": 1, "id": "december", "version": 1})
    return envelope.signed_by(key_of("north")).signed_by(key_of("south")).text


def write_mark(log: ListLog) -> None:
    """The high-water mark of north after five entries."""
    mark = HighWaterMark(HERE / "high-water", key_of("north"))
    mark.create()
    mark.advance(5, log.head(PartyCode("north")).root)


def write_keys() -> None:
    """The key file of north's installation in tests; `PASSPHRASE` opens it."""
    write_key_file(
        HERE / "node.key",
        kind="node",
        party="north",
        values=dict(node_of("north").to_json()),
        passphrase=PASSPHRASE,
        cost=Cost(memory_kib=1024, iterations=1, lanes=1),
    )


def main() -> None:
    """Write those that are not there; what is there stays as it is."""
    head = Checkpoint(origin=origin_of("north"), size=3, root=root_of([b"a", b"b", b"c"]))
    bodies = [said.body.decode() for said in (named(1), placed(1), noted(2), unknown_kind(3))]
    log = said_log()
    sealed = package_for(log, "south", keyrings=[keyring_of_party("north").envelope.text])
    files = {
        "merkle.json": merkle() + "\n",
        "checkpoint.txt": sign_checkpoint(head, key_of("north")),
        "statements.txt": "\n".join(bodies) + "\n",
        "package-2.repatria": sealed,
        "package-2.opened": opened(sealed, node_of("south").identity),
        "south.identity": node_of("south").identity.secret + "\n",
        "north-1.keyring": keyring_of_party("north").envelope.text,
        "north-2.keyring": next_version(),
        "south-1.keyring": keyring_of_party("south").envelope.text,
        "receipt.txt": receipt(log),
        "fork.evidence": fork(log),
        "north.ledger": whole_log(log),
        "terms.document": document(),
    }
    for name, content in files.items():
        if not (HERE / name).exists():
            raw = content if isinstance(content, bytes) else content.encode()
            (HERE / name).write_bytes(raw)
    if not (HERE / "high-water").exists():
        write_mark(log)
    if not (HERE / "node.key").exists():
        write_keys()


if __name__ == "__main__":
    main()
