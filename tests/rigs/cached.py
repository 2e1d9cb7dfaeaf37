"""What a rig puts together once for this user, and finds again at the next run."""

import fcntl
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LIMIT_S = 900


class NotInstallable(Exception):
    """It can't be had here; the words say why."""


def cache() -> Path:
    given = os.environ.get("EVENTDESK_TEST_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(given) if given else Path(base) / "eventdesk-tests"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Several processes may want to install into a folder: one does, the others wait."""
    with (folder / "installing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(command: Sequence[str], name: str, environment: Mapping[str, str] | None = None) -> None:
    """Raises NotInstallable with what the program says, where it fails or takes too long."""
    try:
        ended = subprocess.run(
            command, input="", capture_output=True, text=True, timeout=LIMIT_S, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise NotInstallable(f"{name} took more than {LIMIT_S} s") from None
    if ended.returncode:
        raise NotInstallable(f"{name} said: {(ended.stderr or ended.stdout).strip()[-400:]}")
