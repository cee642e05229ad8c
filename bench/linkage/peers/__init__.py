"""Which engines are measured, and what is known of each without loading it?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An engine: a module with `compared(left, right, settings) -> Pairs`.

    Attributes:
        module: its name in this package.
        threshold: a pair is a link from this score on by default.
        learns: from training cases, once, before the clock starts.
        packages: those behind it, whose versions go into the results.
    """

    module: str
    threshold: float
    learns: bool = False
    packages: tuple[str, ...]


ENGINES = {
    "ours": Engine(module="ours", threshold=0.5, packages=("repatria",)),
    "recordlinkage": Engine(
        module="recordlinkage_lr",
        threshold=0.5,
        learns=True,
        packages=("recordlinkage", "scikit-learn"),
    ),
    "logic-v2": Engine(module="logic_v2", threshold=0.7, packages=("nomenklatura", "rigour")),
    # Its score is log2 of the odds: zero is a probability of one half.
    "splink": Engine(
        module="splink_tokens", threshold=0.0, learns=True, packages=("splink", "duckdb")
    ),
    # These two have no threshold of their own; the figures suit the development cases as a whole.
    "tfidf": Engine(module="tfidf", threshold=0.4, packages=("scikit-learn",)),
    "token-sort": Engine(module="token_sort", threshold=0.75, packages=("rapidfuzz",)),
}
OWN = "-own"
"""Ending of an engine's name that asks for names as this project romanises them."""
