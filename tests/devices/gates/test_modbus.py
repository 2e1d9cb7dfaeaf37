"""A turnstile on a relay board: pymodbus' own server, which is first shown to refuse what is wrong."""

import time
from collections.abc import Callable, Iterator

import pytest
from pymodbus.client import ModbusTcpClient

from eventdesk.devices.gates.modbus import ModbusDriver
from eventdesk.devices.gates.port import GateBusy, Passage
from eventdesk.devices.states import Status
from tests.devices.gates.heard import SECONDS, gate_at
from tests.rigs.gates.board import COIL, INPUT, Board, relay_board
from tests.rigs.printers.processes import free_port, wait_for


@pytest.fixture
def board() -> Iterator[Board]:
    with relay_board() as one:
        yield one


def address(board: Board, **more: str) -> str:
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return f"modbus://127.0.0.1:{board.port}?unit=1&coil={COIL}&input={INPUT}{rest}"


def wait(happened: Callable[[], object], what: str) -> None:
    wait_for(happened, what, SECONDS)


def turn(board: Board) -> None:
    """Somebody walks through: long enough for the gate to see it."""
    board.turning = True
    looks = board.looks
    wait(lambda: board.looks > looks + 1, "the turn was seen")
    board.turning = False
    looks = board.looks
    wait(lambda: board.looks > looks + 1, "its end was seen")


def test_the_board_refuses_a_coil_that_it_has_not(board: Board) -> None:
    with ModbusTcpClient("127.0.0.1", port=board.port) as client:
        assert client.write_coil(99, True, device_id=1).isError()
        assert not client.write_coil(COIL, True, device_id=1).isError()


def test_a_coil_that_is_not_there_is_told_and_opens_nothing(board: Board) -> None:
    driver = ModbusDriver("127.0.0.1", board.port, 1, 99, INPUT)
    try:
        driver.turns()
        with pytest.raises(OSError, match="refuses"):
            driver.release(1)
    finally:
        driver.close()
    assert board.releases == 0


def test_a_guest_who_goes_through_is_told_and_it_is_locked_behind_them(board: Board) -> None:
    with gate_at(address(board)) as (gate, heard):
        heard.until(Status.READY)
        gate.open(SECONDS)
        wait(lambda: board.released, "it is open")
        turn(board)
        assert heard.turn() is Passage.TURNED
        wait(lambda: not board.released, "it is locked")
        assert heard.turns.empty()


def test_nobody_went_through(board: Board) -> None:
    with gate_at(address(board)) as (gate, heard):
        gate.open(0.5)
        assert heard.turn() is Passage.NOBODY
        assert not board.released
        assert board.releases == 1
        gate.open(SECONDS)
        wait(lambda: board.released, "it is open again")


def test_who_pushes_through_is_told(board: Board) -> None:
    with gate_at(address(board)) as (gate, heard):
        heard.until(Status.READY)
        turn(board)
        assert heard.turn() is Passage.FORCED
        gate.open(SECONDS)
        wait(lambda: board.released, "it is open")
        turn(board)
        turn(board)
        assert [heard.turn(), heard.turn()] == [Passage.TURNED, Passage.FORCED]
        assert heard.openings == [0, 1, 0]


def test_an_input_that_rests_high(board: Board) -> None:
    board.turning = True
    with gate_at(address(board, rest="high")) as (gate, heard):
        heard.until(Status.READY)
        gate.open(SECONDS)
        wait(lambda: board.released, "it is open")
        board.turning = False
        assert heard.turn() is Passage.TURNED


def test_it_opens_for_one_at_a_time(board: Board) -> None:
    with gate_at(address(board)) as (gate, _heard):
        gate.open(SECONDS)
        with pytest.raises(GateBusy, match="open for another guest"):
            gate.open(SECONDS)


def test_one_that_falls_silent_while_it_is_open_leaves_the_question(board: Board) -> None:
    with gate_at(address(board)) as (gate, heard):
        heard.until(Status.READY)
        gate.open(SECONDS)
        wait(lambda: board.released, "it is open")
        board.silent = True
        began = time.monotonic()
        assert heard.until(Status.GONE).message == "The turnstile can't be reached."
        took = time.monotonic() - began
        assert heard.turn() is Passage.UNSURE
        board.silent = False
        heard.until(Status.READY)
        # Whatever was left open is locked when it is back.
        wait(lambda: not board.released, "it is locked")
    assert took < 10


def test_one_that_is_off_opens_for_nobody_and_comes_back(board: Board) -> None:
    board.switch_off()
    with gate_at(address(board)) as (gate, heard):
        heard.until(Status.GONE)
        gate.open(SECONDS)
        assert heard.turn() is Passage.NOT_OPENED
        board.switch_on()
        heard.until(Status.READY)
        gate.open(SECONDS)
        wait(lambda: board.released, "it is open")
        turn(board)
        assert heard.turn() is Passage.TURNED
        assert heard.openings == [1, 2]


def test_a_turn_while_the_wire_was_dead_admits_nobody(board: Board) -> None:
    with gate_at(address(board)) as (gate, heard):
        heard.until(Status.READY)
        board.switch_off()
        heard.until(Status.GONE)
        board.turning = True
        board.switch_on()
        heard.until(Status.READY)
        gate.open(0.3)
        assert heard.turn() is Passage.NOBODY


def test_the_end_of_the_program_locks_it(board: Board) -> None:
    with gate_at(address(board)) as (gate, heard):
        gate.open(SECONDS)
        wait(lambda: board.released, "it is open")
    assert not board.released
    assert heard.turn() is Passage.UNSURE


def test_nothing_answers_at_all() -> None:
    with gate_at(f"modbus://127.0.0.1:{free_port()}") as (gate, heard):
        assert heard.until(Status.GONE).remedy
        assert gate.state.status is Status.GONE
