"""A desk with a till: a real store and the engine's real handlers, one command after the other, without
threads; it may go down after any commit."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import CLAIM_MS, TERMINALS
from eventdesk.desk.till.commands import OpenTill, RefreshTill
from eventdesk.desk.till.till import Till
from eventdesk.desk.upstream.allotments import Allotments
from eventdesk.desk.upstream.claims import Claims
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.membership import Membership
from eventdesk.desk.upstream.present import Present
from eventdesk.desk.upstream.signer import Signer
from eventdesk.errors import EventDeskError
from eventdesk.storage.store import Store, Transaction
from tests.replication.fleet.doors import FleetDesk, InReach
from tests.replication.fleet.fated import FatedLine
from tests.storage.made import KEY
from tests.till.machine.cards import Crashed, ModelTerminal
from tests.till.machine.fair import LOG


class TillDesk(FleetDesk):
    """`told` is what the hooks said since the last command, by name; `refused` the last trouble's words.

    What is asked of the terminal waits in `asked`, until `answer` is called.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        line: FatedLine,
        wall_s: Callable[[], float],
        steady: Callable[[], float],
        terminal: ModelTerminal,
        paired: bool = True,
    ) -> None:
        self.terminal, self.paired = terminal, paired
        super().__init__(folder, name, line, wall_s, steady)

    def open(self) -> None:
        self.dead = False
        self.crash_after: int | None = None
        self.asked: deque[Command] = deque()
        self._posted: deque[Command] = deque()
        self.told: dict[str, list[Any]] = {}
        self.refused = ""
        self.clock = DeskClock(self._wall_s, self._steady_s)
        self.store = Store.open(self._path, KEY, self.name, self.clock.wall_ms)
        self.clock.keep(self.store)
        self._commits = self.store.transaction
        self.store.transaction = self._transaction  # type: ignore[assignment, method-assign]
        self.membership = Membership(self.store, self._secrets)
        if self.paired and self.membership.pairing is None:
            self.membership.put(self._pairing)
        preferences = Preferences(self.store)
        preferences.put(TERMINALS, [{"name": "t1"}])
        preferences.put(CLAIM_MS, 40)
        self._reach = InReach(self._link)
        self.claims = Claims(self.membership, self._reach, preferences, self._nudged)  # type: ignore[arg-type]
        self._present = Present(self.membership, preferences, self.clock)
        self.allotments = Allotments(self.membership)
        self.allotments.is_reachable = lambda: not self.claims.is_down
        self._wire_till(preferences)

    def _wire_till(self, preferences: Preferences) -> None:
        self.hooks = Hooks()
        signer = Signer(self._secrets, self._present)
        signer.prepare(LOG)
        for name, hook in vars(self.hooks).items():
            hook.connect(lambda value, name=name: self.told.setdefault(name, []).append(value))
        line: Any = SimpleNamespace(
            present=self._present,
            claims=self.claims,
            allotments=self.allotments,
            membership=self.membership,
            signer=signer,
        )
        self.till = Till(
            self.store,
            self.hooks,
            preferences,
            line,
            lambda _name: self.terminal,
            _no_printer,
            self._posted.append,
            self._now,
        )
        self._handlers = {**self.till.writing(), **self.till.looking()}
        self._at_terminal = self.till.lanes()["terminals"]

    # Going down

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        self._alive()
        with self._commits() as tx:
            yield tx
        if self.crash_after is not None:
            self.crash_after -= 1
            if self.crash_after <= 0:
                self._down()

    def _alive(self) -> None:
        if self.dead:
            raise Crashed

    def _down(self) -> None:
        self.dead = True
        raise Crashed

    def crash(self) -> None:
        self.store.close()
        self.open()
        self.do(OpenTill(LOG))

    def _nudged(self) -> None:
        """Whoever pushes goes at once, as its thread would."""
        if not self.dead:
            self._try(self._push)

    # What people do

    def do(self, *commands: Command) -> bool:
        """Serve these and all that follows of them; False where the desk went down (and is back again)."""
        self.told.clear()
        self.refused = ""
        try:
            for command in commands:
                self._serve(command)
                while self._posted:
                    self._serve(self._posted.popleft())
        except Crashed:
            self.crash()
            return False
        finally:
            self.crash_after = None
        return True

    def answer(self) -> bool:
        """The terminal answers what it was asked; False as `do`."""
        while self.asked:
            command = self.asked.popleft()
            try:
                self._at_terminal[type(command)](command)
            except Crashed:
                self.crash()
                return False
            if not self.do(*self._taken()):
                return False
        return True

    def _taken(self) -> list[Command]:
        posted = list(self._posted)
        self._posted.clear()
        return posted

    def _serve(self, command: Command) -> None:
        if type(command) in self._at_terminal:
            self.asked.append(command)
            return
        handler = self._handlers.get(type(command))
        if handler is None:
            return
        try:
            handler(command)
        except EventDeskError as error:
            self.refused = error.message

    def exchange(self) -> bool:
        went = super().exchange()
        self.do(RefreshTill())
        return went


def _no_printer(address: str) -> Any:
    raise AssertionError(f"there is no {address} here")
