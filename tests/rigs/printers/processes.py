"""Processes that end with the test, whatever becomes of it."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

SYSTEM_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"])


def program(name: str) -> str | None:
    """The program's path, also where only root's PATH has it."""
    return shutil.which(name, path=SYSTEM_PATH)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(happened: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Wait until `happened()` is true. Fails the test, in words, where it is not in time."""
    give_up = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > give_up:
            raise AssertionError(f"after {seconds:g} s still not: {what}")
        time.sleep(0.03)


class Process:
    """A program in the foreground, its output in a file. It dies with this Python (`setpriv`)."""

    def __init__(self, command: Sequence[str], output: Path, environment: Mapping[str, str] = {}) -> None:
        guard = [found, "--pdeathsig", "KILL"] if (found := program("setpriv")) else []
        with output.open("wb") as stream:
            self._process = subprocess.Popen(
                [*guard, *command],
                stdout=stream,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PATH": SYSTEM_PATH, **environment},
            )

    def running(self) -> bool:
        return self._process.poll() is None

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    def end(self) -> None:
        """Ask it and everything it started to end, children first so that none is orphaned."""
        for pid in reversed(_family(self._process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.3)
        self.send(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        self.kill()

    def kill(self) -> None:
        """Kill it and everything it started, at once."""
        family = _family(self._process.pid)
        self.send(signal.SIGKILL)
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(timeout=10)


def _family(pid: int) -> list[int]:
    """The pids of all descendants, by whichever thread they were begun."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for one in threads for child in (one / "children").read_text().split()]
    except OSError:
        return []
    return [one for child in children for one in (int(child), *_family(int(child)))]
