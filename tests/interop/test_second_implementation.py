"""Does the stand-alone verifier say the same as the program, whatever it is given?"""

import importlib.util
import io
from functools import cache
from pathlib import Path

import pytest

from counts import often
from interop.cases import case
from repatria.ledger.cosignature import open_receipt
from repatria.ledger.document import payload_in, read_envelope, signers
from repatria.ledger.export import verify_export
from repatria.ledger.fork import read_evidence
from repatria.ledger.keyring import next_keyring, read_keyring
from repatria.ledger.package import open_package, trust
from repatria.ledger.package_content import check_root
from repatria.terms import IntegrityError

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "formats" / "verify_repatria.py"
QUICK, ALL, SHARE = 1_000, often(2_000, 10_000), 1_000


def loaded():
    spec = importlib.util.spec_from_file_location("verify_repatria", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


theirs = loaded()


def what_the_program_says(each):
    """Codes of what is wrong; nothing when it holds."""
    try:
        return program_faults(each)
    except IntegrityError as fault:
        return [fault.code]
    except UnicodeDecodeError:
        return ["not-utf-8"]


def program_faults(each):
    raw, rings = each.raw, each.keyrings
    match each.what:
        case "ledger":
            report = verify_export(io.BytesIO(raw), known=rings[0] if rings else None)
            return [fault.code for fault in report.faults]
        case "package":
            package = open_package(raw, identity=None)
            trust(package, rings[0], held=0)
            check_root(package, place="package")
        case "receipt":
            open_receipt(raw.decode(), *rings)
        case "document":
            envelope = read_envelope(raw.decode(), kind="terms", place="document")
            payload_in(envelope, place="document")
            by = {r.party for r in rings if signers(envelope, [node.key for node in r.nodes])}
            return [] if len(by) >= each.threshold else ["document-not-signed"]
        case "keyring":
            known = read_keyring(raw.decode())
            for text in each.more:
                known = next_keyring(known, read_keyring(text.decode()), held=0)
        case "fork":
            read_evidence(raw, rings[0])
    return []


def what_the_verifier_says(each):
    """The same by the other program; anything but a fault is an error of its own."""
    said = []
    try:
        verifier_answer(each, said.append)
    except theirs.Fault as fault:
        said.append(fault)
    return [fault.args[1] for fault in said]


@cache
def their_keyring(text):
    """A keyring as the verifier reads it; never changed, so once is enough."""
    return theirs.Keyring(text.encode())


def verifier_answer(each, say):
    rings = [their_keyring(ring.envelope.text) for ring in each.keyrings]
    match each.what:
        case "ledger":
            theirs.check_ledger(io.BytesIO(each.raw), rings[0] if rings else None, say)
        case "package":
            theirs.check_package(each.raw, rings[0])
        case "receipt":
            theirs.check_receipt(each.raw, *rings)
        case "document":
            theirs.check_document(each.raw, rings, each.threshold, "terms")
        case "keyring":
            known = theirs.Keyring(each.raw)
            for raw in each.more:
                known = known.followed_by(theirs.Keyring(raw))
        case "fork":
            theirs.check_fork(each.raw, rings[0])


def disagreements(numbers):
    """Numbers on which the two differ, and how often files held: whole ones, damaged ones."""
    found, held = [], {True: 0, False: 0}
    for number in numbers:
        each = case(number)
        ours, other = what_the_program_says(each), what_the_verifier_says(each)
        if bool(ours) != bool(other):
            found.append((number, each.what, ours, other))
        held[each.damaged] += not ours
    return found, held


@pytest.mark.parametrize("start", range(0, QUICK, SHARE))
def test_both_say_the_same_of_whole_and_of_damaged_files(start):
    found, held = disagreements(range(start, start + SHARE))

    assert found == []
    assert held[False] == SHARE // 2
    # An edit may be one that says something else and is signed all the same.
    assert held[True] < SHARE // 2 // 5


@pytest.mark.often
@pytest.mark.slow
@pytest.mark.parametrize("start", range(QUICK, ALL, SHARE))
def test_both_say_the_same_of_thousands_of_files(start):
    test_both_say_the_same_of_whole_and_of_damaged_files(start)
