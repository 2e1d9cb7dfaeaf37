"""The fleet's nodes as processes that are killed and started again where they were; and what they hold."""

import json
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sync.server import certificates, schema
from sync.server.database import Database
from tests.e2e.fleet.party import LOG
from tests.rigs.nodes import NodeProcess


@dataclass(frozen=True)
class Held:
    """A node's log. `facts` in the order of arrival; `withheld`: why some were."""

    facts: list[dict[str, Any]]
    heads: dict[str, list[Any]]
    withheld: list[str]


class FleetNode:
    """`serve` or `hub`, always with the same words, and so at the same port."""

    def __init__(
        self, folder: Path, *words: str, command: str, database: str = "", prefix: Sequence[str] = ()
    ) -> None:
        self.folder, self._words, self._command = folder, words, command
        self._database, self._prefix = database, prefix
        self._starts = 0
        self.kills = 0
        self.start()

    def start(self) -> None:
        if self._starts:
            self._keep_logs()
        self._starts += 1
        self.process = NodeProcess(
            self.folder, *self._words, command=self._command, database=self._database, prefix=self._prefix
        )

    def wait_ready(self) -> None:
        self.process.wait_ready()

    def kill(self) -> None:
        """Every process of it at once."""
        self.kills += 1
        self.destroy()

    def kill_one(self) -> None:
        """One of several that serve; the parent starts another."""
        self.kills += 1
        os.kill(self._children()[0], signal.SIGKILL)

    def destroy(self) -> None:
        pids = [self.process.process.pid, *self._children()]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.process.wait(timeout=30)

    def end(self) -> None:
        code = self.process.stop()
        assert code == 0, f"{self.folder.name} ended with {code}: {self.folder / 'stderr'}"

    def logs(self) -> str:
        return "".join(file.read_text(errors="replace") for file in self.folder.glob("stderr*"))

    def invitation_pin(self) -> bytes:
        found = certificates.existing(self.folder)
        assert found is not None
        return found.fingerprint

    def make_code(self, *roles: str) -> str:
        return self.process.make_code(roles)

    def held(self) -> Held:
        """What lies in its database, which it serves meanwhile."""
        key = None if self._database else bytes.fromhex((self.folder / "key").read_text().strip())
        database = Database.open(self._database or f"sqlite:///{self.folder / 'node.db'}", key)
        try:
            return database.read_now(_held)
        finally:
            database.close()

    def _children(self) -> list[int]:
        """Of those that serve."""
        found = Path(f"/proc/{self.process.process.pid}/task/{self.process.process.pid}/children")
        with suppress(OSError):
            return [pid for pid in map(int, found.read_text().split()) if b"spawn_main" in _words(pid)]
        return []

    def _keep_logs(self) -> None:
        for name in ("stdout", "stderr"):
            (self.folder / name).rename(self.folder / f"{name}.{self._starts}")


def _words(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _held(connection: Any) -> Held:
    records, chains = schema.records, schema.chains
    rows = connection.execute(select(records).where(records.c.log == LOG).order_by(records.c.n)).all()
    ends = connection.execute(select(chains).where(chains.c.log == LOG)).all()
    facts = [
        {
            "id": row.id, "kind": row.kind, "subject": row.subject, "stamp": row.stamp, "desk": row.desk,
            "payload": json.loads(bytes(row.payload)),
        }
        for row in rows
    ]  # fmt: skip
    heads = {row.desk: [row.seq, bytes(row.chain).hex()] for row in ends}
    return Held(facts, heads, [row.words or row.why for row in rows if row.why])


def code_by_command(node: FleetNode, address: str, python: str, root: Path, *words: str) -> str:
    """The invitation that `eventdesk code` prints beside the running node."""
    where = ["--folder", str(node.folder), "--address", address]
    if not node.process.database:
        where += ["--key-file", str(node.folder / "key")]
    environment = os.environ | {"EVENTDESK_DATABASE": node.process.database}
    said = subprocess.run(
        [python, "-m", "eventdesk", "code", *where, *words],
        cwd=root, env=environment, capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    line = next(line for line in said.splitlines() if line.startswith("Invitation: "))
    return line.removeprefix("Invitation: ")
