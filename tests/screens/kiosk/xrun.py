"""A kiosk under its guardian on an X server of the test's own, with a window manager: the hard case."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from eventdesk.screens.kiosk.palette import LIGHT
from tests.screens.kiosk.place import WORDS

ROOT = Path(__file__).resolve().parents[3]
NEEDED = ("Xvfb", "openbox", "xdotool", "import")
MAGENTA = QColor("#FF00FF").rgb()
ACCENT = QColor(LIGHT.accent).rgb()
LONGEST_S = 120.0


def need_programs() -> None:
    missing = [one for one in NEEDED if shutil.which(one) is None]
    if missing:
        pytest.skip(f"not here: {', '.join(missing)}")


class KioskRun:
    """`start` it, look at its `picture`, press `keys`; `stop` ends all."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._folder, self._home = folder, home
        self.folder_name = str(folder)
        self._running: list[subprocess.Popen[str]] = []
        self._server = self._open_display()

    def _open_display(self) -> "subprocess.Popen[bytes]":
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_XCB_GL_INTEGRATION": "none",
            "LC_ALL": "C.UTF-8",
            "HOME": str(self._home),
            "XDG_DATA_HOME": str(self._home / "data"),
            "XDG_STATE_HOME": str(self._home / "state"),
            "PYTHONPATH": str(ROOT),
        }
        return server

    def run(self, *command: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._running.append(process)
        return process

    def start(self) -> None:
        self.run("openbox")
        command = (sys.executable, "-m", "eventdesk", "kiosk", "--data", str(self._folder))
        self.guardian = self.run(*command, "--passphrase-on-input")
        assert self.guardian.stdin is not None
        self.guardian.stdin.write(WORDS + "\n")
        self.guardian.stdin.flush()
        self.wait(self.on_welcome, "the welcome page")

    def stop(self) -> None:
        for process in reversed(self._running):
            process.send_signal(signal.SIGTERM)
        for pid in self.guardians_of_orphans():  # where a test failed half way
            os.kill(pid, signal.SIGTERM)
        for process in self._running:
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        self._server.terminate()
        self._server.wait(timeout=20)

    # What is seen

    def picture(self) -> QImage:
        """The whole screen."""
        file = self._home / "screen.png"
        subprocess.run(["import", "-window", "root", str(file)], env=self.environment, check=True, timeout=60)
        return QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)

    def share(self, colour: int) -> float:
        """Of the screen that has this colour, by every tenth pixel."""
        image = self.picture()
        places = [(x, y) for x in range(0, image.width(), 10) for y in range(0, image.height(), 10)]
        return sum(image.pixel(x, y) == colour for x, y in places) / len(places)

    def on_welcome(self) -> bool:
        """Its button fills most of the screen, and no other page has one like it."""
        return self.share(ACCENT) > 0.4

    def intruded(self) -> bool:
        return self.share(MAGENTA) > 0.001

    def has_window(self, name: str) -> bool:
        command = ["xdotool", "search", "--onlyvisible", "--name", name]
        done = subprocess.run(command, env=self.environment, capture_output=True, check=False, timeout=60)
        return bool(done.stdout.strip())

    # What is done

    def keys(self, *names: str) -> None:
        self._xdotool("key", "--clearmodifiers", *names)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "120", text)

    def click(self, x: int, y: int, button: int = 1) -> None:
        self._xdotool("mousemove", str(x), str(y), "click", str(button))

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=60)

    def child(self) -> int:
        """The kiosk's own process; 0 while there is none."""
        pid = self.guardian.pid
        names = Path(f"/proc/{pid}/task/{pid}/children")
        found = [int(one) for one in names.read_text().split()] if names.exists() else []
        return next((one for one in found if "--inside" in _command(one)), 0)

    def has_another_child(self, than: int) -> bool:
        return self.child() not in (0, than)

    def guardians_of_orphans(self) -> list[int]:
        """Started by a kiosk whose own guardian was gone."""
        pids = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
        words = ("--key-on-input", self.folder_name)
        return [pid for pid in pids if all(word in _command(pid) for word in words)]

    def wait(self, until: Callable[[], bool], what: str) -> float:
        """Seconds that it took."""
        began = time.monotonic()
        while not until():
            assert time.monotonic() - began < LONGEST_S, f"waited in vain for {what}"
            time.sleep(0.2)
        return time.monotonic() - began


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
