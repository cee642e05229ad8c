"""Who is kept back and who is held again, on both databases: as told, and folded anew the same."""

import pytest

from dialogue import hand_over, made_up_lines, submit, write_list
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.statement import Ground
from repatria.operations.access import introduce_peer
from repatria.operations.answers import Answer, answer_lines
from repatria.operations.records import current_lines
from repatria.store.projections import rebuild, table_digests
from repatria.store.queries.owed import OwedWanted, all_held_again, all_retained, listed_again
from repatria.terms import ActorId, PartialDate, PartyCode, PersonId, Role, Viewer

NOBODY = OwedWanted(search="Nobody Atall")
ALL = OwedWanted()


def viewer(party):
    return Viewer(actor=ActorId("a"), role=Role.REGISTRAR, party=PartyCode(party))


def registered(desk, person, reference):
    payload = PersonRegistered(person=person, reference=reference)
    ground = Ground(basis="register")
    return desk.state(payload, about=(person,), audience={desk.party}, ground=ground)


def noted(desk, person, event, on):
    return desk.state(
        CustodyNoted(
            person=person, event=event, holder=desk.party, on=PartialDate.parse(on), exchange="e"
        ),
        about=(person,),
        audience=desk.with_parties(PartyCode("south")),
        ground=Ground(basis="register"),
    )


@pytest.mark.slow
def test_each_party_reads_what_it_was_told_and_a_rebuild_folds_the_same(
    north, south, desk, tmp_path
):
    for here, peer in ((north, south), (south, north)):
        with here.open():
            keyring = peer.keyring
            introduce_peer(desk(here), party=peer.party, title=peer.title, keyring=keyring)
    first, second = PersonId("person:north-1"), PersonId("person:north-2")
    with south.open():
        asked = submit(
            desk(south), write_list(tmp_path / "asked.csv", made_up_lines(3)), to=PartyCode("north")
        ).list_id
    hand_over(south, north, desk)
    with north.open():
        at = desk(north)
        at.log.append([registered(at, first, "N-1"), registered(at, second, "N-2")])
        lines = list(current_lines(at.log.about(asked)))
        north.log().append(
            [
                noted(at, first, CustodyEvent.RELEASED, "2024-03-02"),
                noted(at, second, CustodyEvent.RELEASED, "2024-03-02"),
                noted(at, second, CustodyEvent.CAPTURED, "2025-05-06"),
            ]
        )
        held = {"code": AnswerCode.HELD, "retained": True, "note": "case 12"}
        answer_lines(
            at,
            [
                Answer(line=lines[0], person=second, **held),
                Answer(line=lines[1], code=AnswerCode.CRIMINAL_CHARGE, note="case 13"),
                Answer(line=lines[2], code=AnswerCode.ALREADY_RELEASED, person=first, exchange="e"),
            ],
        )
    hand_over(north, south, desk)
    for here in (north, south):
        with here.open():
            seen = viewer(here.party)
            kept = all_retained(seen, ALL)
            assert [(k.about, k.cleared) for k in kept if k.about == second] == [(second, "")]
            assert {k.namings[0].ground for k in kept} == {"case 12", "case 13"}
            assert all(k.shown.name for k in kept)
            [again] = all_held_again(seen, ALL)
            assert (again.release.subject, again.release.held_on) == (second, "2025-05-06")
            assert {row.release.subject for row in listed_again(seen)} == {first, second}
            assert (*all_retained(seen, NOBODY), *all_held_again(seen, NOBODY)) == ()
            for nobody in ("intermediary", "west"):
                assert all_retained(viewer(nobody), ALL) == []
            before = table_digests()
            rebuild(here.party)
            assert table_digests() == before
