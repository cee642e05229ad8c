"""Documents of made-up parties, with their signatures, for tests."""

import re
from dataclasses import replace

from repatria.ledger.kinds.manifest_frozen import ManifestLine
from repatria.ledger.kinds.schedule_proposed import ScheduleLine
from repatria.operations.document_kinds import (
    ManifestDocument,
    PlanDocument,
    ReceiptDocument,
    ScheduleDocument,
    SubstitutionDocument,
    TermsDocument,
    envelope_for,
)
from repatria.planning import Priority, PriorityKind, terms_to_json
from simulators.party import NORTH, SOUTH, terms_for
from statements import key_of

BOTH = (NORTH, SOUTH)


def terms_of_the_first_version():
    """Terms as they were signed before children, mothers and the old had levels of their own."""
    terms = terms_for(north=2, south=1, four_eyes=("manifest",))
    first, last = terms.priorities[0], terms.priorities[-1]
    bands = [each for each in terms.priorities if each.kind is PriorityKind.CAPTIVITY]
    vulnerable = Priority(
        id="vulnerable",
        kind=PriorityKind.VULNERABLE,
        source="GC III art. 14, 16; GC IV art. 132",
    )
    return replace(terms, priorities=(first, vulnerable, *bands, last))


MANIFEST = "manifest:intermediary-bridge"
DOCUMENTS = {
    "terms": TermsDocument(v=1, parties=BOTH, terms=terms_to_json(terms_of_the_first_version())),
    "plan": PlanDocument(
        v=1,
        plan_id="plan:intermediary-one",
        terms_id="spring",
        terms_digest="1" * 64,
        parties=BOTH,
        persons=("person:north-a", "person:north-b", "person:south-c"),
    ),
    "schedule": ScheduleDocument(
        v=1,
        schedule_id="schedule:intermediary-one",
        plan_id="plan:intermediary-one",
        plan_digest="3" * 64,
        terms_digest="1" * 64,
        parties=BOTH,
        most_ahead=1,
        lines=(
            ScheduleLine(
                day=1,
                on="2030-03-04",
                site="the bridge",
                giver=NORTH,
                receiver=SOUTH,
                persons=("person:north-a", "person:north-b"),
            ),
            ScheduleLine(
                day=2,
                on="",
                site="the airport",
                giver=SOUTH,
                receiver=NORTH,
                persons=("person:south-c",),
            ),
        ),
        solved="4" * 64,
    ),
    "manifest": ManifestDocument(
        v=1,
        manifest_id=MANIFEST,
        plan_id="plan:intermediary-one",
        crossing_point="the bridge",
        lines=(
            ManifestLine(
                number=1, person="person:north-a", giver=NORTH, receiver=SOUTH, code="3N2P-FGGM"
            ),
            ManifestLine(
                number=2, person="person:south-c", giver=SOUTH, receiver=NORTH, code="7KM4-QX2R"
            ),
        ),
    ),
    "substitution": SubstitutionDocument(
        v=1,
        manifest_id=MANIFEST,
        manifest_digest="2" * 64,
        substitution_id="substitution:intermediary-one",
        parties=BOTH,
        outgoing="person:north-a",
        incoming="person:north-b",
        code="9PQR-2345",
        reason="no_medical_clearance",
    ),
    "receipt": ReceiptDocument(
        v=1,
        manifest_id=MANIFEST,
        manifest_digest="2" * 64,
        party=NORTH,
        handed_over=("person:north-a",),
        received=("person:south-c",),
        incident="",
    ),
}


def signed_text(document, *parties):
    """The envelope of a document with these parties' signatures, as it stands in a file."""
    envelope = envelope_for(document)
    for party in parties:
        envelope = envelope.signed_by(key_of(party))
    return envelope.text


def digest_shown(page):
    """The digest that a page sends back with a signature."""
    return re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]
