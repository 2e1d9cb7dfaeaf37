"""A code reader as the pipeline sees it, whichever library stands behind it."""

from enum import StrEnum
from typing import Protocol

from eventdesk.devices.codes.values import Found, Gray, Symbology


class Binarizer(StrEnum):
    """How black is told from white: LOCAL by the neighbourhood, GLOBAL by one histogram, FIXED at 127."""

    LOCAL = "local"
    GLOBAL = "global"
    FIXED = "fixed"


class Engine(Protocol):
    """A reading library. `read` never raises and may be called from any thread."""

    name: str

    def read(
        self, picture: Gray, formats: frozenset[Symbology], binarizer: Binarizer = Binarizer.LOCAL
    ) -> Found: ...
