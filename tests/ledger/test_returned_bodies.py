"""A package that gives a log back holds two logs' bodies, and is refused for neither's number."""

import pytest

from repatria.ledger.package import make_package, open_package
from repatria.ledger.package_content import Returned
from repatria.terms import PartyCode
from statements import list_log, node_of, noted


def returned_log(count):
    log = list_log("south")
    log.append([noted(n, by="south") for n in range(count)])
    bodies = log.bodies_for(PartyCode("south"))
    return Returned(
        have=0,
        note=log.signed_head(),
        commitments=log.commitments(PartyCode("south")),
        bodies=tuple((each, None) for each in bodies),
    )


@pytest.mark.parametrize(("said", "returned"), [(9, 1), (9, 5), (1, 9), (0, 3), (3, 3)])
def test_bodies_of_both_logs_come_through(said, returned):
    log = list_log("north")
    log.append([noted(n) for n in range(said)])

    raw = make_package(
        log,
        to=[PartyCode("south")],
        have=0,
        node=node_of("north"),
        recipients=[node_of("south").identity.recipient],
        returned=returned_log(returned),
    )

    package = open_package(raw, identity=node_of("south").identity)
    assert (len(package.bodies), len(package.returned.bodies)) == (said, returned)
