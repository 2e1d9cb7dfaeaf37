"""pretix in an environment of its own, installed once for this user."""

import fcntl
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "2026.8.0"
HERE = Path(__file__).parent
LIMIT_S = 900


class NotInstallable(Exception):
    """pretix can't be fetched here; the words say why."""


def cache() -> Path:
    given = os.environ.get("EVENTDESK_TEST_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(given) if given else Path(base) / "eventdesk-tests"


def python() -> Path:
    """The Python of an environment that has pretix; installs it where it is missing (about a minute).

    Raises NotInstallable. Several processes may ask at once: one installs, the others wait.
    """
    folder = cache() / f"pretix-{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    found = folder / "venv" / "bin" / "python"
    with _alone(folder / "installing.lock"):
        if not (folder / "done").exists():
            _install(folder / "venv", found)
            (folder / "done").touch()
    return found


def _install(where: Path, found: Path) -> None:
    if sys.version_info[:2] != (3, 11):
        wanted = "pretix's locked versions were tried with Python 3.11"
        raise NotInstallable(f"{wanted}; this is {sys.version_info.major}.{sys.version_info.minor}")
    venv.create(where, with_pip=True, clear=True)
    lock = HERE / "requirements.lock"
    packages = [f"pretix=={VERSION}", "gunicorn", "freezegun", "-c", str(lock)]
    call = [str(found), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]
    try:
        ended = subprocess.run(call, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        raise NotInstallable(f"installing pretix took more than {LIMIT_S} s") from None
    if ended.returncode:
        raise NotInstallable(f"pip said: {ended.stderr.strip()[-400:]}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
