"""A PostgreSQL of one's own in a folder, for a measurement or for tests: made, started and stopped.

The server refuses to run as root, so it becomes another user where root starts it.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

USERS = ("postgres", "nobody")
START_S = 30.0
PORT = 5432  # a name within the socket's folder, not a port of this computer


class Postgres:
    """`settings` go on the server's command line: durable as shipped, where nothing else is said.

    `folder`: a short one, as a socket's path has at most 107 bytes.
    """

    def __init__(self, folder: Path, programs: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._programs = programs
        self._settings = settings
        self._numbers = count(1)
        self._lent: list[str] = []
        self._free: list[str] = []
        self._user = _other_user()
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "-D", str(self.data), "-U", "eventdesk", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        options = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        self._log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [self._programs / "postgres", "-D", self.data, "-k", self.folder, "-h", "", *options],
            stdout=self._log,
            stderr=self._log,
            cwd=self.folder,
            **self._as_user(),
        )
        self._wait()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT cuts every connection and stops in peace; SIGQUIT is a crash."""
        self.process.send_signal(how)
        self.process.wait(timeout=START_S)
        self._log.close()

    def new_database(self) -> str:
        """The address of an empty database, for SQLAlchemy."""
        name = self._free.pop() if self._free else self._made()
        self._lent.append(name)
        return f"postgresql+psycopg://eventdesk@/{name}?host={self.folder}&port={PORT}"

    def recycle(self) -> None:
        """Empty what was handed out so far, to be handed out again: that takes a tenth of making one."""
        self.cut()
        while self._lent:
            name = self._lent.pop()
            with psycopg.connect(self._address(name), autocommit=True) as connection:
                connection.execute("SET client_min_messages = warning")
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
            self._free.append(name)

    def _made(self) -> str:
        name = f"node{next(self._numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def cut(self) -> None:
        """End every connection, as a restart or a cut line does."""
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    def _address(self, name: str) -> str:
        return f"host={self.folder} port={PORT} user=eventdesk dbname={name}"

    def _wait(self) -> None:
        deadline = time.monotonic() + START_S
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._programs / program, *words],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._as_user(),
        )

    def _as_user(self) -> dict[str, Any]:
        return {"user": self._user.pw_uid, "group": self._user.pw_gid} if self._user else {}


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`; None where this computer has none."""
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _other_user() -> Any:
    """The `pwd` entry of whom the server becomes; None where it may be us."""
    if os.getuid() != 0:
        return None
    import pwd  # not on Windows, where nothing else of this module is of use either

    known = {user.pw_name: user for user in pwd.getpwall()}
    return next((known[name] for name in USERS if name in known), None)
