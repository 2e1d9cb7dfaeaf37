"""A reader that is not here is missed in words; the others go on."""

import subprocess
import sys
from pathlib import Path

import pytest

from eventdesk.devices.codes.readers import available, engine, states
from eventdesk.devices.codes.values import QR_ONLY, Symbology
from eventdesk.devices.states import Status
from tests.rigs.frames import TEXT, code

ROOT = Path(__file__).resolve().parent.parent.parent

# Run apart: a library that was imported once can't be taken away again.
WITHOUT = """
import sys
sys.modules[{missing!r}] = None
from eventdesk.devices.codes.readers import states
from eventdesk.devices.codes.files import FileReader
from pathlib import Path
state = [state for state in states() if state.status != "ready"]
print([(one.name, one.status.value, bool(one.remedy)) for one in state])
print([code.text for code in FileReader().read(Path({file!r})).codes])
"""


def _without(missing: str, tmp_path: Path) -> list[str]:
    from PIL import Image as Pillow

    Pillow.fromarray(code()).save(tmp_path / "t.png")
    script = WITHOUT.format(missing=missing, file=str(tmp_path / "t.png"))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("missing", "name", "status"),
    [
        ("zxingcpp", "zxing-cpp", "gone"),
        ("pyzbar.wrapper", "pyzbar", "degraded"),
        ("cv2", "opencv", "degraded"),
    ],
)
def test_the_program_reads_on_without_one_library(
    tmp_path: Path, missing: str, name: str, status: str
) -> None:
    state, texts = _without(missing, tmp_path)
    assert state == str([(name, status, True)])
    assert texts == str([TEXT])


def test_all_readers_of_this_machine_are_ready() -> None:
    assert [(state.name, state.status) for state in states()] == [
        ("zxing-cpp", Status.READY),
        ("pyzbar", Status.READY),
        ("opencv", Status.READY),
    ]


@pytest.mark.parametrize("name", ["zxing-cpp", "pyzbar", "opencv"])
def test_each_reader_reads_by_itself(name: str) -> None:
    [found] = engine(name).read(code(), QR_ONLY).codes
    assert (found.text, found.symbology) == (TEXT, Symbology.QR)


@pytest.mark.parametrize("name", ["pyzbar", "opencv"])
def test_a_second_reader_is_not_trusted_with_kanji(name: str) -> None:
    assert engine(name).read(code("切符一枚、入場"), QR_ONLY).codes == ()


def test_the_best_reader_comes_first() -> None:
    assert available()[0].name == "zxing-cpp"
