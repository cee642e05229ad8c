"""What a stranger, a thief or another party tries with keyrings, and what comes of it: nothing."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from repatria.ledger.document import Envelope, envelope_of, key_id
from repatria.ledger.log import ListLog
from repatria.ledger.node import NodeSecrets
from repatria.ledger.package import make_package
from repatria.ledger.peers_document import PeersEntry, peers_document, read_peers
from repatria.ledger.sealing import Identity
from repatria.ledger.signing import SigningKey
from repatria.operations.access import keyring_of, keyrings_of
from repatria.operations.keyrings import adopt_peers, note_own_keyring, sign_peers
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import IntegrityError, Refusal, Role
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Courier, PartySimulator
from statements import (
    age_secret,
    counted_bytes,
    keyring_of_party,
    node_of,
    noted,
    roots_of,
    signed_keyring,
)


def secrets_of(name):
    def raw(what):
        return sha256(f"{what} of {name}".encode()).digest()

    return NodeSecrets(
        signing=SigningKey(raw("key")),
        witness=SigningKey(raw("witness")),
        identity=Identity(age_secret(raw("identity"))),
    )


NEXT = secrets_of("north's next installation")
STRANGER = secrets_of("nobody")
STRANGE_ROOTS = [SigningKey(sha256(f"strange root {n}".encode()).digest()) for n in range(3)]


@pytest.fixture
def met():
    """North and south, who know each other; south holds three entries of north's log."""
    north, south = PartySimulator(NORTH), PartySimulator(SOUTH)
    north.meet(south)
    south.meet(north)
    north.log.append([noted(n) for n in range(2)])
    Courier().carry(north, south)
    return north, south


def state(party):
    return {origin: party.log.head(origin) for origin in (NORTH, SOUTH, INTERMEDIARY)}


def refused(recipient, raw, code):
    """Refused with this code, and nothing was written."""
    before = state(recipient)
    with pytest.raises(IntegrityError, match=code):
        take_in_package(recipient.desk(), raw)
    assert state(recipient) == before


def package(log, node, *keyrings, have=0):
    return make_package(
        log,
        to=(SOUTH,),
        have=have,
        node=node,
        recipients=[node_of(SOUTH).identity.recipient],
        keyrings=[ring.envelope.text for ring in keyrings],
    )


def signed_by(node, statements=4):
    """A log that says it is north's, signed with whatever key."""
    log = ListLog(NORTH, node.signing, counted_bytes("attack"))
    log.append([noted(n) for n in range(statements)])
    return log


def rotated(size, slack=0, **rest):
    old = node_of(NORTH).public("node-1", to_size=size + slack)
    return signed_keyring(
        NORTH, version=2, nodes=[old, NEXT.public("node-2", from_size=size)], **rest
    )


def test_a_stranger_brings_a_keyring_of_his_own_in_norths_name(met):
    _, south = met
    for version in (1, 2):
        own = signed_keyring(
            NORTH, version=version, nodes=[STRANGER.public("node-1")], roots=STRANGE_ROOTS
        )
        log = signed_by(STRANGER)

        code = "keyring-rolled-back" if version == 1 else "keyring-not-signed"
        refused(south, package(log, STRANGER, own), code)


def test_a_stranger_signs_in_norths_name_without_any_keyring(met):
    refused(met[1], package(signed_by(STRANGER), STRANGER), "package-bad-signature")


def test_a_stranger_brings_norths_own_next_keyring_and_signs_himself(met):
    _, south = met
    size = south.log.head(NORTH).size

    refused(south, package(signed_by(STRANGER), STRANGER, rotated(size)), "package-bad-signature")


def test_a_stranger_nobody_introduced_is_told_so_whatever_he_brings(met):
    _, south = met
    log = ListLog(INTERMEDIARY, STRANGER.signing, counted_bytes("stranger"))
    log.append([noted(1, by="intermediary")])
    ring = signed_keyring(INTERMEDIARY, nodes=[STRANGER.public("node-1")], roots=STRANGE_ROOTS)

    with pytest.raises(Refusal, match="peer-unknown"):
        take_in_package(south.desk(), package(log, STRANGER, ring))


def test_the_keyring_of_another_party_in_a_package_is_refused(met):
    north, south = met
    raw = package(north.log, node_of(NORTH), keyring_of_party(INTERMEDIARY))

    refused(south, raw, "keyring-other-party")


def test_a_revoked_key_signs_nothing_beyond_its_end(met):
    north, south = met
    size = north.log.head(NORTH).size
    ring = rotated(size)
    north.log.append([noted(9)])

    refused(south, package(north.log, node_of(NORTH), ring), "package-bad-signature")


def test_a_future_key_signs_nothing_before_its_beginning(met):
    _, south = met
    size = south.log.head(NORTH).size
    later = signed_keyring(
        NORTH,
        version=2,
        nodes=[
            node_of(NORTH).public("node-1", to_size=size + 9),
            NEXT.public("node-2", from_size=size + 9),
        ],
    )

    refused(south, package(signed_by(NEXT, size + 5), NEXT, later), "package-bad-signature")


def test_a_key_that_was_never_adopted_signs_nothing(met):
    refused(met[1], package(signed_by(NEXT), NEXT), "package-bad-signature")


def test_a_revocation_below_what_we_hold_is_refused_and_needs_people(met):
    north, south = met
    size = south.log.head(NORTH).size

    refused(south, package(north.log, node_of(NORTH), rotated(size - 1)), "rewrites-history")


def test_a_package_that_is_refused_leaves_the_known_keyring(met):
    north, south = met
    size = north.log.head(NORTH).size
    north.log.append([noted(9)])
    raw = package(north.log, node_of(NORTH), rotated(size))

    refused(south, raw, "package-bad-signature")

    assert keyring_of(south.log, NORTH).version == 1


def test_a_party_that_ended_all_its_keys_does_no_harm(met):
    north, south = met
    north.log.append([noted(9)])
    size = north.log.head(NORTH).size
    ended = signed_keyring(NORTH, version=2, nodes=[node_of(NORTH).public("n", to_size=size)])
    nodes = [replace(ended.nodes[0], name="node-1")]
    ended = signed_keyring(NORTH, version=2, nodes=nodes)

    brought = take_in_package(south.desk(), package(north.log, node_of(NORTH), ended))

    assert brought.new > 0
    assert keyring_of(south.log, NORTH).version == 2
    with pytest.raises(Refusal, match="peer-has-no-key"):
        send_package(south.desk(), to=NORTH)


def gone_over(north, ring):
    """North after it went over to another keyring, in memory."""
    north.log._key = NEXT.signing  # the log in memory has no files to change
    north.node, north.keyring = NEXT, ring
    note_own_keyring(north.desk(), ring)
    return north


def test_our_note_of_a_keyring_is_made_once(met):
    north, _ = met
    ring = rotated(north.log.head(NORTH).size)
    size = gone_over(north, ring).log.head(NORTH).size

    note_own_keyring(north.desk(), ring)

    assert north.log.head(NORTH).size == size
    assert [each.version for each in keyrings_of(north.log, NORTH)] == [2]


def test_a_keyring_travels_until_its_receipt_comes_back(met):
    north, south = met
    note_own_keyring(north.desk(), keyring_of_party(NORTH))
    gone_over(north, rotated(north.log.head(NORTH).size))
    courier = Courier()

    courier.carry(north, south)
    courier.carry(north, south)
    courier.carry(south, north)
    courier.carry(north, south)

    sent = [b'"keyrings"' in each.content for each in courier.carried if each.sender == NORTH]
    assert sent == [True, True, False]
    assert keyring_of(south.log, NORTH).version == 2


# The document of a first meeting. -------------------------------------------------------------


def meeting(*parties, **keyrings):
    rings = {party: keyrings.get(str(party), keyring_of_party(party)) for party in parties}
    return peers_document(
        PeersEntry(title=f"Office of {party}", keyring=ring) for party, ring in rings.items()
    )


def signed_by_all(document, *parties):
    envelope = document.envelope
    for party in parties:
        envelope = envelope.signed_by(node_of(party).signing)
    return envelope.text


EVERYBODY = (INTERMEDIARY, NORTH, SOUTH)


def test_a_document_of_everybody_introduces_everybody():
    north = PartySimulator(NORTH)
    note_own_keyring(north.desk(), keyring_of_party(NORTH))

    new = adopt_peers(north.desk(), signed_by_all(meeting(*EVERYBODY), *EVERYBODY))

    assert new == (INTERMEDIARY, SOUTH)
    assert keyring_of(north.log, SOUTH) == keyring_of_party(SOUTH)
    assert adopt_peers(north.desk(), signed_by_all(meeting(*EVERYBODY), *EVERYBODY)) == ()


@pytest.mark.parametrize("missing", EVERYBODY)
def test_one_missing_signature_introduces_nobody(missing):
    north = PartySimulator(NORTH)
    text = signed_by_all(meeting(*EVERYBODY), *(p for p in EVERYBODY if p != missing))

    with pytest.raises(Refusal) as refusal:
        adopt_peers(north.desk(), text)

    assert [(o.code, o.about) for o in refusal.value.objections] == [
        ("peers-not-signed", (missing,))
    ]
    assert north.log.head(NORTH).size == 0


def test_a_signature_by_a_root_or_a_witness_is_not_a_partys_signature():
    document = meeting(NORTH, SOUTH)
    envelope = document.envelope
    for key in (*roots_of(SOUTH), node_of(SOUTH).witness, node_of(NORTH).signing):
        envelope = envelope.signed_by(key)

    assert read_peers(envelope.text).unsigned == (SOUTH,)


def test_a_signature_under_another_partys_key_id_does_not_count():
    envelope = meeting(NORTH, SOUTH).envelope.signed_by(node_of(NORTH).signing)
    lent = [(key_id(node_of(SOUTH).signing.verify_key), envelope.signatures[0][1])]

    assert read_peers(envelope.with_signatures(lent).text).unsigned == (SOUTH,)


def test_a_party_known_with_other_roots_is_refused_and_so_is_the_whole_document():
    north = PartySimulator(NORTH)
    north.meet(PartySimulator(SOUTH))
    other = signed_keyring(SOUTH, roots=STRANGE_ROOTS)
    text = signed_by_all(meeting(*EVERYBODY, south=other), *EVERYBODY)
    size = north.log.head(NORTH).size

    for act in (adopt_peers, sign_peers):
        with pytest.raises(Refusal, match="peer-key-differs"):
            act(north.desk(), text)
    assert north.log.head(NORTH).size == size


def test_a_document_with_another_key_for_ourselves_is_refused():
    north = PartySimulator(NORTH)
    false = signed_keyring(NORTH, nodes=[STRANGER.public("node-1")], roots=STRANGE_ROOTS)
    document = meeting(NORTH, SOUTH, north=false)
    text = document.envelope.signed_by(STRANGER.signing).signed_by(node_of(SOUTH).signing).text

    with pytest.raises(Refusal, match="peers-without-us"):
        adopt_peers(north.desk(), text)


def test_only_the_registrar_signs_and_adopts():
    north = PartySimulator(NORTH)
    for act in (adopt_peers, sign_peers):
        with pytest.raises(Refusal, match="role-may-not"):
            act(north.desk(Role.MEDICAL), signed_by_all(meeting(*EVERYBODY), *EVERYBODY))


def test_a_signed_document_counts_the_hands_in_any_order():
    desks = {party: PartySimulator(party).desk() for party in EVERYBODY}
    texts = set()
    for order in (EVERYBODY, EVERYBODY[::-1]):
        text = meeting(*EVERYBODY).envelope.text
        for party in order:
            text = sign_peers(desks[party], text).envelope.text
        texts.add(text)

    assert len(texts) == 1
    assert read_peers(texts.pop()).unsigned == ()


EVIL = [
    {"title": ""}, {"title": " a"}, {"title": "a\x1b[2J"}, {"title": "a\u202eb"}, {"title": 1},
    {"title": "x" * 201}, {"party": "south"}, {"roots": "00" * 16}, {"keyring": "{}"},
    {"keyring": None}, {"more": 1}, {"keyring": keyring_of_party("south").envelope.text},
]  # fmt: skip


@pytest.mark.parametrize("change", EVIL, ids=range(len(EVIL)))
def test_a_malformed_document_is_an_integrity_error(change):
    value = json.loads(meeting(NORTH, SOUTH).envelope.payload)
    value["parties"][0] |= change

    with pytest.raises(IntegrityError, match="peers-malformed"):
        read_peers(envelope_of("peers", value).text)


@pytest.mark.parametrize("value", [[], {}, {"v": 1, "parties": []}, {"v": 1, "parties": None}, 1])
def test_what_names_nobody_is_no_document(value):
    with pytest.raises(IntegrityError, match="peers-malformed"):
        read_peers(envelope_of("peers", value).text)


def test_a_keyring_signed_by_nobody_has_no_place_in_a_document():
    bare = Envelope(
        payload_type=keyring_of_party("south").envelope.payload_type,
        payload=keyring_of_party("south").envelope.payload,
    )
    document = meeting(NORTH, SOUTH, south=replace(keyring_of_party("south"), envelope=bare))

    with pytest.raises(IntegrityError, match="peers-malformed"):
        read_peers(document.envelope.text)
