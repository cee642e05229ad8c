"""A peer's claims, whatever they say of each other, never keep ours from being read."""

import pytest

from ledger_packages import acquainted
from repatria.operations.findings import recorded_findings
from repatria.operations.packages import send_package
from repatria.operations.publicity import claims_known, record_claims, statement_of_claim
from repatria.operations.receiving import take_in_package
from repatria.record.check import CheckKind
from repatria.record.claim_rows import claims_in
from repatria.record.references import circles_in
from repatria.terms import PartyCode, Refusal

SOUTH = PartyCode("south")
OURS = (
    "id,episode,said_on,speaker,measure,counting_rule,value\n"
    "o1,m,2030-01-01,Office of North,returned to North,all,5\n"
    "o2,m,2030-01-01,Office of South,returned to North,all,7\n"
)
HOSTILE = (
    "id,episode,said_on,speaker,measure,counting_rule,value,{column}\n"
    "x1,m,2030-01-01,Nobody,returned to North,all,6,x2\n"
    "x2,m,2030-01-01,Nobody,returned to North,all,6,x3\n"
    "x3,m,2030-01-01,Nobody,returned to North,all,6,x1\n"
)


@pytest.mark.parametrize("column", ["parts", "supersedes", "copy_of"])
def test_claims_in_a_circle_are_taken_in_and_named_and_block_nothing(column):
    north, south = acquainted("north", "south")
    circle = claims_in(HOSTILE.format(column=column))
    north.log.append([statement_of_claim(north, claim) for claim in circle])
    take_in_package(south, send_package(north, to=SOUTH).raw)

    record_claims(south, claims_in(OURS))

    found = [f.check for f in recorded_findings(south.log)]
    assert len(claims_known(south.log)) == 5
    assert [c.claims for c in found if c.kind is CheckKind.REFERENCE_CIRCLE] == [("x1", "x2", "x3")]
    assert any({"o1", "o2"} <= set(c.claims) and not c.holds for c in found)


def test_a_peer_closes_a_circle_through_our_claim_and_ours_still_stands():
    north, south = acquainted("north", "south")
    ours, theirs = claims_in(
        "id,said_on,speaker,measure,value,copy_of\n"
        "o1,2030-01-01,Office,returned to North,5,x1\n"
        "x1,2030-01-01,Nobody,returned to North,9,o1\n"
    )
    record_claims(south, (ours,))
    north.log.append([statement_of_claim(north, theirs)])
    take_in_package(south, send_package(north, to=SOUTH).raw)

    found = [f.check for f in recorded_findings(south.log)]
    assert {c.claims for c in found if c.kind is CheckKind.REFERENCE_CIRCLE} == {("o1", "x1")}
    assert any(not c.holds and c.kind is not CheckKind.REFERENCE_CIRCLE for c in found)


def test_a_chain_as_long_as_a_peer_likes_is_followed_to_its_end():
    chain = "id,said_on,speaker,measure,value,copy_of\n" + "".join(
        f"x{n},2030-01-01,Nobody,returned to North,5,x{(n + 1) % 20_000}\n" for n in range(20_000)
    )

    [circle] = circles_in(claims_in(chain))

    assert len(circle.claims) == 20_000


TAKEN = (
    "id,episode,said_on,speaker,measure,counting_rule,value\n{id},m,{day},{who},{what},all,{n}\n"
)


def taken(claim_id, n=9, who="Office of North", day="2030-01-01", what="returned to North"):
    return claims_in(TAKEN.format(id=claim_id, n=n, who=who, day=day, what=what))


def handed_over(north, south, *claims, **more):
    """North records under an id, and south takes it in."""
    north.log.append([statement_of_claim(north, claim, **more) for claim in claims])
    take_in_package(south, send_package(north, to=SOUTH).raw)


def test_an_id_that_a_peer_took_before_us_does_not_keep_us_from_recording():
    north, south = acquainted("north", "south")
    handed_over(north, south, *taken("o1"))
    record_claims(south, claims_in(OURS))

    assert {c.id: (c.value, c.recorded_by) for c in claims_known(south.log)} == {
        "o1": (5, "south"),
        "o2": (7, "south"),
    }
    with pytest.raises(Refusal) as refused:
        record_claims(south, taken("o1"))
    assert [o.code for o in refused.value.objections] == ["claim-differs"]


def test_what_a_peer_recorded_in_our_words_and_takes_back_stays_recorded_by_us():
    north, south = acquainted("north", "south")
    ours = claims_in(OURS)
    handed_over(north, south, *ours)
    record_claims(south, ours)
    first = [e.ref for e in north.log.of_kind("claim.made")]
    handed_over(north, south, *taken("o1", n=50), supersedes=tuple(first))

    known = {c.id: c for c in claims_known(south.log)}
    assert [known[one.id] for one in ours] == list(ours)
    assert {c.recorded_by for c in known.values()} == {"south"}
