"""A camera at work: one thread captures and shows, another reads codes; it comes back by itself."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from eventdesk.devices.camera.feeds import Feed, open_feed
from eventdesk.devices.camera.listing import name_of, where
from eventdesk.devices.camera.sight import CauseFilter, SightFilter
from eventdesk.devices.camera.slot import Frame, Slot
from eventdesk.devices.camera.sources import Kind, Source
from eventdesk.devices.codes.pipeline import live_reader
from eventdesk.devices.codes.values import QR_ONLY, Image, Reading, Symbology
from eventdesk.devices.states import DeviceState, Status
from eventdesk.errors import DeviceError, EventDeskError

REOPEN_SECONDS = 1.0
SILENT_SECONDS = 2.5
HUNG_SECONDS = 1.5
_STOP_SECONDS = 6.0  # more than any bounded call of a feed takes

OnFrame = Callable[[Image, float], None]
OnReading = Callable[[Reading, float], None]
OnState = Callable[[DeviceState], None]


class Camera:
    """Captures from `source` from `start()` to `stop()`.

    `on_frame(frame, captured)` comes at camera speed on the capturing thread: it must return fast,
    and whoever keeps the frame must not write to it. `on_reading(reading, captured)` comes on the
    reading thread when codes newly came into view (`reading.codes` holds those alone) and when the
    cause why nothing is read changes (`reading.cause`, None to take the words back).
    `on_state(state)` comes when the state changes, from either thread. `captured` is
    `time.monotonic()` when the frame left the driver. No callback may call `stop()`.
    """

    def __init__(
        self,
        source: Source,
        on_frame: OnFrame,
        on_reading: OnReading,
        on_state: OnState,
        formats: frozenset[Symbology] = QR_ONLY,
        name: str = "",
    ) -> None:
        """`name` is the maker's where the list of cameras gave one. Raises DeviceError where no code
        reader is here."""
        self.source = replace(source, name=name) if name else source
        self.sights = SightFilter()
        self._maker = ""
        self._on_frame, self._on_reading, self._on_state = on_frame, on_reading, on_state
        self._reader = live_reader(formats)
        self._causes = CauseFilter()
        self._slot = Slot()
        self._stopping = threading.Event()
        self._telling = threading.Lock()
        self._state: DeviceState | None = None
        self._threads = [
            threading.Thread(target=self._capture, name="camera", daemon=True),
            threading.Thread(target=self._read, name="camera reader", daemon=True),
        ]

    @property
    def state(self) -> DeviceState:
        return self._state or DeviceState(self.source.name, Status.GONE, "The camera is not started.")

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End both threads; a camera that hangs is waited for no longer than its bounded calls take."""
        self._stopping.set()
        self._slot.close()
        deadline = time.monotonic() + _STOP_SECONDS
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))

    def _capture(self) -> None:
        """Open, pass frames on until there are no more, and open again."""
        while not self._stopping.is_set():
            try:
                feed = open_feed(self._where(), self._stopping)
            except EventDeskError as error:
                self._tell(Status.GONE, error.message, error.remedy)
            else:
                try:
                    self._pass_on(feed)
                finally:
                    feed.close()
            if self.source.kind in {Kind.FILM, Kind.FOLDER}:
                return  # it was shown once
            self._stopping.wait(REOPEN_SECONDS)

    def _where(self) -> Source:
        """Plugged in again, a camera may have another number: it is known by its maker's name."""
        if self.source.kind is not Kind.DEVICE:
            return self.source
        self._maker = self._maker or name_of(self.source.address)
        return replace(self.source, address=where(self.source.address, self._maker))

    def _pass_on(self, feed: Feed) -> None:
        try:
            while not self._stopping.is_set():
                asked = time.monotonic()
                image = feed.read()
                captured = time.monotonic()
                if image is None:
                    self._tell_of_end(captured - asked)
                    break
                self._tell(Status.READY, "The camera is ready.")
                self._slot.put(Frame(image, captured))
                self._on_frame(image, captured)
        except DeviceError as error:
            self._tell(Status.GONE, error.message, error.remedy)

    def _tell_of_end(self, waited: float) -> None:
        """Unplugged, a camera says so at once; one that hangs says nothing until the time is up."""
        if waited > HUNG_SECONDS:
            self._tell(Status.DEGRADED, *_HUNG)
        elif not self._stopping.is_set():
            self._tell(Status.GONE, *_ENDS[self.source.kind])

    def _read(self) -> None:
        """Read the newest frame, and keep watch: a camera that hangs gives no error of its own."""
        last = time.monotonic()
        while not self._stopping.is_set():
            frame = self._slot.take(0.5)
            if frame is not None:
                last = time.monotonic()
                self._look(frame)
            elif time.monotonic() - last > SILENT_SECONDS and self.state.status is Status.READY:
                self._tell(Status.DEGRADED, *_HUNG)

    def _look(self, frame: Frame) -> None:
        reading = self._reader.read(frame.image)
        new = set(self.sights.see(reading.texts, frame.captured))
        changed, cause = self._causes.tell(reading.cause, bool(reading.codes), frame.captured)
        if new or changed:
            codes = tuple(code for code in reading.codes if code.text in new)
            self._on_reading(replace(reading, codes=codes, cause=cause), frame.captured)

    def _tell(self, status: Status, message: str, remedy: str = "") -> None:
        state = DeviceState(self.source.name, status, message, remedy)
        with self._telling:
            if state != self._state:
                self._state = state
                self._on_state(state)


_HUNG = ("The camera gives no more pictures.", "Unplug it and plug it in again.")
_ENDS = {
    Kind.DEVICE: ("The camera was unplugged.", "Plug it in again; it is opened by itself."),
    Kind.STREAM: ("The camera's stream has ended.", "Check the network; it is opened again by itself."),
    Kind.FILM: ("The film has ended.", "Choose a camera."),
    Kind.FOLDER: ("All pictures were shown.", "Choose a camera."),
}
