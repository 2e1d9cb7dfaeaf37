"""A node as a process of its own beside the desk: started, listened to, ended."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final

from eventdesk.errors import EventDeskError

log = logging.getLogger(__name__)

READY: Final = "ready "
REACHED: Final = "reached "
START_S: Final = 30.0
STOP_S: Final = 10.0
CODE_S: Final = 30.0
INVITATION: Final = "Invitation: "


class HubProcess:
    """At most one at a time; `end` from any thread. `ended` is called, on a thread of its own, where one that
    served has ended and nobody ended it."""

    def __init__(self, ended: Callable[[], None] = lambda: None) -> None:
        self._ended = ended
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self, words: Sequence[str], told: str = "") -> tuple[str, ...]:
        """Where desks reach it, once it serves. `told`: what it reads. Raises EventDeskError in its words."""
        process = subprocess.Popen(
            [*program(), *words, "--until-eof"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._process = process
        assert process.stdin is not None
        with suppress(OSError):  # one that has ended already tells why
            process.stdin.write(told + "\n")
            process.stdin.flush()  # and stays open: where this desk is killed, its end is the hub's
        said: SimpleQueue[str | None] = SimpleQueue()
        self._reader = threading.Thread(target=self._listen, args=(process, said), name="hub", daemon=True)
        self._reader.start()
        return self._wait(said)

    def end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join()

    def _listen(self, process: "subprocess.Popen[str]", said: "SimpleQueue[str | None]") -> None:
        """What the hub says, for as long as it lives: a pipe that nobody empties would stop it. From `ready`
        on nobody waits for its words."""
        served = False
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                log.info("hub: %s", line.rstrip())
                if not served:
                    said.put(line.rstrip())
                served = served or line.startswith(READY)
        said.put(None)
        if served and self._process is process:
            log.warning("the hub ended by itself: %s", process.wait())
            self._ended()

    def _wait(self, said: "SimpleQueue[str | None]") -> tuple[str, ...]:
        heard: list[str] = []
        reached: tuple[str, ...] = ()
        try:
            while (words := said.get(timeout=START_S)) is not None:
                if words.startswith(READY):
                    return reached or (words.removeprefix(READY),)
                if words.startswith(REACHED):
                    reached = tuple(words.removeprefix(REACHED).split())
                heard.append(words)
        except Empty:
            self.end()
            raise EventDeskError("The hub did not start in time.", "Try again.") from None
        self.end()
        last = heard[-1] if heard else ""
        raise EventDeskError(last or "The hub ended at once.", "Its log file may hold more.")


def invitation_of(words: Sequence[str]) -> str:
    """What `eventdesk code` with these words makes. Raises EventDeskError in its words."""
    try:
        done = subprocess.run(
            [*program(), "code", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=CODE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EventDeskError("The hub did not start in time.", "Try again.") from None
    made = [line for line in done.stdout.splitlines() if line.startswith(INVITATION)]
    if not made:
        raise EventDeskError(done.stderr.strip() or "The hub ended at once.", "Its log file may hold more.")
    return made[0].removeprefix(INVITATION)


def program() -> list[str]:
    """This very program, frozen or not."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "eventdesk"]
