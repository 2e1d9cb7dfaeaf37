"""Opened sources: each gives frames until it has none. Every call is bounded in time, so that a dead
camera can't hold the program."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from eventdesk.devices.camera.sources import Kind, Source
from eventdesk.devices.codes.films import folder_frames
from eventdesk.devices.codes.values import Image
from eventdesk.errors import BadInput, DeviceError

if TYPE_CHECKING:
    import cv2

OPEN_MS = 3000
READ_MS = 2000
_FOLDER_FPS = 10.0
_SIZE = (1280, 720)

# OpenCV waits 10 s for a silent V4L2 device unless told otherwise before its first use.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(READ_MS // 1000))
# It writes a line a try to the standard error stream while a camera is unplugged.
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")


class Feed(Protocol):
    """`read` gives the next frame, BGR or gray, or None where the source has no more."""

    def read(self) -> Image | None: ...

    def close(self) -> None: ...


def open_feed(source: Source, stopping: threading.Event) -> Feed:
    """Open a source. Waiting for the next frame of a film ends early once `stopping` is set.

    Raises DeviceError where it can't be opened.
    """
    try:
        import cv2  # noqa: F401
    except ImportError as error:
        raise DeviceError("Cameras need OpenCV.", "Install opencv-python-headless.") from error
    if source.kind is Kind.FOLDER:
        return FolderFeed(source, stopping)
    if source.kind is Kind.FILM:
        return FilmFeed(source, stopping)
    return CaptureFeed(source)


class CaptureFeed:
    """A camera device or a network stream through OpenCV."""

    def __init__(self, source: Source) -> None:
        import cv2

        self._capture = _device(source) if source.kind is Kind.DEVICE else _stream(source)
        if not self._capture.isOpened():
            self._capture.release()
            raise DeviceError(f"{source.name} can't be opened.", _REMEDIES[source.kind])
        # Of old frames none is wanted: the newest wins.
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def read(self) -> Image | None:
        good, frame = self._capture.read()
        return frame if good else None

    def close(self) -> None:
        self._capture.release()


class FilmFeed:
    """A film at its own speed, once."""

    def __init__(self, source: Source, stopping: threading.Event) -> None:
        import cv2

        self._film = cv2.VideoCapture(source.address, cv2.CAP_FFMPEG)
        if not self._film.isOpened():
            raise DeviceError(f"{source.name} can't be played as a film.", _REMEDIES[Kind.FILM])
        rate = float(self._film.get(cv2.CAP_PROP_FPS))
        self._pace = _Pace(rate if 1 <= rate <= 120 else 25.0, stopping)

    def read(self) -> Image | None:
        good, frame = self._film.read()
        self._pace.wait()
        return frame if good else None

    def close(self) -> None:
        self._film.release()


class FolderFeed:
    """The pictures of a folder by name, ten a second, once."""

    def __init__(self, source: Source, stopping: threading.Event) -> None:
        self._frames: Iterator[Image] = folder_frames(Path(source.address))
        self._name = source.name
        self._pace = _Pace(_FOLDER_FPS, stopping)

    def read(self) -> Image | None:
        self._pace.wait()
        try:
            return next(self._frames, None)
        except BadInput as error:
            raise DeviceError(error.message, error.remedy) from error

    def close(self) -> None:
        """Nothing stays open between two pictures."""


class _Pace:
    """Holds frames to their rate; the first comes at once."""

    def __init__(self, rate: float, stopping: threading.Event) -> None:
        self._gap = 1 / rate
        self._stopping = stopping
        self._next = time.monotonic()

    def wait(self) -> None:
        self._stopping.wait(max(0.0, self._next - time.monotonic()))
        self._next = max(self._next + self._gap, time.monotonic() - self._gap)


def _device(source: Source) -> "cv2.VideoCapture":
    import cv2

    backend = cv2.CAP_V4L2 if sys.platform.startswith("linux") else cv2.CAP_ANY
    capture = cv2.VideoCapture(int(source.address), backend)
    if capture.isOpened():
        # Uncompressed 720p does not fit a USB 2 line at 30 frames a second.
        capture.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG")))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, _SIZE[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _SIZE[1])
        capture.set(cv2.CAP_PROP_FPS, 30)
    return capture


def _stream(source: Source) -> "cv2.VideoCapture":
    import cv2

    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
    return cv2.VideoCapture(source.address, cv2.CAP_FFMPEG, limits)


_REMEDIES = {
    Kind.DEVICE: "Plug it in, or close the program that uses it; it is opened again by itself.",
    Kind.STREAM: "Check its address and the network; it is opened again by itself.",
    Kind.FILM: "Save it as MP4 or MJPEG.",
    Kind.FOLDER: "Give a folder of PNG or JPEG files.",
}
