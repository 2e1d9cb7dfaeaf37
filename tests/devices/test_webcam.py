"""A webcam on /dev/video0: 30 frames a second, the plug pulled and put back, a camera that hangs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rigs.frames import frame
from tests.rigs.webcam.program import Program
from tests.rigs.webcam.rig import Webcam


@pytest.fixture
def webcam(tmp_path: Path) -> Webcam:
    return Webcam(tmp_path)


@pytest.fixture
def program(webcam: Webcam) -> Iterator[Program]:
    """The ticket A for a second, two seconds of nothing, then B: over and over."""
    empty, film = frame(None), [frame("TICKET-A", angle=angle) for angle in range(30)]
    webcam.show([*film, *[empty] * 60, *[frame("TICKET-B")] * 30])
    program = Program(webcam.start(["-m", "tests.rigs.webcam.watch", "0"]))
    yield program
    program.close()


def reads(text: str) -> Callable[[dict[str, Any]], bool]:
    return lambda line: line.get("texts") == [text]


def state(status: str) -> Callable[[dict[str, Any]], bool]:
    return lambda line: line.get("state") == status


def test_tickets_are_read_and_the_plug_may_be_pulled(webcam: Webcam, program: Program) -> None:
    program.wait(state("ready"))
    first = program.wait(reads("TICKET-A"))
    second = program.wait(reads("TICKET-B"))
    assert 60 <= second["frames"] - first["frames"] <= 95, "each frame comes once, and A counted once"

    webcam.unplug()
    gone = program.wait(state("gone"))
    assert gone["message"] == "The camera was unplugged."

    webcam.plug_in()
    program.wait(state("ready"))
    program.wait(reads("TICKET-A"))

    program.stop()
    stopped = program.wait(lambda line: "stopped_in" in line)
    assert stopped["stopped_in"] < 1.0
    assert program.process.wait(10) == 0


def test_a_hung_camera_is_told_and_does_not_hold_the_program(webcam: Webcam, program: Program) -> None:
    program.wait(reads("TICKET-A"))
    webcam.hang()
    told = program.wait(state("degraded"))
    assert told["message"] == "The camera gives no more pictures."
    program.stop()
    assert program.wait(lambda line: "stopped_in" in line)["stopped_in"] < 4
