"""Do the pages about formats describe the bytes that are written?"""

import dataclasses
import json
import re
import zlib
from pathlib import Path

import pytest

from repatria.ledger.signing import SIGNATURE_BYTES
from repatria.planning import PriorityKind, Terms
from repatria.planning.documents import _KINDS, terms_from_json

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ROOT / "docs" / "formats"
GOLDEN = ROOT / "tests" / "golden" / "ledger"


def page(name):
    return (FORMATS / f"{name}.md").read_text("utf-8")


def first_column(text):
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([\w-]+)`", cell)}


def section(text, heading):
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_the_page_about_packages_names_every_key():
    raw = (GOLDEN / "package-1.repatria").read_bytes()
    packed = raw[raw.index(b"\n") + 1 + SIGNATURE_BYTES :]

    content = json.loads(zlib.decompress(packed))

    assert content["from"] == "north"
    assert first_column(page("package-1")) == content.keys()


def test_the_page_about_sealed_packages_names_every_key():
    raw = (GOLDEN / "package-2.opened").read_bytes()
    start = raw.index(b"\n") + 1 + 32 + SIGNATURE_BYTES

    content = json.loads(zlib.decompressobj().decompress(raw[start:]).partition(b"\n")[0])

    optional = {"base", "attachments", "keyrings", "until", "returned"}
    assert first_column(page("package")) == content.keys() | optional
    assert {"attachments", "keyrings"} <= content.keys()


def test_the_page_about_exports_names_every_key_of_the_first_line():
    header = json.loads((GOLDEN / "north.ledger").read_bytes().partition(b"\n")[0])

    assert first_column(section(page("ledger-export"), "First line")) == header.keys()


def test_the_page_about_key_files_names_every_key():
    written = json.loads((GOLDEN / "node.key").read_bytes())

    assert first_column(page("key-file")) == written.keys()


def test_the_page_about_checkpoints_shows_a_golden_one():
    assert f"```text\n{(GOLDEN / 'checkpoint.txt').read_text('utf-8')}```" in page("checkpoint")


def test_the_page_about_statements_names_every_key():
    written = {
        key
        for line in (GOLDEN / "statements.txt").read_text("utf-8").splitlines()
        for key in json.loads(line)
    }
    told = first_column(section(page("statement"), "Keys"))

    assert written & told >= {"v", "kind", "about", "by", "actor", "recorded_at", "audience"}
    assert {"occurred_at", "as_of", "supersedes", "ground", "content"} <= told


def test_the_page_about_terms_names_every_key_and_priority():
    keys = {each.name for each in dataclasses.fields(Terms)} - {"extra"}

    assert first_column(page("terms").partition("\n## ")[0]) == keys
    assert first_column(section(page("terms"), "Priorities")) == set(PriorityKind)


def test_the_page_about_terms_names_every_kind_of_rule():
    assert first_column(section(page("terms"), "Rules")) == _KINDS.keys()


@pytest.mark.parametrize("kind", sorted(first_column(section(page("terms"), "Rules"))))
def test_a_rule_is_understood_with_the_keys_the_page_names(kind):
    row = re.search(rf"^\| `{kind}` \|.*\| ([^|]*) \|$", page("terms"), re.MULTILINE)[1]
    values = {
        "from_party": "north", "first": "north", "second": "south", "category": "soldier",
        "categories": ["soldier"], "first_categories": ["soldier"], "reason": "agreed",
        "second_categories": ["soldier"], "ids": ["person:a", "person:b"], "since": "2030-01-01",
        "until": "2030-02-01", "minimum": 1, "maximum": 2, "first_count": 1, "second_count": 2,
        "tolerance": 0, "by": "region", "value": "hills", "limit": "at-most", "percent": 20,
        "worth": [["soldier", 1]], "what": "medicine", "due": "2030-02-01",
        "site": "bridge", "per_day": 50, "on": None, "most": 3, "first_day": "2030-03-01",
        "last_day": "2030-03-03",
    }  # fmt: skip
    named = re.findall(r"`(\w+)`", row)
    rule = {key: values[key] for key in named}

    read = terms_from_json(
        {
            "id": "t",
            "version": 1,
            "as_of": "2030-01-01",
            "rules": [{"id": "r", "kind": kind, "proposer": "north", "source": "here", **rule}],
            "priorities": [],
            "nonce": "n",
        }
    )

    assert read.rules[0].kind == kind
    assert {each.name for each in dataclasses.fields(read.rules[0])} - {
        "id", "proposer", "source", "extra",
    } == set(named)  # fmt: skip


def test_the_vector_of_the_page_about_escrow_is_what_is_computed():
    """Computed with hashes alone, from the words of the page, and by the program."""
    from hashlib import sha256

    from repatria.ledger.escrow import Opening, Slot, open_slots, turn_order

    def words(label):
        block = page("escrow").partition("commitment 0 ")[2]
        said = f"commitment 0 {block}".partition(f"{label} ")[2].partition("```")[0]
        return [w for w in re.split(r"\s+", said) if w]

    entries = {
        int(number): text.encode()
        for number, text in re.findall(r"^(\d+) +(\{.*\})$", page("escrow"), re.MULTILINE)
    }
    round_id = b"round:north-7k2m9x4q8r3t5v6w"

    def committed(party, slot):
        entry = entries.get(slot, b"")
        return sha256(
            b"repatria/list-entry/v1\n"
            + len(round_id).to_bytes(2, "big")
            + round_id
            + sha256(b"repatria/party/v1\n" + party).digest()
            + slot.to_bytes(4, "big")
            + sha256(f"salt {slot}".encode()).digest()[:16]
            + len(entry).to_bytes(4, "big")
            + entry
        ).digest()

    def root(party):
        level = [sha256(b"\0" + committed(party, slot)).digest() for slot in range(64)]
        while len(level) > 1:
            level = [
                sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=True)
            ]
        return level[0]

    assert set(entries) == {5, 40}
    assert [words(f"commitment {n}")[0] for n in (0, 5, 40)] == [
        committed(b"north", n).hex() for n in (0, 5, 40)
    ]
    assert words("root  ")[0] == root(b"north").hex()
    assert words("root of south")[0] == root(b"south").hex()

    slots = tuple(
        Slot(sha256(f"salt {n}".encode()).digest()[:16], entries.get(n, b"")) for n in range(64)
    )
    north = Opening(round_id=round_id.decode(), party="north", slots=slots)
    south = Opening(round_id=round_id.decode(), party="south", slots=slots)
    assert north.commitment.root == root(b"north")
    assert words("path of 5")[:6] == [h.hex() for h in open_slots(north, [5])[0].proof]
    seed = b"repatria/list-turn/v1\n" + root(b"north") + root(b"south")
    by_hand = sorted(range(64), key=lambda n: sha256(seed + n.to_bytes(4, "big")).digest())
    assert tuple(by_hand) == turn_order(north.commitment, south.commitment)
    assert words("turns of north")[:8] == [str(n) for n in by_hand[:8]]
