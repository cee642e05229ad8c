"""`repatria document`: list, show, export, and check with keyrings alone."""

import json

import pytest

from repatria.ledger.document import envelope_of
from signed import DOCUMENTS, signed_text
from statements import key_of, keyring_of_party


@pytest.fixture
def rings(tmp_path):
    """The options that name the keyrings of both parties."""
    options = []
    for party in ("north", "south"):
        path = tmp_path / f"{party}.keyring"
        path.write_text(keyring_of_party(party).envelope.text, "utf-8")
        options += ["--keyring", path]
    return options


@pytest.fixture
def file(tmp_path):
    """A function that writes a document signed by these parties to a file."""

    def write(document, *parties):
        path = tmp_path / "document.dsse.json"
        path.write_text(signed_text(document, *parties), "utf-8")
        return path

    return write


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_a_document_signed_by_all_it_names_checks(kind, repatria, rings, file):
    document = DOCUMENTS[kind]
    ended = repatria("document", "check", file(document, *document.parties), *rings)
    assert ended.code == 0
    assert "as signed" in ended.out
    assert "Digest, to be compared aloud" in ended.out


def test_too_few_signatures_end_with_one(repatria, rings, file):
    path = file(DOCUMENTS["plan"], "north")
    ended = repatria("document", "check", path, *rings)
    assert ended.code == 1
    assert "Not signed by: south" in ended.out
    assert "NOT SIGNED BY ENOUGH" in ended.out
    assert repatria("document", "check", path, *rings, "--threshold", 1).code == 0
    assert repatria("document", "check", path, *rings, "--threshold", 2).code == 1


def test_a_signature_under_no_known_key_is_said(repatria, rings, file):
    ended = repatria("document", "check", file(DOCUMENTS["plan"], "north", "mallory"), *rings)
    assert ended.code == 1
    assert "under no key of these keyrings: 1" in ended.out


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"payloadType":"x"}'])
def test_what_is_no_document_is_not_as_signed(text, repatria, rings, tmp_path):
    path = tmp_path / "odd.dsse.json"
    path.write_text(text, "utf-8")
    ended = repatria("document", "check", path, *rings)
    assert (ended.code, ended.out) == (1, "")
    assert "not as signed: odd.dsse.json" in ended.err


def test_a_document_of_another_kind_is_not_believed(repatria, rings, tmp_path):
    path = tmp_path / "odd.dsse.json"
    path.write_text(envelope_of("keyring", {"v": 1}).signed_by(key_of("north")).text, "utf-8")
    assert repatria("document", "check", path, *rings).code == 1


def test_before_anything_is_proposed_the_list_says_so(repatria, home):
    ended = repatria("document", "list", "--home", home)
    assert (ended.code, ended.out) == (0, "")
    assert "no document has been proposed yet" in ended.err


def test_a_document_that_is_not_there_is_refused(repatria, home, tmp_path):
    for words in (("show", "manifest:none"), ("export", "manifest:none", tmp_path / "out")):
        ended = repatria("document", *words, "--home", home)
        assert ended.code == 1
        assert "document-unknown" in ended.err
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_after_the_story_every_document_is_listed_shown_exported_and_checked(
    finished_exchange, repatria, tmp_path
):
    workspace, told = finished_exchange
    listed = repatria("document", "list", "--home", workspace / "north").out.splitlines()
    assert len(listed) == 6
    assert all("signed by all" in line for line in listed)
    keyrings = []
    for party in ("north", "south"):
        keyrings += ["--keyring", workspace / party / f"{party}.keyring"]
    for line in listed:
        digest = line.split()[1]
        shown = repatria("document", "show", digest, "--home", workspace / "north")
        assert "Signed by:" in shown.out
        out = tmp_path / f"{digest}.dsse.json"
        assert repatria("document", "export", digest, out, "--home", workspace / "north").code == 0
        assert repatria("document", "export", digest, out, "--home", workspace / "north").code == 2
        checked = repatria("document", "check", out, *keyrings)
        assert checked.code == 0
        assert checked.out.splitlines()[0] == shown.out.splitlines()[0]
    assert json.loads(told.out)["documents"] == {
        "written": 6,
        "signed": {"terms": 1, "plan": 1, "manifest": 1, "substitution": 1, "receipt": 2},
    }
    written = sorted((workspace / "documents").glob("*.dsse.json"))
    assert len(written) == 6
    for path in written:
        assert repatria("document", "check", path, *keyrings).code == 0
