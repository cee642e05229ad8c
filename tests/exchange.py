"""A whole exchange, told once for a test session by the demo's own story.

`finished_exchange` is read only; a test that changes something takes a copy.
"""

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout

from rich.console import Console

from repatria.cli.demo import run_demo
from repatria.cli.main import app


def tell_exchange(workspace):
    """Tell the story into an empty folder; gives its summary."""
    return run_demo(workspace, Console(file=io.StringIO()))


def tell_by_command(workspace):
    """Tell the story with the command; gives its exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    words = ["demo", "--workspace", str(workspace), "--no-serve", "--json"]
    with redirect_stdout(out), redirect_stderr(err):
        code = app(words, result_action="return_value")
    return code, out.getvalue(), err.getvalue()


def copy_of(workspace, target):
    """A copy of a workspace that a test may change."""
    shutil.copytree(workspace, target)
    return target
