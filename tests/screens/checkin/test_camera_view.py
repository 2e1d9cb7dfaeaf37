"""The camera's picture: newest frame wins, from any thread, mirrored where wished, hints and outlines."""

import threading
import time

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from eventdesk.screens.checkin.camera_view import CameraView, Frame
from tests.screens.making import Desk


def frame(
    left: tuple[int, int, int], right: tuple[int, int, int], size: tuple[int, int] = (720, 1280)
) -> Frame:
    """Two colours (BGR) side by side."""
    made = np.zeros((*size, 3), np.uint8)
    made[:, : size[1] // 2] = left
    made[:, size[1] // 2 :] = right
    return made


BLUE, RED = (255, 0, 0), (0, 0, 255)


@pytest.fixture
def view(qtbot: QtBot, desk: Desk) -> CameraView:
    made = CameraView()
    qtbot.addWidget(made)
    made.resize(320, 180)
    made.show()
    qtbot.waitExposed(made)
    return made


def colour(view: CameraView, x: float, y: float = 0.5) -> str:
    shown = view.grab().toImage()
    return QColor(shown.pixelColor(int(x * shown.width()), int(y * shown.height()))).name()


def test_the_newest_frame_is_painted(view: CameraView) -> None:
    view.offer(frame(RED, RED))
    view.offer(frame(BLUE, RED))
    assert colour(view, 0.25) == "#0000ff"
    assert colour(view, 0.75) == "#ff0000"


def test_a_mirrored_picture_is_turned_round(view: CameraView) -> None:
    view.mirrored = True
    view.offer(frame(BLUE, RED))
    assert colour(view, 0.25) == "#ff0000"
    assert colour(view, 0.75) == "#0000ff"


@pytest.mark.parametrize("size", [(480, 640), (1080, 1920), (481, 639), (180, 320), (90, 100)])
def test_frames_of_any_size_fit(view: CameraView, size: tuple[int, int]) -> None:
    view.offer(frame(BLUE, RED, size))
    assert colour(view, 0.4) == "#0000ff"
    assert colour(view, 0.6) == "#ff0000"


def test_a_camera_faster_than_the_screen_piles_nothing_up(qtbot: QtBot, view: CameraView) -> None:
    painted = []
    view._woken.connect(lambda: painted.append(time.monotonic()))
    shown = frame(BLUE, RED)

    def offer_many() -> None:
        for _ in range(1000):
            view.offer(shown)

    worker = threading.Thread(target=offer_many)
    worker.start()
    worker.join()
    qtbot.wait(50)
    assert 1 <= len(painted) < 20, "one call for many frames"


def test_the_outline_follows_the_mirror(view: CameraView) -> None:
    black = frame((0, 0, 0), (0, 0, 0))
    box = [(100.0, 300.0), (300.0, 300.0), (300.0, 500.0), (100.0, 500.0)]
    for mirrored, x in ((False, 100 / 1280), (True, 1 - 100 / 1280)):
        view.mirrored = mirrored
        view.offer(black)
        view.show_outline(box)
        edge = view.grab().toImage().pixelColor(int(x * view.width()), int(400 / 720 * view.height()))
        assert edge.green() > 120


def test_a_hint_stands_a_while(view: CameraView, monkeypatch: pytest.MonkeyPatch) -> None:
    view.show_hint("Too dark: give it some light")
    assert view.hint() == "Too dark: give it some light"
    later = time.monotonic() + 3
    monkeypatch.setattr("eventdesk.screens.checkin.camera_view.time.monotonic", lambda: later)
    assert view.hint() == ""


def test_a_silent_camera_shows_no_old_picture(view: CameraView, monkeypatch: pytest.MonkeyPatch) -> None:
    view.offer(frame(RED, RED))
    assert colour(view, 0.5) == "#ff0000"
    later = time.monotonic() + 4
    monkeypatch.setattr("eventdesk.screens.checkin.camera_view.time.monotonic", lambda: later)
    assert colour(view, 0.05, 0.05) == "#05070a"


def test_a_frame_of_720p_is_painted_within_the_time_of_one(view: CameraView) -> None:
    shown = frame(BLUE, RED)
    times = []
    for _ in range(20):
        view.offer(shown)
        begun = time.perf_counter()
        view.repaint()
        times.append(time.perf_counter() - begun)
    assert sorted(times)[10] < 0.033
