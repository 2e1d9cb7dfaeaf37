"""The whole program on a webcam whose plug is pulled and put back: the window says so, and goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rigs.frames import frame
from tests.rigs.webcam.program import Program
from tests.rigs.webcam.rig import Webcam

ADA = "hl-ada-7QX4M2"


@pytest.fixture
def webcam(tmp_path: Path) -> Webcam:
    """Ada's ticket for a second, then two seconds of nothing: over and over."""
    rig = Webcam(tmp_path)
    rig.show([*[frame(ADA, angle=angle) for angle in range(30)], *[frame(None)] * 60])
    return rig


@pytest.fixture
def program(webcam: Webcam, tmp_path: Path) -> Iterator[Program]:
    program = Program(webcam.start(["-m", "tests.e2e.watched_desk", str(tmp_path / "desk")]))
    yield program
    program.close()


def shows(**words: str) -> Callable[[dict[str, Any]], bool]:
    """A line that tells all of this at once: one change may bring several of them, in one line."""
    return lambda line: all(text in str(line.get(member)) for member, text in words.items())


@pytest.mark.long
def test_an_unplugged_camera_is_told_and_comes_back_by_itself(webcam: Webcam, program: Program) -> None:
    program.wait(shows(strip="✓ Camera", verdict="COME IN"))

    webcam.unplug()
    gone = program.wait(shows(strip="was unplugged", view="was unplugged"))
    assert "Plug it in again" in gone["strip"]
    if gone["picture"]:
        program.wait(shows(picture="False"))

    webcam.plug_in()
    program.wait(shows(verdict="STOP", strip="✓ Camera", picture="True"))  # the same ticket again

    webcam.hang()
    program.wait(shows(strip="gives no more pictures"))

    program.stop()
    told = program.wait(lambda line: "longest_gap" in line)
    print(f"longest gap on the GUI thread: {told['longest_gap'] * 1000:.0f} ms")  # noqa: T201
    assert told["longest_gap"] < 2
    assert program.process.wait(20) == 0
