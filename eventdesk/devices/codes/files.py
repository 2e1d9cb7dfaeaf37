"""Reading what a path names: a picture, a film, or a folder of pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eventdesk.devices.codes.films import folder_frames, frames, is_film
from eventdesk.devices.codes.pictures import load
from eventdesk.devices.codes.pipeline import live_reader, still_reader
from eventdesk.devices.codes.values import QR_ONLY, Cause, Code, Reading, Symbology
from eventdesk.errors import BadInput


@dataclass(frozen=True, slots=True)
class FileReading:
    """The codes of a file in the order first seen, each text once. `ms` is the time spent reading,
    loading not counted, over all `frames`; `cause` is that of the last frame where nothing was read."""

    codes: tuple[Code, ...]
    cause: Cause | None
    frames: int
    ms: float


class FileReader:
    """Reads one path after another with the same readers."""

    def __init__(self, formats: frozenset[Symbology] = QR_ONLY) -> None:
        self._still = still_reader(formats)
        self._formats = formats

    def read(self, path: Path) -> FileReading:
        """Raises BadInput, naming the file, where there is nothing to look at."""
        if path.is_dir():
            return _gathered(self._still.read(image) for image in folder_frames(path))
        if not path.exists():
            raise BadInput(f"{path} is not there.", "Check the name.")
        if not path.is_file():
            # A pipe or a device may never end.
            raise BadInput(f"{path} is no file.", "Give a picture, a film or a folder.")
        if is_film(path):
            return self._film(path)
        return _gathered(self._still.read(image) for image in load(path))

    def _film(self, path: Path) -> FileReading:
        reader = live_reader(self._formats)
        return _gathered(reader.read(frame) for frame in frames(path))


def _gathered(readings: Iterable[Reading]) -> FileReading:
    codes: dict[tuple[str, Symbology], Code] = {}
    cause: Cause | None = None
    times = []
    for reading in readings:
        times.append(reading.ms)
        cause = reading.cause or cause
        for code in reading.codes:
            codes.setdefault((code.text, code.symbology), code)
    return FileReading(tuple(codes.values()), None if codes else cause, len(times), sum(times))
