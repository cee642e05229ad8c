"""`demo` and `serve`: what runs until somebody stops it."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from repatria.cli.console import REFUSED, err, plain_errors
from repatria.wiring.installation import Installation


def demo(workspace: Path, *, serve_pages: bool, as_json: bool, port: int) -> int:
    """Tell the story; then serve its pages unless told not to."""
    from repatria.cli import demo as story  # noqa: PLC0415 -- the solver and the typesetter

    with plain_errors() as code:
        account_of = Console(stderr=True, highlight=False)
        result = story.run_demo(workspace, account_of)
        if as_json:
            story.print_json(result)
        story.print_summary(result, account_of)
        if not all(result["verified"].values()):
            return REFUSED
        if serve_pages:
            places = [(workspace / p, port + n) for n, p in enumerate(story.SERVED)]
            story.print_accounts(account_of, port)
            return serve(places)
    return code[0]


def serve(places: Sequence[tuple[Path, int]]) -> int:
    """Serve the pages of installations, each in a process of its own, until interrupted."""
    with plain_errors() as code:
        installations = [(Installation.at(folder), port) for folder, port in places]
        children = [
            subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                [sys.executable, "-m", "repatria.cli.server", str(port)],
                env={**os.environ, "REPATRIA_HOME": str(installation.folder.resolve())},
            )
            for installation, port in installations
        ]
        for installation, port in installations:
            err.print(f"{installation.title}: http://localhost:{port}")
        try:
            while all(child.poll() is None for child in children):
                time.sleep(0.2)
            code[0] = REFUSED
        except KeyboardInterrupt:
            pass
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(10)
    return code[0]
