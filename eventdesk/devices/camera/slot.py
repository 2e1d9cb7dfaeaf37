"""A place for one frame: the newest wins, an older one that nobody took is dropped."""

import threading
from dataclasses import dataclass

from eventdesk.devices.codes.values import Image


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture and when it was captured (`time.monotonic()`)."""

    image: Image
    captured: float


class Slot:
    """One thread puts, another takes."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._frame: Frame | None = None
        self._closed = False

    def put(self, frame: Frame) -> None:
        with self._condition:
            self._frame = frame
            self._condition.notify()

    def take(self, timeout: float) -> Frame | None:
        """The newest frame; None where none came within `timeout` seconds, or the slot is closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._frame is not None or self._closed, timeout)
            frame, self._frame = self._frame, None
            return None if self._closed else frame

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._condition.notify_all()
