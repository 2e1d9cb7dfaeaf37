"""Where things lie: resources in a wheel, a checkout or a frozen program; data where the system wants it."""

import sys
from pathlib import Path

from platformdirs import PlatformDirs

from eventdesk.errors import StorageError

_dirs = PlatformDirs("EventDesk", appauthor=False)


def resources() -> Path:
    """The folder of icons, sounds, fonts, layouts, translations and the demo event."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "_resources", package.parent / "resources"]
    if frozen:
        candidates.insert(0, Path(frozen) / "resources")
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no resources folder beside {package}")


def data() -> Path:
    """The folder of the desk's own data; made where it is missing, for this user alone."""
    return _made("user_data_dir")


def logs() -> Path:
    return _made("user_log_dir")


def _made(which: str) -> Path:
    """Raises StorageError where the user has no home."""
    try:
        folder = Path(getattr(_dirs, which))
    except RuntimeError:
        folder = Path("~")
    if not folder.is_absolute():  # older platformdirs leave the `~` as it is
        raise StorageError("This user has no home folder.", "Set HOME, or name a folder by --data.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
