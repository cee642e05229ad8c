"""A cluster gives the pairs and the scores of one machine. Runs on Spark's local[2]."""

import random
import sys
from dataclasses import replace
from shutil import which

import pytest

from repatria.linkage import Profile, score_lists
from repatria.terms import PartialDate, PersonName, Sex

pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(which("java") is None, reason="there is no Java"),
    # Of pyspark and the programs it starts, not of ours.
    pytest.mark.filterwarnings("ignore"),
]

SPELT = (
    ("Aren", "Արեն", "Арен"),
    ("Karo", "Կարո", "Каро"),
    ("Samir", "Սամիր", "Самир"),
    ("Lusine", "Լուսինե", "Лусине"),
    ("Tigran", "Տիգրան", "Тигран"),
)
FAMILY = (
    ("Testyan", "Թեստյան", "Тестян"),
    ("Sintetyan", "Սինթետյան", "Синтетян"),
    ("Hnarovi", "Հնարովի", "Хнарови"),
    ("Uydurmali", "Ույդուրմալի", "Уйдурмали"),
)

RARE = PersonName(text="Zhdlbeg Uzunaddov")
BORN = PartialDate(year=1971, month=3, day=9)


def made_up(count, script, seed):
    """A list in one script; persons of two lists with one seed are the same."""
    drawn = random.Random(seed)  # noqa: S311 -- made-up persons
    everybody = []
    for number in range(count):
        given, father = drawn.choice(SPELT), drawn.choice(SPELT)
        family, ending = drawn.choice(FAMILY), drawn.randrange(40)
        year, day = drawn.randrange(1980, 1990), drawn.randrange(1, 29)
        everybody.append(
            Profile(
                id=f"{script}{number:05}",
                names=(
                    PersonName(text=f"{given[script]} {family[script]}{'aeiou'[ending % 5] * 2}"),
                ),
                father=father[script] if ending % 3 else "",
                birth=PartialDate(year=year, month=5, day=day) if ending % 4 else None,
                sex=Sex.MALE if ending % 2 else None,
            )
        )
    return everybody


@pytest.fixture(scope="module")
def session():
    """Spark on two processors of this machine."""
    import os

    from repatria.linkage.distributed.spark import session_here

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    here = session_here("local[2]")
    yield here
    here.stop()


def test_a_cluster_finds_the_same_pairs_with_the_same_scores(session):
    from repatria.linkage.distributed.spark import score_lists_on_spark

    left, right = made_up(500, 1, seed=7), made_up(700, 2, seed=7)
    rare = [
        replace(left[0], id=each, names=(RARE,), father="", birth=BORN) for each in ("x1", "x2")
    ]
    left, right = [*left, *rare], [*right, rare[0]]
    here = score_lists(left, right)

    there = score_lists_on_spark(session, left, right, block=90)

    assert len(here) > 500
    one, other = ({p.ids(at): at for at in range(len(p))} for p in (here, there))
    assert one.keys() == other.keys()
    assert all(abs(here.score[one[ids]] - there.score[other[ids]]) < 1e-9 for ids in one)
    assert all(here.decision(one[ids]) == there.decision(other[ids]) for ids in one)
    assert ("x1", "x2") in here.repeated[0]
    assert here.repeated == there.repeated


def test_an_empty_list_has_no_pairs(session):
    from repatria.linkage.distributed.spark import score_lists_on_spark

    assert len(score_lists_on_spark(session, [], made_up(3, 1, seed=7))) == 0
