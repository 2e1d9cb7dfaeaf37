"""What must be done by the clock: backups (also on request), everyone out at the hour, and whom to forget.

Backups are made on the errands lane.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from eventdesk.desk.commands import BackUpIfDue, BackUpNow, CheckOutIfDue, Command, ForgetIfDue
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.storage import backups
from eventdesk.storage.store import Store

LOOK_EVERY_SECONDS: Final = 60.0


class Upkeep:
    """`start` looks once a minute whether something is due."""

    def __init__(
        self, store: Store, hooks: Hooks, post: Callable[[Command], None], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._hooks = hooks
        self._post = post
        self._now = now
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="upkeep", daemon=True)

    def handlers(self) -> Handlers:
        return {BackUpNow: self.back_up, BackUpIfDue: self.back_up_if_due}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def back_up(self, _command: Command) -> None:
        """Make a backup and verify it by opening it. Raises StorageError where that fails."""
        path = backups.make(self._store.path, self._store.key, self._now())
        self._hooks.backup_made(str(path))

    def back_up_if_due(self, command: Command) -> None:
        if backups.due(self._store.path, self._store.key, self._now()):
            self.back_up(command)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_SECONDS):
            self._post(BackUpIfDue())
            self._post(CheckOutIfDue())
            self._post(ForgetIfDue())
