"""Shares of counters (quotas): granted ahead, used offline, never passed."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from eventdesk.desk.upstream.membership import Membership
from eventdesk.desk.upstream.reach import Link
from eventdesk.storage.reader import Reader
from eventdesk.storage.transaction import Transaction
from sync import wire
from sync.errors import Refused

log = logging.getLogger(__name__)

SETTING: Final = "sync.shares"
TURN: Final = "sync.turn"
LOW: Final = 5  # as few left: ask for more
STEP: Final = 20  # so many more than are used


class Allotments:
    """`may_use` within the transaction that sells, so that two sales never see the same place left; the
    shares are kept, and asked for by the exchange's threads."""

    def __init__(self, membership: Membership) -> None:
        self._membership = membership
        self._lock = threading.Lock()
        self.is_reachable: Callable[[], bool] = lambda: True
        self.nudge: Callable[[], None] = lambda: None
        self._wanted: dict[tuple[str, str], int] = {}
        with membership.store.reader() as reader:
            kept = reader.settings.get(SETTING, {})
        self._shares: dict[tuple[str, str], int] = {
            (log_id, counter): share for log_id, of_log in kept.items() for counter, share in of_log.items()
        }

    def may_use(
        self, tx: Reader | Transaction, log_id: str, counter: str, number: int, spare: int = STEP
    ) -> bool:
        """Whether this desk may take `number` more of a quota, a discount or a gift card. Alone by its size,
        paired by its own share; what runs low is asked for, with so many to `spare`."""
        usable = self.usable(tx, log_id, counter)
        if usable is None:
            return True
        if self._membership.pairing is not None and usable - number < min(LOW, spare):
            self.want(log_id, counter, self._share(log_id, counter) - usable + number + spare)
        return number <= usable

    def usable(self, source: Reader | Transaction, log_id: str, counter: str) -> int | None:
        """How many this desk may take now; None: any number."""
        left = source.left(log_id, counter)
        if left is None or left.size is None:
            return None
        if self._membership.pairing is None:
            return left.size - left.used
        return self._share(log_id, counter) - left.by_desk.get(self._membership.store.desk, 0)

    def within_reach(self, source: Reader | Transaction, log_id: str, counter: str) -> int | None:
        """The same, with what the line may still be asked for while it is there."""
        left = source.left(log_id, counter)
        if left is None or left.size is None:
            return None
        return left.size - left.used if self.is_reachable() else self.usable(source, log_id, counter)

    def _share(self, log_id: str, counter: str) -> int:
        return self._shares.get((log_id, counter), 0)

    def want(self, log_id: str, counter: str, share: int) -> None:
        """Ask for so much in all, as soon as the line is there."""
        with self._lock:
            self._wanted[log_id, counter] = share
        self.nudge()

    def look_ahead(self, link: Link, logs: list[str]) -> None:
        """Have a share of each counter before anyone asks for it. Raises SyncError."""
        for log_id in logs:
            with self._membership.store.reader() as reader:
                limited = [one for one in reader.quotas(log_id) if one.quota.size is not None]
            for state in limited:
                used = state.by_desk.get(self._membership.store.desk, 0)
                key = (log_id, state.quota.id)
                if self._shares.get(key, 0) - used < LOW:
                    self.want(*key, used + STEP)
        self.fetch(link)

    def fetch(self, link: Link) -> None:
        """Ask for what is wanted. Raises SyncError; it is asked again then."""
        while True:
            with self._lock:
                if not self._wanted:
                    return
                key, share = self._wanted.popitem()
            try:
                self._ask(link, *key, share)
            except Refused as error:
                log.warning("no share of %s: %s", key[1], error.message)
            except BaseException:
                with self._lock:
                    self._wanted.setdefault(key, share)
                raise

    def give_back(self, link: Link, log_id: str) -> None:
        """At the end: keep what was used, and no more. Raises SyncError."""
        held = [counter for one, counter in self._shares if one == log_id]
        for counter in held:
            with self._membership.store.transaction() as tx:  # no sale comes between counting and lowering
                state = next((one for one in tx.quotas(log_id) if one.quota.id == counter), None)
                used = state.by_desk.get(self._membership.store.desk, 0) if state else 0
                self._put(tx, log_id, counter, used)
            self._ask(link, log_id, counter, used)

    def _ask(self, link: Link, log_id: str, counter: str, wanted: int) -> None:
        asked = wire.AllotmentAsked(counter, wanted, self._turn())
        answer = link.upstream.allot(log_id, asked)
        self._keep(log_id, counter, answer.share)

    def _turn(self) -> int:
        """On the disk before it is used: no later request may bear the number of an earlier one."""
        with self._membership.store.transaction() as tx:
            turn = int(tx.settings.get(TURN, 0)) + 1
            tx.settings.put(TURN, turn)
        return turn

    def _keep(self, log_id: str, counter: str, share: int) -> None:
        """On the disk before it is used: after a restart it is still this desk's."""
        if self._shares.get((log_id, counter)) != share:
            with self._membership.store.transaction() as tx:
                self._put(tx, log_id, counter, share)

    def _put(self, tx: Transaction, log_id: str, counter: str, share: int) -> None:
        self._shares[log_id, counter] = share
        kept: dict[str, dict[str, int]] = {}
        for (one, name), number in self._shares.items():
            kept.setdefault(one, {})[name] = number
        tx.settings.put(SETTING, kept)
