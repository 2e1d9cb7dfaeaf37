"""What a desk remembers of itself for its next report: what its hooks tell, and nothing of any guest."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from eventdesk.desk.hooks import DeviceChanged, Door, Hooks, Trouble
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.desk.listings import BadgeTried
from eventdesk.desk.printing.values import PrintersTold
from eventdesk.desk.till.values import ShiftChanged, TerminalChanged
from eventdesk.desk.upstream.values import LineState
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.badges import JobState


@dataclass
class Memory:
    """Filled on any thread, read by the reporter's. `changed` is called where a device, the door or the line
    is another than before: others should hear it at once."""

    now: Callable[[], datetime]
    changed: Callable[[], None] = lambda: None
    line: LineState = field(default_factory=LineState)
    door: Door | None = None
    page: str = ""
    has_shift: bool = False
    devices: dict[str, DeviceState] = field(default_factory=dict)
    terminals: dict[str, DeviceState] = field(default_factory=dict)
    printers: PrintersTold = field(default_factory=lambda: PrintersTold(()))
    tested_at: datetime | None = None
    test_words: str = ""
    scanner_at: datetime | None = None
    trouble: str = ""
    trouble_at: datetime | None = None
    picture: bytes = b""
    picture_at: datetime | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, hooks: Hooks) -> None:
        hooks.line_changed.connect(self._line_changed)
        hooks.door_chosen.connect(self._door_chosen)
        hooks.kiosk_changed.connect(self._kiosk_changed)
        hooks.shift_changed.connect(self._shift_changed)
        hooks.device_changed.connect(self._device_changed)
        hooks.terminal_changed.connect(self._terminal_changed)
        hooks.printers_told.connect(self._printers_told)
        hooks.test_badge_told.connect(self._badge_tried)
        hooks.trouble_told.connect(self._trouble_told)

    def seen_picture(self) -> bytes:
        """That of the last trouble; an older one shows something else."""
        with self.lock:
            if self.picture_at is None or (self.trouble_at is not None and self.picture_at < self.trouble_at):
                return b""
            return self.picture

    def keep_picture(self, jpeg: bytes) -> None:
        with self.lock:
            self.picture, self.picture_at = jpeg, self.now()

    def _line_changed(self, state: LineState) -> None:
        is_news = (state.reach, state.locked, state.paired) != (
            self.line.reach,
            self.line.locked,
            self.line.paired,
        )
        self.line = state
        if is_news:
            self.changed()

    def _door_chosen(self, door: Door) -> None:
        self.door = door
        self.changed()

    def _kiosk_changed(self, state: KioskState) -> None:
        self.page = state.page.value

    def _shift_changed(self, told: ShiftChanged) -> None:
        self.has_shift = told.shift is not None

    def _device_changed(self, told: DeviceChanged) -> None:
        before = self.devices.get(told.device)
        self.devices[told.device] = told.state
        self._state_changed(before, told.state)

    def _terminal_changed(self, told: TerminalChanged) -> None:
        before = self.terminals.get(told.terminal)
        self.terminals[told.terminal] = told.state
        self._state_changed(before, told.state)

    def _state_changed(self, before: DeviceState | None, state: DeviceState) -> None:
        if before is not None and before.status is state.status:
            return
        if state.status is Status.GONE and before is not None:
            self._failed(state.message)
        self.changed()

    def _printers_told(self, told: PrintersTold) -> None:
        before = {one.queue: one.state.status for one in self.printers.printers}
        self.printers = told
        for one in told.printers:
            if one.state.status is Status.GONE and before.get(one.queue, Status.GONE) is not Status.GONE:
                self._failed(one.state.message)
        if before != {one.queue: one.state.status for one in told.printers}:
            self.changed()

    def _badge_tried(self, told: BadgeTried) -> None:
        if told.state is JobState.PRINTED:
            self.tested_at, self.test_words = self.now(), ""
        elif told.state is JobState.FAILED:
            self.test_words = told.detail or "failed"
        else:
            return
        self.changed()

    def _trouble_told(self, told: Trouble) -> None:
        """Of devices and of our own mistakes alone: other words may name a guest."""
        if told.device or told.is_bug:
            self._failed(told.message)

    def _failed(self, words: str) -> None:
        with self.lock:
            self.trouble, self.trouble_at = words, self.now()
