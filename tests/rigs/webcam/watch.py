"""A program in front of a camera: prints what it sees as JSON lines, until its input ends.

Usage: python -m tests.rigs.webcam.watch SOURCE
"""

import json
import sys
import time

from eventdesk.devices.camera.camera import Camera
from eventdesk.devices.camera.sources import parse
from eventdesk.devices.codes.values import Image, Reading
from eventdesk.devices.states import DeviceState


def tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    frames = 0

    def on_frame(frame: Image, captured: float) -> None:
        nonlocal frames
        frames += 1

    def on_reading(reading: Reading, captured: float) -> None:
        late = (time.monotonic() - captured) * 1000
        tell(texts=reading.texts, cause=reading.cause, late_ms=late, frames=frames)

    def on_state(state: DeviceState) -> None:
        tell(state=state.status, message=state.message, remedy=state.remedy, frames=frames)

    camera = Camera(parse(sys.argv[1]), on_frame, on_reading, on_state)
    camera.start()
    sys.stdin.read()
    began = time.monotonic()
    camera.stop()
    tell(stopped_in=time.monotonic() - began, frames=frames)


if __name__ == "__main__":
    main()
