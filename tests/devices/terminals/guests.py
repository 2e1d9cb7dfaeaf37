"""What a test does while a terminal is asked on a thread of its own."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from eventdesk.devices.terminals.port import Answer, Charge, Patience, Return, Terminal

LONG_S = 60.0
QUICK = Patience(call=10, guest=LONG_S, settle=LONG_S, pause=0.02)
SHORT = Patience(call=10, guest=0.3, settle=LONG_S, pause=0.02)
# Where no answer will come: what is asked ends soon, and as unknown.
VAIN = Patience(call=10, guest=0.5, settle=0.5, pause=0.02)
CHARGE = Charge("pay-1", "key-1", 2350, "EUR", "Sommerfest")


def returned(amount: int, number: int = 1, reference: str = "", earlier: int = 0) -> Return:
    return Return(f"ret-{number}", f"key-ret-{number}", amount, "EUR", reference, earlier)


def until(condition: Callable[[], Any]) -> None:
    end = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


class Till:
    """`with Till(terminal) as till: ...` charges meanwhile; `till.answer` is what came of it, at its end."""

    def __init__(self, terminal: Terminal, charge: Charge = CHARGE) -> None:
        self.canceled = threading.Event()
        self._result: list[Answer | BaseException] = []
        self._terminal = terminal
        self._charge = charge
        self._thread = threading.Thread(target=self._run, name="till", daemon=True)

    def __enter__(self) -> "Till":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.canceled.set()
        self._thread.join(LONG_S * 2)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something to happen while the till is asking."""
        until(lambda: condition() or self._result)
        assert condition(), f"it did not come to that: {self._result}"

    @property
    def answer(self) -> Answer:
        self._thread.join(LONG_S * 2)
        (result,) = self._result
        if isinstance(result, BaseException):
            raise result
        return result

    def _run(self) -> None:
        try:
            self._result.append(self._terminal.charge(self._charge, self.canceled))
        except BaseException as error:  # noqa: BLE001  # it is raised where the answer is asked for
            self._result.append(error)
