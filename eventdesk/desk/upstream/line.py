"""The desk's line as a whole: the exchange, the claims, the clock and what people are told, wired once."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final

from eventdesk.desk.commands import Command, CountDoor, ForgetIfDue, RefreshDoor
from eventdesk.desk.hooks import Hooks, Recorded, Trouble
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import CLAIM_MS
from eventdesk.desk.upstream.allotments import Allotments
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.desk.upstream.board import Board
from eventdesk.desk.upstream.claims import Claims
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.commands import TellConflicts
from eventdesk.desk.upstream.exchange import Exchange
from eventdesk.desk.upstream.filling import Filling
from eventdesk.desk.upstream.membership import Keeps, Membership
from eventdesk.desk.upstream.present import Present
from eventdesk.desk.upstream.reach import Dial, Link, Reach
from eventdesk.desk.upstream.signer import Signer
from eventdesk.desk.upstream.troubles import in_words
from eventdesk.domain.facts import Kind
from eventdesk.errors import EventDeskError
from eventdesk.storage.received import Received
from eventdesk.storage.store import Store
from sync.chain import Record
from sync.errors import SyncError

log = logging.getLogger(__name__)

MET_EVERY_MS: Final = 600_000
DEFINING: Final = frozenset(kind.value for kind in Kind if kind.value.endswith("_defined"))
ERASING: Final = frozenset({Kind.GUEST_ERASED.value, Kind.GUESTS_PURGED.value})


class Line:
    """Make it before the engine, `attach` the engine's `post`, then `start`."""

    def __init__(
        self,
        store: Store,
        secrets: Keeps,
        hooks: Hooks,
        preferences: Preferences,
        clock: DeskClock,
        dial: Dial,
    ) -> None:
        self.hooks = hooks
        self.preferences = preferences
        self.clock = clock
        self._is_stopping = threading.Event()
        self.membership = Membership(store, secrets)
        self.reach = Reach(self.membership, clock, dial)
        self.present = Present(self.membership, preferences, clock)
        self.claims = Claims(self.membership, self.reach, preferences, self.nudge)
        self.allotments = Allotments(self.membership)
        self.allotments.nudge = self.nudge
        self.allotments.is_reachable = lambda: self.reach.current is not None and not self.claims.is_down
        self.signer = Signer(secrets, self.present)
        self.at_door = AtDoor(self.present, self.claims, self.signer)
        self.board = Board(hooks, self.membership, self.reach, clock, self.present, self._refresh)
        self.exchange = Exchange(self.membership, self.reach, clock, self, self._errands, self.at_door.free)
        self._filling = Filling(store, clock, self._filled, self._is_stopping.is_set)
        self.on_shut_out: Callable[[], None] = lambda: None
        self.settle: Callable[[], None] = lambda: None  # what many changes together call for once
        self._post: Callable[[Command], None] = lambda _command: None
        self._came: dict[str, Counter[str]] = {}
        self._was_shut_out = False
        self._lock = threading.Lock()

    @property
    def store(self) -> Store:
        return self.membership.store

    def attach(self, post: Callable[[Command], None]) -> None:
        self._post = post

    def post(self, command: Command) -> None:
        """To the engine, once it is there."""
        self._post(command)

    def start(self) -> None:
        self.store.on_written(self._written)
        self.board.start()
        self.exchange.start()

    def stop(self) -> None:
        """End every thread; quick, whatever the network does."""
        self._is_stopping.set()
        self.store.on_written(lambda: None)
        self.exchange.stop()
        self.board.stop()

    def nudge(self) -> None:
        self.exchange.nudge()

    def changed(self) -> None:
        """Paired, or not any more."""
        self.exchange.wake()
        self.exchange.try_now()
        self.board.touch()

    # Watching

    def failed(self, who: str, error: Exception) -> None:
        log.info("%s: %s", who, error)
        self.claims.heard_nothing()
        self.board.failed(who, _told(error))

    def went(self, who: str) -> None:
        if who == "puller":
            self.claims.heard()
        self.board.went(who)

    def took(self, log_id: str, records: Sequence[Record], received: Received) -> None:
        """Screens are told by the board's thread, a few times a second at most."""
        for one in received.refused:
            log.warning("fact %s of desk %s: %s", one.record.id, one.record.desk, one.words)
        kinds = Counter(record.kind for record in records)
        if received.new or received.amended:
            with self._lock:
                self._came.setdefault(log_id, Counter()).update(kinds)
            self.board.touch()
        if not ERASING.isdisjoint(kinds):
            self._post(ForgetIfDue())
        found = [one.conflict for one in received.conflicts]
        seats = [one.conflict for one in received.seat_conflicts]
        if found or seats:
            self._post(TellConflicts(log_id, (*found, *seats)))

    def learned(self) -> None:
        now_ms = self.clock.wall_ms()
        self.present.met_ms = now_ms
        pairing = self.membership.pairing
        if pairing is not None and now_ms - pairing.met_ms > MET_EVERY_MS:
            self.membership.change(met_ms=now_ms)
        self.board.learned()

    def linked(self, link: Link) -> None:
        with self.store.reader() as reader:
            logs = reader.logs()
        pairing = self.membership.pairing
        allowed = set(pairing.logs) if pairing else set()
        logs = [one for one in logs if not allowed or one in allowed]
        self.claims.give_back_all(link, logs)
        self.allotments.look_ahead(link, logs)
        self.claims.heard()

    def new_logs(self, link: Link, logs: Collection[str]) -> None:
        for log_id in logs:
            self._filling.fill(link.upstream, link.node.id, log_id)

    def shut_out(self) -> None:
        """Once a start: what a crash left to be forgotten is forgotten at the next one."""
        with self._lock:
            if self._was_shut_out:
                return
            self._was_shut_out = True
        self.membership.change(revoked=True)
        self.board.touch()
        self.on_shut_out()

    # The threads' own work

    def _errands(self, link: Link) -> None:
        """What is owed to the node, and whether it answers fast enough to be asked."""
        self.claims.give_back(link)
        self.allotments.fetch(link)
        if self.claims.is_down:
            within_s = self.preferences.get(CLAIM_MS) / 1000
            self.claims.probe(link, within_s)

    def _filled(self, log_id: str) -> None:
        with self._lock:
            self._came.setdefault(log_id, Counter())[Kind.EVENT_DEFINED.value] += 1
        self.board.touch()

    def _written(self) -> None:
        self.exchange.nudge()
        self.board.touch()

    def _refresh(self) -> None:
        """Tell the screens what came since the last time."""
        with self._lock:
            came, self._came = self._came, {}
        for log_id, kinds in came.items():
            if Kind.STAFF_DEFINED.value in kinds:
                self.present.staff_changed()
            self._post(CountDoor() if DEFINING.isdisjoint(kinds) else RefreshDoor())
            self.hooks.facts_recorded(Recorded("", log_id, kinds))
        self.settle()


def _told(error: Exception) -> Trouble:
    if isinstance(error, SyncError):
        return in_words(error)
    if isinstance(error, EventDeskError):
        return Trouble("", error.message, error.remedy)
    return Trouble(
        "", "The exchange with the upstream failed by a mistake of EventDesk's.", "See the log file."
    )
