"""How are results shown?"""

from collections.abc import Iterable

FIGURES = {
    "best_f1": "F1 of the one-to-one assignment at the best threshold",
    "default_f1": "F1 at the default threshold",
    "default_precision": "Precision of links at the default threshold",
    "default_recall": "Recall of links at the default threshold",
    "candidate_recall": "Share of true pairs among the candidates",
    "seconds": "Seconds, process start included",
    "cpu_seconds": "Seconds of processor time, process start included",
    "megabytes": "Peak memory in MB",
}
_WORDS = {"names": "names only", "birth": "names and birth date"}
_MISSING = "-"


def table(lines: Iterable[dict]) -> str:
    """Markdown: one table for each figure and mode; engines down, cases across."""
    lines = list(lines)
    shown = []
    for mode in dict.fromkeys(line["mode"] for line in lines):
        those = [line for line in lines if line["mode"] == mode]
        for figure, title in FIGURES.items():
            shown += [f"**{title}, {_WORDS.get(mode, mode)}**", "", *_rows(those, figure), ""]
    return "\n".join(shown)


def _rows(lines: list[dict], figure: str) -> list[str]:
    """The rows of one table; the mean is over what ran, and the worst is named by its figure."""
    cases = list(dict.fromkeys(line["case"] for line in lines))
    values = {(line["engine"], line["case"]): line.get(figure) for line in lines}
    digits = {"seconds": 1, "cpu_seconds": 1, "megabytes": 0}.get(figure, 3)
    worst = min if digits == 3 else max
    rows = [["", *cases, "mean", "worst"], ["---"] * (len(cases) + 3)]
    for engine in dict.fromkeys(line["engine"] for line in lines):
        found = [values.get((engine, case)) for case in cases]
        known = [value for value in found if value is not None]
        all_ran = len(known) == len(cases)
        ends = [sum(known) / len(known), worst(known)] if known and all_ran else [None, None]
        cells = [_MISSING if v is None else f"{v:.{digits}f}" for v in [*found, *ends]]
        rows.append([engine, *cells])
    return ["| " + " | ".join(row) + " |" for row in rows]
