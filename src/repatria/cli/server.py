"""The process that serves one installation's pages; started by `repatria serve`."""

import subprocess
import sys


def main(port: int) -> None:
    """Serve on 127.0.0.1 until terminated, with a process beside for long work.

    One worker with several threads: SQLite has one writer at a time anyway.
    """
    beside = subprocess.Popen([sys.executable, "-m", "repatria.cli.worker"], stdin=subprocess.PIPE)
    try:
        _serve(port)
    finally:
        if beside.stdin is not None:
            beside.stdin.close()  # it ends when nobody holds this any more
        beside.wait()


def _serve(port: int) -> None:
    from granian import Granian  # noqa: PLC0415 -- only in the serving process
    from granian.constants import Interfaces  # noqa: PLC0415 -- same
    from granian.log import LogLevels  # noqa: PLC0415 -- same

    Granian(
        "repatria.site.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
