"""Calls go out, those of a subject one after the other; what pretix answers is kept with each."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import (
    PretixBusy,
    PretixCannot,
    PretixError,
    PretixRefused,
    PretixRevoked,
    PretixWaits,
)
from eventdesk.bridges.pretix.outgoing.one import One
from eventdesk.bridges.pretix.outgoing.patience import Patience
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.storage.bridge_calls import BridgeCall, CallState
from eventdesk.storage.store import Store

AT_ONCE: Final = 4
ROUND: Final = 40
# So often a call may break pretix (500) while others pass, before a person is asked.
MOST_BREAKS: Final = 8
BREAKS: Final = "pretix fails at this by itself (500). Its makers or its operators may know why."


@dataclass(frozen=True, slots=True)
class Ended:
    """How one attempt has ended. `state` None: it waits on, because of the fault."""

    call: BridgeCall
    state: CallState | None
    answer: str = ""
    fault: PretixError | None = None


class Sending:
    """On the bridge's thread, with a few of its own while a round lasts."""

    def __init__(
        self,
        api: Api,
        store: Store,
        log: str,
        target: Target,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._log = log
        self._one = One(api, store, log, target)
        self._patience = Patience(clock)

    def round(self) -> int:
        """Send what may go now, the oldest first; how many calls are settled. Raises PretixRevoked, or the
        fault that keeps all of them waiting."""
        due = self._due()
        if not due:
            return 0
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pretix-calls") as pool:
            ended = list(pool.map(self._sent, due))
        ended = [self._judged(one) for one in ended]
        self._keep(ended)
        settled = sum(one.state is not None for one in ended)
        for fault in (one.fault for one in ended if one.fault is not None and one.state is None):
            if isinstance(fault, PretixRevoked) or (not settled and not _is_its_own(fault)):
                raise fault
        return settled

    def _due(self) -> list[BridgeCall]:
        """Those that wait for a while of their own keep no other from going."""
        with self._store.reader() as reader:
            due = reader.bridge_calls.due(self._log, ROUND + self._patience.number)
        return [one for one in due if self._patience.is_over(one.n)][:ROUND]

    def _sent(self, call: BridgeCall) -> Ended:
        try:
            words = self._one.send(call, self._patience.breaks(call.n))
        except PretixCannot as error:
            return Ended(call, CallState.UNTOLD, error.message)
        except PretixRefused as error:
            return Ended(call, CallState.REFUSED, error.words)
        except PretixError as error:
            return Ended(call, None, "", error)
        return Ended(call, CallState.DONE, words)

    def _judged(self, one: Ended) -> Ended:
        """What waits for a reason of its own waits longer each time; a call at which pretix breaks again and
        again is a person's business."""
        if one.state is not None:
            self._patience.forget(one.call.n)
            return one
        if one.fault is None or not _is_its_own(one.fault):
            return one
        breaks = self._patience.again(one.call.n, getattr(one.fault, "wait_s", 0.0))
        if isinstance(one.fault, PretixBusy) and one.fault.status == 500 and breaks > MOST_BREAKS:
            self._patience.forget(one.call.n)
            return Ended(one.call, CallState.REFUSED, BREAKS)
        return one

    def _keep(self, ended: Iterable[Ended]) -> None:
        with self._store.transaction() as tx:
            for one in ended:
                now = tx.bridge_calls.get(one.call.n)
                if now is None or now.state is not CallState.WAITING:
                    continue  # a person has given it up meanwhile
                if one.state is not None:
                    tx.bridge_calls.settle(one.call.n, one.state, one.answer)
                elif isinstance(one.fault, PretixWaits) and now.answer != one.fault.message:
                    tx.bridge_calls.settle(one.call.n, CallState.WAITING, one.fault.message, tried=False)


def _is_its_own(fault: PretixError) -> bool:
    """A fault of this one call: others may pass."""
    return isinstance(fault, PretixWaits) or (isinstance(fault, PretixBusy) and fault.status in (409, 500))
