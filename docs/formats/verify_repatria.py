"""Is this as it was signed? A check of Repatria's files that does not need Repatria.

    python verify_repatria.py ledger FILE [--keyring K]            an export of a whole log
    python verify_repatria.py package FILE --keyring K             a package that was opened
    python verify_repatria.py receipt FILE --keyring K --witness-keyring W
    python verify_repatria.py document FILE --keyring A --keyring B --threshold N
    python verify_repatria.py keyring FILE [FILE...]               each version after the other
    python verify_repatria.py fork FILE --keyring K                one party, two stories

`--key BASE64` stands for a keyring where there is none. Needs Python 3.11 and `cryptography`.
Exit code 0: it holds. 1: it does not; each line says where and why. 2: it could not be asked.
"""

import argparse
import base64
import json
import re
import sys
import zlib
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NOTE = re.compile("([!-~]+)\n(0|[1-9][0-9]{0,15})\n([^ \n]+)\n\n— ([!-~]+) ([^ \n]+)\n")
PACKAGE = re.compile(rb"repatria-package/([12]) ([!-~]{1,64})(?: ([A-Za-z0-9+/]{43}=))?\n")
LINE = re.compile("— ([!-~]+) ([^ \n]+)\n")
DAY = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
MIB = 1024 * 1024


class Fault(Exception):
    """Something is not as it was signed: the place, and a code of docs/objections.md."""


OTHER_FORM = (LookupError, TypeError, ValueError, AttributeError, RecursionError, OverflowError)


@contextmanager
def reading(place, code, wrong=OTHER_FORM):
    """Whatever has another form than is expected inside is this fault."""
    try:
        yield
    except wrong:
        raise Fault(place, code) from None


def need(condition, place, code):
    if not condition:
        raise Fault(place, code)


def sure(condition):
    if not condition:
        raise ValueError


# --- Values have one spelling each; any other is refused (statement.md) ---


def in_domain(value, depth=0):
    if isinstance(value, dict):
        sure(all(key.isascii() for key in value))
    if isinstance(value, dict | list):
        sure(depth < 16 or not value)
        for item in value.values() if isinstance(value, dict) else value:
            in_domain(item, depth + 1)
    sure(not isinstance(value, float) and (not isinstance(value, int) or abs(value) < 2**53))


def read_json(raw, place):
    with reading(place, "not-canonical"):
        value = json.loads(raw.decode())
        in_domain(value)
        again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        sure(again.encode() == raw)
    return value


def unb64(text, size=None):
    raw = base64.b64decode(text, validate=True)
    sure(base64.b64encode(raw).decode() == text and size in {None, len(raw)})
    return raw


def typed(value, kind, least=0):
    """The value, if it is of that type and not smaller (a number) or shorter than that."""
    sure(type(value) is kind and (value if kind is int else len(value)) >= least)
    return value


def texts(value, least=0, each=0):
    return [typed(item, str, each) for item in typed(value, list, least)]


def instant(text):
    at = datetime.fromisoformat(text)
    sure(at.tzinfo and at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z" == text)


def last_day(text):
    """The last day that a partial date can mean, as texts that sort as days do."""
    first, slash, rest = text.partition("/")
    year, month, day, about = DAY.fullmatch(first).groups()
    date(int(year), int(month or 1), int(day or 1))
    if not slash:
        return year, month or "12", day or "31"
    latest = last_day(rest)
    sure(not about and latest >= (year, month or "01", day or "01"))
    return latest


def check_statement(body, author, place):
    said = read_json(body, place)
    with reading(place, "statement-malformed"):
        sure(typed(said["v"], int) == 1)
        for key in ("kind", "by", "actor"):
            typed(said[key], str)
        texts(said["about"], 1)
        sure(texts(said["audience"], 1) == sorted(set(said["audience"])))
        texts(said.get("supersedes", [""]), 1)
        ground = typed(said["ground"], dict)
        sure({"basis"} <= ground.keys() <= {"basis", "source", "note"})
        for key in ground:
            typed(ground[key], str, key != "basis")
        typed(said["content"], dict)
        for key in ("recorded_at", *({"occurred_at"} & said.keys())):
            instant(said[key])
        last_day(said.get("as_of", "2000"))
    need(said["by"] == author, place, "body-by-another-party")


def check_bodies(rows, author, have, entries, place):
    last = have - 1
    for seq, salt, text in typed(rows, list):
        ordered = type(seq) is int and last < seq < have + len(entries)
        need(ordered, f"{place} bodies", "body-out-of-place")
        last, where, body = seq, f"{author}/{seq} body", typed(text, str).encode()
        committed = sha256(b"repatria/statement/v1\n" + unb64(salt) + body).digest()
        fits = len(unb64(salt)) == 16 and committed == entries[seq - have]
        need(fits, where, "body-not-as-committed")
        check_statement(body, author, where)


# --- Trees of RFC 9162 section 2.1, signed heads and receipts (checkpoint.md, receipt.md) ---


class Tree:
    def __init__(self, entries=()):
        self.size, self.peaks = 0, []
        for entry in entries:
            self.add(entry)

    def add(self, entry):
        node, size = sha256(b"\0" + entry).digest(), self.size
        while size & 1:
            node, size = sha256(b"\1" + self.peaks.pop() + node).digest(), size >> 1
        self.peaks.append(node)
        self.size += 1

    def root(self):
        root = self.peaks[-1] if self.peaks else sha256(b"").digest()
        for peak in self.peaks[-2::-1]:
            root = sha256(b"\1" + peak + root).digest()
        return root


def consistent(old_size, old_root, size, root, proof):
    """Section 2.1.4.2, for 0 < old_size <= size."""
    if old_size == size:
        return not proof and old_root == root
    path = [*([old_root] if old_size & (old_size - 1) == 0 else []), *proof]
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0] if path else b""
    for node in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = (sha256(b"\1" + node + each).digest() for each in (old, new))
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = sha256(b"\1" + new + node).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == old_root and new == root


def signed(key, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def named_by(name, kind, key):
    return sha256(name.encode() + b"\n" + kind + key).digest()[:4]


def read_note(note, place):
    with reading(place, "checkpoint-malformed"):
        origin, size, root, name, line = NOTE.fullmatch(note).groups()
        root, line = unb64(root, 32), unb64(line, 68)
    need(name == origin, place, "checkpoint-wrong-key")
    return origin, int(size), root, line


def open_note(note, keys, place):
    """Origin, size and root of a head that one of the keys for its size signed."""
    origin, size, root, line = read_note(note, place)
    named = [key for key in keys.at(size) if line[:4] == named_by(origin, b"\1", key)]
    need(named, place, "checkpoint-wrong-key")
    text = note.partition("\n\n")[0] + "\n"
    genuine = any(signed(key, text.encode(), line[4:]) for key in named)
    need(genuine, place, "checkpoint-bad-signature")
    return origin, size, root


def check_receipt(raw, log, witness):
    """A note with one more line: the cosignature of another party's witness key."""
    with reading("receipt", "cosignature-malformed"):
        head, _, line = raw.decode().removesuffix("\n").rpartition("\n")
        name, line = LINE.fullmatch(line + raw[-1:].decode()).groups()
        line, told = unb64(line, 76), head.partition("\n\n")[0]
        seconds = int.from_bytes(line[4:12])
        sure(seconds <= 253402214400)  # the beginning of 9999-12-31
    origin, size, _ = open_note(head + "\n", log, "receipt")
    need(origin == f"repatria/{log.party}", "receipt", "checkpoint-other-log")
    message = f"cosignature/v1\ntime {seconds}\n{told}\n".encode()
    keys = [node["witness"] for node in witness.nodes]
    named = [key for key in keys if line[:4] == named_by(name, b"\4", key)]
    given = any(signed(key, message, line[12:]) for key in named)
    apart = name == f"repatria/{witness.party}" and witness.party != log.party
    need(given and apart, "receipt", "cosignature-bad-signature")
    return f"{witness.party} has seen {size} entries of {log.party}"


# --- Documents in DSSE envelopes, and keyrings (document.md, keyring.md) ---


class Document:
    def __init__(self, raw, place, kind="[a-z-]+"):
        value = read_json(raw, place)
        with reading(place, "envelope-malformed"):
            self.payload, self.kind = unb64(value["payload"]), typed(value["payloadType"], str)
            sure(value.keys() == {"payload", "payloadType", "signatures"})
            sure(re.fullmatch(rf"application/vnd\.repatria\.{kind}\+json", self.kind))
            self.signatures = [
                (typed(s["keyid"], str), unb64(s["sig"], 64)) for s in value["signatures"]
            ]
            sure(all(len(s) == 2 for s in value["signatures"]) and len(self.signatures) <= 64)
            sure(type(value["signatures"]) is list and len(raw) <= 16 * MIB)

    def signers(self, keys):
        kind = self.kind.encode()
        message = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(self.payload), self.payload)
        named = {sha256(b"repatria/key/v1\n" + key).hexdigest()[:16]: key for key in keys}
        return {named[k] for k, s in self.signatures if k in named and signed(named[k], message, s)}


def check_age_key(text):
    """An age public key is BIP-173 with the prefix `age`: 32 bytes and a checksum."""
    digits = ["qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(letter) for letter in text[4:]]
    check = 1
    for digit in (3, 3, 3, 0, 1, 7, 5, *digits):
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ digit
        for n, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= part if top >> n & 1 else 0
    sure(text.startswith("age1") and len(digits) == 58 and check == 1 and not digits[51] & 15)


def is_weak(key):
    """Whether it is a point of small order, for which anybody can make signatures."""
    prime, y = 2**255 - 19, int.from_bytes(key, "little") % 2**255
    eighth = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
    return y % prime in {0, 1, prime - 1, eighth, prime - eighth}


class Keyring(Document):
    def __init__(self, raw, place="keyring"):
        with reading(place, "keyring-malformed", (*OTHER_FORM, Fault)):
            super().__init__(raw, place, "keyring")
            value = read_json(self.payload, place)
            sure(value.keys() == {"v", "party", "version", "threshold", "roots", "nodes"})
            self.party, self.version = typed(value["party"], str), typed(value["version"], int, 1)
            self.threshold = typed(value["threshold"], int, 1)
            self.roots = [unb64(root, 32) for root in texts(value["roots"], self.threshold)]
            self.nodes = typed(value["nodes"], list, 1)
            sure(typed(value["v"], int) == 1 and value["roots"] == sorted(set(value["roots"])))
            sure(len(self.roots) <= 16 and len(self.nodes) <= 256)
            for node in self.nodes:
                node.setdefault("to_size", 2**53)
                sure(node.keys() == {"name", "key", "witness", "recipient", "from_size", "to_size"})
                typed(node["to_size"], int, typed(node["from_size"], int, 0))
                check_age_key(node["recipient"])
                node |= {each: unb64(node[each], 32) for each in ("key", "witness")}
            for each in ("recipient", "name"):
                sure(len({typed(node[each], str, 1) for node in self.nodes}) == len(self.nodes))
            keys = [node[each] for node in self.nodes for each in ("key", "witness")] + self.roots
            sure(len(set(keys)) == len(keys) and not any(is_weak(key) for key in keys))
            for name in (self.party, *(node["name"] for node in self.nodes)):
                sure(re.fullmatch("[a-z0-9][a-z0-9-]{0,62}", name))
            sure(self.party != "public")
        need(len(self.signers(self.roots)) >= self.threshold, place, "keyring-not-signed")

    def at(self, size):
        size = max(size, 1)
        return [node["key"] for node in self.nodes if node["from_size"] < size <= node["to_size"]]

    def followed_by(self, coming, place="keyring"):
        """The coming version, when a threshold of our roots signed it and it keeps our history."""
        need(coming.party == self.party, place, "keyring-other-party")
        if coming.version == self.version and coming.payload == self.payload:
            return self
        need(coming.version > self.version, place, "keyring-rolled-back")
        need(coming.version == self.version + 1, place, "keyring-version-skipped")
        need(len(coming.signers(self.roots)) >= self.threshold, place, "keyring-not-signed")
        for old, new in zip(self.nodes, [*coming.nodes, *[{}] * 256], strict=False):
            ended = old | {"to_size": new.get("to_size")} if old["to_size"] == 2**53 else old
            need(ended == new, place, "keyring-rewrites-history")
        return coming

    def after(self, raws):
        known = self
        for raw in raws:
            coming = Keyring(raw.encode())
            need(coming.party == self.party, "keyring", "keyring-other-party")
            known = known if coming.version < known.version else known.followed_by(coming)
        return known

    def fingerprint(self):
        roots = "".join(base64.b64encode(root).decode() + "\n" for root in self.roots)
        told = f"repatria/roots/v1\n{self.party}\n{self.threshold}\n{roots}"
        return re.sub("(.{4})(?=.)", r"\1 ", sha256(told.encode()).hexdigest()[:32])


class Bare:
    """One public key where a keyring is asked for: it may sign at every size."""

    def __init__(self, text):
        self.party, self.key = None, unb64(text, 32)

    def at(self, _size):
        return [self.key]

    def after(self, _keyrings):
        return self


def check_document(raw, keyrings, threshold, kind="[a-z-]+"):
    document = Document(raw, "document", kind)
    read_json(document.payload, "document")
    by = {k.party for k in keyrings if document.signers([node["key"] for node in k.nodes])}
    need(len(by) >= threshold, "document", "document-not-signed")
    return f"{document.kind}, signed by {', '.join(sorted(by))}"


# --- Packages, evidence of a fork, exports of a log (package.md, fork.md, ledger-export.md) ---


def check_package(raw, known):
    match = PACKAGE.match(raw)
    need(not raw.startswith(b"age-encryption.org/v1\n"), "package", "not-sealed-for-us")
    need(len(raw) <= 256 * MIB, "package", "package-too-large")
    with reading("package", "not-a-package"):
        first, sender, end = match[1] == b"1", match[2].decode(), match.end()
        sure(first == (match[3] is not None))
        key = unb64(match[3].decode(), 32) if first else raw[end : end + 32]
        start = end if first else end + 32
        sure(len(key) == 32)
    packed, tag = raw[start + 64 :], b"\0repatria/package/v" + match[1] + b"\0"
    genuine = signed(key, tag + raw[:start] + packed, raw[start : start + 64])
    need(genuine, "package signature", "package-bad-signature")
    limit = 1024 * MIB if first else min(256 * MIB, 64 * len(packed) + MIB // 16)
    engine = zlib.decompressobj()
    try:
        content = engine.decompress(packed, limit)
    except zlib.error:
        raise Fault("package", "package-not-readable") from None
    need(not engine.unconsumed_tail, "package", "package-too-large")
    left = engine.unused_data if first else engine.unused_data.strip(b"\0")
    need(engine.eof and not left, "package", "package-not-readable")
    text, _, files = (content, b"", b"") if first else content.partition(b"\n")
    told = read_json(text, "package content")
    with reading("package content", "package-malformed"):
        sure(told["from"] == sender and typed(told["v"], int) == int(match[1]))
        entries, have = entries_in(told["commitments"]), typed(told["have"], int, 0)
        size, base = have + len(entries), None
        if first:
            typed(told["to"], str)
            note = typed(told["checkpoint"], str)
            for seen, root in typed(told["seen"], dict).values():
                typed(seen, int, 0), bytes.fromhex(root)
        else:
            sure(texts(told["to"], 1, 1) == sorted(set(told["to"])))
            note = packed_note(told["head"], f"repatria/{sender}", size)
            base = packed_note(told.get("base", ""), f"repatria/{sender}", have)
        root = Tree().root()
        if note:
            bare = Bare(base64.b64encode(key).decode())
            origin, at, root = open_note(note, bare, "package checkpoint")
            need(origin == f"repatria/{sender}", "package checkpoint", "checkpoint-other-log")
        need((at if note else 0) == size, "package checkpoint", "checkpoint-size-differs")
        check_bodies(told["bodies"], sender, have, entries, "package")
        if not first:
            check_rest(told, files)
    keyring = known.after([] if first else told.get("keyrings", []))
    ours = known.party in {None, sender} and key in keyring.at(size)
    need(ours, "package signature", "package-bad-signature")
    if base and known.party:
        open_note(base, keyring, "package base")
    need(have or Tree(entries).root() == root, "package checkpoint", "root-differs")
    return f"from {sender}, entries {have} to {size}, {len(told['bodies'])} bodies"


def entries_in(text):
    joined = unb64(typed(text, str))
    sure(len(joined) % 32 == 0 and len(joined) <= 5_000_000 * 32)
    return [joined[i : i + 32] for i in range(0, len(joined), 32)]


def packed_note(text, origin, size):
    raw = unb64(text, 100 if text else 0)
    root, line = (base64.b64encode(part).decode() for part in (raw[:32], raw[32:]))
    return raw and f"{origin}\n{size}\n{root}\n\n— {origin} {line}\n"


def check_rest(told, files):
    """What a package of format 2 may hold besides."""
    start, digests = 0, set()
    for digest, size in typed(told.get("attachments", []), list):
        file, start = files[start : start + typed(size, int, 0)], start + size
        sure(digest not in digests and sha256(file).hexdigest() == digest)
        digests.add(digest)
    sure(start == len(files))
    texts(told.get("keyrings", []), 0, 1)
    instant(told.get("until", "2000-01-01T00:00:00Z"))
    if "returned" in told:
        back, (owner,) = told["returned"], told["to"]
        have, entries = typed(back["have"], int, 0), entries_in(back["commitments"])
        origin, size, _, _ = read_note(typed(back["note"], str, 1), "package returned")
        fits = origin == f"repatria/{owner}" and size == have + len(entries)
        need(fits, "package returned", "checkpoint-size-differs")
        check_bodies(back["bodies"], owner, have, entries, "package returned")


def check_fork(raw, keys):
    with reading("fork", "evidence-not-valid", (*OTHER_FORM, Fault)):
        line, _, rest = raw.partition(b"\n")
        sure(line.startswith(b"repatria-fork/1 ") and len(raw) <= 4096 and len(rest) >= 248)
        origin, heads = line[16:].decode("ascii"), []
        sure(keys.party is None or origin == f"repatria/{keys.party}")
        for part in (rest[:108], rest[108:216]):
            head = base64.b64encode(part[8:]).decode()
            note = packed_note(head, origin, int.from_bytes(part[:8]))
            heads.append(open_note(note, keys, "fork"))
        (_, small, root), (_, large, other), within = *heads, rest[216:248]
        proof = [rest[i : i + 32] for i in range(248, len(rest), 32)]
        sure(all(len(node) == 32 for node in proof) and 0 < small <= large and within != root)
        sure(consistent(small, within, large, other, proof))
    return f"{origin} signed two logs that differ within their first {small} entries"


def check_ledger(lines, known, say):
    """Goes through an export line by line; says each fault that does not end the reading."""

    def line_in(raw, place):
        need(raw.endswith(b"\n") and len(raw) <= 64 * MIB, place, "export-malformed")
        return read_json(raw[:-1], place)

    head = line_in(next(lines, b""), "header")
    with reading("header", "export-malformed"):
        sure(head.keys() == {"format", "origin", "size", "note", "keyrings"})
        sure(head["format"] == "repatria-ledger/1" and texts(head["keyrings"], 1))
        sure([type(head[key]) for key in ("size", "note")] == [int, str])
    keyring = Keyring(head["keyrings"][0].encode())
    for raw in head["keyrings"][1:]:
        keyring = keyring.followed_by(Keyring(raw.encode()))
    keyring = known.after(head["keyrings"]) if known else keyring
    need(head["origin"] == f"repatria/{keyring.party}", "header", "keyring-other-party")
    tree, newest, covered, missing = Tree(), "", 0, 0
    for number, raw in enumerate(lines, 2):
        line, place = line_in(raw, f"line {number}"), f"line {number}"
        with reading(place, "export-malformed"):
            if line.keys() == {"note"}:
                sure(covered != tree.size)
                newest, covered = typed(line["note"], str), tree.size
            else:
                entry, where = unb64(line["commitment"], 32), f"{keyring.party}/{tree.size}"
                tree.add(entry)
                given = line.keys() == {"commitment", "salt", "body"}
                bodies = [[tree.size - 1, line["salt"], line["body"]]] if given else []
                sure(not given or (unb64(line["salt"]), typed(line["body"], str)))
                stated = line.get("missing") in {"withheld", "erased"} and len(line) == 2
                sure(given or stated or len(line) == 1)
                missing += not given
        try:
            if line.keys() == {"note"}:
                place = f"{keyring.party} checkpoint {tree.size}"
                told = open_note(newest, keyring, place)
                need(told[0] == head["origin"], place, "checkpoint-other-log")
                need(told[1:] == (tree.size, tree.root()), place, "root-differs")
            else:
                need(given or stated, f"{where} body", "body-missing")
                check_bodies(bodies, keyring.party, tree.size - 1, [entry], place)
        except Fault as fault:
            say(fault)
    if covered != tree.size:
        say(Fault(f"{keyring.party} checkpoint", "tail-not-signed"))
    if (head["size"], head["note"]) != (tree.size, newest):
        say(Fault("header", "export-not-whole"))
    root = f"root {base64.b64encode(tree.root()).decode()}, root keys {keyring.fingerprint()}"
    return f"{head['origin']}, {tree.size} entries, {missing} without a body, {root}"


def answer(asked, say):
    """One line about what holds; whatever does not is said or raised."""
    raw = Path(asked.file[0]).read_bytes() if asked.what != "ledger" else b""
    known = [Keyring(Path(path).read_bytes(), path) for path in asked.keyring]
    known += [Bare(asked.key)] if asked.key and asked.what in {"package", "fork"} else []
    match asked.what:
        case "ledger":
            with Path(asked.file[0]).open("rb") as file:
                lines = iter(lambda: file.readline(64 * MIB + 1), b"")
                return check_ledger(lines, known[0] if known else None, say)
        case "package":
            return check_package(raw, known[0])
        case "receipt":
            witness = Keyring(Path(asked.witness_keyring).read_bytes(), asked.witness_keyring)
            return check_receipt(raw, known[0], witness)
        case "document":
            return check_document(raw, known, asked.threshold or len(known))
        case "fork":
            return check_fork(raw, known[0])
    keyring = Keyring(raw, asked.file[0])
    for path in asked.file[1:]:
        keyring = keyring.followed_by(Keyring(Path(path).read_bytes(), path), path)
    return f"{keyring.party}, version {keyring.version}, root keys {keyring.fingerprint()}"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    kinds = ("ledger", "package", "receipt", "document", "keyring", "fork")
    parser.add_argument("what", choices=kinds)
    parser.add_argument("file", nargs="+")
    for option in ("--keyring", "--key", "--witness-keyring", "--threshold"):
        several = {"action": "append", "default": []} if option == "--keyring" else {}
        parser.add_argument(option, **several, **({"type": int} if option == "--threshold" else {}))
    asked, faults = parser.parse_args(arguments), []
    try:
        holds = answer(asked, faults.append)
    except Fault as fault:
        faults.append(fault)
    except (OSError, IndexError, TypeError, ValueError):
        sys.stderr.write("a file cannot be read, or a keyring that is needed was not given\n")
        return 2
    for place, code in (fault.args for fault in faults):
        print(f"DOES NOT HOLD: {place}: {code}")
    if not faults:
        print(f"holds: {holds}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
