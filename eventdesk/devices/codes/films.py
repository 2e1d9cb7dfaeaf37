"""Films and folders of pictures as frames in order."""

from collections.abc import Iterator
from pathlib import Path

from eventdesk.devices.codes.pictures import load
from eventdesk.devices.codes.values import Image
from eventdesk.errors import BadInput, DeviceError

FILM_ENDINGS = frozenset({".mp4", ".m4v", ".avi", ".mjpeg", ".mjpg", ".mkv", ".mov", ".webm"})
PICTURE_ENDINGS = frozenset(
    {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm", ".pgm"}
)


def is_film(path: Path) -> bool:
    return path.suffix.lower() in FILM_ENDINGS


def frames(file: Path) -> Iterator[Image]:
    """The frames of a film, BGR (height, width, 3). Raises BadInput where no frame can be had."""
    try:
        import cv2
    except ImportError as error:
        raise DeviceError("Films need OpenCV.", "Install opencv-python-headless.") from error
    if not file.is_file():
        raise BadInput(f"{file} is not there.")
    film = cv2.VideoCapture(str(file), cv2.CAP_FFMPEG)
    try:
        good, frame = film.read()
        if not good:
            raise BadInput(f"{file} can't be played as a film.", "Save it as MP4 or MJPEG.")
        while good:
            yield frame
            good, frame = film.read()
    finally:
        film.release()


def pictures_in(folder: Path) -> list[Path]:
    """The picture files of a folder by name. Raises BadInput where there is none."""
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURE_ENDINGS)
    if not files:
        raise BadInput(f"There is no picture in the folder {folder}.", "Give a folder of PNG or JPEG files.")
    return files


def folder_frames(folder: Path) -> Iterator[Image]:
    """Every page of every picture of a folder, in order of names."""
    for file in pictures_in(folder):
        yield from load(file)
