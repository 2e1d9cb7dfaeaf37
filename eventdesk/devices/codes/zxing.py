"""zxing-cpp: the first reader, and the one under the ladder."""

import logging
from typing import Any

import numpy as np
import zxingcpp

from eventdesk.devices.codes.engine import Binarizer
from eventdesk.devices.codes.values import Code, Corners, Found, Gray, Seen, Symbology, canonical

_log = logging.getLogger(__name__)

# QRCodeModel2 and not QRCode: the latter lets Micro QR in, whose checks are weak.
_FORMATS = {
    Symbology.QR: zxingcpp.BarcodeFormat.QRCodeModel2,
    Symbology.AZTEC: zxingcpp.BarcodeFormat.Aztec,
    Symbology.PDF417: zxingcpp.BarcodeFormat.PDF417,
    Symbology.DATA_MATRIX: zxingcpp.BarcodeFormat.DataMatrix,
    Symbology.CODE_128: zxingcpp.BarcodeFormat.Code128,
}
_NAMES = {
    "QR Code": Symbology.QR,
    "Aztec": Symbology.AZTEC,
    "PDF417": Symbology.PDF417,
    "Data Matrix": Symbology.DATA_MATRIX,
    "Code 128": Symbology.CODE_128,
}
_BINARIZERS = {
    Binarizer.LOCAL: zxingcpp.Binarizer.LocalAverage,
    Binarizer.GLOBAL: zxingcpp.Binarizer.GlobalHistogram,
    Binarizer.FIXED: zxingcpp.Binarizer.FixedThreshold,
}


class ZXing:
    name = "zxing-cpp"

    def read(
        self, picture: Gray, formats: frozenset[Symbology], binarizer: Binarizer = Binarizer.LOCAL
    ) -> Found:
        """Every code in the picture. Only QR and matrix codes are told of as seen: a misread Code 128
        is noise far more often than a code."""
        try:
            barcodes = zxingcpp.read_barcodes(
                np.ascontiguousarray(picture),
                formats=zxingcpp.BarcodeFormats([_FORMATS[format_] for format_ in sorted(formats)]),
                # The default text mode rewrites control characters.
                text_mode=zxingcpp.TextMode.Plain,
                binarizer=_BINARIZERS[binarizer],
                return_errors=True,
            )
        except (RuntimeError, ValueError, TypeError) as error:
            _log.debug("zxing-cpp could not look at a picture of shape %s: %s", picture.shape, error)
            return Found()
        return Found(
            tuple(_code(barcode) for barcode in barcodes if barcode.valid and barcode.bytes),
            tuple(_seen(barcode) for barcode in barcodes if not barcode.valid and _is_matrix(barcode)),
        )


def _code(barcode: Any) -> Code:
    return Code(
        canonical(barcode.text), bytes(barcode.bytes), _symbology(barcode), _corners(barcode), ZXing.name
    )


def _seen(barcode: Any) -> Seen:
    version = str((barcode.extra or {}).get("Version", ""))
    modules = 17 + 4 * int(version) if version.isdecimal() and _symbology(barcode) is Symbology.QR else 0
    return Seen(_corners(barcode), _symbology(barcode), modules)


def _is_matrix(barcode: Any) -> bool:
    return _symbology(barcode) is not Symbology.CODE_128


def _symbology(barcode: Any) -> Symbology:
    return _NAMES.get(str(barcode.symbology), Symbology.QR)


def _corners(barcode: Any) -> Corners:
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    a, b, c, d = ((float(point.x), float(point.y)) for point in points)
    return a, b, c, d
