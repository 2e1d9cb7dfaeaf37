"""A process of pretix on loopback, over a database of its own."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from tests.rigs.pretix_server.installing import HERE

STARTS_S = 120
WORKERS = 2
THREADS = 4


class PretixServer:
    """`start` returns when the API answers. The folder is the caller's; SQLite, or a PostgreSQL's address
    (`host`, `port`, `user`, `database`)."""

    def __init__(self, python: Path, folder: Path, postgres: dict[str, str] | None = None) -> None:
        self._python = python
        self._folder = folder
        self._postgres = postgres
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        self.state: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def seed(self, orders: int) -> None:
        """Tables, an organizer and its events, orders (see `seeding`)."""
        self._configure()
        self._run("-m", "pretix", "migrate", "--run-syncdb", PRETIX_RIG_NEW="1")
        file = self._folder / "state.json"
        self._run(str(HERE / "seeding.py"), str(orders), str(file))
        self.state = json.loads(file.read_text())

    def start(self) -> None:
        self._configure()
        where = f"127.0.0.1:{self.port}"
        kind = ["--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "30"]
        bound = ["--workers", str(WORKERS), "--bind", where, "--timeout", "120", "--graceful-timeout", "3"]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._python), "-m", "gunicorn", "pretix.wsgi:application", "--preload", *kind, *bound],
                env=self._environment(),
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(20)
        self._process = None

    def save(self) -> None:
        """Keep the database as it is now (SQLite alone)."""
        with (
            closing(sqlite3.connect(self._database)) as now,
            closing(sqlite3.connect(self._folder / "saved")) as kept,
        ):
            now.backup(kept)

    def restore(self) -> None:
        """The database as it was kept; the server may run meanwhile."""
        with (
            closing(sqlite3.connect(self._folder / "saved")) as kept,
            closing(sqlite3.connect(self._database)) as now,
        ):
            kept.backup(now)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def api(self, method: str, path: str, **more: Any) -> Any:
        """Asks as the organizer's own token; what an answer of 2xx holds. For what tests set up and look
        up."""
        answer = self.ask(method, path, **more)
        assert answer.ok, (method, path, answer.status_code, answer.text[:500])
        return answer.json() if answer.content else None

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """The same, whatever the answer is."""
        path = path if path.startswith("/") else f"/api/v1/organizers/{self.state['organizer']}/{path}"
        header = {"Authorization": f"Token {self.state['token']}"}
        return requests.request(method, self.url + path, headers=header, timeout=60, **more)

    def within(self, code: str) -> None:
        """Runs lines of Python in pretix' environment: for what its API has no call for. `event` is the one
        of `state`, `organizer` its own. Settings are cached by the server: `restart` where they change."""
        lead = [
            "import django; django.setup()",
            "from django_scopes import scopes_disabled",
            "from pretix.base.models import *",
            "with scopes_disabled():",
            f"    event = Event.objects.get(slug={self.state['event']!r})",
            "    organizer = event.organizer",
        ]
        self._run("-c", "\n".join([*lead, *(f"    {line}" for line in code.strip().splitlines())]))

    @property
    def _database(self) -> Path:
        return self._folder / "data" / "db.sqlite3"

    def _configure(self) -> None:
        (self._folder / "data").mkdir(parents=True, exist_ok=True)
        lines = ["[pretix]", f"url={self.url}", f"datadir={self._folder / 'data'}", "registration=off"]
        lines += ["ecb_rates=off", "loglevel=WARNING", "[locale]", "default=en", "timezone=Europe/Berlin"]
        lines += ["[django]", "debug=off", "[database]"]
        if self._postgres:
            lines += ["backend=postgresql", *(f"{name}={value}" for name, value in self._postgres.items())]
        else:
            lines.append("backend=sqlite3")
        (self._folder / "pretix.cfg").write_text("\n".join(lines) + "\n")

    def _environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
        return {
            **kept,
            "PRETIX_CONFIG_FILE": str(self._folder / "pretix.cfg"),
            "DJANGO_SETTINGS_MODULE": "django_settings",
            "PYTHONPATH": str(HERE),
            **more,
        }

    def _run(self, *call: str, **more: str) -> None:
        done = subprocess.run(
            [str(self._python), *call],
            env=self._environment(**more),
            cwd=self._folder,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]

    def _wait(self) -> None:
        assert self._process is not None
        until = time.monotonic() + STARTS_S
        while time.monotonic() < until and self._process.poll() is None:
            try:
                if requests.get(f"{self.url}/api/v1/version", timeout=60).status_code in (401, 403):
                    return
            except requests.ConnectionError:
                time.sleep(0.1)
        log = (self._folder / "server.log").read_text()[-3000:]
        self.stop()
        raise AssertionError(f"pretix does not answer:\n{log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
