"""Desks with a line: a real store and engine each, a node in memory between them, and a wire that cuts."""

import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from eventdesk.desk.commands import ChooseDoor, Command, ScanCode
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import Engine
from eventdesk.desk.hook import Hook
from eventdesk.desk.hooks import Given, Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.till.till import Till
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.membership import Node as Address
from eventdesk.desk.upstream.parts import lanes_of
from eventdesk.desk.upstream.values import LineState, Paired
from eventdesk.devices.terminals.port import Terminal
from eventdesk.domain.decision import Mode
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Reader, Store
from sync import pairing, wire
from sync.client.port import Upstream
from tests.desk.conftest import Heard
from tests.replication.fleet.node import Node
from tests.replication.fleet.wire import Wire

T = TypeVar("T")
PATIENCE_S = 10.0
NOW = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
ALL = ("door", "box_office", "supervisor", "organizer")


def until(is_so: Callable[[], T | None], seconds: float = PATIENCE_S) -> T:
    """Waits until it is so; the test fails where it never is."""
    ends = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < ends, "it did not come to be"
        time.sleep(0.005)
    assert found is not None
    return found


class LinedDesk:
    """`wires` by node id: this desk's own way to each."""

    terminal: Terminal | None = None

    def __init__(self, folder: Path, id_: str, *, error_s: float = 0.0) -> None:
        self.id = id_
        self.path = folder / f"{id_}.db"
        self.key = secrets.token_bytes(32)
        self.wires: dict[str, Wire] = {}
        self.error_s = error_s
        self.open()

    def open(self) -> None:
        self.clock = DeskClock(wall=lambda: time.time() + self.error_s)
        self.store = Store.open(self.path, self.key, self.id, self.clock.wall_ms)
        self.clock.keep(self.store)
        self.hooks = Hooks()
        self.heard = Heard(self.hooks)
        self.states: list[LineState] = []
        self.hooks.line_changed.connect(self.states.append)
        preferences = Preferences(self.store)
        self.preferences = preferences
        secrets_ = Secrets(self.store)
        self.line = Line(self.store, secrets_, self.hooks, preferences, self.clock, self._dial)
        self.till = Till(
            self.store,
            self.hooks,
            preferences,
            self.line,
            self.card_terminal,
            _nothing,
            self.line.post,
            self.clock.now,
        )
        lanes = lanes_of(self.line, self.clock.now) | self.till.lanes() | self.more_lanes()
        self.engine = Engine(
            self.store, self.hooks, preferences, None, lanes, self.clock.now, self.line.at_door, self.till
        )
        self.line.attach(self.engine.post)

    def card_terminal(self, name: str) -> Terminal:
        return self.terminal or _nothing(name)

    def more_lanes(self) -> dict[str, Handlers]:
        """Of parts that few tests need."""
        return {}

    def _dial(self, node: Address, token: Callable[[], str]) -> Upstream:
        for at in self.wires.values():
            if node.address == at.node.id:
                return at.dial(token)
        raise AssertionError(f"no wire to {node.address}")

    def reach(self, node: Node) -> Wire:
        """A wire of this desk's own to the node."""
        self.wires[node.id] = Wire(node, lambda: round((time.time() + self.error_s) * 1000))
        return self.wires[node.id]

    def start(self) -> None:
        self.engine.start()
        self.line.start()

    def stop(self) -> None:
        self.till.close()
        self.line.stop()
        self.engine.stop()
        self.store.close()

    def ask(self, command: Command, hook: Callable[[Hooks], Hook[T]]) -> T:
        self.engine.post(command)
        return self.heard.next(hook(self.hooks))

    def pair(self, node: Node, roles: tuple[str, ...] = ALL, pepper: bytes = b"") -> Paired:
        code = pairing.new_code()
        sealed = pairing.seal(code, pepper) if pepper else b""
        node.codes[pairing.lookup(code)] = wire.CodeAsked(
            pairing.lookup(code), self.id, list(roles), [], sealed=sealed
        )
        return self.ask(PairDesk(code, node.id, self.id), lambda hooks: hooks.paired)

    def choose(self, list_id: str = LIST, mode: Mode = Mode.ENTRY, gate: str | None = "north") -> None:
        self.ask(ChooseDoor(LOG, list_id, gate, mode), lambda hooks: hooks.door_chosen)

    def scan(self, code: str, **how: Any) -> Given:
        return self.ask(ScanCode(code, **how), lambda hooks: hooks.verdict_given)

    def reads(self, question: Callable[[Reader], T]) -> T:
        with self.store.reader() as reader:
            return question(reader)

    @property
    def state(self) -> LineState:
        return self.line.board.state()


def _nothing(name: str) -> Any:
    raise AssertionError(f"there is no {name} here")


@pytest.fixture
def node() -> Node:
    return Node()


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[..., LinedDesk]]:
    """Makes desks that run; they are stopped in the end."""
    made: list[LinedDesk] = []

    def make(id_: str, **how: Any) -> LinedDesk:
        desk = LinedDesk(tmp_path, id_, **how)
        made.append(desk)
        desk.start()
        return desk

    yield make
    for desk in made:
        desk.stop()


@pytest.fixture
def two(make_desk: Callable[..., LinedDesk], node: Node) -> tuple[LinedDesk, LinedDesk]:
    """Two desks at one node and one list; the first has written the event."""
    first, second = make_desk("d001"), make_desk("d002")
    with first.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    for desk in (first, second):
        desk.reach(node)
        desk.pair(node)
    until(lambda: second.reads(lambda reader: reader.guest_count(LOG)) == 23)
    first.choose(gate="north")
    second.choose(gate="south")
    return first, second
