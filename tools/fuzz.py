"""Looks for bytes at which a parser fails otherwise than by saying that it does not hold.

    python tools/fuzz.py TARGET... [--seconds 60] [--keep]

Needs `pip install atheris`, which the project does not depend on. Each target reads
bytes as the program and as the stand-alone verifier do; only the documented errors may
escape, and both must say the same. Inputs start from `tests/fuzz_corpus/`; with --keep
new ones of at most 2 KB that reach code which none reached before are added to it.
"""

import argparse
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "fuzz_corpus"
LARGEST, MOST_KEPT = 2_048, 20

try:
    import atheris
except ImportError:  # replaying the corpus takes no fuzzer
    atheris = None

if atheris is not None and __name__ == "__main__" and sys.argv[1:2] == ["--run"]:
    with atheris.instrument_imports(include=["repatria.ledger", "repatria.wiring.keyfile"]):
        import repatria.ledger.export
        import repatria.ledger.package
        import repatria.wiring.keyfile  # noqa: F401 -- so that their code is watched

from repatria.ledger.canonical import decode
from repatria.ledger.checkpoint import open_checkpoint
from repatria.ledger.cosignature import open_receipt
from repatria.ledger.document import Envelope, payload_in, read_envelope, signers
from repatria.ledger.export import verify_export
from repatria.ledger.fork import origin_in, read_evidence
from repatria.ledger.keyring import Keyring, next_keyring, read_keyring, read_unsigned_keyring
from repatria.ledger.package import open_package, trust
from repatria.ledger.package_content import check_root
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import read_statement
from repatria.terms import IntegrityError
from repatria.wiring.keyfile import KeyFileError, check_key_file

GOLDEN = ROOT / "tests" / "golden" / "ledger"
# The keys of north in tests: derived from its name, so never real ones.
NORTH = SigningKey(sha256(b"test key of north").digest())
ROOTS = [SigningKey(sha256(f"test root {n} of north".encode()).digest()) for n in range(3)]


def _verifier() -> object:
    path = ROOT / "docs" / "formats" / "verify_repatria.py"
    spec = importlib.util.spec_from_file_location("verify_repatria", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


theirs = _verifier()


def _ring(name: str) -> tuple[Keyring, object]:
    raw = (GOLDEN / f"{name}.keyring").read_bytes()
    return read_keyring(raw.decode()), theirs.Keyring(raw)


OURS, OURS_THERE = _ring("north-1")
WITNESS, WITNESS_THERE = _ring("south-1")


def canonical(raw: bytes) -> None:
    """Bytes of a value."""
    _same(lambda: decode(raw, place="fuzz"), lambda: theirs.read_json(raw, "fuzz"))


def statement(raw: bytes) -> None:
    """The body of a statement by north."""

    def ours() -> None:
        if read_statement(raw, place="fuzz").by != "north":
            raise IntegrityError("fuzz", "body-by-another-party")

    _same(ours, lambda: theirs.check_statement(raw, "north", "fuzz"))


def note(raw: bytes) -> None:
    """A signed checkpoint."""
    text = raw.decode("utf-8", "replace")
    _same(
        lambda: open_checkpoint(text, OURS, place="fuzz"),
        lambda: theirs.open_note(text, OURS_THERE, "fuzz"),
    )


def receipt(raw: bytes) -> None:
    """A checkpoint with a cosignature."""
    text = raw.decode("utf-8", "replace")
    _same(
        lambda: open_receipt(text, OURS, WITNESS),
        lambda: theirs.check_receipt(text.encode(), OURS_THERE, WITNESS_THERE),
    )


def envelope(raw: bytes) -> None:
    """A document in its envelope."""
    text = raw.decode("utf-8", "replace")

    def ours() -> None:
        read = read_envelope(text, kind="terms", place="fuzz")
        payload_in(read, place="fuzz")
        if not signers(read, [node.key for node in OURS.nodes]):
            raise IntegrityError("fuzz", "document-not-signed")

    _same(ours, lambda: theirs.check_document(text.encode(), [OURS_THERE], 1, "terms"))


def keyring(raw: bytes) -> None:
    """A keyring in its envelope, and whether it follows on the one known."""
    text = raw.decode("utf-8", "replace")
    _only(lambda: read_unsigned_keyring(text))
    _same(
        lambda: next_keyring(OURS, read_keyring(text), held=0),
        lambda: OURS_THERE.followed_by(theirs.Keyring(text.encode())),
    )


def keyring_payload(raw: bytes) -> None:
    """What is in the envelope of a keyring; the envelope is made here."""
    made = Envelope(payload_type="application/vnd.repatria.keyring+json", payload=raw)
    for root in ROOTS:
        made = made.signed_by(root)
    text = made.text
    _same(lambda: read_keyring(text), lambda: theirs.Keyring(text.encode()))


def package(raw: bytes) -> None:
    """A package that was opened, as it is."""
    _package(raw)


def package_content(raw: bytes) -> None:
    """The content of a package of format 2, compressed and signed here."""
    header = b"repatria-package/2 north\n" + NORTH.verify_key.raw
    packed = zlib.compress(raw, 1) + b"\0"
    _package(header + NORTH.sign(b"\x00repatria/package/v2\x00" + header + packed) + packed)


def package_1_content(raw: bytes) -> None:
    """The content of a package of format 1, compressed and signed here."""
    header = f"repatria-package/1 north {NORTH.verify_key.text}\n".encode()
    packed = zlib.compress(raw, 1)
    _package(header + NORTH.sign(b"\x00repatria/package/v1\x00" + header + packed) + packed)


def _package(raw: bytes) -> None:
    def ours() -> None:
        read = open_package(raw, identity=None)
        trust(read, OURS, held=0)
        check_root(read, place="fuzz")

    _same(ours, lambda: theirs.check_package(raw, OURS_THERE))


def evidence(raw: bytes) -> None:
    """Evidence of a fork."""
    _only(lambda: origin_in(raw))
    _same(lambda: read_evidence(raw, OURS), lambda: theirs.check_fork(raw, OURS_THERE))


def export(raw: bytes) -> None:
    """An exported log."""

    def ours() -> None:
        for fault in verify_export(io.BytesIO(raw), known=OURS).faults:
            raise fault

    def other() -> None:
        found: list[Exception] = []
        theirs.check_ledger(io.BytesIO(raw), OURS_THERE, found.append)
        for fault in found:
            raise fault

    _same(ours, other)


def key_file(raw: bytes) -> None:
    """A key file, not yet unlocked: what it asks for is looked at before it is paid."""
    path = _SCRATCH / f"{os.getpid()}.key"
    path.touch(0o600)
    path.write_bytes(raw)
    try:
        check_key_file(path)
    except KeyFileError:
        return


_SCRATCH = Path(tempfile.gettempdir())
TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (
        canonical, statement, note, receipt, envelope, keyring, keyring_payload, package,
        package_content, package_1_content, evidence, export, key_file,
    )
}  # fmt: skip


def _only(ours: Callable[[], object]) -> bool:
    """Whether it holds; anything but `IntegrityError` escapes."""
    try:
        ours()
    except IntegrityError:
        return False
    return True


def _same(ours: Callable[[], object], other: Callable[[], object]) -> None:
    """Both say the same; anything but the documented errors escapes."""
    here = _only(ours)
    try:
        other()
        there = True
    except theirs.Fault:
        there = False
    if here != there:
        said = f"the program says {here}, the verifier {there}"
        raise AssertionError(said)


_OF_JSON = {"canonical", "statement", "keyring_payload", "package_content", "package_1_content",
            "export"}  # fmt: skip
_EVIL = (None, True, -1, 0, 1, 2**53 - 1, "", "north", "AAAA", [], [""], {}, [[]], "1994/1990",
         "2030-03-01T08:00:00Z")  # fmt: skip


def _mutated(raw: bytes, most: int, seed: int) -> bytes:
    """The input with one line's value changed and written canonically, or changed anyhow.

    Changed anyhow, hardly any input is still the one spelling of a value, and nothing
    behind that check would ever be reached.
    """
    chance = Random(seed)
    lines = raw.split(b"\n")
    at = chance.randrange(len(lines))
    try:
        value = json.loads(lines[at])
        places = [place for place in _places(value) if place]
        *way, last = chance.choice(places)
        inside = value
        for key in way:
            inside = inside[key]
        match chance.randrange(4):
            case 0:
                del inside[last]
            case 1 if isinstance(inside[last], list):
                inside[last] += inside[last][-1:]
            case 2 if isinstance(inside[last], str):
                inside[last] = atheris.Mutate(inside[last].encode(), 200).decode()
            case _:
                inside[last] = chance.choice(_EVIL)
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        lines[at] = text.encode()
    except (ValueError, LookupError, TypeError, RecursionError):
        return atheris.Mutate(raw, most)
    changed = b"\n".join(lines)
    return changed if len(changed) <= most and chance.random() < 0.9 else atheris.Mutate(raw, most)


def _places(value: object, way: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield way
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*way, key))
    elif isinstance(value, list):
        for key, item in enumerate(value):
            yield from _places(item, (*way, key))


def main() -> int:
    """Run each target for so long in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", action="store_true")
    if atheris is None:
        print("pip install atheris")
        return 2
    if sys.argv[1:2] == ["--run"]:
        ways = {"custom_mutator": _mutated} if sys.argv[2] in _OF_JSON else {}
        atheris.Setup([sys.argv[0], *sys.argv[3:]], TARGETS[sys.argv[2]], **ways)
        atheris.Fuzz()
        return 0
    asked = parser.parse_args()
    failed = [
        name
        for name in asked.targets or list(TARGETS)
        if not _fuzz(name, asked.seconds, keep=asked.keep)
    ]
    print(f"failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


def _fuzz(name: str, seconds: int, *, keep: bool) -> bool:
    """Whether nothing was found in that time."""
    kept = CORPUS / name
    with tempfile.TemporaryDirectory() as scratch:
        fresh, found = Path(scratch) / "corpus", Path(scratch) / "found"
        fresh.mkdir()
        command = [
            sys.executable, __file__, "--run", name, str(fresh), str(kept), "-verbosity=0",
            f"-max_total_time={seconds}", "-print_final_stats=1", "-max_len=8192",
            f"-artifact_prefix={found}", "-rss_limit_mb=2048", "-timeout=10",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- ourselves
        said = done.stderr.splitlines()
        runs = [line.split()[-1] for line in said if "number_of_executed_units" in line]
        reached = sorted(fresh.iterdir(), key=lambda path: (path.stat().st_size, path.name))
        print(f"{name}: {''.join(runs)} executions in {seconds} s, {len(reached)} new inputs")
        if done.returncode:
            print("\n".join(said[-40:]))
            for path in Path(scratch).glob("found*"):
                kept.joinpath(f"found-{path.name[-12:]}").write_bytes(path.read_bytes())
        elif keep:
            small = [path for path in reached if path.stat().st_size <= LARGEST]
            for path in small[:: max(1, len(small) // MOST_KEPT)]:
                kept.joinpath(path.name[:12]).write_bytes(path.read_bytes())
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
