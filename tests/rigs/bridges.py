"""`eventdesk pretix` as a process of its own: what it says, and its end."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "a passphrase of some length"
PATIENCE_S = 300.0
TOKEN_ENV = "EVENTDESK_PRETIX_TOKEN"


class BridgeProcess:
    """Started at once, with a passphrase in place of a keyring. `states` are the lines it has printed."""

    def __init__(self, folder: Path, *words: str, token: str = "", cwd: Path = ROOT) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.states: list[dict[str, Any]] = []
        self._more = threading.Condition()
        self._err = folder.with_suffix(".err")
        kept = {name: value for name, value in os.environ.items() if name != TOKEN_ENV}
        more = {TOKEN_ENV: token} if token else {}
        with self._err.open("ab") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "eventdesk", "pretix", "--data", str(folder), *words],
                cwd=cwd,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
                env={
                    **kept,
                    **more,
                    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
                    "QT_QPA_PLATFORM": "offscreen",
                },
            )
        assert self.process.stdin is not None
        self.process.stdin.write(f"{PASSPHRASE}\n")
        self.process.stdin.close()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def until(
        self, wanted: Callable[[dict[str, Any]], bool], patience_s: float = PATIENCE_S
    ) -> dict[str, Any]:
        """The first line that is so, of those since the last wait for one."""
        ends = time.monotonic() + patience_s
        with self._more:
            while True:
                for place, one in enumerate(self.states):
                    if wanted(one):
                        del self.states[: place + 1]
                        return one
                left = ends - time.monotonic()
                alive = left > 0 and self._reader.is_alive()
                assert alive, (self.states[-3:], self.errors()[-3000:])
                self._more.wait(min(left, 1.0))

    def phase(self, phase: str) -> dict[str, Any]:
        return self.until(lambda one: one.get("phase") == phase)

    def errors(self) -> str:
        return self._err.read_text(encoding="utf-8", errors="replace")

    def stop(self, *, kill: bool = False) -> int:
        """The exit code."""
        if self.process.poll() is None:
            (self.process.kill if kill else self.process.terminate)()
        code = self.process.wait(timeout=PATIENCE_S)
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                self.states.append(json.loads(line))
                self._more.notify_all()
        with self._more:
            self._more.notify_all()


def code_of(url: str, token: str) -> str:
    """As the QR code of a new device says it."""
    return json.dumps({"handshake_version": 1, "url": url, "token": token})
