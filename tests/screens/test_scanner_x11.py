"""The same on a real X server with a window manager: xdotool types as a wedge scanner and as a person."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
CODE = "K3Q7ZP9XW2M4N6B8V5C1L0J7H3G9F2D4S6A8T0Y1"


class Screen:
    """An X server of the test's own, with the window that listens."""

    def __init__(self, display: str, program: subprocess.Popen[str]) -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self._program = program

    def type(self, text: str, delay_ms: int) -> None:
        self._xdotool("type", "--delay", str(delay_ms), text)

    def scan(self, code: str, end: str) -> None:
        """As fast as the keys go, in one go."""
        self._xdotool("type", "--delay", "0", "--args", "1", code, "key", end)

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=30)

    def hear(self, until: Callable[[list[str]], bool]) -> list[str]:
        """The next thing that the window tells and that is wanted."""
        assert self._program.stdout is not None
        for line in self._program.stdout:
            told: list[str] = json.loads(line)
            if until(told):
                return told
        raise AssertionError("the window is gone")


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    missing = [one for one in ("Xvfb", "openbox", "xdotool") if shutil.which(one) is None]
    if missing:
        pytest.skip(f"not here: {', '.join(missing)}")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        display = f":{number.readline().strip()}"
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_XCB_GL_INTEGRATION": "none",
        "LC_ALL": "C.UTF-8",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    time.sleep(1)
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.screens.scanner_window"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    made = Screen(display, program)
    made.hear(lambda told: told[0] == "ready")
    yield made
    for process in (program, manager, server):
        process.terminate()
        process.wait(timeout=10)
    assert program.stdout is not None
    program.stdout.close()


def test_forty_characters_at_once_are_a_code(screen: Screen) -> None:
    for _ in range(3):
        for end in ("Return", "Tab", "Linefeed"):
            screen.scan(CODE, end)
            assert screen.hear(lambda told: True) == ["code", CODE], f"nothing else, ended by {end}"


def test_a_person_types_into_the_field(screen: Screen) -> None:
    screen.type("Grace Hopper", delay_ms=90)
    assert screen.hear(lambda told: told[1] == "Grace Hopper") == ["field", "Grace Hopper"]


def test_a_scan_between_two_words_leaves_the_words_whole(screen: Screen) -> None:
    screen.type("Ada ", delay_ms=80)
    time.sleep(0.1)
    screen.scan(CODE, "Return")
    assert screen.hear(lambda told: told[0] == "code") == ["code", CODE]
    time.sleep(0.1)
    screen.type("Lovelace", delay_ms=80)
    assert screen.hear(lambda told: told[1].endswith("ce")) == ["field", "Ada Lovelace"]
