"""The sounds: three that nobody confuses, and a desk without a sound server that works on."""

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eventdesk import paths
from eventdesk.screens.sounds import NAMES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = paths.resources() / "sounds"


def samples(name: str) -> tuple[NDArray[np.float64], int]:
    """Left channel between -1 and 1, and the rate."""
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)
        return frames[:, 0] / 32768, file.getframerate()


def pitch(name: str) -> float:
    """The loudest frequency in Hz."""
    values, rate = samples(name)
    spectrum = np.abs(np.fft.rfft(values))
    return float(np.fft.rfftfreq(len(values), 1 / rate)[int(spectrum.argmax())])


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_loud_short_and_not_clipped(name: str) -> None:
    values, rate = samples(name)
    assert 0.3 < np.abs(values).max() < 1.0
    assert len(values) / rate < 1.2


def test_good_and_bad_differ_by_pitch_and_length() -> None:
    assert pitch("admitted") > 3 * pitch("refused")
    assert len(samples("refused")[0]) > 2.5 * len(samples("admitted")[0])
    assert pitch("refused") < pitch("attention") < 2 * pitch("admitted")


PROGRAM = """
import sys
from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from eventdesk.screens.messages import Messages
from eventdesk.screens.sounds import Sounds
qInstallMessageHandler(lambda *_: None)
app = QApplication(sys.argv)
messages = Messages()
sounds = Sounds(messages)
for at in (200, 400, 600):
    QTimer.singleShot(at, lambda: sounds.play("refused"))
QTimer.singleShot(1500, app.quit)
app.exec()
print(sounds.works(), [one.text for one in messages.history])
"""


def test_without_a_sound_server_the_desk_says_so_once(tmp_path: Path) -> None:
    """In a process of its own: the sound library speaks on stderr and keeps threads."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PULSE_SERVER": f"unix:{tmp_path}/none",
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
    }
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.strip() == """False ["This desk can't play sounds."]"""
