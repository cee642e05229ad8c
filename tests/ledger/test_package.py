"""A package brings what it was signed to bring, to whom it was signed for, or nothing at all."""

import base64
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from ledger_packages import acquainted, content_of, inside, resealed, signed
from repatria.ledger import package as package_module
from repatria.ledger import package_content
from repatria.ledger.arriving import arrival_of
from repatria.ledger.canonical import encode
from repatria.ledger.checkpoint import Checkpoint, origin_of, read_note, sign_checkpoint
from repatria.ledger.fork import ForkError, read_evidence
from repatria.ledger.kinds.file_attached import FileAttached
from repatria.ledger.log import ListLog
from repatria.ledger.merkle import root_of
from repatria.ledger.package import QR_BYTES, make_package, open_package, padded_size
from repatria.ledger.sealing import is_sealed
from repatria.operations.access import grant_access, introduce_peer, key_of_peer
from repatria.operations.forks import forked_logs
from repatria.operations.packages import return_log, revoke_package, send_package
from repatria.operations.receiving import check_package, take_in_package
from repatria.terms import ActorId, IntegrityError, PartyCode, Refusal, Role
from statements import (
    MORNING,
    counted_bytes,
    key_of,
    keyring_of_party,
    list_log,
    named,
    node_of,
    noted,
    package_for,
    placed,
    said,
    unknown_kind,
)

NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))
KEY = key_of("north").verify_key
SOUTH_OPENS = node_of("south").identity


@pytest.fixture
def desks():
    """North and south, who know each other; north has said four things."""
    north, south = acquainted("north", "south")
    north.log.append([named(1), placed(1), noted(2), unknown_kind(3)])
    return north, south


@pytest.fixture
def content(desks):
    return content_of(send_package(desks[0], to=SOUTH).raw)


def test_a_package_can_be_opened_by_its_recipient_and_by_nobody_else(desks):
    raw = send_package(desks[0], to=SOUTH).raw
    assert is_sealed(raw)
    opened = open_package(raw, identity=SOUTH_OPENS, place="stick")
    assert (opened.sender, opened.recipients, opened.have) == ("north", ("south",), 0)
    assert opened.checkpoint.size == len(opened.commitments) == 5
    assert [statement for _, statement in opened.bodies] == [noted(2), unknown_kind(3)]
    for other in (node_of("intermediary").identity, node_of("north").identity, None):
        with pytest.raises(IntegrityError) as caught:
            open_package(raw, identity=other)
        assert caught.value.code == "not-sealed-for-us"


def test_nothing_that_is_in_a_package_can_be_read_without_its_key(desks):
    raw = send_package(desks[0], to=SOUTH).raw
    assert b"custody" not in raw
    assert b"north" not in raw
    assert b"south" not in raw


def test_a_package_for_two_holds_only_what_both_may_read():
    north, south, intermediary = acquainted("north", "south", "intermediary")
    north.log.append([named(1), noted(2)])
    made = send_package(north, to=(SOUTH, INTERMEDIARY))
    for party, desk in (("south", south), ("intermediary", intermediary)):
        assert [row[0] for row in content_of(made.raw, party)["bodies"]] == [3]
        assert take_in_package(desk, made.raw).disclosed == made.disclosed == 1


def test_one_statement_fits_into_a_kilobyte_whatever_age_adds(desks):
    north, south = desks
    for number in range(30):
        north.log.append([noted(number)])
        raw = package_for(north.log, SOUTH, have=north.log.head(NORTH).size - 1)
        assert len(raw) <= QR_BYTES
        assert open_package(raw, identity=south.node.identity).bodies[0][1] == noted(number)


@pytest.mark.parametrize("size", [1, 500, 768, 769, 2048, 2049, 40_000, 70_001, 3_000_000])
def test_padding_adds_at_most_an_eighth_to_what_is_large(size):
    padded = padded_size(size)
    assert padded >= size
    assert padded <= max(32_768, size * 1.12)
    assert padded_size(padded) == padded


def test_lists_of_thirty_and_of_a_hundred_persons_look_alike_from_outside():
    sizes = set()
    for count in (30, 100):
        [north, _] = acquainted("north", "south")
        north.log.append([noted(n) for n in range(count)])
        sizes.add(len(inside(send_package(north, to=SOUTH).raw)))
    assert len(sizes) == 1


def test_every_changed_byte_is_refused_and_nothing_is_written(desks):
    north, south = desks
    raw, before = package_for(north.log, SOUTH, have=4), south.log.head(SOUTH)
    take_in_package(south, package_for(ListLog(NORTH, key_of("north"), counted_bytes("x")), SOUTH))
    for place in range(len(raw)):
        for mask in (0x01, 0x80):
            changed = bytearray(raw)
            changed[place] ^= mask
            with pytest.raises(IntegrityError):
                take_in_package(south, bytes(changed))
    assert south.log.head(SOUTH) == before
    assert south.log.head(NORTH).size == 0


@pytest.mark.slow
def test_every_changed_byte_inside_is_refused_though_it_was_sealed_again(desks):
    north, south = desks
    plain = inside(package_for(north.log, SOUTH))
    plain = plain[: len(plain.rstrip(b"\0")) + 8]
    for place in range(len(plain)):
        for mask in (0x01, 0x80):
            changed = bytearray(plain)
            changed[place] ^= mask
            with pytest.raises((IntegrityError, Refusal)):
                take_in_package(south, resealed(bytes(changed)))
    assert south.log.head(NORTH).size == 0


def test_every_truncation_and_every_addition_is_refused(desks):
    north, south = desks
    raw = package_for(north.log, SOUTH, have=4)
    plain = inside(raw)
    for length in range(len(raw)):
        with pytest.raises(IntegrityError):
            take_in_package(south, raw[:length])
    for length in range(len(plain)):
        with pytest.raises(IntegrityError):
            open_package(plain[:length], identity=None)
    for more in (b"\x00", b"\n", raw):
        with pytest.raises(IntegrityError):
            take_in_package(south, raw + more)
        with pytest.raises(IntegrityError):
            take_in_package(south, resealed(plain + more))
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


def test_looking_at_a_package_writes_nothing(desks):
    north, south = desks
    raw, head = send_package(north, to=SOUTH).raw, south.log.head(SOUTH)
    checked = check_package(south, raw)
    assert len(checked.arrival.bodies) == 2
    assert (checked.revoked, checked.expired, checked.new_keyring) == (False, False, False)
    assert south.log.head(SOUTH) == head
    assert south.log.head(NORTH).size == 0


def test_packages_come_one_after_another_and_bring_only_what_is_new(desks):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    take_in_package(north, send_package(south, to=NORTH).raw)
    north.log.append([noted(7)])
    made = send_package(north, to=SOUTH)
    assert content_of(made.raw)["have"] == 5
    taken = take_in_package(south, made.raw)
    # The receipt for South's package, and the new statement.
    assert (taken.new, taken.disclosed) == (made.statements, 2)
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
    told = encode(content_of(send_package(north, to=SOUTH).raw)).decode()
    kept = [e for e in north.log._all() if not e.statement.audience & {"south", "public"}]
    assert len(kept) >= 4
    for entry in kept:
        assert entry.statement.body.decode() not in told
        assert entry.statement.body.decode().replace('"', '\\"') not in told
    assert "withheld place" not in told
    assert "Testyan" not in told
    assert "nadia" not in told


def test_a_package_for_another_is_refused_though_it_was_sealed_for_us():
    north, _, intermediary = acquainted("north", "south", "intermediary")
    north.log.append([noted(1)])
    stolen = resealed(inside(send_package(north, to=SOUTH).raw), "intermediary")
    with pytest.raises(IntegrityError) as caught:
        take_in_package(intermediary, stolen)
    assert caught.value.code == "package-for-another-party"


def test_a_gap_is_refused_until_it_is_filled(desks):
    north, south = desks
    first = send_package(north, to=SOUTH).raw
    late = package_for(north.log, SOUTH, have=5)
    with pytest.raises(IntegrityError) as caught:
        take_in_package(south, late)
    assert caught.value.code == "package-gap"
    take_in_package(south, first)
    assert take_in_package(south, late).new == 1


@pytest.mark.parametrize("told", [3, 5, 6, 9])
def test_another_story_is_refused_with_evidence_whether_shorter_or_longer(desks, told):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    head = south.log.head(NORTH)
    other = list_log("north")
    other.append([noted(n) for n in range(told)])
    with pytest.raises(ForkError) as caught:
        take_in_package(south, package_for(other, SOUTH))
    assert caught.value.code == "log-forked"
    assert south.log.head(NORTH) == head
    [evidence] = forked_logs(south.log).values()
    assert len(evidence) < 1024
    assert read_evidence(evidence, KEY) == caught.value.evidence


def test_a_fork_below_what_we_are_said_to_have_is_shown_by_where_it_goes_on_from(desks):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    other = list_log("north")
    other.append([noted(n) for n in range(5)])
    other.append([noted(n) for n in range(4)])
    with pytest.raises(ForkError):
        take_in_package(south, package_for(other, SOUTH, have=5))
    [evidence] = forked_logs(south.log).values()
    assert read_evidence(evidence, KEY)


def test_a_forked_log_is_frozen_and_nothing_else_is():
    north, south, intermediary = acquainted("north", "south", "intermediary")
    north.log.append([noted(1)])
    take_in_package(south, send_package(north, to=SOUTH).raw)
    other = list_log("north")
    other.append([noted(n) for n in range(7)])
    with pytest.raises(ForkError):
        take_in_package(south, package_for(other, SOUTH))
    with pytest.raises(IntegrityError) as caught:
        take_in_package(south, send_package(north, to=SOUTH).raw)
    assert caught.value.code == "log-frozen"
    assert take_in_package(south, send_package(intermediary, to=SOUTH).raw).new
    # The evidence travels; the intermediary checks it and freezes the log as well.
    take_in_package(intermediary, send_package(south, to=INTERMEDIARY).raw)
    assert list(forked_logs(intermediary.log)) == [NORTH]


def test_two_stories_told_to_two_parties_meet_at_the_third():
    north, south, intermediary = acquainted("north", "south", "intermediary")
    other = list_log("north")
    other.append([noted(n) for n in range(6)])
    north.log.append([noted(9)] * 2)
    take_in_package(south, package_for(north.log, SOUTH))
    take_in_package(intermediary, package_for(other, INTERMEDIARY))
    taken = take_in_package(intermediary, send_package(south, to=INTERMEDIARY).raw)
    assert taken.forked == (NORTH,)
    [evidence] = forked_logs(intermediary.log).values()
    assert read_evidence(evidence, KEY)
    assert not forked_logs(south.log)


def test_what_others_were_shown_is_kept_until_the_log_itself_comes():
    north, south, intermediary = acquainted("north", "south", "intermediary")
    other = list_log("north")
    other.append([noted(n) for n in range(6)])
    north.log.append([noted(9)] * 2)
    take_in_package(south, package_for(north.log, SOUTH))
    take_in_package(intermediary, send_package(south, to=INTERMEDIARY).raw)
    assert not forked_logs(intermediary.log)
    taken = take_in_package(intermediary, package_for(other, INTERMEDIARY))
    assert taken.forked == (NORTH,)


def test_a_stranger_is_refused(desks):
    _, south = desks
    stranger = list_log("stranger")
    stranger.append([noted(1, by="stranger")])
    with pytest.raises(Refusal, match="peer-unknown"):
        take_in_package(south, package_for(stranger, SOUTH))


def test_a_stranger_who_says_he_is_north_is_refused(desks):
    _, south = desks
    impostor = ListLog(NORTH, key_of("impostor"), counted_bytes("impostor"))
    impostor.append([noted(1)])
    with pytest.raises(IntegrityError) as caught:
        take_in_package(south, package_for(impostor, SOUTH, node=node_of("impostor")))
    assert caught.value.code == "package-bad-signature"


def test_nothing_is_sent_to_somebody_we_never_met(desks):
    with pytest.raises(Refusal, match="peer-unknown"):
        send_package(desks[0], to=PartyCode("stranger"))
    with pytest.raises(Refusal, match="nobody-to-send-to"):
        send_package(desks[0], to=())


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
    opened = open_package(package_for(list_log("north"), SOUTH), identity=SOUTH_OPENS)
    assert (opened.checkpoint.size, opened.bodies) == (0, ())
    assert arrival_of(opened, list_log("south")) is None


def test_keys_that_differ_from_those_noted_at_first_contact_are_refused(desks):
    north, _ = desks
    with pytest.raises(Refusal, match="keyring-of-another-party"):
        introduce_peer(north, party=SOUTH, title="South", keyring=keyring_of_party("other"))
    with pytest.raises(Refusal, match="peer-is-ourselves"):
        introduce_peer(north, party=NORTH, title="North", keyring=keyring_of_party("north"))
    assert key_of_peer(north, SOUTH) == key_of("south").verify_key
    head = north.log.head(NORTH)
    introduce_peer(north, party=SOUTH, title="South", keyring=keyring_of_party("south"))
    assert north.log.head(NORTH) == head


def test_a_revoked_package_is_refused_once_its_sender_said_so(desks):
    north, south = desks
    made = send_package(north, to=SOUTH)
    take_in_package(south, send_package(north, to=SOUTH).raw)
    revoke_package(north, digest=made.digest, reason="the wrong list was in it")
    take_in_package(south, send_package(north, to=SOUTH).raw)
    assert check_package(south, made.raw).revoked
    with pytest.raises(Refusal, match="package-revoked"):
        take_in_package(south, made.raw)


def test_an_expired_package_is_refused(desks):
    north, south = desks
    raw = send_package(north, to=SOUTH, until=MORNING - timedelta(seconds=1)).raw
    assert check_package(south, raw).expired
    with pytest.raises(Refusal, match="package-expired"):
        take_in_package(south, raw)
    later = send_package(north, to=SOUTH, until=datetime(2031, 1, 1, tzinfo=UTC))
    assert take_in_package(south, later.raw).new == later.statements


def test_a_file_travels_under_the_hash_of_its_content_with_the_statement_that_names_it(desks):
    north, south = desks
    for audience, raw in (((NORTH, SOUTH), b"a scan"), ((NORTH,), b"another scan")):
        attached = FileAttached(
            digest=sha256(raw).hexdigest(), size=len(raw), media_type="image/png"
        )
        about = (f"file:{attached.digest}",)
        north.log.append([said(attached, about=about, audience=audience)], [raw])
    made = send_package(north, to=SOUTH)
    assert b"another scan" not in encode(content_of(made.raw))
    take_in_package(south, made.raw)
    assert south.log.attachment(sha256(b"a scan").hexdigest()) == b"a scan"
    assert south.log.attachment(sha256(b"another scan").hexdigest()) is None


def test_giving_a_log_back_heals_nothing_by_itself(desks):
    north, south = desks
    take_in_package(south, send_package(north, to=SOUTH).raw)
    raw = return_log(south, to=NORTH).raw
    returned = open_package(raw, identity=north.node.identity).returned
    assert returned.commitments == north.log.commitments(NORTH)[:5]
    assert [body for _, body in returned.bodies] == [noted(2), unknown_kind(3)]
    head = north.log.head(NORTH)
    assert take_in_package(north, raw).sender == SOUTH
    assert (
        north.log.commitments(NORTH)[: head.size]
        == (*returned.commitments, *_after(north, 5))[: head.size]
    )


def _after(desk, size):
    return desk.log.commitments(desk.party)[size:]


EVIL = (
    None, True, False, 0, -1, 1, 2**52, "", "x", "\x00", "é", "A" * 70_000, "AAAA", [], [1],
    [[0, "", ""]], [[-1, "AAAA", ""]], [["0", "AAAA", "{}"]], [[0, "AAAA", 1]], [[True, "", ""]],
    {}, {"a": 1}, {"a": [1]}, {"a": [-1, "00"]}, {"a": [1, "zz"]}, {"a": [True, "00"]},
    {"a": [1, "AA"]}, [{}], [[[[]]]], ["south", "south"], ["south", ""], "south", [["a" * 64, 1]],
    {"have": 0, "note": "", "commitments": "", "bodies": []}, "2030-03-01T08:00:00Z",
)  # fmt: skip
KEYS = (
    "v", "from", "to", "have", "head", "commitments", "bodies", "base", "attachments",
    "keyrings", "until", "returned",
)  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_an_evil_value_from_the_sender_himself_is_only_ever_a_documented_error(desks, content, key):
    _, south = desks
    before = south.log.head(SOUTH)
    for evil in EVIL:
        raw = resealed(signed({**content, key: evil}))
        try:
            opened = open_package(raw, identity=SOUTH_OPENS, place="stick")
        except IntegrityError as caught:
            assert caught.place.startswith("stick")  # noqa: PT017 -- both outcomes are lawful
            with pytest.raises(IntegrityError):
                take_in_package(south, raw)
            assert south.log.head(SOUTH) == before
        else:
            assert opened.checkpoint.size == 5
    assert south.log.head(NORTH).size in (0, 5)


@pytest.mark.parametrize("key", KEYS[:7])
def test_a_missing_part_is_refused(content, key):
    with pytest.raises(IntegrityError):
        open_package(signed({k: v for k, v in content.items() if k != key}), identity=None)


@pytest.mark.parametrize("raw", [b"[]", b"1", b"null", b'{"v": 1}', b"\xff", b"", b"[" * 200_000])
def test_signed_nonsense_is_refused(raw):
    with pytest.raises(IntegrityError):
        open_package(signed(raw), identity=None)


def test_a_signed_body_that_was_never_committed_to_is_refused(content):
    content["bodies"][0][2] = noted(99).body.decode()
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content), identity=None)
    assert (caught.value.place, caught.value.code) == ("package north/3", "body-not-as-committed")


@pytest.mark.parametrize("seqs", [(4, 3), (3, 3), (3, 99)])
def test_bodies_out_of_order_or_twice_or_beyond_the_log_are_refused(content, seqs):
    bodies = {row[0]: row for row in content["bodies"]}
    content["bodies"] = [[seq, *bodies.get(seq, bodies[3])[1:]] for seq in seqs]
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content), identity=None)
    assert caught.value.code == "body-out-of-place"


def test_words_put_into_anothers_mouth_are_refused():
    log = list_log("north")
    log.append([noted(1, by="south", audience=("south",))])
    with pytest.raises(IntegrityError) as caught:
        open_package(package_for(log, SOUTH), identity=SOUTH_OPENS)
    assert caught.value.code == "body-by-another-party"


@pytest.mark.parametrize(("origin", "size"), [("south", 5), ("north", 4), ("north", 6)])
def test_a_head_of_another_log_or_size_is_refused(content, origin, size):
    head = Checkpoint(origin=origin_of(origin), size=size, root=_root(content))
    _, line = read_note(sign_checkpoint(head, key_of("north")), place="here")
    packed = base64.b64encode(head.root + line).decode()
    with pytest.raises(IntegrityError) as caught:
        open_package(signed({**content, "head": packed}), identity=None)
    assert caught.value.code in {"checkpoint-bad-signature", "checkpoint-wrong-key"}


def _root(content):
    joined = base64.b64decode(content["commitments"])
    return root_of([joined[i : i + 32] for i in range(0, len(joined), 32)])


def test_a_root_that_is_not_that_of_the_commitments_is_refused(desks, content):
    head = Checkpoint(origin=origin_of("north"), size=5, root=bytes(32))
    _, line = read_note(sign_checkpoint(head, key_of("north")), place="here")
    packed = base64.b64encode(head.root + line).decode()
    with pytest.raises(IntegrityError) as caught:
        take_in_package(desks[1], signed({**content, "head": packed}))
    assert caught.value.code == "root-differs"


def test_a_file_under_another_hash_is_refused(content):
    for rows, files in (
        ([[sha256(b"x").hexdigest(), 1]], b"y"),
        ([[sha256(b"x").hexdigest(), 1]], b"xx"),
        ([[sha256(b"x").hexdigest(), 1]] * 2, b"xx"),
        ([["../../node.key", 1]], b"x"),
        ([], b"x"),
    ):
        with pytest.raises(IntegrityError):
            open_package(signed({**content, "attachments": rows}, files=files), identity=None)


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch, desks):
    monkeypatch.setattr(package_module, "MAX_FILE_BYTES", 100)
    with pytest.raises(IntegrityError) as caught:
        open_package(send_package(desks[0], to=SOUTH).raw, identity=SOUTH_OPENS)
    assert caught.value.code == "package-too-large"


def test_too_many_entries_are_refused(monkeypatch, content):
    monkeypatch.setattr(package_content, "MAX_ENTRIES", 3)
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content), identity=None)
    assert caught.value.code == "package-malformed"


def test_a_key_inside_that_did_not_sign_is_refused(content):
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content, named=key_of("other")), identity=None)
    assert caught.value.code == "package-bad-signature"


def test_a_header_that_names_another_sender_than_the_content_is_refused(content):
    with pytest.raises(IntegrityError) as caught:
        open_package(signed(content, sender="south"), identity=None)
    assert caught.value.code == "package-malformed"


@pytest.mark.parametrize("raw", [b"", b"PK", b"repatria-package/3 north\n", b"age-encryption.org"])
def test_what_is_not_a_package_is_none(raw):
    with pytest.raises(IntegrityError) as caught:
        open_package(raw, identity=SOUTH_OPENS)
    assert caught.value.code == "not-a-package"


def test_nobody_can_be_given_anothers_log_back(desks, content):
    north, _ = desks
    returned = {
        "have": 0,
        "note": north.log.signed_head(),
        "commitments": content["commitments"],
        "bodies": content["bodies"],
    }
    for to in (["south"], ["intermediary", "south"]):
        with pytest.raises(IntegrityError):
            open_package(signed({**content, "to": to, "returned": returned}), identity=None)


def test_a_package_can_only_be_made_for_somebody():
    with pytest.raises(ValueError, match="sealed for nobody"):
        make_package(list_log("north"), to=(SOUTH,), have=0, node=node_of("north"), recipients=[])
