"""What goes on paper, from the command line."""

import io

import pytest
from pypdf import PdfReader

from exchange import copy_of
from repatria.cli import demo
from repatria.cli.cast import INTERMEDIARY
from repatria.operations.manifests import manifest_of
from repatria.wiring.installation import Installation


@pytest.fixture
def there(finished_exchange, tmp_path, monkeypatch):
    """A copy of the intermediary after the exchange, its manifest, and a person on it."""
    monkeypatch.setenv("REPATRIA_PASSPHRASE", demo.PASSWORD)
    folder = copy_of(finished_exchange[0] / INTERMEDIARY, tmp_path / "there")
    installation = Installation.at(folder)
    with installation.open():
        [frozen] = installation.log().of_kind("manifest.frozen")
        manifest = frozen.statement.content["manifest_id"]
        person = manifest_of(installation.log(), manifest).lines[0].person
    installation.close()
    return folder, manifest, person


def test_a_manifest_a_receipt_and_a_card_are_printed_once_and_never_over_a_file(
    repatria, there, tmp_path
):
    folder, manifest, person = there
    home = ("--home", folder)
    spoken = ("--language", "hy", "--language", "az", "--language", "ru")
    for words in (
        ("manifest", manifest, tmp_path / "m.pdf", *spoken),
        ("receipt", manifest, tmp_path / "r.pdf", "--party", "north"),
        ("sheet", "capture-card", person, tmp_path / "c.pdf", "--language", "ar"),
    ):
        assert repatria("print", *words, *home).code == 0
    pages = [len(PdfReader(tmp_path / name).pages) for name in ("m.pdf", "r.pdf", "c.pdf")]
    assert pages[0] > 3
    assert pages[2] == 1
    before = (tmp_path / "m.pdf").read_bytes()
    assert repatria("print", "manifest", manifest, tmp_path / "m.pdf", *home).code != 0
    assert repatria("print", "manifest", manifest, tmp_path / "n.pdf", *spoken, *home).code == 0
    assert (tmp_path / "n.pdf").read_bytes() == before, "the same facts, the same bytes"
    four = ("--language", "en", *spoken)
    refused = repatria("print", "manifest", manifest, tmp_path / "x.pdf", *four, *home)
    assert (refused.code, "languages-on-paper" in refused.err) == (1, True)


def test_a_corrected_list_of_fields_is_printed_by_and_named(repatria, there, tmp_path):
    folder, _, person = there
    written = repatria("print", "fields", "tag").out
    (folder / "forms").mkdir()
    corrected = written.replace('version = "1"', 'version = "2030 of North"')
    (folder / "forms" / "tag.toml").write_text(corrected, "utf-8")
    ended = repatria("print", "sheet", "tag", person, tmp_path / "t.pdf", "--home", folder)
    assert ended.code == 0
    said = PdfReader(io.BytesIO((tmp_path / "t.pdf").read_bytes())).pages[0].extract_text()
    assert "tag 2030 of North" in said
    (folder / "forms" / "tag.toml").write_text("form =", "utf-8")
    refused = repatria("print", "sheet", "tag", person, tmp_path / "u.pdf", "--home", folder)
    assert (refused.code, "form-malformed" in refused.err) == (1, True)
