"""A real PostgreSQL server for the tests, started from the installed binaries.

Each test process has its own: data and socket in a temporary folder, no network
port. It does not wait for the disk: programs are killed here, but the power is never
cut, and what one process has written the next one reads. PostgreSQL refuses to run as
root, so under root it runs as `postgres`, else `nobody`.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

MISSING = (
    "no PostgreSQL server is installed: install the package `postgresql` (Debian: "
    "apt-get install postgresql), or put `initdb` and `pg_ctl` on PATH"
)
OWNER = "repatria"
_QUICK = "-c fsync=off -c full_page_writes=off -c autovacuum=off"


class NoServerError(Exception):
    """No PostgreSQL binaries were found."""


def binaries() -> Path:
    """The folder of `initdb` and `pg_ctl`, the newest installed version.

    Raises:
        NoServerError: nothing is installed.
    """
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    found = shutil.which("initdb")
    folders += [Path(found).resolve().parent] if found else []
    asked = shutil.which("pg_config")
    if asked:
        said = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(said.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServerError(MISSING)


def unprivileged() -> dict[str, object]:
    """Arguments of subprocess.run under which a server may be started."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoServerError("no account to run PostgreSQL under: neither `postgres` nor `nobody`")


class Server:
    """A running server.

    Attributes:
        folder: of its data and its socket.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def address(self, database: str) -> dict[str, str]:
        """The address of a database as it stands in `installation.json`."""
        return {"NAME": database, "USER": OWNER, "HOST": str(self.folder)}

    def create(self, template: str = "template0") -> dict[str, str]:
        """The address of a new database, a copy of the template."""
        self._made += 1
        name = f"made_{self._made}"
        with psycopg.connect(
            host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return self.address(name)

    def drop(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        with psycopg.connect(
            host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


@contextmanager
def running_server() -> Iterator[Server]:
    """A server for as long as it is needed.

    Raises:
        NoServerError: there are no binaries.
    """
    programs, account = binaries(), unprivileged()
    # A socket's path may have 107 characters: pytest's own folders are too deep.
    short = tempfile.gettempdir() if len(tempfile.gettempdir()) < 60 else "/tmp"  # noqa: S108 -- it makes a folder of its own there
    folder = Path(tempfile.mkdtemp(prefix="repatria-pg-", dir=short))
    if account:
        os.chown(folder, account["user"], account["group"])
    data, log = folder / "data", folder / "server.log"

    def run(*command: str) -> None:
        subprocess.run(  # noqa: PLW1510 -- the return code is read below
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **account
        ).check_returncode()

    try:
        run(
            str(programs / "initdb"), f"--pgdata={data}", f"--username={OWNER}", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} {_QUICK}"
        run(str(programs / "pg_ctl"), "start", "--wait", f"--pgdata={data}", f"--log={log}",
            f"--options={settings}")  # fmt: skip
        try:
            yield Server(folder)
        finally:
            run(str(programs / "pg_ctl"), "stop", "--wait", "--mode=fast", f"--pgdata={data}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
