"""The door to reading: the whole pipeline where OpenCV is here, the plain look alone where it is not."""

import time
from typing import Protocol

from eventdesk.devices.codes.engine import Engine
from eventdesk.devices.codes.gray import to_gray
from eventdesk.devices.codes.readers import first
from eventdesk.devices.codes.values import QR_ONLY, Image, Reading, Symbology


class PictureReader(Protocol):
    """Reads one picture; raises BadInput for an array that is no picture."""

    def read(self, image: Image) -> Reading: ...


def still_reader(formats: frozenset[Symbology] = QR_ONLY) -> PictureReader:
    """For files: takes its time. Raises DeviceError where no code reader is here."""
    try:
        from eventdesk.devices.codes.reader import CodeReader
    except ImportError:
        return PlainReader(formats, first())
    return CodeReader(formats)


def live_reader(formats: frozenset[Symbology] = QR_ONLY) -> PictureReader:
    """For the frames of one camera: milliseconds each. Raises DeviceError where no code reader is here."""
    try:
        from eventdesk.devices.codes.live import FrameReader
    except ImportError:
        return PlainReader(formats, first())
    return FrameReader(formats)


class PlainReader:
    """One look with one engine: no ladder, no causes."""

    def __init__(self, formats: frozenset[Symbology], engine: Engine) -> None:
        self._formats, self._engine = formats, engine

    def read(self, image: Image) -> Reading:
        began = time.perf_counter()
        found = self._engine.read(to_gray(image), self._formats)
        return Reading(found.codes, found.seen, None, (time.perf_counter() - began) * 1000)
