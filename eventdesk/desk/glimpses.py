"""A look at a camera for a moment: how many pictures a second, how bright, how large."""

import threading
from dataclasses import dataclass, field

from eventdesk.desk.checks.camera import Glimpse
from eventdesk.devices.camera.camera import Camera
from eventdesk.devices.camera.sources import parse
from eventdesk.devices.codes.values import Image
from eventdesk.devices.states import DeviceState, Status
from eventdesk.errors import EventDeskError

LONGEST_SECONDS = 2.4
ENOUGH_FRAMES = 12


@dataclass
class Sampler:
    """Counts the frames that are offered to it until it has seen enough."""

    times: list[float] = field(default_factory=list)
    last: Image | None = None
    enough: threading.Event = field(default_factory=threading.Event)

    def offer(self, frame: Image, captured: float) -> None:
        self.times.append(captured)
        self.last = frame
        if len(self.times) >= ENOUGH_FRAMES:
            self.enough.set()

    def seen(self, state: DeviceState) -> Glimpse:
        """What was seen so far; `state` goes with it."""
        if self.last is None or len(self.times) < 2:
            return Glimpse(state)
        seconds = max(self.times[-1] - self.times[0], 0.001)
        height, width = self.last.shape[:2]
        return Glimpse(
            state, (len(self.times) - 1) / seconds, float(self.last[::8, ::8].mean()), width, height
        )


def of_source(source: str) -> Glimpse:
    """Open a camera that nobody uses, look, and let it go."""
    sampler = Sampler()
    try:
        camera = Camera(parse(source), sampler.offer, lambda *_: None, lambda _: None)
    except EventDeskError as error:
        return Glimpse(DeviceState(source, Status.GONE, error.message, error.remedy))
    camera.start()
    sampler.enough.wait(LONGEST_SECONDS)
    glimpse = sampler.seen(camera.state)
    camera.stop()
    return glimpse
