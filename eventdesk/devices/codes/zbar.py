"""pyzbar (zbar): a second opinion for plain text. Its wheels for Linux and macOS hold no libzbar."""

import logging
from typing import Any

import numpy as np
from pyzbar import pyzbar

from eventdesk.devices.codes.engine import Binarizer
from eventdesk.devices.codes.values import Code, Corners, Found, Gray, Symbology, canonical

_log = logging.getLogger(__name__)

_SYMBOLS = {
    Symbology.QR: pyzbar.ZBarSymbol.QRCODE,
    Symbology.PDF417: pyzbar.ZBarSymbol.PDF417,
    Symbology.CODE_128: pyzbar.ZBarSymbol.CODE128,
}
_NAMES = {symbol.name: symbology for symbology, symbol in _SYMBOLS.items()}


class ZBar:
    name = "pyzbar"

    def read(
        self, picture: Gray, formats: frozenset[Symbology], binarizer: Binarizer = Binarizer.LOCAL
    ) -> Found:
        """Codes whose text is printable ASCII. zbar guesses character sets and gets kanji wrong: what
        it says of other scripts is no evidence."""
        del binarizer
        symbols = [_SYMBOLS[format_] for format_ in sorted(formats) if format_ in _SYMBOLS]
        if not symbols:
            return Found()
        try:
            decoded = pyzbar.decode(np.ascontiguousarray(picture), symbols=symbols)
        except Exception as error:  # noqa: BLE001  # it raises bare errors on structured append
            _log.debug("pyzbar could not look at a picture of shape %s: %s", picture.shape, error)
            return Found()
        return Found(tuple(_code(symbol) for symbol in decoded if _is_plain(symbol.data)))


def _is_plain(data: bytes) -> bool:
    return bool(data) and all(32 <= byte < 127 or byte in b"\t\r\n" for byte in data)


def _code(symbol: Any) -> Code:
    text = canonical(symbol.data.decode("ascii"))
    return Code(text, symbol.data, _NAMES[symbol.type], _corners(symbol), ZBar.name)


def _corners(symbol: Any) -> Corners:
    """The polygon where it has four points, else the box: zbar gives lines and points too."""
    if len(symbol.polygon) == 4:
        a, b, c, d = ((float(point.x), float(point.y)) for point in symbol.polygon)
        return a, b, c, d
    x, y, width, height = (float(value) for value in symbol.rect)
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)
