"""The cameras that are plugged in."""

import platform
from dataclasses import dataclass
from pathlib import Path

SYSFS = Path("/sys/class/video4linux")
_MOST = 4  # indices tried where the system offers no list: each try costs up to a second


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """`source` is what `sources.parse` takes; `name` is the maker's."""

    source: str
    name: str


def cameras(sysfs: Path = SYSFS) -> tuple[CameraInfo, ...]:
    """Every camera, by device number. On Linux by the kernel's list, elsewhere by trying numbers
    (which opens each camera for a moment)."""
    if platform.system() == "Linux":
        return _listed(sysfs)
    return _tried()


def name_of(number: str, sysfs: Path = SYSFS) -> str:
    """The maker's name of the camera with this number; empty where the system does not tell."""
    return _word(sysfs / f"video{number}" / "name")


def where(number: str, name: str, sysfs: Path = SYSFS) -> str:
    """The number that the camera called `name` has now: `number` while it still is that camera's (or
    nothing is known), else the one it got when it was plugged in again."""
    if not name or name_of(number, sysfs) == name:
        return number
    return next((camera.source for camera in _listed(sysfs) if camera.name == name), number)


def _listed(sysfs: Path) -> tuple[CameraInfo, ...]:
    found = []
    for node in sysfs.glob("video*"):
        number = node.name.removeprefix("video")
        if number.isdecimal() and _gives_pictures(node):
            found.append((int(number), _word(node / "name") or f"camera {number}"))
    return tuple(CameraInfo(str(number), name) for number, name in sorted(found))


def _gives_pictures(node: Path) -> bool:
    """A USB camera has a second node for metadata: the kernel gives that one an index above 0."""
    return _word(node / "index") in {"", "0"}


def _word(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _tried() -> tuple[CameraInfo, ...]:
    import cv2

    found = []
    for number in range(_MOST):
        capture = cv2.VideoCapture(number)
        if capture.isOpened():
            found.append(CameraInfo(str(number), f"camera {number}"))
        capture.release()
    return tuple(found)
