"""How far does recordlinkage get with a logistic regression learned on other cases?

Candidates are the nearest by n-grams of the romanised name; features are those of
`recordlinkage.Compare` and two of its own kind on tokens, so that the order of the
names does not matter; the classifier is recordlinkage's.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import recordlinkage
from cases import Case, Pairs, Row, read_case
from rapidfuzz.distance import JaroWinkler, Levenshtein

from peers.births import KINDS, agreement
from peers.candidates import candidates
from peers.learning import learned
from peers.model import Settings
from peers.romanising import romaniser

_NEAREST = 25


def compared(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> Pairs:
    """Candidate pairs by the probability of the regression."""
    classifier = learned("recordlinkage", settings, lambda: _classifier(settings))
    table = _features(left, right, settings)
    rows, columns = (table.index.get_level_values(k).to_numpy() for k in (0, 1))
    return Pairs(rows=rows, columns=columns, score=classifier.prob(table).to_numpy())


def _classifier(settings: Settings) -> recordlinkage.LogisticRegressionClassifier:
    """Learned on all training cases together."""
    parts = [_training_part(path.name, settings, path) for path in settings.training]
    tables = [table.assign(case=number) for number, (table, _) in enumerate(parts)]
    table = pd.concat(tables).set_index("case", append=True)
    index = [(i, j, number) for number, (_, truth) in enumerate(parts) for i, j in truth]
    true = pd.MultiIndex.from_tuples(index).intersection(table.index)
    classifier = recordlinkage.LogisticRegressionClassifier()
    classifier.kernel.set_params(max_iter=2_000)
    classifier.fit(table, true)
    return classifier


def _training_part(name: str, settings: Settings, path) -> tuple[pd.DataFrame, frozenset]:
    """Features and truth of one training case."""

    def learn() -> tuple[pd.DataFrame, frozenset]:
        case: Case = read_case(path, with_birth=settings.with_birth)
        return _features(case.left, case.right, settings), case.truth

    return learned(f"recordlinkage-part-{name}", replace(settings, training=(path,)), learn)


def _features(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> pd.DataFrame:
    """One row for each candidate pair."""
    tokens = romaniser(settings.romanised)
    names = tuple([" ".join(tokens(row.name)) for row in side] for side in (left, right))
    births = tuple([row.dob for row in side] for side in (left, right))
    rows, columns, cosine = candidates(names, births, _NEAREST)
    index = pd.MultiIndex.from_arrays([rows, columns])
    frames = [
        pd.DataFrame(
            {
                "name": side,
                "sorted": [" ".join(sorted(name.split())) for name in side],
                "consonants": [" ".join(sorted(_consonants(name).split())) for name in side],
            }
        )
        for side in names
    ]
    compare = recordlinkage.Compare()
    for column in ("sorted", "consonants"):
        for method in ("jarowinkler", "levenshtein", "qgram"):
            compare.string(column, column, method=method, label=f"{column}-{method}")
    table = compare.compute(index, *frames)
    table["cosine"] = cosine
    table[["all", "fewest", "worst", "shared", "all2", "shared2"]] = [
        [
            *_by_token(names[0][i], names[1][j], JaroWinkler.similarity),
            *_by_token(
                _consonants(names[0][i]),
                _consonants(names[1][j]),
                Levenshtein.normalized_similarity,
            )[::3],
        ]
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    if settings.with_birth:
        kinds = [
            agreement(births[0][i], births[1][j])
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
        for kind in KINDS:
            table[f"birth-{kind}"] = [float(k == kind) for k in kinds]
    return table


def _consonants(name: str) -> str:
    """What is left without vowels, which some scripts do not write."""
    return "".join(letter for letter in name if letter not in "aeiouyw")


def _by_token(one: str, other: str, similarity) -> tuple[float, float, float, float]:
    """Mean of each token's best likeness, that of the shorter name, its worst; near tokens."""
    first, second = sorted((one.split(), other.split()), key=len)
    if not first:
        return 0.0, 0.0, 0.0, 0.0
    table = np.array([[similarity(a, b) for b in second] for a in first])
    forth, back = table.max(axis=1), table.max(axis=0)
    return (
        float((forth.sum() + back.sum()) / (len(forth) + len(back))),
        float(forth.mean()),
        float(forth.min()),
        float((forth > 0.85).sum()),
    )
