"""`demo` and `serve`: what runs until somebody stops it."""

import contextlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from repatria.cli.console import REFUSED, WRONG_CALL, err, plain_errors
from repatria.wiring.demonstrations import is_demonstration
from repatria.wiring.erasure_file import replay_erasures
from repatria.wiring.installation import KEY_FILE, Installation
from repatria.wiring.keyfile import read_key_file
from repatria.wiring.passphrases import PASSPHRASE, passphrase_for
from repatria.wiring.residues import clean, clean_if_erased

_PATIENCE = 5  # seconds that the servers have to end by themselves


def demo(workspace: Path, *, serve_pages: bool, as_json: bool, port: int) -> int:
    """Tell the story; then serve its pages unless told not to."""
    from repatria.cli import demo as story  # noqa: PLC0415 -- the solver and the typesetter

    if serve_pages and _taken([port + n for n in range(len(story.SERVED))]):
        return WRONG_CALL
    with plain_errors() as code:
        account_of = Console(stderr=True, highlight=False)
        try:
            result = story.run_demo(workspace, account_of)
        except FileExistsError:
            shown = workspace / story.SERVED[0]
            err.print(f"to look at it again: repatria serve --home {shlex.quote(str(shown))}")
            err.print("to tell it anew: delete the folder, or name another with --workspace")
            raise
        if as_json:
            story.print_json(result)
        story.print_summary(result, account_of)
        if not all(result["verified"].values()):
            return REFUSED
        if serve_pages:
            places = [(workspace / p, port + n) for n, p in enumerate(story.SERVED)]
            story.print_accounts(account_of, port)
            return serve(places, passphrase=story.PASSWORD)
    return code[0]


def serve(places: Sequence[tuple[Path, int]], *, passphrase: str = "") -> int:
    """Serve the pages of installations, each in a process of its own, until interrupted.

    The passphrase of the keys, unless it is given, comes from the environment or is
    asked for once, before anything is served.
    """
    with plain_errors() as code:
        installations = [(Installation.at(folder), port) for folder, port in places]
        passphrase = passphrase or passphrase_for("the keys of this installation")
        for each, _ in installations:
            read_key_file(each.folder / KEY_FILE, passphrase)
        if _taken([port for _, port in installations]):
            return WRONG_CALL
        for installation, _ in installations:
            erase_again(installation)
        with _ends_as_if_interrupted():
            children = [_started(each.folder, port, passphrase) for each, port in installations]
            try:
                for installation, port in installations:
                    err.print(f"{installation.title}: http://localhost:{port}")
                    if is_demonstration(installation.folder):
                        err.print("   a demonstration: everybody knows its passphrase")
                err.print("Ctrl-C ends it.")
                while all(child.poll() is None for child in children):
                    time.sleep(0.2)
                code[0] = REFUSED
            except KeyboardInterrupt:
                pass
            finally:
                _end(children)
    return code[0]


def erase_again(installation: Installation) -> None:
    """What an older database brought back goes again before anybody works there."""
    with installation.open():
        again = replay_erasures(installation)
        if again:
            err.print(f"{installation.title}: {again} bodies had come back; erased again")
            clean(installation)
        else:
            clean_if_erased(installation)  # where power was lost before it was cleaned
    installation.close()


def _taken(ports: Sequence[int]) -> bool:
    """Whether somebody else has one of the ports; said on standard error."""
    for port in ports:
        with socket.socket() as probe:
            # As the server does: a port that was given back a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                err.print(f"port {port} is taken, or not ours to use; choose another with --port")
                return True
    return False


@contextlib.contextmanager
def _ends_as_if_interrupted() -> Iterator[None]:
    """Being told to end is being interrupted: no server is left behind without its keeper."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, signal.default_int_handler) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _started(folder: Path, port: int, passphrase: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- our own interpreter and module
        [sys.executable, "-m", "repatria.cli.server", str(port)],
        env={**os.environ, "REPATRIA_HOME": str(folder.resolve()), PASSPHRASE: passphrase},
        # Out of the terminal's reach: a Ctrl-C that comes twice, from the terminal and
        # from here, can leave the server waiting for its own worker.
        start_new_session=True,
    )


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """End the servers; what was told so while it started may not hear it, and is killed."""
    for child in children:
        child.terminate()
    late = time.monotonic() + _PATIENCE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0, late - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # its workers too
        child.wait()
