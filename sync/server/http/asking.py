"""What a handler is given, and what it may answer beside a struct."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sync.server.claiming import Claiming
from sync.server.http.bodies import Form
from sync.server.http.metrics import Metrics
from sync.server.http.principals import Doorkeeper
from sync.server.http.waiting import Room
from sync.server.ports import Accounts, Beyond, Logs, Principal
from sync.server.settings import Settings


@dataclass(slots=True)
class Standing:
    """How this process stands. `connections`: set by whoever listens."""

    stopping: bool = False
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that the handlers work with."""

    logs: Logs
    accounts: Accounts
    beyond: Beyond | None
    settings: Settings
    claiming: Claiming
    doorkeeper: Doorkeeper
    room: Room
    metrics: Metrics
    openapi: bytes
    standing: Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be asked. `body` is the endpoint's struct, `names` stand in the path.

    `first`: the byte from which on a file is wanted (`Range`).
    """

    by: Principal
    body: Any
    form: Form
    names: Mapping[str, str] = field(default_factory=dict)
    query: bytes = b""
    first: int = 0

    @property
    def log(self) -> str:
        return self.names["log"]


class File(NamedTuple):
    """A long answer in pieces."""

    headers: list[tuple[bytes, bytes]]
    chunks: AsyncIterator[bytes]
    status: int = 200
