"""Which readers are here. A missing native library takes its reader away, with a word, not the program."""

from collections.abc import Callable
from functools import cache

from eventdesk.devices.codes.engine import Engine
from eventdesk.devices.states import DeviceState, Status
from eventdesk.errors import DeviceError


def _zxing() -> Engine:
    from eventdesk.devices.codes.zxing import ZXing

    return ZXing()


def _zbar() -> Engine:
    from eventdesk.devices.codes.zbar import ZBar

    return ZBar()


def _opencv() -> Engine:
    from eventdesk.devices.codes.opencv import OpenCV

    return OpenCV()


_MAKERS: dict[str, tuple[Callable[[], Engine], str]] = {
    "zxing-cpp": (_zxing, "Install the Python package zxing-cpp."),
    "pyzbar": (_zbar, "Install zbar (Debian: libzbar0; macOS: brew install zbar) and the package pyzbar."),
    "opencv": (_opencv, "Install the Python package opencv-python-headless."),
}


@cache
def engine(name: str) -> Engine:
    """The reader of that name; raises DeviceError with what is missing and what to do."""
    make, remedy = _MAKERS[name]
    try:
        return make()
    except (ImportError, OSError, AttributeError) as error:
        raise DeviceError(f"The code reader {name} is not here: {error}.", remedy) from error


@cache
def available() -> tuple[Engine, ...]:
    """The readers that are here, best first."""
    here = []
    for name in _MAKERS:
        try:
            here.append(engine(name))
        except DeviceError:
            continue
    return tuple(here)


def first() -> Engine:
    """The best reader that is here; raises DeviceError where there is none."""
    here = available()
    if not here:
        raise DeviceError("No code reader is here.", _MAKERS["zxing-cpp"][1])
    return here[0]


def states() -> tuple[DeviceState, ...]:
    """One state a reader, for the doctor. Only a missing zxing-cpp costs much: that one is GONE, a
    missing second reader leaves the desk DEGRADED."""
    return tuple(_state(name) for name in _MAKERS)


def _state(name: str) -> DeviceState:
    try:
        engine(name)
    except DeviceError as error:
        worst = Status.GONE if name == "zxing-cpp" else Status.DEGRADED
        return DeviceState(name, worst, error.message, error.remedy)
    return DeviceState(name, Status.READY)
