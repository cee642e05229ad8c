"""Generated files of every format, whole and damaged, the same in every run.

Damage is of two sorts: bytes that somebody changed on the way, and content that a
party which holds the right keys made wrong and signed: only the second reaches
what is checked behind a signature.
"""

import base64
import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from random import Random

from repatria.ledger.canonical import encode
from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.commitment import commitment
from repatria.ledger.cosignature import cosign
from repatria.ledger.document import Envelope, key_id, pae
from repatria.ledger.export import export_lines
from repatria.ledger.fork import Evidence
from repatria.ledger.keyring import Keyring, read_keyring
from repatria.ledger.merkle import consistency_proof, root_of
from repatria.ledger.verification import StoredEntry
from statements import key_of, node_of, roots_of

EVIL = (
    None, True, False, 0, 1, -1, 2, 2**53 - 1, "", "x", "north", "south", " ", "\x00", "é", "1",
    [], [""], ["north"], [[]], {}, {"a": 1}, [1, 2], "AAAA", "AAA=", "AA==", "A" * 44, "age1",
    [None],
    "2030-03-01T08:00:00Z", "2030-03-01T08:00:00.500000Z", "2030-03-01T08:00:00+00:00", "1994-05",
    "1994~", "1990/1994", "1994/1990", "1990~/1994", "1994-02-30", "1990/1994~", "1994-1",
)  # fmt: skip
# Points of small order, some spelled with another sign or beyond the prime.
WEAK = tuple(
    base64.b64encode(bytes.fromhex(text)).decode()
    for text in (
        "00" * 32, "00" * 31 + "80", "01" + "00" * 31, "01" + "00" * 30 + "80",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 31,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file with what it is checked with."""

    what: str
    name: str
    raw: bytes
    keyrings: tuple[Keyring, ...] = ()
    more: tuple[bytes, ...] = field(default=(), repr=False)
    threshold: int = 1
    damaged: bool = False


@cache
def keyring(party, version, second_from=9):
    """A version of a party's keyring: the second ends its first node after so many entries."""
    nodes = [node_of(party).public("node-1")]
    if version > 1:
        nodes = [
            node_of(party).public("node-1", to_size=second_from),
            node_of(f"{party} again").public("node-2", from_size=second_from),
        ]
    roots = roots_of(party)
    return read_keyring(
        signed_document("keyring", keyring_json(party, version, nodes, roots), roots)
    )


def keyring_json(party, version, nodes, roots, threshold=2):
    return {
        "v": 1,
        "party": party,
        "version": version,
        "threshold": threshold,
        "roots": sorted(root.verify_key.text for root in roots),
        "nodes": [node_json(node) for node in nodes],
    }


def node_json(node):
    out = {
        "name": node.name,
        "key": node.key.text,
        "witness": node.witness.text,
        "recipient": node.recipient.text,
        "from_size": node.from_size,
    }
    return out if node.to_size is None else out | {"to_size": node.to_size}


def signed_document(kind, value, keys):
    """The text of an envelope of any value, or of bytes as they are."""
    payload = value if isinstance(value, bytes) else encode(value)
    envelope = Envelope(payload_type=f"application/vnd.repatria.{kind}+json", payload=payload)
    for key in keys:
        envelope = envelope.signed_by(key)
    return envelope.text


def b64(raw):
    return base64.b64encode(raw).decode()


# --- What a party says


def statement_json(rng, party="north"):
    said = {
        "v": 1,
        "kind": rng.choice(["custody.noted", "person.named", "weather.reported"]),
        "about": [f"person:p{rng.randrange(9)}" for _ in range(rng.randint(1, 2))],
        "by": party,
        "actor": f"{party}-registrar",
        "recorded_at": f"2030-03-{rng.randint(1, 28):02}T08:00:00Z",
        "audience": sorted(rng.sample(["intermediary", "north", "south"], rng.randint(1, 3))),
        "ground": {"basis": "register"},
        "content": {"note": rng.choice(["Կարո", "x", "  ", "\u2028\x7f"]), "n": rng.randrange(99)},
    }
    if rng.random() < 0.3:
        said["occurred_at"] = "2030-02-28T23:59:59.000001Z"
    if rng.random() < 0.3:
        said["as_of"] = rng.choice(["1994", "1994-05", "1994-05-17", "1994~", "1990/1994", "0001"])
    if rng.random() < 0.2:
        said["supersedes"] = [f"{party}/0"]
    if rng.random() < 0.2:
        said["ground"] |= {"source": "a"} if rng.random() < 0.5 else {"note": "b"}
    if rng.random() < 0.1:
        said["weight"] = {"kilograms": 70}
    return said


def places_in(value, path=()):
    """Every place inside a value."""
    yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
    else:
        inner = ()
    for key, item in inner:
        yield from places_in(item, (*path, key))


def edited(rng, value):
    """The value with one place changed, taken out, or repeated."""
    value = json.loads(json.dumps(value))
    *way, last = rng.choice([path for path in places_in(value) if path])
    inside = value
    for key in way:
        inside = inside[key]
    match rng.randrange(5):
        case 0:
            del inside[last]
        case 1 if isinstance(inside, list):
            inside.insert(last, inside[last])
        case 1:
            inside[f"{last}x"] = inside[last]
        case 2 if isinstance(inside[last], int) and not isinstance(inside[last], bool):
            inside[last] += rng.choice([-1, 1])
        case 2 if isinstance(inside[last], list):
            inside[last] = inside[last][::-1]
        case _:
            inside[last] = rng.choice(EVIL)
    return value


def spelled(rng, value):
    """Bytes of a value, seldom in another spelling than the canonical one."""
    raw = encode(value)
    ways = [
        lambda: json.dumps(value, sort_keys=True, ensure_ascii=False).encode(),
        lambda: json.dumps(value, sort_keys=True, separators=(",", ":")).encode(),
        lambda: json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(),
        lambda: b"\xef\xbb\xbf" + raw,
        lambda: raw + b" ",
        lambda: raw.replace(b'":1', b'":1.0', 1),
        lambda: raw.replace(b'":0', b'":-0', 1),
        lambda: raw.replace(b'{"', b'{"a":1,"a":2,"', 1),
        lambda: raw.replace(b"{", b'{"A":' + b"[" * 20 + b"]" * 20 + b",", 1),
        lambda: raw.replace(b"{", b'{"A":9007199254740992,', 1),
        lambda: raw.replace(b"{", b'{"A":NaN,', 1),
        lambda: raw.replace(b"{", b'{"A":"\\ud800",', 1),
        lambda: raw.replace(b"a", b"\\u0061", 1),
    ]
    return rng.choice(ways)()


def wrong_once(rng, value, damaged):
    """Canonical bytes of a value; of another one or in another spelling when it is damaged."""
    if not damaged:
        return encode(value)
    return spelled(rng, value) if rng.random() < 0.3 else encode(edited(rng, value))


def some_log(rng, party, size, evil_at=None):
    """Stored entries of a log; the statement at one place is wrong, and committed to."""
    for seq in range(size):
        salt = rng.randbytes(16)
        body = wrong_once(rng, statement_json(rng, party), seq == evil_at)
        yield StoredEntry(seq=seq, commitment=commitment(salt, body), salt=salt, body=body)


def note_for(entries, size, party, key, origin=""):
    root = root_of([each.commitment for each in entries[:size]])
    return sign_checkpoint(Checkpoint(origin=origin or origin_of(party), size=size, root=root), key)


def signer_at(ring, size):
    (public,) = ring.signers_at(size)
    party = ring.party
    return next(k for k in (key_of(party), key_of(f"{party} again")) if k.verify_key == public)


def bytes_changed(rng, raw):
    """The bytes as a bad stick, or somebody without keys, gives them back."""
    at = rng.randrange(len(raw)) if raw else 0
    to = min(len(raw), at + rng.randint(1, 40))
    match rng.randrange(7):
        case 0 | 1:
            return raw[:at] + bytes([raw[at] ^ 1 << rng.randrange(8)]) + raw[at + 1 :]
        case 2:
            return raw[:at]
        case 3:
            return raw[:at] + raw[to:]
        case 4:
            return raw[:at] + raw[at:to] + raw[at:]
        case 5:
            return raw + rng.choice([b"\n", b" ", b"\0", b"x", b"=="])
        case _:
            return raw[:at] + rng.randbytes(to - at) + raw[to:]


def other_spelling_of_base64(rng, raw):
    """The same bytes behind another last letter, where base64 has letters to spare."""
    at = raw.find(b"=")
    if at < 1:
        return bytes_changed(rng, raw)
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    place = letters.find(raw[at - 1 : at])
    return raw[: at - 1] + letters[place ^ 1 : (place ^ 1) + 1] + raw[at:]


# --- One maker for each kind of file


def ledger_case(rng, damaged):
    size = rng.randint(1, 14)
    rotated = rng.random() < 0.4
    ring = keyring("north", 2) if rotated else keyring("north", 1)
    evil = rng.randrange(size) if damaged and rng.random() < 0.4 else None
    entries = list(some_log(rng, "north", size, evil))
    signed_at = sorted({size, *(n for n in range(1, size) if rng.random() < 0.4)})
    notes = [(n, note_for(entries, n, "north", signer_at(ring, n))) for n in signed_at]
    lines = list(
        export_lines(
            entries,
            notes,
            origin="north",
            size=size,
            note=notes[-1][1],
            keyrings=[keyring("north", v).envelope.text for v in range(1, ring.version + 1)],
            bodies=rng.random() < 0.9,
            erased=rng.sample(range(size), rng.randint(0, 1)),
        )
    )
    known = (keyring("north", rng.choice([1, 2])),) if rng.random() < 0.4 else ()
    if not rotated and known and known[0].version == 2 and size > 9:
        known = ()
    if damaged and evil is None:
        lines, known = wrong_lines(rng, lines, known)
    return Case(what="ledger", name="", raw=b"".join(lines), keyrings=known, damaged=damaged)


def wrong_lines(rng, lines, known):
    at = rng.randrange(len(lines))
    match rng.randrange(8):
        case 0:
            del lines[at]
        case 1:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 2:
            lines.insert(at, lines[at])
        case 3:
            lines[at] = encode(edited(rng, json.loads(lines[at]))) + b"\n"
        case 4:
            lines[at] = spelled(rng, json.loads(lines[at])) + b"\n"
        case 5:
            value = {k: v for k, v in json.loads(lines[at]).items() if k not in ("salt", "body")}
            lines[at] = encode(value | {"missing": rng.choice(["withheld", "lost"])}) + b"\n"
        case 6:
            known = (keyring("south", 1),)
        case _:
            lines = [bytes_changed(rng, b"".join(lines))]
    return lines, known


def package_case(rng, damaged):
    size = rng.randint(0, 12)
    rotated = rng.random() < 0.4
    ring = keyring("north", 2) if rotated else keyring("north", 1)
    known = keyring("north", 1) if rng.random() < 0.5 else ring
    how = rng.randrange(5) if damaged else None
    entries = list(some_log(rng, "north", size, 0 if how == 0 and size else None))
    have = rng.choice([0, rng.randint(0, size)])
    key = signer_at(ring, size)
    content = package_json(rng, entries, have, ring, known)
    files = b"".join(file for _, file in content.pop("files"))
    if how == 1:
        content = edited(rng, content)
    text = spelled(rng, content) if how == 2 else encode(content)
    if how == 3 and rng.random() < 0.5:
        key = key_of(rng.choice(["south", "north again", "north"]))
        ring = known
    raw = signed_package_2(rng, "north", text + (b"\n" + files if files else b""), key)
    if how == 4 or (how == 3 and key == key_of("north")):
        raw = bytes_changed(rng, raw)
    elif how == 3:
        known = rng.choice([known, keyring("south", 1)])
    return Case(what="package", name="", raw=raw, keyrings=(known,), damaged=damaged)


def package_json(rng, entries, have, ring, known):
    size = len(entries)
    head = note_for(entries, size, "north", signer_at(ring, size)) if size else ""
    shown = [e for e in entries[have:] if rng.random() < 0.7]
    content = {
        "v": 2,
        "from": "north",
        "to": rng.choice([["south"], ["intermediary", "south"]]),
        "have": have,
        "head": packed(head),
        "commitments": b64(b"".join(e.commitment for e in entries[have:])),
        "bodies": [[e.seq, b64(e.salt), e.body.decode()] for e in shown],
        "files": [],
    }
    if have and rng.random() < 0.6:
        content["base"] = packed(note_for(entries, have, "north", signer_at(ring, have)))
    if rng.random() < 0.3:
        made = sorted((sha256(f).hexdigest(), f) for f in {rng.randbytes(9), rng.randbytes(4)})
        content["attachments"] = [[digest, len(file)] for digest, file in made]
        content["files"] = made
    if ring.version > known.version or rng.random() < 0.2:
        versions = range(rng.choice([1, ring.version]), ring.version + 1)
        content["keyrings"] = [keyring("north", v).envelope.text for v in versions]
    if rng.random() < 0.2:
        content["until"] = "2030-04-01T00:00:00Z"
    if content["to"] == ["south"] and rng.random() < 0.3:
        content["returned"] = returned_json(rng)
    return content


def returned_json(rng):
    entries = list(some_log(rng, "south", rng.randint(1, 4)))
    have = rng.randrange(len(entries))
    return {
        "have": have,
        "note": note_for(entries, len(entries), "south", key_of("south")),
        "commitments": b64(b"".join(e.commitment for e in entries[have:])),
        "bodies": [[e.seq, b64(e.salt), e.body.decode()] for e in entries[have:]],
    }


def packed(note):
    if not note:
        return ""
    root, line = note.split("\n")[2], note.split("\n")[4].split(" ")[2]
    return b64(base64.b64decode(root) + base64.b64decode(line))


def signed_package_2(rng, sender, content, key):
    packed_content = zlib.compress(content, rng.choice([1, 6, 9])) + bytes(rng.randrange(20))
    header = f"repatria-package/2 {sender}\n".encode() + key.verify_key.raw
    signature = key.sign(b"\x00repatria/package/v2\x00" + header + packed_content)
    return header + signature + packed_content


def old_package_case(rng, damaged):
    size = rng.randint(0, 8)
    how = rng.randrange(5) if damaged else None
    entries = list(some_log(rng, "north", size, 0 if how == 0 and size else None))
    have = rng.choice([0, rng.randint(0, size)])
    content = {
        "v": 1,
        "from": "north",
        "to": "south",
        "have": have,
        "checkpoint": note_for(entries, size, "north", key_of("north")) if size else "",
        "commitments": b64(b"".join(e.commitment for e in entries[have:])),
        "bodies": [[e.seq, b64(e.salt), e.body.decode()] for e in entries[have:]],
        "seen": {"south": [3, "ab" * 32]} if rng.random() < 0.5 else {},
    }
    if how == 1:
        content = edited(rng, content)
    text = spelled(rng, content) if how == 2 else encode(content)
    key = key_of("south") if how == 3 else key_of("north")
    header = f"repatria-package/1 north {key.verify_key.text}\n".encode()
    body = zlib.compress(text)
    raw = header + key.sign(b"\x00repatria/package/v1\x00" + header + body) + body
    raw = bytes_changed(rng, raw) if how == 4 else raw
    return Case(what="package", name="", raw=raw, keyrings=(keyring("north", 1),), damaged=damaged)


def receipt_case(rng, damaged):
    size = rng.randint(1, 9)
    head = Checkpoint(origin=origin_of("north"), size=size, root=rng.randbytes(32))
    log, witness = keyring("north", rng.choice([1, 2])), keyring("south", rng.choice([1, 2]))
    by, name, key, signed = head, origin_of("south"), node_of("south").witness, key_of("north")
    how = rng.randrange(9) if damaged else None
    if how == 0:
        by = Checkpoint(origin=head.origin, size=size + 1, root=head.root)
    if how == 1:
        key = rng.choice([node_of("south").signing, node_of("north").witness])
    if how == 2:
        name = rng.choice(["repatria/north", "repatria/south2", "south"])
    if how == 3:
        signed = rng.choice([node_of("north").witness, key_of("south"), key_of("north again")])
    if how == 4:
        witness = log
        name, key = origin_of("north"), node_of("north").witness
    at = datetime.fromtimestamp(rng.randrange(2**31), UTC)
    raw = (sign_checkpoint(head, signed) + cosign(by, name=name, key=key, at=at)).encode()
    if how == 5:
        raw = other_spelling_of_base64(rng, raw)
    elif how == 6:
        lines = raw.split(b"\n")
        lines[rng.randrange(len(lines))], lines[-2] = lines[-2], lines[rng.randrange(len(lines))]
        raw = b"\n".join(lines)
    elif how in (7, 8):
        raw = bytes_changed(rng, raw)
    return Case(what="receipt", name="", raw=raw, keyrings=(log, witness), damaged=damaged)


def document_case(rng, damaged):
    parties = ["north", "south", "intermediary"]
    value = {"v": 1, "id": "december", "parties": parties, "rules": [{"n": rng.randrange(9)}]}
    threshold = rng.randint(1, 3)
    hands = rng.sample(parties, rng.randint(threshold, 3))
    rings = tuple(keyring(p, rng.choice([1, 2])) for p in rng.sample(parties, 3))
    keys = [key_of(p) for p in hands]
    how = rng.randrange(7) if damaged else None
    payload = encode(value)
    if how == 0:
        payload = spelled(rng, value)
    if how == 1:
        keys = [key_of(hands[0]), key_of(f"{hands[0]} again"), node_of("south").witness]
        rings = tuple(keyring(p, 2) for p in parties)
        threshold = 2
    text = signed_document("terms", payload, keys)
    raw = text.encode()
    if how == 2:
        raw = encode(edited(rng, json.loads(text)))
    elif how == 3:
        signatures = json.loads(text)["signatures"]
        raw = encode(json.loads(text) | {"signatures": [signatures[0]] * 3})
        threshold = 2
    elif how == 4:
        raw = spelled(rng, json.loads(text))
    elif how == 5:
        raw = bytes_changed(rng, raw)
    elif how == 6:
        other = key_of("nobody")
        signature = other.sign(pae("application/vnd.repatria.terms+json", payload))
        value = json.loads(text)
        value["signatures"] = [{"keyid": key_id(keys[0].verify_key), "sig": b64(signature)}]
        raw = encode(value)
    return Case(
        what="document", name="", raw=raw, keyrings=rings, threshold=threshold, damaged=damaged
    )


def keyring_case(rng, damaged):
    roots = roots_of("north")
    new_roots = roots[1:] + roots_of("north later", 1) if rng.random() < 0.4 else roots
    first = [node_of("north").public("node-1")]
    ended = [
        node_of("north").public("node-1", to_size=7),
        node_of("north again").public("node-2", from_size=7),
    ]
    chain = [
        (keyring_json("north", 1, first, roots), roots[: rng.randint(2, 3)]),
        (keyring_json("north", 2, ended, new_roots), [*roots[1:], *new_roots]),
    ][: rng.randint(1, 2)]
    at = rng.randrange(len(chain))
    how = rng.randrange(9) if damaged else None
    value, keys = chain[at]
    if how == 8:
        node, where = rng.choice(value["nodes"]), rng.choice(["name", "key", "witness"])
        node[where] = rng.choice(
            [*value["roots"], *WEAK, "Node", "node_1", "-", "a" * 64, "node-9"]
        )
    if how in (0, 1):
        value = edited(rng, value)
    elif how == 2:
        keys = rng.choice([keys[:1], keys[:1] * 2, roots_of("south"), [key_of("north")]])
    elif how == 3:
        value["version"] += rng.choice([-1, 1, 2])
    elif how == 4:
        node = rng.choice(value["nodes"])
        node["recipient"] = wrong_recipient(rng, node["recipient"])
    payload = spelled(rng, value) if how == 5 else encode(value)
    texts = [signed_document("keyring", v, k).encode() for v, k in chain]
    texts[at] = signed_document("keyring", payload, keys).encode()
    if how == 6:
        texts[at] = bytes_changed(rng, texts[at])
    elif how == 7:
        texts = rng.choice([texts[::-1], texts + texts[:1], texts[-1:]])
    return Case(what="keyring", name="", raw=texts[0], more=tuple(texts[1:]), damaged=damaged)


def wrong_recipient(rng, text):
    at = rng.randrange(len(text))
    letter = rng.choice("qpzry9x8gf2tvdw0s3jn54khce6mua7lbB1 ")
    return rng.choice(
        [text.upper(), text[:at] + letter + text[at + 1 :], text[:at] + text[at + 1 :], text + "q"]
    )


def fork_case(rng, damaged):
    small = rng.randint(1, 9)
    large = rng.randint(small, 14)
    ring = keyring("north", 1)
    one = list(some_log(rng, "north", large))
    two = list(some_log(rng, "north", large))
    same = rng.randrange(small)
    entries = [e.commitment for e in one[:same] + two[same:]]
    how = rng.randrange(8) if damaged else None
    if how == 0:
        one = [*one[:same], *two[same:]]  # no contradiction
    key = key_of(rng.choice(["south", "north again"])) if how == 1 else key_of("north")
    origin = rng.choice(["repatria/south", "north"]) if how == 2 else ""
    shorter = note_for(one, small, "north", key_of("north"), origin)
    root = root_of(entries)
    head = Checkpoint(origin=origin or origin_of("north"), size=large, root=root)
    longer = sign_checkpoint(head, key)
    proof = consistency_proof(entries, small) if small < large else ()
    if how == 3:
        proof = rng.choice([proof[:-1], (*proof, rng.randbytes(32)), tuple(reversed(proof)), ()])
    if how == 4:
        shorter, longer = longer, shorter
    within = rng.randbytes(32) if how == 5 else root_of(entries[:small])
    raw = Evidence(shorter=shorter, longer=longer, root_within=within, proof=tuple(proof)).raw
    if how in (6, 7):
        raw = bytes_changed(rng, raw)
    return Case(what="fork", name="", raw=raw, keyrings=(ring,), damaged=damaged)


MAKERS = (
    ledger_case, package_case, keyring_case, document_case, ledger_case, package_case, fork_case,
    receipt_case, old_package_case, keyring_case,
)  # fmt: skip


def case(number):
    """The case of a number: each maker in its turn, every second case damaged."""
    maker = MAKERS[number // 2 % len(MAKERS)]
    rng = Random(f"second implementation {number}")  # noqa: S311 -- the same in every run
    return maker(rng, number % 2 == 1)
