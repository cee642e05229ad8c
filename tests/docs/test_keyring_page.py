"""Do the pages about keyrings, documents and ceremonies describe what is written and typed?"""

import json
import re
from pathlib import Path

import pytest

from repatria.cli.main import app
from repatria.ledger.document import payload_in
from repatria.ledger.fingerprint import words_of
from repatria.ledger.keyring import read_keyring

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = (ROOT / "tests" / "golden" / "ledger" / "keyring-1.json").read_text("utf-8").strip()


def page(name):
    return (ROOT / "docs" / f"{name}.md").read_text("utf-8")


def keys_told(text):
    return set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


@pytest.fixture(scope="module")
def ring():
    """The keyring of the example."""
    return read_keyring(GOLDEN)


def test_the_example_is_the_golden_keyring(ring):
    told = re.search(r"```json\n(.*?)```", page("formats/keyring"), re.DOTALL)[1]

    assert json.loads(told) == payload_in(ring.envelope, place="example")
    assert ring.envelope.digest in page("formats/keyring")
    assert f"Fingerprint: `{ring.fingerprint}`" in page("formats/keyring")
    assert f"`{' '.join(words_of(ring.digest))}`" in page("formats/keyring")


def test_a_keyring_written_once_stays_readable(ring):
    assert (ring.party, ring.version, ring.threshold, len(ring.roots)) == ("north", 2, 2, 3)
    assert [(n.from_size, n.to_size) for n in ring.nodes] == [(0, 1200), (1000, None)]
    assert ring.envelope.text == GOLDEN


def test_the_page_about_keyrings_names_every_key():
    payload = json.loads(read_keyring(GOLDEN).envelope.payload)
    written = {*payload, *(key for node in payload["nodes"] for key in node)}

    assert keys_told(page("formats/keyring")) == written


def test_the_page_about_documents_names_every_key():
    told = page("formats/document").partition("\n## ")[0]

    assert keys_told(told) == json.loads(GOLDEN).keys()


def test_every_command_of_the_ceremonies_exists_with_its_options():
    typed = re.findall(r"repatria ((?:[^\n]|(?<=\\)\n)+)", page("keys"))
    lines = [" ".join(line.replace("\\\n", " ").split()) for line in typed]
    called = [
        line for line in lines if re.match(r"(keyring|root|peers) [a-z]+ --?\w|.* --home", line)
    ]

    assert len(called) >= 10
    for line in called:
        words = [word for word in line.split() if not word.startswith("-")]
        group = words[0] in ("keyring", "root", "peers")
        command = app[words[0]][words[1]] if group else app[words[0]]
        known = {
            name for argument in command.assemble_argument_collection() for name in argument.names
        }
        assert set(re.findall(r"--[a-z-]+", line)) <= known, line
