"""A client written from sync/README.md alone: nothing of `sync` is imported, bodies are JSON."""

import hashlib
import json
import os
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from requests.adapters import HTTPAdapter

from tests.rigs.nodes import NodeProcess, fingerprint

LOG = "fair"


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


def digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def lines(*texts: object) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()


class Pinned(HTTPAdapter):
    """Believes one certificate, by its digest, as an invitation names it."""

    def __init__(self, pin: bytes) -> None:
        self._pin = pin
        super().__init__()

    def init_poolmanager(self, *words: Any, **named: Any) -> Any:
        return super().init_poolmanager(*words, assert_fingerprint=self._pin.hex(), **named)


class SecondClient:
    def __init__(self, address: str, pin: bytes, desk: str) -> None:
        self.desk, self.key = desk, Ed25519PrivateKey.generate()
        self.address, self.web = address, requests.Session()
        self.web.trust_env = self.web.verify = False
        self.web.mount("https://", Pinned(pin))
        self.node, self.epoch, self.cursors = "", "", {LOG: 0}
        self.seq, self.chain, self.ms = 0, bytes(32), 0

    def post(self, path: str, body: object) -> dict[str, Any]:
        answer = self.web.post(self.address + path, json=body, headers={"Accept": "application/json"})
        assert answer.ok, answer.text
        return dict(answer.json())

    def enrol(self, code: str) -> None:
        lookup = HKDF(SHA256(), 32, None, b"eventdesk pairing lookup 1").derive(code.encode())
        signature = self.key.sign(lines("eventdesk enrol 1", self.desk) + lookup)
        public = self.key.public_key().public_bytes_raw()
        body = {"lookup": b64(lookup), "public_key": b64(public), "signature": b64(signature)}
        self._came_in(self.post("/v1/enrol", {"desk": self.desk, "name": "Second", **body}))

    def sign_in(self) -> None:
        at_ms = time.time_ns() // 1_000_000
        signature = self.key.sign(lines("eventdesk sign-in 1", self.node, self.desk, at_ms))
        self._came_in(
            self.post("/v1/sign-in", {"desk": self.desk, "at_ms": at_ms, "signature": b64(signature)})
        )

    def _came_in(self, answer: dict[str, Any]) -> None:
        self.node = answer["node"]
        self.web.headers["Authorization"] = f"Bearer {answer['token']}"

    def push(self, kind: str, subject: str, id_: str, after: str = "", **payload: Any) -> dict[str, Any]:
        """Write a fact, stamped later than `after`."""
        self.seq += 1
        self.ms = max(self.ms + 1, time.time_ns() // 1_000_000, int(after[:12] or "0", 16) + 1)
        stamp = f"{self.ms:012x}-0000-{self.desk}"
        body, salt = json.dumps(payload).encode(), os.urandom(16)
        envelope = lines(id_, LOG, kind, subject, stamp, self.desk, self.seq)
        self.chain = digest(self.chain, digest(envelope, digest(salt, body)))
        fact = {"id": id_, "kind": kind, "subject": subject, "stamp": stamp, "desk": self.desk}
        fact |= {"chain": b64(self.chain), "payload": b64(body), "salt": b64(salt)}
        signed = self.key.sign(lines("eventdesk head 1", LOG, self.desk, self.seq) + self.chain)
        head = {"desk": self.desk, "seq": self.seq, "chain": b64(self.chain), "signature": b64(signed)}
        return self.post(f"/v1/logs/{LOG}/facts", {"facts": [{**fact, "seq": self.seq}], "heads": [head]})

    def pull(self) -> list[dict[str, Any]]:
        answer = self.post("/v1/pull", {"epoch": self.epoch, "cursors": self.cursors})
        page = answer["pages"].get(LOG, {"facts": [], "cursor": self.cursors[LOG]})
        self.epoch, self.cursors = answer["epoch"], {LOG: page["cursor"]}
        return list(page["facts"])

    def claim(self, ticket: str, fact: str) -> dict[str, Any]:
        body = {"key": f"entry/main/{ticket}", "subject": ticket, "fact": fact, "note": "North"}
        return self.post(f"/v1/logs/{LOG}/claims", body)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[NodeProcess]:
    process = NodeProcess(tmp_path / "node").wait_ready()
    try:
        yield process
    finally:
        process.stop()


def joined(node: NodeProcess, desk: str) -> SecondClient:
    client = SecondClient(node.address, fingerprint(node), desk)
    client.enrol(node.make_code(["organizer"]))
    return client


@pytest.mark.long
def test_a_client_written_from_the_words_alone(node: NodeProcess) -> None:
    first, second = joined(node, "other1"), joined(node, "other2")
    told = first.push("gate_defined", "north", "fact-1", name="North")
    assert (told["taken"], told["refused"], told["heads"]) == (1, [], {"other1": 1})
    (fact,) = second.pull()
    assert json.loads(b64decode(fact["payload"])) == {"name": "North"}
    assert second.pull() == []

    granted = first.claim("t1", "fact-2")
    assert (granted["granted"], granted["level"]) == (True, "centre")
    refused = second.claim("t1", "fact-3")
    assert (refused["granted"], refused["holder"]["desk"]) == (False, "other1")
    passed = {"list": "main", "at": "2026-06-10T10:00:00Z"}
    assert not first.push("admitted", "t1", "fact-2", after=granted["stamp"], **passed)["refused"]
    second.sign_in()
    assert [one["id"] for one in second.pull()] == ["fact-2"]
    assert not first.push("left", "t1", "fact-4", **passed)["refused"]
    again = second.claim("t1", "fact-3")
    assert again["granted"], "free after the exit"
    first.web.close()
    second.web.close()
