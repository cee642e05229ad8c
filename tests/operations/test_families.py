"""A family asks and is told first, with a code to check the notice by."""

import pytest

from repatria.operations.codes import read_card_code
from repatria.operations.families import notify_family, request_tracing
from repatria.terms import NotVisible, PartialDate, PersonName, Role
from simulators.party import INTERMEDIARY, PartySimulator


def test_a_request_and_its_notice_are_read_by_the_family_and_the_desk_alone():
    neutral = PartySimulator(INTERMEDIARY)
    request = request_tracing(
        neutral.desk(Role.FAMILY),
        family="leyla",
        sought=PersonName(text="Ramin Sınaqov"),
        birth=PartialDate.parse("1996"),
        relation="sister",
    )
    notify_family(
        neutral.desk(Role.INTERMEDIARY), request=request, person="person:a", what="crossed"
    )
    asked, told = neutral.log.about(request)
    assert asked.statement.audience == told.statement.audience == {INTERMEDIARY, "family:leyla"}
    assert read_card_code(told.statement.content["code"]) == told.statement.content["code"]
    assert told in neutral.log.about("person:a")


def test_a_notice_without_a_request_goes_to_nobody():
    neutral = PartySimulator(INTERMEDIARY)
    with pytest.raises(NotVisible):
        notify_family(neutral.desk(), request="tracing:none", person="person:a", what="crossed")
    assert neutral.head[0] == 0
