"""Whatever is done to a package, it is refused as a whole, quickly, and nothing is written."""

import os
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from counts import often
from ledger_packages import acquainted, by_key, content_of, inside, resealed, signed
from repatria.ledger import package as package_module
from repatria.ledger.canonical import encode
from repatria.ledger.package import open_package
from repatria.operations.access import introduce_peer
from repatria.operations.packages import send_package
from repatria.operations.receiving import check_package, take_in_package
from repatria.terms import IntegrityError, PartyCode, Refusal
from simulators.party import PartySimulator, ScriptedClock
from statements import desk_at, keyring_of_party, list_log, noted, package_for

NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))
# Processor seconds, generous for a busy machine; and the memory of the whole process.
MOST_SECONDS, MOST_KIB = 3, 300_000
# All orders of four packages; in the continuous run of six.
PACKAGES = often(4, 6)


@pytest.fixture(scope="module")
def content():
    north, _ = acquainted("north", "south")
    north.log.append([noted(n) for n in range(3)])
    return content_of(send_package(north, to=SOUTH).raw)


def a_bomb(size):
    """A package whose JSON unpacks to so many bytes."""
    return signed(b'{"v":"' + b"0" * size + b'"}', pad=False)


BOMBS = {
    "zeros 1000:1": lambda _: a_bomb(200_000_000),
    "a million bodies": lambda content: signed(
        {**content, "bodies": [[n, "AAAA", ""] for n in range(1_000_000)]}
    ),
    "a hundred thousand files": lambda content: signed(
        {**content, "attachments": [["a" * 64, 0]] * 100_000}
    ),
    "a text of 50 MB": lambda content: signed({**content, "to": ["s" * 50_000_000]}),
    "nested 2,000 deep": lambda _: signed(b'{"v":' + b"[" * 2_000 + b"]" * 2_000 + b"}"),
    "nested 10,000,000 deep": lambda _: signed(b'{"v":' + b"[" * 10_000_000),
    "a thousand keyrings": lambda content: signed({**content, "keyrings": ["{}"] * 1_000}),
}
REFUSALS = {
    "body-out-of-place",
    "keyring-malformed",
    "not-canonical",
    "package-malformed",
    "package-too-large",
}


TAKES_IT_IN = """
import sys, time
from pathlib import Path
from counts import often
from ledger_packages import acquainted
from repatria.operations.receiving import take_in_package
from repatria.terms import IntegrityError

north, south = acquainted("north", "south")
raw = Path(sys.argv[1]).read_bytes()
started = time.process_time()
try:
    take_in_package(south, raw)
except IntegrityError as refused:
    seconds = time.process_time() - started
    # Of this process alone: what getrusage tells goes back to before it was started.
    peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    print(refused.code, seconds, peak, south.log.head("south").size, south.log.head("north").size)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_quickly_and_in_little_memory(content, name, tmp_path):
    (tmp_path / "bomb").write_bytes(BOMBS[name](content))
    ended = subprocess.run(
        [sys.executable, "-c", TAKES_IT_IN, tmp_path / "bomb"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    code, seconds, peak_kib, size, mirrored = ended.stdout.split()
    assert code in REFUSALS
    assert float(seconds) < MOST_SECONDS
    assert int(peak_kib) < MOST_KIB
    assert (size, mirrored) == ("1", "0")


@pytest.mark.often
@pytest.mark.slow
def test_packages_may_come_in_any_order_and_again():
    """All orders of some packages lead to the same state."""
    north, _, _ = acquainted("north", "south", "intermediary")
    raws = []
    for number in range(PACKAGES):
        north.log.append([noted(number)])
        raws.append(send_package(north, to=SOUTH).raw)
    states = set()
    for order in permutations(range(PACKAGES)):
        south = desk_at(list_log("south"))
        introduce_peer(south, party=NORTH, title="North", keyring=keyring_of_party("north"))
        for place in (*order, order[0]):
            take_in_package(south, raws[place])
        mirror = tuple(body for _, body in south.log.mirrored_bodies(NORTH))
        states.add((south.log.head(NORTH), tuple(said.body for said in mirror)))
    assert len(states) == 1


@pytest.mark.often
@pytest.mark.slow
def test_deltas_wait_for_each_other_and_lead_to_the_same_state():
    """Packages that each go on where the one before ended, in all orders, asked for again."""
    log = list_log("north")
    raws = []
    for number in range(PACKAGES):
        have = log.head(NORTH).size
        log.append([noted(number)])
        raws.append(package_for(log, SOUTH, have=have))
    states = set()
    for order in permutations(range(PACKAGES)):
        south = desk_at(list_log("south"))
        introduce_peer(south, party=NORTH, title="North", keyring=keyring_of_party("north"))
        waiting = list(order)
        while waiting:
            place = waiting.pop(0)
            try:
                take_in_package(south, raws[place])
            except IntegrityError as gap:
                assert gap.code == "package-gap"  # noqa: PT017 -- both outcomes are lawful
                waiting.append(place)
        states.add(south.log.head(NORTH))
    assert states == {log.head(NORTH)}


def test_what_one_recipient_opened_and_sealed_for_another_is_refused_by_him():
    north, _, intermediary = acquainted("north", "south", "intermediary")
    north.log.append([noted(1)])
    plain = inside(send_package(north, to=SOUTH).raw)
    with pytest.raises(IntegrityError) as caught:
        check_package(intermediary, resealed(plain, "intermediary"))
    assert caught.value.code == "package-for-another-party"


CLOCKS = {
    "ten years ago": datetime(2020, 3, 1, tzinfo=UTC),
    "ten years ahead": datetime(2040, 3, 1, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
    "the night the clock goes back": datetime(2030, 10, 27, 0, 59, tzinfo=UTC),
}


class BackwardsClock:
    """A clock that goes back an hour whenever it is read."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        """An earlier moment than before."""
        self.at -= timedelta(hours=1)
        return self.at


@pytest.mark.parametrize("clock", [*CLOCKS, "running backwards"])
def test_a_wrong_clock_changes_neither_order_nor_what_is_believed(clock):
    at = CLOCKS.get(clock)
    wrong = ScriptedClock(at) if at else BackwardsClock(datetime(2030, 3, 1, tzinfo=UTC))
    north, south = PartySimulator(NORTH, wrong), PartySimulator(SOUTH)
    north.meet(south)
    south.meet(north)
    for number in range(5):
        north.log.append([noted(number)])
        take_in_package(south.desk(), send_package(north.desk(), to=SOUTH).raw)
        take_in_package(north.desk(), send_package(south.desk(), to=NORTH).raw)
    held = south.log.head(NORTH).size
    assert held >= 5
    assert south.log.commitments(NORTH) == north.log.commitments(NORTH)[:held]
    told = [e.statement.about[0] for e in south.log.of_kind("custody.noted")]
    assert told == [f"person:p{n}" for n in range(5)]


def test_nothing_of_the_random_bytes_of_another_format_is_believed(content):
    """The documented error and no other, for 2,000 changes of a byte of the unpacked JSON."""
    text = encode(content)
    _, south = acquainted("north", "south")
    refused = 0
    for place in range(0, len(text), max(1, len(text) // 2_000)):
        for mask in (1, 4, 0x20):
            changed = bytearray(text)
            changed[place] ^= mask
            try:
                take_in_package(south, signed(bytes(changed), pad=False))
            except (IntegrityError, Refusal):
                refused += 1
            else:
                pytest.fail(f"byte {place} changed by {mask} was taken in")
    assert refused >= 2_000
    assert south.log.head(NORTH).size == 0


def test_a_second_stream_behind_the_first_is_refused(content):
    plain = signed(content)
    assert open_package(plain, identity=None)
    start = len(b"repatria-package/2 north\n") + 32
    packed = zlib.compress(encode(content)) + zlib.compress(b"{}")
    raw = (
        plain[:start] + by_key("north").sign(package_module._TAG + plain[:start] + packed) + packed
    )
    with pytest.raises(IntegrityError) as caught:
        open_package(raw, identity=None)
    assert caught.value.code == "package-not-readable"
