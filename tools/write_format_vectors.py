"""Writes `docs/formats/vectors/`: an example of every format with all that goes into it.

python tools/write_format_vectors.py [--check]

The keys are made of one repeated byte each, so never real ones.
"""

import base64
import json
import sys
import zlib
from datetime import UTC, datetime
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from repatria.ledger.canonical import encode
from repatria.ledger.checkpoint import Checkpoint, sign_checkpoint
from repatria.ledger.commitment import commitment
from repatria.ledger.cosignature import cosign
from repatria.ledger.export import export_lines
from repatria.ledger.fork import Evidence
from repatria.ledger.merkle import consistency_proof, root_of
from repatria.ledger.passphrase import Cost, seal_box
from repatria.ledger.signing import SigningKey
from repatria.ledger.verification import StoredEntry
from repatria.terms import PartyCode

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "formats" / "vectors"
GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden" / "ledger"
SEED, WITNESS_SEED, SALT = bytes([1]) * 32, bytes([2]) * 32, bytes(range(16))
NORTH, SOUTH_WITNESS = SigningKey(SEED), SigningKey(WITNESS_SEED)
BODY = (
    '{"about":["person:north-23456789abcdefgh"],"actor":"north-registrar","audience":'
    '["north","south"],"by":"north","content":{"name":"Կարո \\"x\\"\\n"},"ground":{"basis":'
    '"register"},"kind":"weather.reported","recorded_at":"2030-03-01T08:00:00Z","v":1}'
)
ENTRIES = [sha256(bytes([n])).digest() for n in range(7)]
AT = datetime(2030, 3, 1, 8, tzinfo=UTC)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def statement() -> dict[str, Any]:
    """A body, its salt and its commitment."""
    made = commitment(SALT, BODY.encode())
    return {
        "salt": SALT.hex(),
        "body": BODY,
        "hashed": (b"repatria/statement/v1\n" + SALT + BODY.encode()).hex(),
        "commitment": made.hex(),
        "leaf": sha256(b"\0" + made).hexdigest(),
    }


def checkpoint() -> dict[str, Any]:
    """Seven entries, their root, and the note."""
    head = Checkpoint(origin="repatria/north", size=7, root=root_of(ENTRIES))
    return {
        "entries": [entry.hex() for entry in ENTRIES],
        "root": head.root.hex(),
        "private_key": SEED.hex(),
        "public_key": NORTH.verify_key.raw.hex(),
        "fingerprint": NORTH.verify_key.fingerprint,
        "key_id": sha256(b"repatria/north\n\x01" + NORTH.verify_key.raw).hexdigest()[:8],
        "signed": head.text,
        "note": sign_checkpoint(head, NORTH),
    }


def receipt() -> dict[str, Any]:
    """The note of `checkpoint` with the receipt of south."""
    head = Checkpoint(origin="repatria/north", size=7, root=root_of(ENTRIES))
    name = "repatria/south"
    line = cosign(head, name=name, key=SOUTH_WITNESS, at=AT)
    public = SOUTH_WITNESS.verify_key.raw
    return {
        "private_key": WITNESS_SEED.hex(),
        "public_key": public.hex(),
        "key_id": sha256(name.encode() + b"\n\x04" + public).hexdigest()[:8],
        "time": int(AT.timestamp()),
        "signed": f"cosignature/v1\ntime {int(AT.timestamp())}\n{head.text}",
        "line": line,
        "file": sign_checkpoint(head, NORTH) + line,
    }


def package() -> dict[str, Any]:
    """The inside of a package with one body and one attached file."""
    made, file = commitment(SALT, BODY.encode()), b"made up"
    head = Checkpoint(origin="repatria/north", size=1, root=root_of([made]))
    line = base64.b64decode(sign_checkpoint(head, NORTH).split("\n")[4].split(" ")[2])
    content = encode(
        {
            "v": 2,
            "from": "north",
            "to": ["south"],
            "have": 0,
            "head": _b64(head.root + line),
            "commitments": _b64(made),
            "bodies": [[0, _b64(SALT), BODY]],
            "attachments": [[sha256(file).hexdigest(), len(file)]],
        }
    )
    packed = zlib.compress(content + b"\n" + file, 0) + bytes(8)
    header = b"repatria-package/2 north\n" + NORTH.verify_key.raw
    signature = NORTH.sign(b"\0repatria/package/v2\0" + header + packed)
    return {
        "private_key": SEED.hex(),
        "content": content.decode(),
        "files": file.hex(),
        "packed": packed.hex(),
        "header": header.hex(),
        "signature": signature.hex(),
        "inside": (header + signature + packed).hex(),
    }


def fork() -> dict[str, Any]:
    """North signed three entries, and seven that do not begin with them."""
    other = Checkpoint(origin="repatria/north", size=3, root=root_of(ENTRIES[1:4]))
    head = Checkpoint(origin="repatria/north", size=7, root=root_of(ENTRIES))
    shorter, longer = sign_checkpoint(other, NORTH), sign_checkpoint(head, NORTH)
    proof = tuple(consistency_proof(ENTRIES, 3))
    within = root_of(ENTRIES[:3])
    evidence = Evidence(shorter=shorter, longer=longer, root_within=within, proof=proof)
    return {
        "public_key": NORTH.verify_key.raw.hex(),
        "shorter": shorter,
        "longer": longer,
        "root_within": within.hex(),
        "proof": [node.hex() for node in proof],
        "file": evidence.raw.hex(),
    }


def key_file() -> dict[str, Any]:
    """A sealed secret, with the key that the passphrase makes."""
    cost, salt, nonce = Cost(memory_kib=1024, iterations=2, lanes=1), SALT, bytes(range(12))
    header = {"format": 2, "kind": "node", "party": "north", **cost.to_json()}
    bound = json.dumps(header, sort_keys=True, separators=(",", ":"))
    values = {"signing": SEED.hex()}
    content = json.dumps(values, sort_keys=True)
    passphrase = "correct horse battery staple"  # noqa: S105 -- an example
    box = seal_box(
        content.encode(), passphrase=passphrase, salt=salt, nonce=nonce, cost=cost,
        bound=bound.encode(),
    )  # fmt: skip
    key = Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=1024)
    return {
        "passphrase": passphrase,
        "bound": bound,
        "content": content,
        "key": key.derive(passphrase.encode()).hex(),
        "file": {**header, "salt": _b64(salt), "nonce": _b64(nonce), "sealed": _b64(box)},
    }


def high_water() -> dict[str, Any]:
    """One slot of the mark."""
    secret = blake2b(SEED, person=b"repatria mark 1").digest()
    told = f"7 {root_of(ENTRIES).hex()}"
    seal = blake2b(told.encode(), key=secret, digest_size=32).hexdigest()
    return {
        "private_key": SEED.hex(),
        "secret": secret.hex(),
        "told": told,
        "slot": f"{told} {seal}\n".encode().ljust(256, b"\0").hex(),
    }


def ledger_export() -> dict[str, Any]:
    """Two entries, the first with its body, under one checkpoint."""
    made = [commitment(SALT, BODY.encode()), ENTRIES[0]]
    entries = [
        StoredEntry(seq=0, commitment=made[0], salt=SALT, body=BODY.encode()),
        StoredEntry(seq=1, commitment=made[1]),
    ]
    head = Checkpoint(origin="repatria/north", size=2, root=root_of(made))
    # The keyring of north as it lies among the golden files.
    signer = SigningKey(sha256(b"test key of north").digest())
    note = sign_checkpoint(head, signer)
    lines = export_lines(
        entries,
        [(2, note)],
        origin=PartyCode("north"),
        size=2,
        note=note,
        keyrings=[(GOLDEN / "north-1.keyring").read_bytes().decode()],
        erased=[1],
    )
    return {"lines": [line.decode() for line in lines]}


VECTORS = {
    "statement": statement,
    "checkpoint": checkpoint,
    "receipt": receipt,
    "package": package,
    "fork": fork,
    "key-file": key_file,
    "high-water": high_water,
    "ledger-export": ledger_export,
}


def text_of(name: str) -> str:
    """The file of a vector."""
    return json.dumps(VECTORS[name](), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the files, or compare them."""
    for name in VECTORS:
        path = FOLDER / f"{name}.json"
        if "--check" in sys.argv[1:]:
            if path.read_text("utf-8") != text_of(name):
                print(f"{path.name} is not what the program makes")
                return 1
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(text_of(name), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
