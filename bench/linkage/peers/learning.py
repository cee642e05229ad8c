"""What is kept of what was learned, so that learning is not measured as matching?"""

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peers.model import Settings


def learned(name: str, settings: Settings, learn: Callable[[], Any]) -> Any:
    """What `learn` gives, from the folder where it was kept if it was learned before.

    The folder is written by this program alone: pickles are safe to read from there.
    """
    if settings.kept is None:
        return learn()
    words = "|".join(
        [name, str(settings.with_birth), settings.romanised, *map(str, settings.training)]
    )
    path = settings.kept / f"{name}-{hashlib.sha256(words.encode()).hexdigest()[:16]}.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes())  # noqa: S301 -- our own file, see above
    result = learn()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = Path(f"{path}.part")
    part.write_bytes(pickle.dumps(result))
    part.rename(path)
    return result
