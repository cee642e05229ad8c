"""scipy is loaded without what nobody needs here, and numpy stays whole."""

import subprocess
import sys

import numpy as np
import pytest

from repatria.linkage import sparse_tables


def test_numpy_is_whole_after_scipy_is_loaded():
    assert sparse_tables.sparse.csr_array((2, 3)).shape == (2, 3)
    assert {"f2py", "testing"} <= set(np.__all__) & set(dir(np))


@pytest.mark.slow
def test_tools_of_developers_are_not_loaded():
    loaded = "import sys, repatria.linkage.scientific; print('numpy.f2py' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True)
    assert told.stdout.strip() == b"False"
