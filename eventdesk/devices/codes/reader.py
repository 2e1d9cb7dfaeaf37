"""The pipeline for still pictures: a plain look, then the ladder, then a second opinion."""

import time
from collections.abc import Iterable

from eventdesk.devices.codes import second
from eventdesk.devices.codes.causes import why
from eventdesk.devices.codes.engine import Engine
from eventdesk.devices.codes.gray import to_gray
from eventdesk.devices.codes.ladder import climb, look
from eventdesk.devices.codes.locate import around, distinct
from eventdesk.devices.codes.readers import first
from eventdesk.devices.codes.rungs import LADDER, PATCH_LADDER, PLAIN
from eventdesk.devices.codes.scene import Scene
from eventdesk.devices.codes.values import QR_ONLY, Code, Found, Gray, Image, Reading, Seen, Symbology

STILL_SECONDS = 0.6


class CodeReader:
    """Reads still pictures. Holds no state between pictures: any thread may use it."""

    def __init__(
        self,
        formats: frozenset[Symbology] = QR_ONLY,
        seconds: float = STILL_SECONDS,
        engine: Engine | None = None,
    ) -> None:
        """`seconds` bounds the climb on one picture. Raises DeviceError where no reader is here at all."""
        self.formats = formats
        self._seconds = seconds
        self._engine = engine or first()

    def read(self, image: Image) -> Reading:
        """All codes of the picture; raises BadInput for an array that is no picture."""
        began = time.perf_counter()
        picture = to_gray(image)
        until = began + self._seconds
        found = look(Scene(picture), PLAIN, self._engine, self.formats)
        if not found.codes:
            found = self._climb(picture, found, until)
        codes = (*found.codes, *self._leftovers(picture, found, until))
        seen = tuple(one for one in found.seen if not _is_read(one, codes, picture))
        cause = None if codes else why(picture, seen)
        return Reading(codes, seen, cause, (time.perf_counter() - began) * 1000)

    def _climb(self, picture: Gray, plain: Found, until: float) -> Found:
        scene = Scene(picture, plain.seen)
        climbed = climb(scene, LADDER, self._engine, self.formats, until).found
        if not climbed.codes:
            codes = second.opinion(scene, self._engine, self.formats)
            climbed = Found(codes, climbed.seen)
        return Found(climbed.codes, distinct(plain.seen + climbed.seen, picture.shape))

    def _leftovers(self, picture: Gray, found: Found, until: float) -> Iterable[Code]:
        """Codes beside those read that were seen only: each is looked at once more on its own."""
        known = {code.text for code in found.codes}
        if not known:
            return
        for one in found.seen:
            if time.perf_counter() < until and not _is_read(one, found.codes, picture):
                scene = Scene(picture, (one,), search=False)
                for code in climb(scene, PATCH_LADDER, self._engine, self.formats, until).found.codes:
                    if code.text not in known:
                        known.add(code.text)
                        yield code


def _is_read(seen: Seen, codes: Iterable[Code], picture: Gray) -> bool:
    """Does a code that was read stand where this one was seen?"""
    place = around(seen.corners, picture.shape)
    return any(place.overlap(around(code.corners, picture.shape)) > 0.3 for code in codes)
