"""One exchange, from "who is held by whom" to what may be said of it in public."""

from repatria.ledger.kinds.list_submitted import Population
from repatria.lists import fold_line
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.comparison import compare_lists, current_lines
from repatria.operations.publicity import record_claims, remaining
from repatria.record.claim_rows import claims_in
from repatria.terms import PersonName, Role, Script
from simulators.party import NORTH, SOUTH, Meeting, hand_in, terms_for

# The same four persons, as the one side wrote them and as the other did; the last of
# South's lines repeats its first.
NORTH_HOLDS = """\
№;Фамилия;Имя;Отчество;Дата рождения;Категория;Дата пленения
1;Моделян;Арам;Каро;05.02.1991;военнослужащий;11.10.2028
2;Тестян;Левон;Ваге;17.07.1993;военнослужащий;03.11.2028
3;Самплян;Давит;Арам;23.09.1988;гражданский;20.12.2028
"""
SOUTH_CLAIMS = """\
Հ/Հ;Ազգանուն;Անուն;Հայրանուն;Ծննդյան ամսաթիվ
1;Մոդելյան;Արամ;Կարո;05.02.1991
2;Թեստյան;Լևոն;Վահե;17.07.1993
3;Սամպլյան;Դավիթ;Արամ;23.09.1988
4;Մոդելյան;Արամ;Կարո;05.02.1991
5;Օրինակյան;Սուրեն;Հայկ;01.01.1990
"""
SOUTH_HOLDS = """\
No;Surname;Given name;Father name;Date of birth;Category;Captured on
1;Sinagov;Ramin;Tural;09.04.1996;soldier;02.05.2029
"""
NORTH_CLAIMS = """\
№;Soyad;Ad;Ata adı;Doğum tarixi
1;Sınaqov;Ramin;Tural;09.04.1996
"""
CLAIMS = """\
id,speaker,via,said_on,measure,population,holder,to_party,value,event
c1,Government of South,Agency A,2030-02-20,held,south,north,,9,
c2,Head of government of South,Agency A,2030-03-02,returned,south,north,south,3,march
c3,Agency of North,Agency B,2030-03-02,returned,south,north,south,4,march
"""


def test_an_exchange_runs_from_lists_in_three_scripts_to_a_bulletin(tmp_path):
    met = Meeting(tmp_path)
    north, south, neutral = met.parties
    clock = met.clock

    # Lists go to the other side; whose names are whose is decided across scripts.
    met.introduce().exchange_lists(
        {
            "north holds": NORTH_HOLDS,
            "south claims": SOUTH_CLAIMS,
            "south holds": SOUTH_HOLDS,
            "north claims": NORTH_CLAIMS,
        }
    )
    asked = met.lists["south claims"]
    names = {line.names[0].script for line in current_lines(north.log.about(asked)).values()}
    assert names == {Script.ARMENIAN}
    compare_lists(north.desk(), left=asked, right=asked)
    met.answer_everything()

    # Every line got one answer, and both sides see the same.
    answers = {
        line.number: [str(fold_line(log.about(i)).current.code) for log in (north.log, south.log)]
        for i, line in current_lines(south.log.about(asked)).items()
    }
    assert answers == {
        1: ["held", "held"],
        2: ["held", "held"],
        3: ["held", "held"],
        4: ["duplicate", "duplicate"],
        5: ["not_held", "not_held"],
    }

    # Who goes is a proven plan, frozen, examined, asked, crossed, signed for.
    met.agree(terms_for(north=3, south=1)).plan_it()
    assert all(level["proven"] for level in met.plan.levels)
    met.freeze().clear_everybody()
    clock.turn_to(clock.at.replace(day=2))
    met.cross().sign(NORTH).sign(SOUTH)

    # In public: only what both receipts support; what others say is theirs.
    clock.turn_to(clock.at.replace(day=3))
    press = neutral.desk(Role.PRESS)
    record_claims(press, claims_in(CLAIMS))
    whose = {NORTH: "south", SOUTH: "north"}
    [published] = publish_bulletin(
        press,
        manifest_id=met.manifest_id,
        event="march",
        populations=whose,
        issued_by="The intermediary",
        health_speaker="The intermediary",
        languages=("en",),
        labels={"en": {"north": "North", "south": "South"}},
    )
    said = {(str(s.code), s.attribution) for s in published.bulletin.sentences}
    assert ("released", (NORTH, SOUTH)) in said
    assert ("released", (SOUTH, NORTH)) in said
    assert ("counted-otherwise", ("Agency of North",)) in said
    assert ("health-fit", ("The intermediary",)) in said
    [left] = remaining(neutral.log, met.manifest_id, event="march", populations=whose)
    assert left.arithmetic == "9 - 3 = 6"
    assert PersonName(text="Арам Моделян").text not in published.html

    # And every log is a continuation of what the others hold of it.
    met.carry_all()
    for one in met.parties:
        for other in met.parties:
            held = other.log.commitments(one.party)
            assert held == one.log.commitments(one.party)[: len(held)]
            assert len(held) > 10


def test_a_list_handed_in_again_with_one_line_changed_says_only_that_line_again(tmp_path):
    met = Meeting(tmp_path).introduce().exchange_lists()
    before = met.south.head
    for text, written in ((SOUTH_CLAIMS, 7), (SOUTH_CLAIMS.replace("1990", "1991"), 3)):
        done = hand_in(
            met.south,
            tmp_path / "again.csv",
            text,
            title="again",
            population=Population.CLAIMED,
            to=NORTH,
        )
        assert done.written == written
    assert met.south.head[0] == before[0] + 10
