"""What was promised is written down, and each side signs for what it gave or got.

Only the one that promised signs for delivering, and only the one it was promised
to for receiving; what anybody says about it is recorded as said.
"""

from collections.abc import Iterable, Iterator, Sequence

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.commitment_made import CommitmentMade
from repatria.ledger.kinds.commitment_receipted import CommitmentReceipted
from repatria.ledger.kinds.commitment_told import CommitmentTold
from repatria.ledger.log import Log
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry, Ground
from repatria.operations.desk import Desk
from repatria.record.commitments import (
    Commitment,
    ConsiderationReceipt,
    Promise,
    Side,
    ToldAbout,
    Verdict,
    in_order_of_day,
)
from repatria.terms import Objection, PartialDate, PartyCode, Refusal, Role
from repatria.terms.parties import PUBLIC
from repatria.terms.times import day_of

RULE = "procedure: considerations with receipts"


def record_commitment(
    desk: Desk,
    *,
    promised_by: str,
    promised_to: str,
    what: Promise,
    words: str,
    source: str,
    amount: int | None = None,
    unit: str = "",
    due: PartialDate | None = None,
    public: bool = True,
) -> str:
    """The id of a commitment that is written down now.

    Args:
        source: where it was made: a joint statement, terms, an address.
        public: for everybody to read; else for the two parties and the intermediary.

    Raises:
        Refusal: `commitment-incomplete`, `commitment-to-oneself`, `amount-not-a-count`.
    """
    desk.require(Role.NEGOTIATOR, Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    Refusal.unless_empty(_objections_to_promise(promised_by, promised_to, words, source, amount))
    with desk.log.exclusive():
        made = CommitmentMade(
            commitment_id=desk.new_id("commitment"),
            promised_by=promised_by.strip(),
            promised_to=promised_to.strip(),
            what=what,
            words=words.strip(),
            amount=amount,
            unit=unit.strip(),
            due=due,
        )
        between = desk.with_parties(PartyCode(made.promised_by), PartyCode(made.promised_to))
        said = desk.state(
            made,
            about=(made.commitment_id,),
            audience={desk.party, PUBLIC} if public else between,
            ground=Ground(basis="agreement", source=source.strip()),
        )
        desk.log.append([said])
    return made.commitment_id


def _objections_to_promise(
    promised_by: str, promised_to: str, words: str, source: str, amount: int | None
) -> Iterator[Objection]:
    if not all(text.strip() for text in (promised_by, promised_to, words, source)):
        yield Objection(code="commitment-incomplete", rule=RULE)
    elif promised_by.strip() == promised_to.strip():
        yield Objection(code="commitment-to-oneself", rule=RULE)
    if amount is not None and amount < 1:
        yield Objection(code="amount-not-a-count", rule=RULE)


def sign_for_commitment(
    desk: Desk,
    commitment_id: str,
    *,
    side: Side,
    on: PartialDate,
    amount: int | None = None,
    words: str = "",
    digest: str = "",
) -> Commitment:
    """The commitment after this party's receipt for what it delivered or received.

    Raises:
        Refusal: `commitment-unknown`, `receipt-of-another`, `receipt-needs-amount`,
            `amount-not-a-count`, `receipt-of-the-future`.
    """
    desk.require(Role.NEGOTIATOR, Role.REGISTRAR, Role.INTERMEDIARY, Role.HANDOVER_OFFICER)
    with desk.log.exclusive():
        known, made = _known(desk.log, commitment_id)
        about = (commitment_id,)
        objections = []
        due_from = known.promised_by if side is Side.DELIVERED else known.promised_to
        if desk.party != due_from:
            objections.append(Objection(code="receipt-of-another", rule=RULE, about=about))
        if known.amount is not None and amount is None:
            objections.append(Objection(code="receipt-needs-amount", rule=RULE, about=about))
        if amount is not None and amount < 1:
            objections.append(Objection(code="amount-not-a-count", rule=RULE, about=about))
        if on.earliest > day_of(desk.clock()):
            objections.append(Objection(code="receipt-of-the-future", rule=RULE, about=about))
        Refusal.unless_empty(objections)
        desk.log.append(
            [
                desk.state(
                    CommitmentReceipted(
                        commitment_id=commitment_id,
                        side=side,
                        on=on,
                        amount=amount,
                        words=words.strip(),
                        digest=digest.strip(),
                    ),
                    about=about,
                    audience=made.statement.audience | {desk.party},
                    ground=Ground(basis="handover", source=made.ref),
                )
            ]
        )
        return _known(desk.log, commitment_id)[0]


def tell_about_commitment(
    desk: Desk,
    commitment_id: str,
    *,
    speaker: str,
    via: str,
    said_on: PartialDate,
    says: Verdict,
    words: str = "",
) -> Commitment:
    """The commitment with what somebody said in public about it.

    Raises:
        Refusal: `commitment-unknown`, `claim-without-speaker`.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        _, made = _known(desk.log, commitment_id)
        if not (speaker.strip() and via.strip()):
            raise Refusal(
                Objection(code="claim-without-speaker", rule=RULE, about=(commitment_id,))
            )
        said = CommitmentTold(
            commitment_id=commitment_id,
            speaker=speaker.strip(),
            via=via.strip(),
            said_on=said_on,
            says=says,
            words=words.strip(),
        )
        desk.log.append(
            [
                desk.state(
                    said,
                    about=(commitment_id,),
                    audience=made.statement.audience | {desk.party},
                    ground=Ground(basis="publication", source=said.via),
                )
            ]
        )
        return _known(desk.log, commitment_id)[0]


def _known(log: Log, commitment_id: str) -> tuple[Commitment, Entry]:
    entries = in_order(log.about(commitment_id))
    found = fold_commitment(entries)
    made = next((e for e in entries if e.statement.kind == "commitment.made"), None)
    if found is None or made is None:
        raise Refusal(Objection(code="commitment-unknown", rule=RULE, about=(commitment_id,)))
    return found, made


def commitments_known(log: Log) -> tuple[Commitment, ...]:
    """Every commitment in the log, by the day it is due, those without a day last."""
    ids = dict.fromkeys(e.statement.about[0] for e in sorted(log.of_kind("commitment.made")))
    found = [fold_commitment(in_order(log.about(each))) for each in ids]
    return by_due_day(c for c in found if c is not None)


def by_due_day(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """In order of the day they are due, those without one last."""
    found = list(commitments)
    dated = [(c.due.latest, c.id, c) for c in found if c.due is not None]
    return (
        *(c for _, _, c in sorted(dated, key=lambda each: each[:2])),
        *sorted((c for c in found if c.due is None), key=lambda c: c.id),
    )


def fold_commitment(entries: Sequence[Entry]) -> Commitment | None:
    """What entries about one commitment come to; None when none of them makes it.

    Neither their order nor repetition changes the result. A value that a newer
    version wrote is passed over.
    """
    made = next((e for e in sorted(entries) if e.statement.kind == "commitment.made"), None)
    if made is None:
        return None
    gone = taken_back(entries)
    promise = payload_of(made, CommitmentMade)
    bare = Commitment(
        id=made.statement.about[0],
        promised_by=promise.promised_by,
        promised_to=promise.promised_to,
        what=Promise(promise.what) if promise.what in set(Promise) else Promise.OTHER,
        words=promise.words,
        source=made.statement.ground.source,
        recorded_by=made.origin,
        amount=promise.amount,
        unit=promise.unit,
        due=promise.due,
    )
    standing = [e for e in entries if e.ref not in gone]
    return in_order_of_day(bare, _receipts(standing), _told(standing))


def _receipts(entries: Iterable[Entry]) -> Iterator[ConsiderationReceipt]:
    for entry in entries:
        if entry.statement.kind == "commitment.receipted":
            said = payload_of(entry, CommitmentReceipted)
            if said.side in set(Side):
                yield ConsiderationReceipt(
                    ref=entry.ref,
                    signed_by=entry.origin,
                    side=Side(said.side),
                    on=said.on,
                    amount=said.amount,
                    words=said.words,
                    digest=said.digest,
                )


def _told(entries: Iterable[Entry]) -> Iterator[ToldAbout]:
    for entry in entries:
        if entry.statement.kind == "commitment.told":
            said = payload_of(entry, CommitmentTold)
            if said.says in set(Verdict):
                yield ToldAbout(
                    ref=entry.ref,
                    speaker=said.speaker,
                    via=said.via,
                    said_on=said.said_on,
                    says=Verdict(said.says),
                    words=said.words,
                )
