"""A whole exchange, told once for a test session by the demo's own story.

`finished_exchange` is read only; a test that changes something takes a copy.
"""

import io
import shutil

from rich.console import Console

from repatria.cli.demo import run_demo


def tell_exchange(workspace):
    """Tell the story into an empty folder; gives its summary."""
    return run_demo(workspace, Console(file=io.StringIO()))


def copy_of(workspace, target):
    """A copy of a workspace that a test may change."""
    shutil.copytree(workspace, target)
    return target
