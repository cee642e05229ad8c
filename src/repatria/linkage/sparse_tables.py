"""How are scipy and sparse-dot-topn loaded without the tools of those who develop numpy?

scipy takes every public name of numpy into a namespace of its own, and with the names
come the compiler of Fortran and the tools for tests, which take a tenth of a second to
load and are of no use here. They are hidden from it while it loads, and found as ever
by whoever asks for them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

_NOT_WANTED = frozenset(
    {"char", "ctypeslib", "f2py", "ma", "polynomial", "rec", "random", "testing"}
)


@contextmanager
def _without_tools() -> Iterator[None]:
    public = vars(np)
    names, listed = public["__all__"], public["__dir__"]
    public["__all__"] = [name for name in names if name not in _NOT_WANTED]
    public["__dir__"] = lambda: [name for name in listed() if name not in _NOT_WANTED]
    try:
        yield
    finally:
        public["__all__"], public["__dir__"] = names, listed


with _without_tools():
    from scipy import sparse
    from sparse_dot_topn import sp_matmul_topn, zip_sp_matmul_topn

__all__ = ["sp_matmul_topn", "sparse", "zip_sp_matmul_topn"]
