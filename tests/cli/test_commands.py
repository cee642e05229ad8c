"""Each command: what it does, what it says, how it ends."""

import csv
import json
import signal
import socket
import subprocess
import sys

import pytest

from repatria.cli.main import app
from repatria.ledger.signing import SigningKey
from repatria.operations.agreement import accept_terms, propose_terms
from repatria.terms import Role
from repatria.wiring.installation import Installation
from repatria.wiring.viewers import viewer_of_account
from simulators.party import terms_for

NAMES = sorted(name for name in app if not name.startswith("-"))


def test_the_commands_are_those_of_a_whole_exchange():
    expected = ("demo", "import", "init", "match", "plan", "rebuild", "serve", "verify")
    assert set(expected) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_with_an_example(name, repatria):
    ended = repatria(name, "--help")
    assert ended.code == 0
    assert f"repatria {name}" in ended.out
    assert "Example: " in ended.out


def test_a_wrong_call_ends_with_two(repatria):
    assert repatria("import").code == 2
    assert repatria("recall").code == 2
    assert repatria("import", "a.csv", "--sideways").code == 2


def test_init_makes_an_installation_and_reads_out_its_fingerprint(repatria, tmp_path):
    folder = tmp_path / "new"
    ended = repatria("init", folder, "--party", "north", "--title", "State Commission")
    assert ended.code == 0
    made = Installation.at(folder)
    assert (made.party, made.title) == ("north", "State Commission")
    assert made.keyring.fingerprint in ended.err
    assert len(list((tmp_path / "new-roots").glob("north-root-?.key"))) == 3
    again = repatria("init", folder, "--party", "south", "--title", "Other")
    assert again.code == 2
    assert f"already there and not empty: {folder}" in again.err
    assert Installation.at(folder) == made


@pytest.mark.parametrize(
    "options",
    [
        ("--party", "north", "--postgresql", "nonsense"),
        ("--party", "public"),
        ("--party", "north.medical"),
        ("--party", "два"),
        ("--party", ""),
    ],
)
def test_init_refuses_what_cannot_be_a_party_or_an_address(options, repatria, tmp_path):
    ended = repatria("init", tmp_path / "new", "--title", "North", *options)
    assert ended.code == 2
    assert "made of the letters" in ended.err or "is written as host=" in ended.err
    assert not (tmp_path / "new").exists()


def test_an_account_gets_its_password_from_the_environment(repatria, home, monkeypatch):
    monkeypatch.setenv("REPATRIA_PASSWORD", "a long enough one")
    ended = repatria("account", "nadia", "--role", "registrar", "--party", "north", "--home", home)
    assert ended.code == 0
    with Installation.at(home).open():
        viewer = viewer_of_account("nadia")
    assert (viewer.role, viewer.party) == (Role.REGISTRAR, "north")


def test_an_account_is_asked_for_its_password_otherwise(repatria, home, monkeypatch):
    monkeypatch.delenv("REPATRIA_PASSWORD", raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: "a long enough one")
    assert repatria("account", "tomas", "--role", "monitor", "--home", home).code == 0


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (("--role", "king"), "no such role; one of: registrar, negotiator"),
        (("--role", "monitor"), "too short"),
        (("--role", "registrar", "--party", "public"), "the code of a party"),
    ],
)
def test_an_account_that_cannot_be_is_refused(tokens, said, repatria, home, head, monkeypatch):
    monkeypatch.setenv("REPATRIA_PASSWORD", "short")
    before = head(home)
    ended = repatria("account", "nadia", *tokens, "--home", home)
    assert ended.code == 2
    assert said in ended.err
    assert head(home) == before


def test_a_folder_without_an_installation_is_named(repatria, tmp_path):
    for tokens in (
        ("rebuild",),
        ("export", tmp_path / "out"),
        ("serve",),
        ("plan", "t", "--party", "a"),
    ):
        ended = repatria(*tokens, "--home", tmp_path)
        assert ended.code == 2
        assert f"{tmp_path} holds no installation; make one with: repatria init" in ended.err


@pytest.mark.slow
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_with_its_server_when_told_to(home, told):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run = "from repatria.cli.main import main; main()"
    command = [sys.executable, "-c", run, "serve", "--home", str(home), "--port", str(port)]
    keeper = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert keeper.stderr is not None
    with keeper, keeper.stderr:
        assert f"http://localhost:{port}" in keeper.stderr.readline()
        assert "Ctrl-C ends it" in keeper.stderr.readline()
        keeper.send_signal(told)
        assert keeper.wait(300) == 0
    with socket.create_server(("127.0.0.1", port)):
        pass  # nobody was left behind with it


def test_importing_the_same_file_twice_changes_nothing(repatria, home, head, list_file):
    first = repatria("import", list_file, "--to", "south", "--home", home)
    assert first.code == 0
    assert "2 new" in first.err
    assert "4 statements written to list list:" in first.err
    for shown in ("utf-8", "headings", "row 1, language en", "Date of birth", "birth"):
        assert shown in first.err
    before = head(home)
    second = repatria("import", list_file, "--to", "south", "--home", home)
    assert second.code == 0
    assert "2 same" in second.err
    assert "nothing was written: this file changes nothing" in second.err
    assert head(home) == before


def test_a_dry_run_shows_what_would_change(repatria, home, head, list_file):
    assert repatria("import", list_file, "--held", "--home", home).code == 0
    before = head(home)
    list_file.write_text(list_file.read_text("utf-8").replace("Karo", "Karapet"), "utf-8")
    ended = repatria("import", list_file, "--held", "--dry-run", "--home", home)
    assert ended.code == 0
    assert "1 changed, 1 same" in ended.err
    assert "row 2: names" in ended.err or "row 2: father" in ended.err
    assert "nothing was written (dry run)" in ended.err
    assert "Karapet" not in ended.err
    assert head(home) == before


def test_a_list_is_put_to_somebody(repatria, home, list_file):
    ended = repatria("import", list_file, "--home", home)
    assert ended.code == 2
    assert "--to PARTY" in ended.err
    ended = repatria("import", list_file, "--to", "public", "--home", home)
    assert ended.code == 2


def test_the_repeats_of_a_file_are_written_in_groups(repatria, tmp_path):
    file = tmp_path / "repeats.csv"
    file.write_text(
        "No;Surname;Given name;Father name;Date of birth\n"
        "1;Modelyan;Aram;Karo;05.02.1991\n"
        "2;Testyan;Levon;Vahe;17.07.1993\n"
        "3;Моделян;Арам;Каро;05.02.1991\n",
        "utf-8",
    )
    ended = repatria("repeats", file)
    assert ended.code == 0
    rows = list(csv.DictReader(ended.out.splitlines()))
    assert [(row["person"], row["line"]) for row in rows] == [("1", "1"), ("1", "3")]
    assert "1 of 3 lines repeat another" in ended.err
    target = tmp_path / "groups.csv"
    assert repatria("repeats", file, "--out", target).out == ""
    assert target.read_text("utf-8").splitlines()[0] == "person,row,line,weakest_link"
    assert repatria("repeats", tmp_path / "absent").code == 1


def test_a_record_without_a_date_makes_no_one_person_of_twins(repatria, tmp_path):
    """It may be either of them: it joins one, and a doubted pair holds no group together."""
    file = tmp_path / "twins.csv"
    file.write_text(
        "No;Name;Date of birth\n"
        "1;Armen Modelyan;18.07.1983\n"
        "2;Arman Modelyan;18.07.1983\n"
        "3;Armen Modelyan;\n",
        "utf-8",
    )

    ended = repatria("repeats", file)

    assert ended.code == 0
    rows = list(csv.DictReader(ended.out.splitlines()))
    assert [row["line"] for row in rows] == ["1", "3"]
    assert "1 person stands there more than once" in ended.err


def test_a_plan_needs_terms_that_everybody_accepted(repatria, home, head, desk):
    before = head(home)
    ended = repatria("plan", "spring", "--party", "north", "--home", home)
    assert ended.code == 1
    assert "refused: terms-unknown: agreement" in ended.err
    assert head(home) == before
    installation = Installation.at(home)
    with installation.open():
        propose_terms(desk(installation, Role.NEGOTIATOR), terms_for(), parties=("north",))
    ended = repatria("plan", "spring", "--party", "north", "--home", home)
    assert "refused: terms-not-accepted (north): agreement" in ended.err
    with installation.open():
        accept_terms(desk(installation, Role.NEGOTIATOR), terms_id="spring")
    ended = repatria("plan", "spring", "--party", "north", "--home", home)
    assert ended.code == 0
    assert "0 go, 0 stay" in ended.err
    assert "total: 0 (proven)" in ended.err


def test_verify_says_what_is_wrong_and_where(repatria, home, list_file):
    repatria("import", list_file, "--to", "south", "--home", home)
    good = repatria("verify", home)
    assert good.code == 0
    assert good.out.startswith("north: as signed; 5 entries, 5 statements, root ")
    [report] = json.loads(repatria("verify", home, "--json").out)
    assert (report["holds"], report["size"], report["faults"]) == (True, 5, [])
    (home / "node.key").write_text("00" * 32)
    bad = repatria("verify", home)
    assert bad.code == 1
    assert "north: NOT AS SIGNED: " in bad.out
    [report] = json.loads(repatria("verify", home, "--json").out)
    assert not report["holds"]
    assert report["faults"]


def test_verify_needs_something_to_verify_and_a_key_that_is_one(repatria, tmp_path):
    assert repatria("verify", tmp_path).code == 2
    assert repatria("verify", tmp_path / "absent").code == 2
    wrong = repatria("verify", tmp_path, "--key", "not base64")
    assert wrong.code == 2
    assert "not a public key" in wrong.err


def test_a_package_is_verified_with_the_key_of_its_sender(
    repatria, north, south, acquaint, desk, tmp_path
):
    from repatria.operations.packages import send_package

    acquaint(north, south)
    with north.open():
        made = send_package(desk(north), to=south.party)
    path = tmp_path / "a.repatria"
    path.write_bytes(made.raw)
    assert "only its recipient can look inside" in repatria("verify", path).out
    opens = ("--home", south.folder)
    assert "compare it with the one you know" in repatria("verify", path, *opens).out
    assert repatria("verify", path, "--key", north.public_key.text, *opens).code == 0
    other = SigningKey(b"\1" * 32).verify_key.text
    assert repatria("verify", path, "--key", other, *opens).code == 1


def test_rebuild_says_whether_the_tables_were_as_the_log_says(repatria, home, list_file):
    from repatria.store.models import Mention

    repatria("import", list_file, "--to", "south", "--home", home)
    ended = repatria("rebuild", "--home", home)
    assert ended.code == 0
    assert "all derived tables were as the log says" in ended.err
    with Installation.at(home).open():
        Mention.objects.all().delete()
    ended = repatria("rebuild", "--home", home)
    assert "these tables were not as the log says, and are now: " in ended.err
    assert "mention" in ended.err
    assert repatria("verify", home).code == 0


def test_rebuild_mends_a_cell_that_holds_no_moment(repatria, home, list_file):
    from django.db import connections

    repatria("import", list_file, "--to", "south", "--home", home)
    installation = Installation.at(home)
    with installation.open(), connections[installation.alias].cursor() as cursor:
        cursor.execute("UPDATE peer_row SET heard_at = '1'")
    installation.close()
    assert "table peer_row: row-malformed" in repatria("verify", home).out
    assert "peer_row" in repatria("rebuild", "--home", home).err
    assert repatria("verify", home).code == 0


def test_export_writes_the_own_log_and_strikes_out_what_is_personal(
    repatria, home, list_file, tmp_path
):
    repatria("import", list_file, "--to", "south", "--home", home)
    whole, redacted = tmp_path / "whole.jsonl", tmp_path / "redacted.jsonl"
    ended = repatria("export", whole, "--home", home)
    assert ended.code == 0
    assert f"5 statements written to {whole}" in ended.err
    assert repatria("export", redacted, "--redacted", "--home", home).code == 0
    said = [json.loads(line) for line in whole.read_text("utf-8").splitlines()]
    assert sorted(s["ref"] for s in said) == [f"north/{n}" for n in range(5)]
    assert "Modelyan" in whole.read_text("utf-8")
    assert "Modelyan" not in redacted.read_text("utf-8")
    assert "1991" not in redacted.read_text("utf-8")
    there = repatria("export", whole, "--home", home)
    assert there.code == 2
    assert f"already there and not empty: {whole}" in there.err


@pytest.mark.slow
def test_the_program_ends_with_the_codes_of_its_commands(list_file, tmp_path):
    def run(*tokens):
        return subprocess.run(
            [sys.executable, "-c", "from repatria.cli.main import main; main()", *tokens],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "", "REPATRIA_HOME": str(tmp_path)},
        )

    assert run("match", list_file, list_file).returncode == 0
    assert run("match", list_file, tmp_path / "absent").returncode == 1
    ended = run("rebuild")
    assert ended.returncode == 2
    assert f"{tmp_path} holds no installation" in ended.stderr
    assert run("recall").returncode == 2


@pytest.mark.slow
def test_an_error_nobody_foresaw_names_no_person(home, list_file):
    broken = (
        "import repatria.operations.submission as s, repatria.cli.main as m\n"
        "def fail(*a, **k): raise KeyError('unforeseen')\n"
        "s.diff = fail\n"
        "m.main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", broken, "import", list_file, "--to", "south", "--home", home],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "unforeseen" in ended.stderr
    for personal in ("Modelyan", "Aram", "Testyan", "1991", "1993"):
        assert personal not in ended.stderr + ended.stdout
