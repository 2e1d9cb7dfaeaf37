"""How a printer is doing, by its own bytes."""

import pytest

from eventdesk.devices.receipts.status import Condition, PaperLevel, condition
from eventdesk.devices.states import Status

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


@pytest.mark.parametrize(
    ("answers", "status", "word"),
    [
        ({}, Status.READY, ""),
        ({4: 0x1E}, Status.DEGRADED, "low"),
        ({4: 0x72}, Status.GONE, "out of paper"),
        ({1: 0x1A, 2: 0x32}, Status.GONE, "out of paper"),
        ({1: 0x1A, 2: 0x16}, Status.GONE, "cover"),
        ({1: 0x1A, 2: 0x16, 4: 0x72}, Status.GONE, "cover"),
        ({1: 0x1A, 2: 0x52, 3: 0x1A}, Status.GONE, "cutter"),
        ({1: 0x1A, 2: 0x52, 3: 0x32}, Status.GONE, "fault"),
        ({1: 0x1A}, Status.GONE, "offline"),
        ({1: 0x16}, Status.READY, ""),
    ],
)
def test_each_state_has_its_word(answers: dict[int, int], status: Status, word: str) -> None:
    state = condition(WELL | answers).state("receipts")
    assert state.status is status
    assert word in state.message
    assert bool(state.message) == bool(state.remedy) == (status is not Status.READY)


def test_what_a_printer_leaves_out_is_nothing_bad() -> None:
    assert condition({1: 0x16}) == Condition(drawer_high=True)
    assert condition({}).paper is PaperLevel.ENOUGH
