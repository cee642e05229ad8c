"""Two parties and the intermediary, at the points of an exchange where tests begin."""

from copy import deepcopy

import pytest

from simulators.party import Meeting


@pytest.fixture(scope="session")
def stages(tmp_path_factory):
    """The same exchange at each stage, made once; a test takes a copy."""
    met = Meeting(tmp_path_factory.mktemp("lists"))
    kept = {}
    for name, step in (
        ("strangers", lambda: None),
        ("met", met.introduce),
        ("listed", met.exchange_lists),
        ("answered", met.answer_everything),
        ("agreed", met.agree),
        ("planned", met.plan_it),
        ("frozen", met.freeze),
        ("cleared", met.clear_everybody),
        ("crossed", met.cross),
    ):
        step()
        kept[name] = deepcopy(met)
    return kept


@pytest.fixture
def at(stages, tmp_path):
    """A function that gives an exchange of one's own at a stage."""

    def stand(stage):
        met = deepcopy(stages[stage])
        met.folder = tmp_path
        return met

    return stand
