"""Which two lists may be compared in a private round, and how does a message travel?

Both must be committed to in a round that reveals nothing. A message is signed with the
node key of its maker and sealed for the two parties; what is opened is believed only when
the signature holds and it fits the commitment of its maker.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from repatria.ledger.escrow import Commitment, Opening, copied_codes
from repatria.ledger.kinds.round_opened import Reveals
from repatria.ledger.sealing import seal
from repatria.ledger.signing import SIGNATURE_BYTES, VerifyKey
from repatria.linkage import Profile
from repatria.linkage.private.listing import OwnList, RunSecret
from repatria.linkage.private.messages import PLACE, Message, read_message
from repatria.linkage.private.run import require_fitting
from repatria.lists.release import read_entry
from repatria.lists.rounds import Round
from repatria.operations.access import keyring_of
from repatria.operations.desk import Desk
from repatria.operations.rounds import round_of
from repatria.terms import IntegrityError, Objection, PartyCode, Refusal, Role

RULE = "private matching"
MOST_LISTS = 3
"""Lists that a party may bring into one private round, amendments counted."""
MAGIC = b"repatria/private-message/v1\n"
M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Two commitments that may be compared.

    Attributes:
        peer: the other party.
        own: the opening of our commitment.
        committed: the commitments of both, by party.
        lists: how many lists the other party has brought, the present one included.
    """

    round: Round
    peer: PartyCode
    own: Opening
    committed: Mapping[PartyCode, Commitment]
    lists: int

    @property
    def name(self) -> str:
        """Stands for the round and both commitments: another list is another run."""
        roots = sorted(each.root for each in self.committed.values())
        return sha256(self.round.terms.round_id.encode() + b"".join(roots)).hexdigest()[:32]


def run_of(desk: Desk, round_id: str) -> Run:
    """The run that the two present commitments of a private round allow.

    Raises:
        Refusal: `role-may-not`, `round-unknown`, `not-a-party`, `round-not-private`,
            `not-committed`, `other-not-committed`, `round-terms-differ`,
            `commitment-copied`, `private-too-many-lists`, `opening-missing`.
    """
    desk.require(Role.NEGOTIATOR)
    found = round_of(desk.log, round_id)
    if desk.party not in found.stands:
        raise Refusal(Objection(code="not-a-party", rule=RULE))
    peer = found.other(desk.party)
    Refusal.unless_empty(_objections_to_run(found, desk.party, peer))
    committed = {
        party: stand.present.commitment
        for party, stand in found.stands.items()
        if stand.present is not None
    }
    opening = found.stands[desk.party].opening_of(committed[desk.party])
    if opening is None or opening.commitment != committed[desk.party]:
        raise Refusal(Objection(code="opening-missing", rule=RULE, about=(desk.party,)))
    lists = len(found.stands[peer].made)
    return Run(round=found, peer=peer, own=opening, committed=committed, lists=lists)


def _objections_to_run(found: Round, own: PartyCode, peer: PartyCode) -> Iterator[Objection]:
    if found.terms.reveals is not Reveals.PRIVATE:
        yield Objection(code="round-not-private", rule=RULE)
    presents = {party: found.stands[party].present for party in (own, peer)}
    if presents[own] is None:
        yield Objection(code="not-committed", rule=RULE)
    if presents[peer] is None:
        yield Objection(code="other-not-committed", rule=RULE, about=(peer,))
    for party, present in presents.items():
        if present is not None and present.terms != found.digest:
            yield Objection(code="round-terms-differ", rule=RULE, about=(party,))
        if len(found.stands[party].made) > MOST_LISTS:
            yield Objection(code="private-too-many-lists", rule=RULE, about=(party,))
    for finding in found.findings():
        if finding.code == "list-too-long":
            yield Objection(code="list-too-long", rule=RULE, about=(finding.values["party"],))  # type: ignore[arg-type]
    both = [present.commitment for present in presents.values() if present is not None]
    if len(both) == len(presents):
        yield from (Objection(code=code, rule=RULE, about=(peer,)) for code in copied_codes(*both))


def profile_of_entry(entry: bytes) -> Profile | None:
    """What a committed entry says of a person; None when it cannot be read."""
    read = read_entry(entry)
    if read is None:
        return None
    return Profile(id="-", names=read.names, birth=read.birth, father=read.father)


def own_list(run: Run, secret: bytes) -> OwnList:
    """Our committed list under the secret of a run."""
    return OwnList.of(run.own, profile_of_entry, RunSecret(secret))


def sealed_message(desk: Desk, run: Run, message: Message) -> bytes:
    """A message as a file: signed with our node key, sealed for the two.

    Raises:
        Refusal: `peer-unknown`.
    """
    keyring = keyring_of(desk.log, run.peer)
    if keyring is None:
        raise Refusal(Objection(code="peer-unknown", rule=RULE, about=(run.peer,)))
    body = message.raw
    signed = MAGIC + desk.key.sign(MAGIC + body) + body
    return seal(signed, [desk.node.identity.recipient, keyring.newest.recipient])


def opened_message(desk: Desk, run: Run, sealed: bytes, kind: type[M], *, by: PartyCode) -> M:
    """The message in a sealed file, signed by a party and fitting its commitment.

    Raises:
        IntegrityError: every way in which it is not.
        Refusal: `peer-unknown`.
    """
    signature, body = signed_parts(desk.node.identity.open(sealed, place=PLACE))
    if not any(key.verifies(MAGIC + body, signature) for key in _keys(desk, by)):
        raise IntegrityError(PLACE, "private-signature-false")
    message = read_message(body, kind)
    to = run.peer if by == desk.party else desk.party
    require_fitting(message, run.committed[by], to=to)
    return message


def signed_parts(plain: bytes) -> tuple[bytes, bytes]:
    """Signature and message in an opened file.

    Raises:
        IntegrityError: `private-malformed`.
    """
    if not plain.startswith(MAGIC) or len(plain) < len(MAGIC) + SIGNATURE_BYTES:
        raise IntegrityError(PLACE, "private-malformed")
    rest = plain[len(MAGIC) :]
    return rest[:SIGNATURE_BYTES], rest[SIGNATURE_BYTES:]


def _keys(desk: Desk, by: PartyCode) -> tuple[VerifyKey, ...]:
    if by == desk.party:
        return (desk.key.verify_key,)
    keyring = keyring_of(desk.log, by)
    if keyring is None:
        raise Refusal(Objection(code="peer-unknown", rule=RULE, about=(by,)))
    return (keyring.newest.key,)
