"""How the bridge stands, as one value that is told when it changes, a few times a second at most."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from eventdesk.desk.hook import Hook
from eventdesk.desk.pretix.kept import Kept
from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.storage.bridge_calls import CallState
from eventdesk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Progress:
    done: int = 0
    total: int = 0


class Telling:
    """From any thread."""

    def __init__(self, store: Store, changed: Hook[BridgeState]) -> None:
        self._store = store
        self._changed = changed
        self._state = BridgeState(Phase.NONE)
        self._lock = threading.Lock()

    @property
    def state(self) -> BridgeState:
        return self._state

    def begin(self, kept: Kept | None) -> None:
        if kept is None:
            self._tell(lambda _state: BridgeState(Phase.NONE))
            return
        phase = Phase.PAUSED if kept.paused else Phase.FETCHING if kept.slug else Phase.CHOOSING
        state = BridgeState(
            phase,
            address=kept.address,
            organizer=kept.organizer,
            device=kept.name,
            event=kept.slug,
            log=kept.log,
        )
        self._tell(lambda _state: state)

    def phase(self, phase: Phase, progress: Progress | None = None, holder: str = "") -> None:
        told = progress or Progress()
        self._tell(lambda state: replace(state, phase=phase, done=told.done, total=told.total, holder=holder))

    def heard(self, at: datetime) -> None:
        self._tell(lambda state: replace(state, heard_at=at))

    def unmapped(self, sentences: tuple[str, ...]) -> None:
        self._tell(lambda state: replace(state, unmapped=sentences))

    def fault(self, message: str, remedy: str) -> None:
        self._tell(lambda state: replace(state, trouble=message, remedy=remedy))

    def settle(self) -> None:
        self._tell(lambda state: replace(state, trouble="", remedy=""))

    def touch(self) -> None:
        """Calls were settled or taken up."""
        self._tell(lambda state: state)

    def _tell(self, change: Callable[[BridgeState], BridgeState]) -> None:
        with self._lock:
            changed = self._counted(change(self._state))
            if changed == self._state:
                return
            self._state = changed
        self._changed(changed)

    def _counted(self, state: BridgeState) -> BridgeState:
        if not state.log:
            return state
        with self._store.reader() as reader:
            counts = reader.bridge_calls.counts(state.log)
            tests = reader.test_orders(state.log)
        waiting, refused = counts.get(CallState.WAITING, 0), counts.get(CallState.REFUSED, 0)
        return replace(state, waiting=waiting, refused=refused, testmode=tests)
