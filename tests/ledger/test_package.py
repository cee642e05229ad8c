import base64
import zlib
from pathlib import Path

import pytest

from repatria.ledger import package as package_module
from repatria.ledger.canonical import decode, encode
from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.log import ListLog
from repatria.ledger.merkle import root_of
from repatria.ledger.package import arrival_of, make_package, open_package, sender_of
from repatria.operations.access import grant_access, introduce_peer, key_of_peer
from repatria.operations.packages import ranges_of, send_package, take_in_package
from repatria.terms import ActorId, IntegrityError, PartyCode, Refusal, Role
from statements import (
    counted_bytes,
    desk_at,
    key_of,
    list_log,
    named,
    noted,
    placed,
    unknown_kind,
)

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "ledger" / "package-1.repatria"
NORTH, SOUTH = PartyCode("north"), PartyCode("south")
KEY = key_of("north").verify_key


def signed(content, key=None, sender="north", named=None):
    """A package file with any content at all, properly signed."""
    key = key or key_of("north")
    packed = zlib.compress(content if isinstance(content, bytes) else encode(content))
    public = (named or key).verify_key.text
    header = f"repatria-package/1 {sender} {public}\n".encode()
    return header + key.sign(package_module._TAG + header + packed) + packed


def content_of(raw):
    return decode(zlib.decompress(raw[raw.index(b"\n") + 65 :]), place="here")


def acquainted(*parties):
    """A desk for each party, over logs in memory, each knowing all the others' keys."""
    desks = [desk_at(list_log(party)) for party in parties]
    for here in desks:
        for there in desks:
            if here is not there:
                introduce_peer(here, party=there.party, title=there.party, key=there.key.verify_key)
    return desks


@pytest.fixture
def desks():
    """North and south, who know each other; north has said four things."""
    north, south = acquainted("north", "south")
    north.log.append([named(1), placed(1), noted(2), unknown_kind(3)])
    return north, south


@pytest.fixture
def content(desks):
    return content_of(send_package(desks[0], to=SOUTH).raw)


def test_the_committed_package_opens_and_says_what_it_said():
    opened = open_package(GOLDEN.read_bytes(), key=KEY, place="stick")
    assert (opened.sender, opened.recipient, opened.have) == ("north", "south", 0)
    assert opened.checkpoint.size == len(opened.commitments) == 4
    assert [statement for _, statement in opened.bodies] == [noted(2), unknown_kind(3)]
    assert opened.seen == {}


def test_every_changed_byte_is_refused_and_nothing_is_written(desks):
    north, south = desks
    raw, before = send_package(north, to=SOUTH).raw, south.log.head(SOUTH)
    for place in range(len(raw)):
        for mask in (0x01, 0x80):
            changed = bytearray(raw)
            changed[place] ^= mask
            # A changed byte in the sender's name makes it somebody we never met.
            with pytest.raises((IntegrityError, Refusal)):
                take_in_package(south, bytes(changed))
            with pytest.raises(IntegrityError):
                open_package(bytes(changed), key=KEY)
    assert south.log.head(SOUTH) == before
    assert south.log.head(NORTH).size == 0


def test_every_truncation_and_every_addition_is_refused(desks):
    north, south = desks
    raw = send_package(north, to=SOUTH).raw
    for length in range(len(raw)):
        with pytest.raises(IntegrityError):
            take_in_package(south, raw[:length])
    for more in (b"\x00", b"\n", raw):
        with pytest.raises(IntegrityError):
            take_in_package(south, raw + more)
    assert south.log.head(NORTH).size == 0


def test_a_package_is_taken_in_once_and_taking_it_in_again_changes_nothing(desks):
    north, south = desks
    raw = send_package(north, to=SOUTH).raw
    taken = take_in_package(south, raw)
    assert (taken.sender, taken.new, taken.disclosed) == ("north", 5, 2)
    head = south.log.head(SOUTH)
    again = take_in_package(south, raw)
    assert (again.new, again.disclosed) == (0, 0)
    assert south.log.head(SOUTH) == head
    assert south.log.head(NORTH).size == 5
    assert [e.statement for e in south.log.about("person:p3")] == [unknown_kind(3)]


def test_packages_come_one_after_another_and_bring_only_what_is_new(desks):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    take_in_package(north, send_package(south, to=NORTH).raw)
    north.log.append([noted(7)])
    made = send_package(north, to=SOUTH)
    assert content_of(made.raw)["have"] == 5
    taken = take_in_package(south, made.raw)
    assert (taken.new, taken.disclosed) == (made.statements, 1)
    assert south.log.commitments(NORTH) == north.log.commitments(NORTH)[: made.statements + 5]


def test_an_older_package_after_a_newer_one_is_silently_known(desks):
    north, south = desks
    older = send_package(north, to=SOUTH).raw
    newer = send_package(north, to=SOUTH).raw
    take_in_package(south, newer)
    assert take_in_package(south, older).new == 0


def test_withheld_statements_are_in_no_package(desks):
    north, _ = desks
    grant_access(north, account=ActorId("nadia"), role=Role.PRESS, party=NORTH)
    inside = encode(content_of(send_package(north, to=SOUTH).raw)).decode()
    kept = [e for e in north.log._all() if not e.statement.audience & {"south", "public"}]
    assert len(kept) >= 4
    for entry in kept:
        assert entry.statement.body.decode() not in inside
        assert entry.statement.body.decode().replace('"', '\\"') not in inside
    assert "withheld place" not in inside
    assert "Testyan" not in inside
    assert "nadia" not in inside


def test_a_package_for_another_is_refused():
    north, _, intermediary = acquainted("north", "south", "intermediary")
    north.log.append([noted(1)])
    with pytest.raises(IntegrityError) as caught:
        take_in_package(intermediary, send_package(north, to=SOUTH).raw)
    assert caught.value.code == "package-for-another-party"


def test_a_gap_is_refused_until_it_is_filled(desks):
    north, south = desks
    first = send_package(north, to=SOUTH).raw
    late = make_package(north.log, to=SOUTH, have=3, key=north.key, seen={})
    with pytest.raises(IntegrityError) as caught:
        take_in_package(south, late)
    assert caught.value.code == "package-gap"
    take_in_package(south, first)
    assert take_in_package(south, late).new == 1


@pytest.mark.parametrize("told", [3, 5, 6, 9])
def test_another_story_is_refused_as_a_fork_whether_shorter_or_longer(desks, told):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    head = south.log.head(SOUTH)
    other = list_log("north")
    other.append([noted(n) for n in range(told)])
    forked = make_package(other, to=SOUTH, have=0, key=north.key, seen={})
    with pytest.raises(IntegrityError) as caught:
        take_in_package(south, forked)
    assert caught.value.code == "log-forked"
    assert south.log.head(SOUTH) == head


def test_a_fork_below_what_we_are_said_to_have_is_refused(desks):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    other = list_log("north")
    other.append([noted(n) for n in range(9)])
    forked = make_package(other, to=SOUTH, have=5, key=north.key, seen={})
    with pytest.raises(IntegrityError) as caught:
        take_in_package(south, forked)
    assert caught.value.code == "root-differs"


def test_a_stranger_is_refused(desks):
    _, south = desks
    stranger = list_log("stranger")
    stranger.append([noted(1, by="stranger")])
    raw = make_package(stranger, to=SOUTH, have=0, key=key_of("stranger"), seen={})
    with pytest.raises(Refusal, match="peer-unknown"):
        take_in_package(south, raw)


def test_a_stranger_who_says_he_is_north_is_refused(desks):
    _, south = desks
    impostor = ListLog(NORTH, key_of("impostor"), counted_bytes("impostor"))
    impostor.append([noted(1)])
    raw = make_package(impostor, to=SOUTH, have=0, key=key_of("impostor"), seen={})
    with pytest.raises(IntegrityError) as caught:
        take_in_package(south, raw)
    assert caught.value.code == "package-bad-signature"


def test_nothing_is_sent_to_somebody_we_never_met(desks):
    with pytest.raises(Refusal, match="peer-unknown"):
        send_package(desks[0], to=PartyCode("stranger"))


def test_our_log_set_back_is_noticed_by_what_the_peer_holds_of_it(desks):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    back = send_package(south, to=NORTH).raw
    younger, _ = acquainted("north", "south")
    with pytest.raises(IntegrityError) as caught:
        take_in_package(younger, back)
    assert caught.value.code == "our-log-shorter-than-theirs"
    assert younger.log.head(SOUTH).size == 0


def test_a_log_that_said_nothing_yet_travels_as_an_empty_package():
    raw = make_package(list_log("north"), to=SOUTH, have=0, key=key_of("north"), seen={})
    opened = open_package(raw, key=KEY)
    assert (opened.checkpoint.size, opened.bodies) == (0, ())
    assert arrival_of(opened, list_log("south")) is None


def test_a_key_that_differs_from_the_one_noted_at_first_contact_is_refused(desks):
    north, _ = desks
    with pytest.raises(Refusal, match="peer-key-differs"):
        introduce_peer(north, party=SOUTH, title="South", key=key_of("other").verify_key)
    with pytest.raises(Refusal, match="peer-is-ourselves"):
        introduce_peer(north, party=NORTH, title="North", key=KEY)
    assert key_of_peer(north, SOUTH) == key_of("south").verify_key
    head = north.log.head(NORTH)
    introduce_peer(north, party=SOUTH, title="South", key=key_of("south").verify_key)
    assert north.log.head(NORTH) == head


EVIL = (
    None, True, False, 0, -1, 1, 2**52, "", "x", "\x00", "é", "A" * 70_000, "AAAA", [], [1],
    [[0, "", ""]], [[-1, "AAAA", ""]], [["0", "AAAA", "{}"]], [[0, "AAAA", 1]], [[True, "", ""]],
    {}, {"a": 1}, {"a": [1]}, {"a": [-1, "00"]}, {"a": [1, "zz"]}, {"a": [True, "00"]},
    {"a": [1, "AA"]}, [{}], [[[[]]]],
)  # fmt: skip
KEYS = ("v", "from", "to", "have", "checkpoint", "commitments", "bodies", "seen")


@pytest.mark.parametrize("key", KEYS)
def test_an_evil_value_from_the_sender_himself_is_only_ever_an_integrity_error(content, key):
    for evil in EVIL:
        try:
            opened = open_package(signed({**content, key: evil}), key=KEY, place="stick")
        except IntegrityError as caught:
            assert caught.place.startswith("stick")  # noqa: PT017 -- both outcomes are lawful
        else:
            harmless = key in {"to", "bodies", "seen"}
            assert harmless or (evil == content[key] and type(evil) is int)
            assert opened.checkpoint.size == 5


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_part_is_refused(content, key):
    with pytest.raises(IntegrityError):
        open_package(signed({k: v for k, v in content.items() if k != key}), key=KEY)


@pytest.mark.parametrize("raw", [b"[]", b"1", b"null", b'{"v": 1}', b"\xff", b"", b"[" * 200_000])
def test_signed_nonsense_is_refused(raw):
    with pytest.raises(IntegrityError):
        open_package(signed(raw), key=KEY)


def test_a_signed_body_that_was_never_committed_to_is_refused(content):
    content["bodies"][0][2] = noted(99).body.decode()
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content), key=KEY)
    assert (caught.value.place, caught.value.code) == (
        "package north/3",
        "body-not-as-committed",
    )


@pytest.mark.parametrize("seqs", [(4, 3), (3, 3), (3, 99)])
def test_bodies_out_of_order_or_twice_or_beyond_the_log_are_refused(content, seqs):
    bodies = {row[0]: row for row in content["bodies"]}
    content["bodies"] = [[seq, *bodies.get(seq, bodies[3])[1:]] for seq in seqs]
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content), key=KEY)
    assert caught.value.code == "body-out-of-place"


def test_words_put_into_anothers_mouth_are_refused():
    log = list_log("north")
    log.append([noted(1, by="south", audience=("south",))])
    raw = make_package(log, to=SOUTH, have=0, key=key_of("north"), seen={})
    with pytest.raises(IntegrityError) as caught:
        open_package(raw, key=KEY)
    assert caught.value.code == "body-by-another-party"


def test_a_checkpoint_of_another_log_or_size_is_refused(content):
    commitments = base64.b64decode(content["commitments"])
    entries = [commitments[i : i + 32] for i in range(0, len(commitments), 32)]
    for origin, size, code in (
        ("south", 5, "checkpoint-other-log"),
        ("north", 4, "checkpoint-size-differs"),
    ):
        head = Checkpoint(origin=origin_of(origin), size=size, root=root_of(entries[:size]))
        note = sign_checkpoint(head, key_of("north"))
        with pytest.raises(IntegrityError) as caught:
            open_package(signed({**content, "checkpoint": note}), key=KEY)
        assert caught.value.code == code


def test_a_root_that_is_not_that_of_the_commitments_is_refused(desks, content):
    head = Checkpoint(origin=origin_of("north"), size=5, root=bytes(32))
    note = sign_checkpoint(head, key_of("north"))
    with pytest.raises(IntegrityError) as caught:
        take_in_package(desks[1], signed({**content, "checkpoint": note}))
    assert caught.value.code == "root-differs"


def test_a_bomb_is_refused_before_it_goes_off(monkeypatch):
    monkeypatch.setattr(package_module, "MAX_CONTENT_BYTES", 10_000)
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(b"0" * 1_000_000), key=KEY)
    assert caught.value.code == "package-too-large"


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(package_module, "MAX_FILE_BYTES", 100)
    with pytest.raises(IntegrityError) as caught:
        open_package(GOLDEN.read_bytes(), key=KEY)
    assert caught.value.code == "package-too-large"


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(package_module, "MAX_ENTRIES", 3)
    with pytest.raises(IntegrityError) as caught:
        open_package(GOLDEN.read_bytes(), key=KEY)
    assert caught.value.code == "package-malformed"


def test_without_a_known_key_the_one_inside_shows_that_the_file_is_whole():
    raw = GOLDEN.read_bytes()
    assert open_package(raw, key=None).key == KEY
    with pytest.raises(IntegrityError) as caught:
        open_package(raw, key=key_of("south").verify_key)
    assert caught.value.code == "package-bad-signature"


def test_a_key_in_the_header_that_did_not_sign_is_refused(content):
    for key in (KEY, None):
        with pytest.raises(IntegrityError) as caught:
            open_package(signed(content, named=key_of("other")), key=key)
        assert caught.value.code == "package-bad-signature"


def test_a_header_that_names_another_sender_than_the_content_is_refused(content):
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content, sender="south"), key=KEY)
    assert caught.value.code == "package-malformed"


@pytest.mark.parametrize(
    "raw", [b"", b"PK", b"repatria-package/1 north AAAA\n", b"repatria-package/2 north "]
)
def test_what_is_not_a_package_names_no_sender(raw):
    with pytest.raises(IntegrityError) as caught:
        sender_of(raw)
    assert caught.value.code == "not-a-package"


def test_places_are_written_as_ranges():
    assert ranges_of([]) == ""
    assert ranges_of([7, 0, 1, 2, 4, 8]) == "0-2,4,7-8"
