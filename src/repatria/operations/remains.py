"""Remains are recorded, handed over, and identified by the receiver's laboratory alone."""

from collections.abc import Iterable, Mapping

from repatria.ledger.kinds.remains_examined import RemainsExamined
from repatria.ledger.kinds.remains_passed import RemainsPassed
from repatria.ledger.kinds.remains_recorded import RemainsRecorded
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry, Ground
from repatria.operations.desk import Desk
from repatria.register.remains import Remains, fold_remains
from repatria.terms import Objection, PartialDate, PartyCode, PersonId, Place, Refusal, Role

REMAINS = ("remains.recorded", "remains.passed", "remains.examined")
_RULE = "GC III art. 120: whoever receives remains has them identified"


def record_remains(
    desk: Desk,
    *,
    label: str,
    to: PartyCode,
    said_to_be: Iterable[PersonId] = (),
    found_on: PartialDate | None = None,
    found_at: str = "",
) -> str:
    """The id of a container of remains that we hold.

    Raises:
        Refusal: `container-without-label`.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    if not label.strip():
        raise Refusal(Objection(code="container-without-label", rule=_RULE))
    remains, named = desk.new_id("remains"), tuple(said_to_be)
    said = desk.state(
        RemainsRecorded(
            remains=remains,
            label=label,
            holder=desk.party,
            found_on=found_on,
            found_at=Place.named(found_at),
            said_to_be=named,
        ),
        about=(remains, *named),
        audience=desk.with_parties(to),
        ground=Ground(basis="register"),
    )
    desk.log.append((said,))
    return remains


def receive_remains(
    desk: Desk, remains: str, *, giver: PartyCode, on: PartialDate | None = None
) -> Receipt:
    """The receipt of our word that we received a container.

    Raises:
        Refusal: `remains-unknown`, `remains-received-already`.
    """
    desk.require(Role.REGISTRAR, Role.HANDOVER_OFFICER, Role.INTERMEDIARY)
    with desk.log.exclusive():
        found = _known(desk, remains)
        if found.receiver == desk.party:
            raise Refusal(Objection(code="remains-received-already", rule=_RULE, about=(remains,)))
        said = desk.state(
            RemainsPassed(remains=remains, giver=giver, receiver=desk.party, on=on),
            about=(remains,),
            audience=desk.with_parties(giver),
            ground=Ground(basis="delivery"),
        )
        return desk.log.append((said,))


def state_examination(desk: Desk, said: RemainsExamined, *, to: Iterable[PartyCode]) -> Receipt:
    """The receipt of what our laboratory says of a container that we received.

    Raises:
        Refusal: `remains-unknown`, `laboratory-not-receiving`, `laboratory-without-name`.
    """
    desk.require(Role.REGISTRAR, Role.MEDICAL)
    with desk.log.exclusive():
        known = _known(desk, said.remains)
        found = []
        if known.receiver != desk.party:
            code = "laboratory-not-receiving"
            found.append(Objection(code=code, rule=_RULE, about=(said.remains,)))
        if not said.laboratory.strip() or not said.method.strip():
            code = "laboratory-without-name"
            found.append(Objection(code=code, rule=_RULE, about=(said.remains,)))
        Refusal.unless_empty(found)
        examined = desk.state(
            said,
            about=(said.remains, said.person),
            audience=desk.with_parties(*to),
            ground=Ground(basis="laboratory"),
        )
        return desk.log.append((examined,))


def _known(desk: Desk, remains: str) -> Remains:
    found = fold_remains(remains, desk.log.about(remains))
    if found is None:
        raise Refusal(Objection(code="remains-unknown", rule=_RULE, about=(remains,)))
    return found


def all_remains(entries: Iterable[Entry]) -> Mapping[str, Remains]:
    """Every container that entries speak of."""
    by_container: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.statement.kind in REMAINS:
            by_container.setdefault(entry.statement.content["remains"], []).append(entry)
    folded = {key: fold_remains(key, said) for key, said in by_container.items()}
    return {key: one for key, one in folded.items() if one is not None}
