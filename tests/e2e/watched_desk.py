"""Run by `test_unplugged.py` in front of the test webcam: the whole program, telling what its window shows.

python -m tests.e2e.watched_desk FOLDER        (ends with its input; one JSON object a line)
"""

import json
import secrets
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from eventdesk import config
from eventdesk.app.stage import Stage, stage
from eventdesk.desk import settings as keys
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.domain.decision import Mode


class Reporter:
    """Looks at the window fifty times a second and tells what has changed, and how long it stood still."""

    def __init__(self, shown: Stage) -> None:
        self._stage = shown
        self._told: dict[str, object] = {}
        self._last = time.monotonic()
        self._longest = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    def _look(self) -> None:
        now = time.monotonic()
        self._longest = max(self._longest, now - self._last)
        self._last = now
        front = self._stage.front
        seen = {
            "strip": front.window.devices.text("camera"),
            "picture": front.pages.check_in.camera._newest() is not None,
            "view": front.pages.check_in.camera._state,
            "verdict": front.pages.check_in.parts.verdict.shown().word,
        }
        if seen != self._told:
            self._told = dict(seen)
            tell(**seen)

    def end(self) -> None:
        tell(longest_gap=self._longest)


def tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(folder: Path) -> int:
    shown = stage(config.load(folder), secrets.token_bytes(32))
    with shown.desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(utc_now()))
    door = {"log": LOG, "list": LIST, "gate": "north", "mode": Mode.ENTRY}
    for key, value in {keys.CAMERA_SOURCE: "0", keys.DOOR: door}.items():
        shown.desk.preferences.put(key, value)
    reporter = Reporter(shown)
    threading.Thread(target=_end_with_input, args=(shown,), daemon=True).start()
    code = shown.run()
    reporter.end()
    return code


def _end_with_input(shown: Stage) -> None:
    sys.stdin.read()
    QTimer.singleShot(0, shown.app, shown.app.quit)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
