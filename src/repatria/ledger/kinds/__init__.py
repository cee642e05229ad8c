"""Which kinds of statements are there?

One small file each. A kind that is not here (from a newer version) survives
import unchanged: its bytes are kept, its payload is not read.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from repatria.ledger.kinds import (
    access_granted,
    approval_given,
    bulletin_published,
    checkpoint_cosigned,
    claim_made,
    clearance_given,
    commitment_made,
    commitment_receipted,
    commitment_told,
    consent_stated,
    crossing_recorded,
    crossing_withdrawn,
    custody_noted,
    custody_placed,
    erasure_acknowledged,
    family_notified,
    file_attached,
    file_imported,
    finding_set_aside,
    gate_checked,
    health_classed,
    health_examined,
    life_stated,
    line_answered,
    line_closed,
    line_detained,
    list_amended,
    list_committed,
    list_escrowed,
    list_line,
    list_revealed,
    list_submitted,
    log_forked,
    manifest_accepted,
    manifest_frozen,
    match_decided,
    match_proposed,
    package_received,
    package_refused,
    package_revoked,
    package_sent,
    peer_introduced,
    person_categorised,
    person_described,
    person_named,
    person_registered,
    place_located,
    plan_accepted,
    plan_proposed,
    receipt_given,
    refusal_overridden,
    reply_given,
    reply_published,
    reply_reviewed,
    round_both_committed,
    round_opened,
    statement_erased,
    statement_lost,
    substitution_accepted,
    substitution_proposed,
    terms_accepted,
    terms_proposed,
    tip_recorded,
    tracing_requested,
)
from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.ledger.payload import from_json, to_json
from repatria.ledger.statement import Entry

P = TypeVar("P")

KINDS: Mapping[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        access_granted,
        approval_given,
        bulletin_published,
        checkpoint_cosigned,
        claim_made,
        clearance_given,
        commitment_made,
        commitment_receipted,
        commitment_told,
        consent_stated,
        crossing_recorded,
        crossing_withdrawn,
        custody_noted,
        custody_placed,
        erasure_acknowledged,
        family_notified,
        file_attached,
        file_imported,
        finding_set_aside,
        gate_checked,
        health_classed,
        health_examined,
        life_stated,
        line_answered,
        line_closed,
        line_detained,
        list_amended,
        list_committed,
        list_escrowed,
        list_line,
        list_revealed,
        list_submitted,
        log_forked,
        manifest_accepted,
        manifest_frozen,
        match_decided,
        match_proposed,
        package_received,
        package_refused,
        package_revoked,
        package_sent,
        peer_introduced,
        person_categorised,
        person_described,
        person_named,
        person_registered,
        place_located,
        plan_accepted,
        plan_proposed,
        receipt_given,
        reply_given,
        reply_published,
        reply_reviewed,
        statement_erased,
        statement_lost,
        refusal_overridden,
        round_both_committed,
        round_opened,
        substitution_accepted,
        substitution_proposed,
        terms_accepted,
        terms_proposed,
        tip_recorded,
        tracing_requested,
    )
}
_BY_PAYLOAD: Mapping[type, Kind] = {kind.payload: kind for kind in KINDS.values()}


def kind_of(payload: object) -> Kind:
    """The kind a payload belongs to."""
    return _BY_PAYLOAD[type(payload)]


def content_of(payload: object) -> dict[str, Any]:
    """The JSON content of a payload."""
    return to_json(payload)


def payload_of(entry: Entry, payload: type[P]) -> P:
    """The typed payload of an entry.

    Raises:
        IntegrityError: naming the entry, when its content is not such a payload.
    """
    # Folds ask for the same payload again and again; it is frozen, so one will do.
    parsed = entry.statement.parsed
    if parsed and isinstance(parsed[0], payload):
        return parsed[0]
    read = from_json(payload, entry.statement.content, place=f"{entry.ref} content")
    parsed[:] = [read]
    return read


__all__ = ["KINDS", "Kind", "Readers", "Sensitivity", "content_of", "kind_of", "payload_of"]
