"""The pipeline for live pictures: a plain look at each frame, then a few rungs of the ladder."""

import time

from eventdesk.devices.codes import second
from eventdesk.devices.codes.causes import why
from eventdesk.devices.codes.engine import Engine
from eventdesk.devices.codes.gray import to_gray
from eventdesk.devices.codes.ladder import climb, look
from eventdesk.devices.codes.locate import distinct
from eventdesk.devices.codes.readers import first
from eventdesk.devices.codes.rungs import LADDER, PLAIN
from eventdesk.devices.codes.scene import Scene
from eventdesk.devices.codes.values import QR_ONLY, Found, Image, Reading, Symbology

FRAME_SECONDS = 0.008


class FrameReader:
    """Reads the frames of one camera, newest first, on one thread.

    A frame that shows nothing at the plain look gets the next rungs of the ladder, where the frame
    before it stopped: a code held up for a quarter of a second meets them all.
    """

    def __init__(
        self,
        formats: frozenset[Symbology] = QR_ONLY,
        seconds: float = FRAME_SECONDS,
        engine: Engine | None = None,
    ) -> None:
        """`seconds` is spent on the rungs of one frame. Raises DeviceError where no reader is here."""
        self.formats = formats
        self._seconds = seconds
        self._engine = engine or first()
        self._rung = 0

    def read(self, frame: Image) -> Reading:
        """The codes of one frame; raises BadInput for an array that is no picture."""
        began = time.perf_counter()
        picture = to_gray(frame)
        found = look(Scene(picture), PLAIN, self._engine, self.formats)
        if found.codes:
            self._rung = 0
        else:
            found = self._climb(Scene(picture, found.seen), found)
        cause = None if found.codes else why(picture, found.seen)
        seen = () if found.codes else found.seen
        return Reading(found.codes, seen, cause, (time.perf_counter() - began) * 1000)

    def _climb(self, scene: Scene, plain: Found) -> Found:
        """The next rungs; after the last one a second opinion, then from the first again."""
        until = time.perf_counter() + self._seconds
        climbed = climb(scene, LADDER[self._rung :], self._engine, self.formats, until)
        codes = climbed.found.codes
        self._rung = 0 if codes else self._rung + climbed.rungs
        if self._rung >= len(LADDER):
            self._rung = 0
            codes = second.opinion(scene, self._engine, self.formats)
        return Found(codes, distinct(plain.seen + climbed.found.seen, scene.whole.pixels.shape))
