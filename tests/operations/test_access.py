"""First contact, and who may come in."""

from repatria.operations.access import (
    found_installation,
    grant_access,
    introduce_peer,
    key_of_peer,
)
from repatria.terms import Role
from simulators.party import INTERMEDIARY, NORTH, SOUTH, PartySimulator
from simulators.refusals import refuses
from statements import key_of, keyring_of_party, node_of, roots_of, signed_keyring


def test_the_first_statement_of_a_log_says_whose_it_is_and_under_which_key():
    north = PartySimulator(NORTH)
    receipt = found_installation(north.desk(), title="North", keyring=keyring_of_party(NORTH))
    assert (receipt.first, receipt.size) == (0, 1)
    assert key_of_peer(north.desk(), NORTH) == key_of(NORTH).verify_key


def test_a_peer_is_known_by_the_key_that_was_read_aloud():
    north = PartySimulator(NORTH)
    assert key_of_peer(north.desk(), SOUTH) is None
    introduce_peer(north.desk(), party=SOUTH, title="South", keyring=keyring_of_party(SOUTH))
    assert key_of_peer(north.desk(), SOUTH) == key_of(SOUTH).verify_key


def test_introducing_a_peer_again_writes_nothing():
    north, keyring = PartySimulator(NORTH), keyring_of_party(SOUTH)
    introduce_peer(north.desk(), party=SOUTH, title="South", keyring=keyring)
    before = north.head
    again = introduce_peer(north.desk(), party=SOUTH, title="South", keyring=keyring)
    assert again.first == again.size
    assert north.head == before


def test_other_root_keys_for_a_known_peer_are_refused():
    north = PartySimulator(NORTH)
    introduce_peer(north.desk(), party=SOUTH, title="South", keyring=keyring_of_party(SOUTH))
    with refuses(north, "peer-key-differs"):
        introduce_peer(
            north.desk(),
            party=SOUTH,
            title="South",
            keyring=signed_keyring(
                SOUTH, roots=roots_of(INTERMEDIARY), nodes=[node_of(SOUTH).public("node-1")]
            ),
        )
    with refuses(north, "keyring-of-another-party"):
        introduce_peer(
            north.desk(), party=SOUTH, title="South", keyring=keyring_of_party(INTERMEDIARY)
        )


def test_a_party_is_not_its_own_peer():
    north = PartySimulator(NORTH)
    with refuses(north, "peer-is-ourselves"):
        introduce_peer(north.desk(), party=NORTH, title="North", keyring=keyring_of_party(NORTH))


def test_a_role_is_a_statement_that_only_the_party_itself_reads():
    north = PartySimulator(NORTH)
    grant_access(north.desk(), account="nadia", role=Role.REGISTRAR, party=NORTH, title="Nadia")
    [granted] = north.log.about("account:nadia")
    assert granted.statement.audience == {NORTH}
    assert granted.statement.content["role"] == "registrar"
