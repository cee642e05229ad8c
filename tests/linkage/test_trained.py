"""The learned files fit the program, and what they say is what a reader would expect."""

import hashlib

import numpy as np
import pytest

from repatria.linkage import costs, name_model
from repatria.linkage.features import FEATURES
from repatria.linkage.matching import score_lists
from repatria.linkage.model import MatchSettings, Profile
from repatria.terms import PartialDate, PersonName


def test_every_feature_has_a_weight_and_every_weight_is_a_number():
    model = name_model.name_model()

    assert len(model.weights) == len(FEATURES) == len(set(FEATURES))
    assert np.isfinite(model.weights).all()


@pytest.mark.parametrize(
    ("module", "name", "changed"),
    [(name_model, "FEATURES", ("other",)), (costs, "SOUNDS", "xyz")],
)
def test_files_learned_for_another_program_are_refused(monkeypatch, module, name, changed):
    load = {name_model: name_model.name_model, costs: costs.edit_costs}[module]
    load.cache_clear()
    monkeypatch.setattr(module, name, changed)

    with pytest.raises(ValueError, match="train again"):
        load()


def test_names_that_do_not_agree_at_all_weigh_no_less_than_the_floor():
    model = name_model.name_model()

    assert model.floored(np.array([-500.0, 0.0, 500.0])).tolist() == pytest.approx(
        [-8.0, 0.0, 60.0], abs=0.01
    )


def invented(side, number):
    """Distinct two-part names: number to name, without two that sound alike."""
    digits = hashlib.sha256(str(number).encode()).hexdigest()
    syllables = "bakemidosuratelinofugazevijohupa"
    word = "".join(syllables[2 * int(digit, 16) :][:2] for digit in digits[:7])
    text = f"{word[:6]} {word[6:]}".title()
    birth = PartialDate(year=1950 + number % 50, month=1 + number % 12, day=1 + number % 28)
    return Profile(id=f"{side}{number:04d}", names=(PersonName(text=text),), birth=birth)


@pytest.mark.parametrize("shared", [10, 50, 90])
def test_as_many_matches_are_expected_as_the_lists_bear_out(shared):
    left = [invented("a", number) for number in range(100)]
    right = [invented("b", number) for number in range(100 - shared, 200 - shared)]

    pairs = score_lists(left, right, settings=MatchSettings(show_at=1e-6))

    assert pairs.score.sum() == pytest.approx(shared, abs=2)
