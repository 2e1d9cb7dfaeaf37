"""A node as a process of its own (`eventdesk serve` or `hub`), and desks that speak with it."""

import hashlib
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sync import keys, pairing, wire
from sync.chain import Head, Record, head_of, new_salt, seal
from sync.client import enrolling
from sync.client.http import HttpUpstream
from sync.server.accounts import accounts
from sync.server.database import Database

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0


class NodeProcess:
    """Started at once; `address` once `wait_ready` has returned."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        command: str = "serve",
        database: str = "",
        prefix: Sequence[str] = (),
    ) -> None:
        """`prefix`: words of a program that becomes the node, such as one that changes its network."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.database = database
        self.address = ""
        self._out, self._err = folder / "stdout", folder / "stderr"
        environment = os.environ | {"EVENTDESK_DATABASE": database}
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [
                    *prefix, sys.executable, "-m", "eventdesk", command,
                    "--folder", str(folder), "--key-file", str(folder / "key"), "--port", "0", *words,
                ],
                cwd=ROOT, stdout=out, stderr=err, env=environment,
            )  # fmt: skip

    def wait_ready(self) -> "NodeProcess":
        deadline = time.monotonic() + START_S
        while not self.address:
            said = self._out.read_text(encoding="utf-8")
            ready = [line for line in said.splitlines(keepends=True) if line.startswith("ready ")]
            if ready and ready[0].endswith("\n"):
                self.address = ready[0].split()[1]
            elif self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The node did not start: {said} {self.errors()}")
            else:
                time.sleep(0.02)
        return self

    def errors(self) -> str:
        return self._err.read_text(encoding="utf-8", errors="replace")

    def said(self) -> str:
        return self._out.read_text(encoding="utf-8", errors="replace")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """The exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=40)

    def make_code(self, roles: Sequence[str], logs: Sequence[str] = ()) -> str:
        """As the node's admin does: on its database."""
        code = pairing.new_code()
        asked = wire.CodeAsked(pairing.lookup(code), "", list(roles), list(logs))
        key = None if self.database else bytes.fromhex((self.folder / "key").read_text().strip())
        database = Database.open(self.database or f"sqlite:///{self.folder / 'node.db'}", key)
        try:
            now = time.time_ns() // 1_000_000
            database.write_now(
                lambda connection: accounts.make_code(connection, "admin", asked, {"organizer", "admin"}, now)
            )
        finally:
            database.close()
        return code


class Desk:
    """A desk that enrolled with a node, with chains of its own."""

    def __init__(self, node: NodeProcess, id_: str, roles: Sequence[str], logs: Sequence[str] = ()) -> None:
        self.id = id_
        self.pair = keys.KeyPair.new()
        self._token = ""
        self._heads: dict[str, Head] = {}
        self.upstream = HttpUpstream(node.address, lambda: self._token, fingerprint(node))
        invitation = pairing.Invitation(node.make_code(roles, logs), node.address)
        self.signed_in = enrolling.enrol(self.upstream, invitation, id_, id_, self.pair).signed_in
        self._token = self.signed_in.token

    def fact(self, log: str, kind: str, subject: str, payload: bytes, id_: str = "") -> Record:
        """The next one of its chain."""
        head = self._heads.get(log, Head())
        stamp = f"{time.time_ns() // 1_000_000:012x}-0000-{self.id}"
        id_ = id_ or f"{self.id}-{log}-{head.seq + 1}"
        record = seal(head, id_, log, kind, subject, stamp, self.id, payload, new_salt())
        self._heads[log] = head_of(record)
        return record

    def close(self) -> None:
        self.upstream.close()


def fingerprint(node: NodeProcess) -> bytes:
    """Of the certificate that the node presents, as an invitation would tell."""
    at = urlsplit(node.address)
    if at.scheme == "http":
        return b""
    shown = ssl.get_server_certificate((at.hostname or "", at.port or 0))
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).digest()
