"""What a camera setting names, and what a person calls it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from eventdesk.errors import BadInput


class Kind(StrEnum):
    DEVICE = "device"
    STREAM = "stream"
    FILM = "film"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Source:
    """Where pictures come from. `address` is a device number, a URL or a path; `name` is fit for
    screens and logs: it never holds a password."""

    kind: Kind
    address: str
    name: str


_SCHEMES = {"http", "https", "rtsp", "rtsps"}


def parse(text: str) -> Source:
    """The source that a setting names: `0` or `/dev/video0`, `http(s)://` (MJPEG) or `rtsp://`, a film
    or a folder. Raises BadInput where it is none of these."""
    text = text.strip()
    number = text.removeprefix("/dev/video")
    if number.isdecimal():
        return Source(Kind.DEVICE, str(int(number)), f"camera {int(number)}")
    if "://" in text:
        return _stream(text)
    path = Path(text).expanduser()
    if text and path.is_dir():
        return Source(Kind.FOLDER, str(path), path.name)
    if path.is_file():
        return Source(Kind.FILM, str(path), path.name)
    raise BadInput(
        f"{text!r} is no camera: neither a number, an address, a film nor a folder.", "Choose a camera."
    )


def _stream(text: str) -> Source:
    try:
        parts = urlsplit(text)
        name = without_credentials(text)
    except ValueError as error:
        raise BadInput("The address of the camera can't be understood.", "Check its spelling.") from error
    if parts.scheme.lower() not in _SCHEMES or not parts.hostname:
        raise BadInput(f"{name} is no camera's address.", "Give one that begins with http, https or rtsp.")
    return Source(Kind.STREAM, text, name)


def without_credentials(address: str) -> str:
    """The address fit for screens and logs: no user, password or query, where tokens stand."""
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))
