"""The locked program for real: a window manager with keys of its own, a window that pops up, kill -9,
a hang."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.screens.kiosk.place import PIN, WORDS, furnish
from tests.screens.kiosk.xrun import KioskRun, need_programs

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

# What openbox would do with them: close, switch, its menu, other desktops, programs, the desktop.
KEYS = (
    "alt+F4",
    "alt+Tab",
    "alt+space",
    "alt+Escape",
    "super",
    "super+d",
    "super+e",
    "ctrl+alt+Left",
    "ctrl+alt+Delete",
    "ctrl+alt+t",
    "ctrl+q",
    "ctrl+w",
    "ctrl+n",
    "ctrl+p",
    "ctrl+l",
    "F1",
    "F5",
    "F11",
    "Print",
    "Menu",
    "shift+F10",
    "alt+F2",
    "super+r",
    "ctrl+Escape",
    "ctrl+shift+Escape",
    "shift+Insert",
    "XF86HomePage",
    "XF86Mail",
    "XF86Calculator",
    "XF86AudioPlay",
)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[KioskRun]:
    need_programs()
    furnish(tmp_path / "desk")
    made = KioskRun(tmp_path / "desk", tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def test_a_guest_stays_inside(run: KioskRun) -> None:
    pid = run.child()
    assert pid
    for key in KEYS:
        run.keys(key)
    time.sleep(1)
    assert run.on_welcome()
    for button in (2, 3):
        run.click(640, 350, button)
    time.sleep(1)
    assert run.on_welcome(), "neither a menu nor a page by another button"
    assert run.child() == pid

    intruder = run.run(sys.executable, "-m", "tests.screens.kiosk.intruder")
    assert intruder.stdout is not None
    assert intruder.stdout.readline() == "ready\n"
    time.sleep(2)
    run.wait(lambda: not run.intruded(), "the window that popped up to be covered")
    run.type("secret")
    run.click(500, 690)
    time.sleep(1)
    run.wait(lambda: not run.intruded(), "it to stay covered")
    intruder.terminate()
    assert intruder.stdout.read() == "", "no key and no click reached it"
    intruder.stdout.close()


def test_it_comes_back_after_a_kill_and_a_hang(run: KioskRun) -> None:
    for how in (signal.SIGKILL, signal.SIGSTOP):
        pid = run.child()
        os.kill(pid, how)
        run.wait(partial(run.has_another_child, pid), f"a new kiosk after {how.name}")
        run.wait(run.on_welcome, "the welcome page")
        pid = run.child()
        run.keys("alt+F4", "alt+Tab", "super")
        time.sleep(1)
        # At most the guardian's own page was before it for a moment.
        run.wait(run.on_welcome, "the kiosk to be before everything")
        assert run.child() == pid, "still locked"


def test_it_goes_on_without_its_guardian(run: KioskRun) -> None:
    old, pid = run.guardian.pid, run.child()
    run.guardian.kill()
    run.wait(lambda: not Path(f"/proc/{pid}").exists(), "the orphan to hand over")
    again = run.wait(run.on_welcome, "the welcome page under a new guardian")
    assert again < 60
    [new] = run.guardians_of_orphans()
    assert new not in (old, pid)
    os.kill(new, signal.SIGTERM)
    run.wait(lambda: not run.guardians_of_orphans(), "it to end in order")


def test_staff_leaves_it_by_pin_alone(run: KioskRun) -> None:
    pid = run.child()
    run.keys("ctrl+shift+e")
    run.wait(lambda: not run.on_welcome(), "the pad")
    run.type("000000")
    run.keys("Return")
    time.sleep(2)
    assert run.child() == pid, "a wrong PIN opens nothing"
    run.type(PIN)
    run.keys("Return")
    run.wait(lambda: run.child() == 0, "the kiosk to end")
    time.sleep(2)
    assert run.child() == 0, "and stays ended"
    assert run.guardian.poll() is None, "the desk's own window is open instead"


def test_after_a_power_cut_the_usual_start_is_the_kiosk(tmp_path: Path) -> None:
    need_programs()
    furnish(tmp_path / "data" / "EventDesk", kiosk=True)
    run = KioskRun(tmp_path / "data" / "EventDesk", tmp_path)
    try:
        run.run("openbox")
        run.guardian = run.run(sys.executable, "-m", "eventdesk")
        run.wait(lambda: run.has_window("EventDesk"), "the passphrase to be asked for")
        time.sleep(2)
        run.type(WORDS)
        run.keys("Return")
        run.wait(run.on_welcome, "the welcome page")
        assert run.child()
        run.keys("alt+F4")
        time.sleep(1)
        assert run.on_welcome()
    finally:
        run.stop()
