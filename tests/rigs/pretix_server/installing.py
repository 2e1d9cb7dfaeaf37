"""pretix in an environment of its own, installed once for this user."""

import sys
import venv
from pathlib import Path

from tests.rigs.cached import NotInstallable, alone, cache, run

VERSION = "2026.8.0"
HERE = Path(__file__).parent


def python() -> Path:
    """The Python of an environment that has pretix; installs it where it is missing (about a minute).

    Raises NotInstallable. Several processes may ask at once: one installs, the others wait.
    """
    folder = cache() / f"pretix-{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    found = folder / "venv" / "bin" / "python"
    with alone(folder):
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
    run(call, "pip")
