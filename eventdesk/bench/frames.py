"""From the driver's frame to the painted verdict, in the program's own window over a film of tickets."""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer

from eventdesk import config
from eventdesk.bench.filling import LIST, LOG
from eventdesk.bench.guests import made_guests
from eventdesk.cli.demo.film import write_film
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import PutSetting
from eventdesk.desk.hooks import Given
from eventdesk.domain.decision import Mode

BEAT_MS = 2
PATIENCE_S = 120.0
# The first verdicts load fonts and sounds; a door is warm after them.
WARM_UP = 3


def measure_frames(
    make_stage: Callable[..., Any], folder: Path, guests: int, tickets: int
) -> dict[str, float]:
    """Milliseconds (`frame_to_verdict_ms_p50`, `_p95`), the longest gap of the GUI thread, MiB."""
    film = folder / "tickets.avi"
    write_film((guest.secret for guest in made_guests(tickets)), film)
    key = secrets.token_bytes(32)
    _fill_elsewhere(config.load(folder), key, guests)
    stage = make_stage(config.load(folder), key)
    door = {"log": LOG, "list": LIST, "gate": None, "mode": Mode.ENTRY}
    for setting, value in ((keys.CAMERA_SOURCE, ""), (keys.DOOR, door)):
        stage.desk.preferences.put(setting, value)
    watcher = Watcher(stage)
    stage.begin()
    try:
        watcher.pause(2.0)
        watcher.play(film, tickets)
    finally:
        stage.end()
    return watcher.figures()


def _fill_elsewhere(settings: config.Config, key: bytes, guests: int) -> None:
    """In a process of its own: what an import takes is no part of a desk's memory."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom eventdesk.bench.filling import fill\n"
        "from eventdesk.bench.guests import made_guests\nfrom eventdesk.storage.store import Store\n"
        "path, key, desk, guests = sys.stdin.read().split()\n"
        "with Store.open(Path(path), bytes.fromhex(key), desk) as store:\n"
        "    fill(store, made_guests(int(guests)))\n"
    )
    words = f"{settings.database} {key.hex()} {settings.desk} {guests}"
    subprocess.run([sys.executable, "-c", code], input=words, text=True, check=True)


class Watcher:
    def __init__(self, stage: Any) -> None:
        self._stage = stage
        self._seen: dict[str, float] = {}
        self._painted: dict[str, float] = {}
        self._gap = self._beat = 0.0
        stage.front.bridge.verdict_given.connect(self._given)
        stage.front.pages.check_in.verdict_painted.connect(self._was_painted)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def play(self, film: Path, tickets: int) -> None:
        """Show the film to the desk's camera and wait until every ticket's verdict is painted."""
        self._stage.desk.engine.post(PutSetting(keys.CAMERA_SOURCE, str(film)))
        give_up = time.monotonic() + PATIENCE_S
        while len(self._painted) < tickets and time.monotonic() < give_up:
            self.pause(0.05)
            if len(self._painted) == WARM_UP and not self._timer.isActive():
                self._beat = time.perf_counter()
                self._timer.start(BEAT_MS)
        self._timer.stop()
        if len(self._painted) < tickets:
            raise RuntimeError(f"only {len(self._painted)} of {tickets} tickets were read")

    def pause(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()

    def figures(self) -> dict[str, float]:
        waits = [(self._painted[one] - self._seen[one]) * 1000 for one in self._painted][WARM_UP:]
        cuts = quantiles(waits, n=20, method="inclusive")
        return {
            "frame_to_verdict_ms_p50": round(cuts[9], 1),
            "frame_to_verdict_ms_p95": round(cuts[18], 1),
            "ui_gap_ms_max": round(self._gap * 1000, 1),
            "rss_mib": round(_resident_mib(), 1),
        }

    def _given(self, given: Given) -> None:
        self._seen[given.request] = given.seen_at

    def _was_painted(self, request: str, at: float) -> None:
        self._painted.setdefault(request, at)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._gap = max(self._gap, now - self._beat)
        self._beat = now


def _resident_mib() -> float:
    """Memory in use now; the peak where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
