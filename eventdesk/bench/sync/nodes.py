"""A node as a process of its own (`eventdesk serve`), and who may ask it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from sync import keys, pairing, wire
from sync.keys import KeyPair
from sync.server import schema
from sync.server.accounts import accounts, encoding
from sync.server.database import Database

T = TypeVar("T")

START_S = 60.0
READY = re.compile(r"ready (?P<address>\S+)\n")
# What a desk may ask is another test's: here a desk asks as fast as it is answered.
REQUESTS = ("--requests-per-desk", "100000")
DAY_MS = 86_400_000


class Node(NamedTuple):
    """A node's folder; `url` and `key` open its database beside it."""

    folder: Path
    url: str
    key: bytes | None

    @classmethod
    def prepare(cls, folder: Path, postgres: str = "") -> "Node":
        """A node that no process serves yet, on a file in the folder or on PostgreSQL."""
        folder.mkdir()
        if postgres:
            return cls(folder, postgres, None)
        key = os.urandom(48)
        (folder / "key").write_text(key.hex())
        return cls(folder, f"sqlite:///{folder / 'node.db'}", key)

    def within(self, work: Callable[[Database], T]) -> T:
        """What `work` makes of the node's database."""
        database = Database.open(self.url, self.key)
        try:
            return work(database)
        finally:
            database.close()

    def invitation(self, address: str, roles: Sequence[str]) -> str:
        """To the node, which is served at the address."""
        code, now = pairing.new_code(), time.time_ns() // 1_000_000
        asked = wire.CodeAsked(pairing.lookup(code), "", list(roles), [])
        self.within(
            lambda database: database.write_now(
                lambda connection: accounts.make_code(connection, "admin", asked, {"organizer", "admin"}, now)
            )
        )
        return pairing.Invitation(code, address).text()

    @contextmanager
    def served(self, processes: int = 1, upstream: str = "") -> Iterator["Served"]:
        """The node at work, until the block ends; with the invitation of an `upstream` as a hub."""
        command = ("hub", "--upstream", upstream) if upstream else ("serve",)
        out, err = self.folder / "stdout", self.folder / "stderr"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                [
                    sys.executable, "-m", "eventdesk", *command, "--folder", str(self.folder), "--port", "0",
                    "--key-file", str(self.folder / "key"), "--behind-proxy", "--log-level", "warning",
                    "--processes", str(processes), *REQUESTS,
                ],
                stdout=stdout, stderr=stderr, env=os.environ | self._environment(),
            )  # fmt: skip
        try:
            yield Served(_ready(process, out, err), process.pid)
        finally:
            process.terminate()
            process.wait()

    def _environment(self) -> dict[str, str]:
        return {"EVENTDESK_DATABASE": "" if self.key else self.url}


class Served(NamedTuple):
    """`pid`: of the process that was started, whose children serve where there are several."""

    address: str
    pid: int

    @property
    def at(self) -> tuple[str, int]:
        host, _, port = self.address.removeprefix("http://").rpartition(":")
        return host, int(port)


class Asker(NamedTuple):
    """A desk as the node knows it. `address`: where its proxy says that it is."""

    id: str
    keys: KeyPair
    token: str
    address: str


def askers(number: int) -> list[Asker]:
    made = []
    for i in range(number):
        token = f"ed1_{os.urandom(32).hex()}"
        made.append(
            Asker(f"desk{i:05}", KeyPair.new(), token, f"10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}")
        )
    return made


def let_in(node: Node, desks: Sequence[Asker]) -> None:
    """As enrolment does, for all at once."""
    now = time.time_ns() // 1_000_000
    roles, none = encoding.names(["door"]), encoding.names([])
    rows = [
        {
            "id": desk.id, "name": desk.id, "public_key": desk.keys.public, "roles": roles, "logs": none,
            "via": "", "enrolled_ms": now, "seen_ms": now,
        }
        for desk in desks
    ]  # fmt: skip
    tokens = [
        {"digest": keys.token_digest(desk.token), "desk": desk.id, "issued_ms": now, "until_ms": now + DAY_MS}
        for desk in desks
    ]

    def work(database: Database) -> None:
        database.write_now(lambda connection: connection.execute(schema.desks.insert(), rows))
        database.write_now(lambda connection: connection.execute(schema.tokens.insert(), tokens))

    node.within(work)


def _ready(process: "subprocess.Popen[bytes]", out: Path, err: Path) -> str:
    deadline = time.monotonic() + START_S
    while not (said := READY.search(out.read_text(encoding="utf-8"))):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the node did not start: {err.read_text(encoding='utf-8')}")
        time.sleep(0.02)
    return said["address"]
