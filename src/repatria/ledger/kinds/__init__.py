"""Which kinds of statements are there?

One small file each. A kind that is not here (from a newer version) survives
import unchanged: its bytes are kept, its payload is not read.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from repatria.ledger.kinds import (
    access_granted,
    approval_given,
    availability_stated,
    block_issued,
    bulletin_published,
    calendar_opened,
    checkpoint_cosigned,
    claim_made,
    clearance_given,
    commission_decided,
    commitment_made,
    commitment_receipted,
    commitment_told,
    consent_stated,
    crossing_recorded,
    crossing_withdrawn,
    custody_noted,
    custody_placed,
    duty_done,
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
    line_observed,
    line_upheld,
    list_amended,
    list_checked,
    list_committed,
    list_escrowed,
    list_line,
    list_revealed,
    list_signed,
    list_submitted,
    log_forked,
    manifest_accepted,
    manifest_frozen,
    match_decided,
    match_proposed,
    name_locked,
    number_joined,
    package_received,
    package_refused,
    package_revoked,
    package_sent,
    packet_passed,
    packet_sealed,
    peer_introduced,
    person_categorised,
    person_described,
    person_named,
    person_registered,
    place_located,
    plan_accepted,
    plan_proposed,
    publication_held,
    receipt_given,
    refusal_overridden,
    remains_examined,
    remains_passed,
    remains_recorded,
    reply_given,
    reply_published,
    reply_reviewed,
    round_both_committed,
    round_opened,
    schedule_accepted,
    schedule_proposed,
    statement_erased,
    statement_lost,
    step_delivered,
    substitution_accepted,
    substitution_proposed,
    tag_given,
    terms_accepted,
    terms_proposed,
    tip_recorded,
    tracing_answered,
    tracing_linked,
    tracing_requested,
    visit_made,
    whereabouts_stated,
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
        availability_stated,
        block_issued,
        bulletin_published,
        calendar_opened,
        checkpoint_cosigned,
        claim_made,
        clearance_given,
        commission_decided,
        commitment_made,
        commitment_receipted,
        commitment_told,
        consent_stated,
        crossing_recorded,
        crossing_withdrawn,
        custody_noted,
        custody_placed,
        duty_done,
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
        line_observed,
        line_upheld,
        list_amended,
        list_checked,
        list_committed,
        list_escrowed,
        list_line,
        list_revealed,
        list_signed,
        list_submitted,
        log_forked,
        manifest_accepted,
        manifest_frozen,
        match_decided,
        match_proposed,
        name_locked,
        number_joined,
        package_received,
        package_refused,
        package_revoked,
        package_sent,
        packet_passed,
        packet_sealed,
        peer_introduced,
        person_categorised,
        person_described,
        person_named,
        person_registered,
        place_located,
        plan_accepted,
        plan_proposed,
        publication_held,
        receipt_given,
        refusal_overridden,
        remains_examined,
        remains_passed,
        remains_recorded,
        reply_given,
        reply_published,
        reply_reviewed,
        round_both_committed,
        round_opened,
        schedule_accepted,
        schedule_proposed,
        statement_erased,
        statement_lost,
        step_delivered,
        substitution_accepted,
        substitution_proposed,
        tag_given,
        terms_accepted,
        terms_proposed,
        tip_recorded,
        tracing_answered,
        tracing_linked,
        tracing_requested,
        visit_made,
        whereabouts_stated,
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


def payloads_in(entries: Iterable[Entry], payload: type[P]) -> Iterator[tuple[Entry, P]]:
    """The entries of one kind, each with its payload, in the order given.

    Raises:
        IntegrityError: naming the entry whose content is not such a payload.
    """
    kind = _BY_PAYLOAD[payload].name
    for entry in entries:
        if entry.statement.kind == kind:
            yield entry, payload_of(entry, payload)


__all__ = [
    "KINDS",
    "Kind",
    "Readers",
    "Sensitivity",
    "content_of",
    "kind_of",
    "payload_of",
    "payloads_in",
]
