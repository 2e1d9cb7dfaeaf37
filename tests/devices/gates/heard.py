"""What a gate tells, kept so that a test can wait for it."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager

from eventdesk.devices.gates.addresses import open_gate
from eventdesk.devices.gates.port import Gate, Passage
from eventdesk.devices.states import DeviceState, Status

SECONDS = 30.0  # for a machine that is busy


class Heard:
    def __init__(self) -> None:
        self.turns: queue.SimpleQueue[Passage] = queue.SimpleQueue()
        self.openings: list[int] = []
        self.states: queue.SimpleQueue[DeviceState] = queue.SimpleQueue()

    def turned(self, passage: Passage, opening: int) -> None:
        self.openings.append(opening)
        self.turns.put(passage)

    def turn(self) -> Passage:
        return self.turns.get(timeout=SECONDS)

    def until(self, status: Status) -> DeviceState:
        while (state := self.states.get(timeout=SECONDS)).status is not status:
            pass
        return state


@contextmanager
def gate_at(address: str) -> Iterator[tuple[Gate, Heard]]:
    """A gate that is ready or gone, closed in the end."""
    heard = Heard()
    gate = open_gate(address, heard.turned, heard.states.put)
    try:
        yield gate, heard
    finally:
        gate.close()
