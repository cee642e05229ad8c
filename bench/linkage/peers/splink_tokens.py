"""How far does Splink get, with tokens of romanised names, on DuckDB?

Levels are those a user of Splink would write: how many tokens have a near one on
the other side, how rare the tokens are that agree, how birth dates agree. The
probabilities of each level are learned on other cases: m from their known pairs,
u and the share of matches from all their pairs.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from cases import Pairs, Row, read_case

from peers.learning import learned
from peers.model import Settings
from peers.romanising import romaniser

_BITS = (24, 20, 17, 14, 12, 10, 8, 6, 4, 2)
# A list this small is compared whole; larger ones where a key or the birth date agrees.
_WHOLE = 1_500_000
_VOWELS = str.maketrans("", "", "aeiouyw")
_NEAR = "list_max(list_transform({other}, y -> jaro_winkler_similarity({value}, y)))"
_MEAN = "list_avg(list_transform({one}, x -> " + _NEAR.format(value="x", other="{other}") + "))"


def _mean(one: str, other: str) -> str:
    """Each token's best likeness on the other side, on average."""
    return _MEAN.format(one=one, other=other)


def _levels(name: str, sql: str, steps: Sequence[float]) -> dict:
    """A comparison with a level for every step that a value reaches."""
    levels = [
        {"sql_condition": f"{sql} >= {step}", "label_for_charts": str(step)} for step in steps
    ]
    other = {"sql_condition": "ELSE", "label_for_charts": "less"}
    return {"output_column_name": name, "comparison_levels": [*levels, other]}


def _comparisons(*, with_birth: bool) -> list[dict]:
    """How names and birth dates are compared."""
    shorter = ("least(", "greatest(")
    both = (_mean("tokens_l", "tokens_r"), _mean("tokens_r", "tokens_l"))
    firm = (_mean("firm_l", "firm_r"), _mean("firm_r", "firm_l"))
    near = _NEAR.format(value="x.text", other="firm_{1}")
    rare = f"list_sum(list_transform(rare_{{0}}, x -> if({near} >= 0.93, x.bits, 0)))"
    # Splink sees no columns that stand within a lambda only: hence the idle mention of firm.
    agreed, back = rare.format("l", "r"), rare.format("r", "l")
    found = [
        _levels(
            "whole", f"{shorter[0]}{both[0]}, {both[1]})", (0.98, 0.95, 0.92, 0.88, 0.84, 0.78)
        ),
        _levels("part", f"{shorter[1]}{firm[0]}, {firm[1]})", (0.99, 0.96, 0.92, 0.86, 0.8)),
        _levels("rarity", f"least({agreed}, {back}) + 0 * len(firm_l)", _BITS),
    ]
    if not with_birth:
        return found
    parts = {
        "equal": "length(dob_l) = 10 AND dob_l = dob_r",
        "unknown": "dob_l = '' OR dob_r = ''",
        "swapped": "length(dob_l) = 10 AND dob_l = left(dob_r, 5) || substr(dob_r, 9, 2) || "
        "'-' || substr(dob_r, 6, 2)",
        "near": "length(dob_l) = 10 AND length(dob_r) = 10 AND levenshtein(dob_l, dob_r) = 1",
        "year": "left(dob_l, 4) = left(dob_r, 4)",
    }
    levels = [{"sql_condition": sql, "label_for_charts": kind} for kind, sql in parts.items()]
    levels[1]["is_null_level"] = True
    levels.insert(0, levels.pop(1))
    levels.append({"sql_condition": "ELSE", "label_for_charts": "other"})
    return [*found, {"output_column_name": "birth", "comparison_levels": levels}]


def _settings(*, with_birth: bool, whole: bool) -> dict:
    """The model before anything is learned."""
    keys = [{"blocking_rule": "l.key = r.key", "arrays_to_explode": ["key"]}]
    if with_birth:
        keys.append({"blocking_rule": "l.dob = r.dob AND length(l.dob) = 10"})
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "blocking_rules_to_generate_predictions": ["1=1"] if whole else keys,
        "comparisons": _comparisons(with_birth=with_birth),
        "retain_intermediate_calculation_columns": False,
        "retain_matching_columns": False,
    }


def _tables(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> list[pd.DataFrame]:
    """Both lists as Splink wants them."""
    tokens = romaniser(settings.romanised)
    names = [[tokens(row.name) or ["?"] for row in side] for side in (left, right)]
    firm = [[[_firm(t) for t in name] for name in side] for side in names]
    counts = Counter(t for side in firm for name in side for t in set(name))
    total = len(left) + len(right)
    return [
        pd.DataFrame(
            {
                "unique_id": range(len(side)),
                "tokens": tokens_of,
                "firm": firm_of,
                "rare": [
                    [{"text": t, "bits": math.log2(total / counts[t])} for t in sorted(set(name))]
                    for name in firm_of
                ],
                "key": [sorted({t[:3] for t in name}) for name in firm_of],
                "dob": [row.dob for row in side],
            }
        )
        for side, tokens_of, firm_of in zip((left, right), names, firm, strict=True)
    ]


def _firm(token: str) -> str:
    """The consonants of a token: some scripts write no vowels."""
    return token[0] + token[1:].translate(_VOWELS)


def _linker(tables: list[pd.DataFrame], model: dict):
    """A linker over two tables."""
    import duckdb
    from splink import DuckDBAPI, Linker

    connection = duckdb.connect()
    connection.execute("SET lambda_syntax='ENABLE_SINGLE_ARROW'")
    database = DuckDBAPI(connection=connection)
    frames = [
        database.register(table, dataset_display_name=name)
        for table, name in zip(tables, ("a", "b"), strict=True)
    ]
    return Linker(frames, model, log_level=None), database


def _trained(path, settings: Settings) -> dict:
    """The probabilities learned on one case: for each comparison and level, m and u."""

    def learn() -> dict:
        case = read_case(path, with_birth=settings.with_birth)
        tables = _tables(case.left, case.right, settings)
        linker, database = _linker(tables, _settings(with_birth=settings.with_birth, whole=True))
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        labels = pd.DataFrame(
            [("a", i, "b", j) for i, j in sorted(case.truth)],
            columns=["source_dataset_l", "unique_id_l", "source_dataset_r", "unique_id_r"],
        )
        linker.training.estimate_m_from_pairwise_labels(database.register(labels))
        model = linker.misc.save_model_to_json()
        return {
            "share": len(case.truth) / min(len(case.left), len(case.right)),
            "levels": [
                [
                    (level.get("m_probability"), level.get("u_probability"))
                    for level in comparison["comparison_levels"]
                ]
                for comparison in model["comparisons"]
            ],
        }

    return learned(f"splink-names-{path.name}", replace(settings, training=(path,)), learn)


def _model(settings: Settings, sizes: tuple[int, int]) -> dict:
    """The model with the mean of what the training cases taught."""
    parts = [_trained(path, settings) for path in settings.training]
    whole = sizes[0] * sizes[1] <= _WHOLE
    model = _settings(with_birth=settings.with_birth, whole=whole)
    for at, comparison in enumerate(model["comparisons"]):
        for step, level in enumerate(comparison["comparison_levels"]):
            if level.get("is_null_level"):
                continue
            for side, key in enumerate(("m_probability", "u_probability")):
                known = [part["levels"][at][step][side] or 1e-6 for part in parts]
                level[key] = float(np.clip(np.mean(known), 1e-6, 1 - 1e-6))
    share = float(np.mean([part["share"] for part in parts]))
    model["probability_two_random_records_match"] = share / max(sizes)
    return model


def compared(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> Pairs:
    """Pairs by match weight: probabilities near one are all alike. Hopeless ones are left out."""
    model = _model(settings, (len(left), len(right)))
    linker, _ = _linker(_tables(left, right, settings), model)
    found = linker.inference.predict(threshold_match_weight=-12).as_pandas_dataframe()
    found = found.sort_values(["unique_id_l", "unique_id_r"])  # DuckDB keeps no order
    return Pairs(
        rows=found["unique_id_l"].to_numpy(dtype=np.int64),
        columns=found["unique_id_r"].to_numpy(dtype=np.int64),
        score=found["match_weight"].to_numpy(dtype=float),
    )
