"""What people see of the line. Told when it changed, a few times a second at most, never later than one."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from eventdesk.desk.hooks import Hooks, Trouble
from eventdesk.desk.upstream.clock import DeskClock, moment
from eventdesk.desk.upstream.membership import Membership
from eventdesk.desk.upstream.present import Present
from eventdesk.desk.upstream.reach import Reach
from eventdesk.desk.upstream.values import LineState
from eventdesk.desk.upstream.values import Reach as Far
from eventdesk.errors import StorageError

log = logging.getLogger(__name__)

TELL_EVERY_S: Final = 0.25
LOOK_EVERY_S: Final = 10.0


class Board:
    """`touch` from any thread; its own thread reads what changed and tells it, and does `every` now and then
    (what else screens wait for)."""

    def __init__(
        self,
        hooks: Hooks,
        membership: Membership,
        reach: Reach,
        clock: DeskClock,
        present: Present,
        refresh: Callable[[], None],
    ) -> None:
        self._hooks = hooks
        self._membership = membership
        self._reach = reach
        self._clock = clock
        self._present = present
        self._refresh = refresh
        self._troubles: dict[str, Trouble] = {}
        self._learned_ms = 0
        self._told: LineState | None = None
        self._touched = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="line state", daemon=True)

    def start(self) -> None:
        self._learned_ms = self._kept_ms()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._touched.set()
        if self._thread.is_alive():
            self._thread.join()

    def touch(self) -> None:
        self._touched.set()

    def learned(self) -> None:
        self._learned_ms = self._clock.wall_ms()
        self.touch()

    def failed(self, who: str, trouble: Trouble) -> None:
        self._troubles[who] = trouble
        self.touch()

    def went(self, who: str) -> None:
        self._troubles.pop(who, None)
        self.touch()

    def forget(self) -> None:
        self._troubles.clear()
        self._learned_ms = 0
        self.touch()

    def tell(self) -> None:
        """Tell it now, changed or not."""
        self._told = self.state()
        self._hooks.line_changed(self._told)

    def state(self) -> LineState:
        """Raises StorageError."""
        pairing = self._membership.pairing
        trouble = next(iter(self._troubles.values()), None)
        if pairing is None:
            shut = self._present.is_shut
            return LineState(conflicts=self._conflicts(), clock_error_ms=0, locked=shut, shut=shut)
        link = self._reach.current
        node = link.node if link else pairing.node
        with self._membership.store.reader() as reader:
            backlog = reader.backlog(node.id)
        return LineState(
            paired=True,
            reach=Far.ALONE if link is None or "puller" in self._troubles else Far(node.kind),
            node=node.name,
            heard_at=moment(self._learned_ms),
            waiting=backlog.waiting,
            refused=backlog.refused,
            conflicts=self._conflicts(),
            trouble=trouble.message if trouble else "",
            remedy=trouble.remedy if trouble else "",
            clock_error_ms=self._clock.error_ms,
            locked=self._present.is_locked,
            shut=self._present.is_shut,
            revoked=pairing.revoked,
        )

    def _conflicts(self) -> int:
        with self._membership.store.reader() as reader:
            return sum(reader.conflict_count(log_id) for log_id in reader.logs())

    def _kept_ms(self) -> int:
        pairing = self._membership.pairing
        if pairing is None:
            return 0
        with self._membership.store.reader() as reader:
            heard = [line.heard_ms for line in reader.lines(pairing.node.id)]
        return max([pairing.met_ms, *heard])

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._touched.clear()
            try:
                self._look()
            except StorageError as error:
                log.warning("the line's state can't be read: %s", error)
            except Exception:
                log.exception("a bug in what is told of the line")
            self._stopping.wait(TELL_EVERY_S)
            self._touched.wait(LOOK_EVERY_S)

    def _look(self) -> None:
        self._refresh()
        state = self.state()
        if self._told is None or _seen(state) != _seen(self._told):
            self._told = state
            self._hooks.line_changed(state)


def _seen(state: LineState) -> LineState:
    """Without what moves all the time and nobody sees."""
    return replace(state, clock_error_ms=round(state.clock_error_ms / 1000))
