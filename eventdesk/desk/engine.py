"""The engine: commands in from any thread, hooks out. It knows no widget.

Two lanes: what writes (scans, catalogue, jobs) and what only looks (searches, pages of guests), so
that no search ever stands before a ticket. Long operations run beside both.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from eventdesk.desk.commands import Command
from eventdesk.desk.door import DoorKeeper
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.keeping import Keeping
from eventdesk.desk.lane import Lane
from eventdesk.desk.lookups import Lookups
from eventdesk.desk.spool import Spool
from eventdesk.desk.work import Workshop
from eventdesk.storage.store import Store


def utc_now() -> datetime:
    return datetime.now(UTC)


class Engine:
    """`post` from any thread; connect to `hooks` before `start`."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks | None = None,
        spool: Spool | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.hooks = hooks or Hooks()
        self._lookups = Lookups(store, self.hooks)
        self._workshop = Workshop(store, self.hooks)
        keeper = DoorKeeper(store, self.hooks, spool, now)
        keeping = Keeping(store, self.hooks, spool, self._workshop, keeper.refresh)
        writing = {**keeper.handlers(), **keeping.handlers(), **self._workshop.handlers()}
        looking = self._lookups.handlers()
        self._writer = Lane("engine", writing, self.hooks.trouble_told)
        self._looker = Lane("lookups", looking, self.hooks.trouble_told)
        self._looks = frozenset(looking)

    def post(self, command: Command) -> None:
        if type(command) in self._looks:
            self._lookups.expect(command)
            self._looker.post(command)
        else:
            self._writer.post(command)

    def start(self) -> None:
        self._writer.start()
        self._looker.start()

    def stop(self) -> None:
        """Serve what was posted, stop every thread. Whatever was shown is on the disk already."""
        self._writer.stop()
        self._looker.stop()
        self._workshop.stop()
