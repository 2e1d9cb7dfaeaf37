"""OpenCV's own QR detector: beside the pipeline, and the last resort where no other reader is there."""

import logging

import cv2

from eventdesk.devices.codes.engine import Binarizer
from eventdesk.devices.codes.values import Code, Corners, Found, Gray, Symbology, canonical

_log = logging.getLogger(__name__)


class OpenCV:
    name = "opencv"

    def read(
        self, picture: Gray, formats: frozenset[Symbology], binarizer: Binarizer = Binarizer.LOCAL
    ) -> Found:
        """One QR code with an ASCII text: it takes bytes of any other kind for Latin-1."""
        del binarizer
        if Symbology.QR not in formats or min(picture.shape) < 16:
            return Found()
        try:
            text, points, _ = cv2.QRCodeDetector().detectAndDecode(picture)
        except (cv2.error, UnicodeDecodeError) as error:
            _log.debug("OpenCV could not look at a picture of shape %s: %s", picture.shape, error)
            return Found()
        if not text or points is None or not text.isascii():
            return Found()
        (a, b, c, d) = ((float(x), float(y)) for x, y in points.reshape(-1, 2)[:4])
        corners: Corners = (a, b, c, d)
        return Found((Code(canonical(text), text.encode("ascii"), Symbology.QR, corners, OpenCV.name),))
