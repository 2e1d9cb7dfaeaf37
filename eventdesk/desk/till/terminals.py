"""Card terminals asked on a lane of their own: an answer may take minutes, and a till must go on meanwhile.

Nothing is written here: what a terminal says goes back to the engine's lane as `PaymentAnswered`.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eventdesk.desk.commands import Command
from eventdesk.desk.lane import Handlers
from eventdesk.devices.terminals.opening import Secret, TerminalSettings, open_terminal
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Return, Terminal
from eventdesk.errors import DeviceError, EventDeskError

log = logging.getLogger(__name__)

Opener = Callable[[str], Terminal]


@dataclass(frozen=True, slots=True)
class ChargeNow(Command):
    """The intent is on the disk."""

    terminal: str
    charge: Charge


@dataclass(frozen=True, slots=True)
class FindNow(Command):
    terminal: str
    charge: Charge
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReturnNow(Command):
    """`find`: it was asked for before, and its fate is not known."""

    terminal: str
    wanted: Return
    find: bool = False


@dataclass(frozen=True, slots=True)
class PaymentAnswered(Command):
    """To the engine: what became of a payment. `words` and `remedy` where the terminal could not be
    asked."""

    payment: str
    answer: Answer
    words: str = ""
    remedy: str = ""


class Terminals:
    """`cancel` from any thread; the rest on the terminals' lane."""

    def __init__(self, opened: Opener, post: Callable[[Command], None]) -> None:
        """`opened(name)` gives a terminal of the settings; raises DeviceError where it can't be used."""
        self._opened = opened
        self._post = post
        self._known: dict[str, Terminal] = {}
        self._canceled: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    def handlers(self) -> Handlers:
        return {ChargeNow: self.charge, FindNow: self.find, ReturnNow: self.give_back}

    def cancel(self, payment: str) -> None:
        """The till gave up; the terminal may say that it came too late."""
        self._flag(payment).set()

    def charge(self, command: ChargeNow) -> None:
        flag = self._flag(command.charge.id)
        try:
            self._ask(command, lambda terminal: terminal.charge(command.charge, flag))
        finally:
            with self._lock:
                self._canceled.pop(command.charge.id, None)

    def find(self, command: FindNow) -> None:
        self._ask(command, lambda terminal: terminal.find(command.charge, command.reference))

    def give_back(self, command: ReturnNow) -> None:
        def ask(terminal: Terminal) -> Answer:
            return (
                terminal.find_return(command.wanted) if command.find else terminal.give_back(command.wanted)
            )

        self._ask(command, ask)

    def anew(self, name: str) -> Terminal:
        """By what the settings say now. On the terminals' lane. Raises DeviceError."""
        known = self._known.pop(name, None)
        if known is not None:
            known.close()
        return self._terminal(name)

    def close(self) -> None:
        for flag in list(self._canceled.values()):
            flag.set()
        for terminal in self._known.values():
            terminal.close()
        self._known.clear()

    def _flag(self, payment: str) -> threading.Event:
        with self._lock:
            return self._canceled.setdefault(payment, threading.Event())

    def _ask(self, command: ChargeNow | FindNow | ReturnNow, ask: Callable[[Terminal], Answer]) -> None:
        """Whatever happens, the engine hears of it: only what was surely not sent counts as not charged."""
        payment = command.wanted.id if isinstance(command, ReturnNow) else command.charge.id
        try:
            terminal = self._terminal(command.terminal)
        except EventDeskError as error:
            fate = Fate.UNKNOWN if _is_search(command) else Fate.CANCELED
            return self._tell(command, payment, Answer(fate), error)
        try:
            answer = ask(terminal)
        except EventDeskError as error:
            fate = Fate.UNKNOWN if _is_search(command) else Fate.DECLINED
            return self._tell(command, payment, Answer(fate, words=error.message), error)
        except Exception:
            log.exception("a bug while a terminal was asked")
            return self._tell(command, payment, Answer(Fate.UNKNOWN))
        return self._tell(command, payment, answer)

    def _tell(
        self, command: Command, payment: str, answer: Answer, error: EventDeskError | None = None
    ) -> None:
        words, remedy = (error.message, error.remedy) if error else (answer.words, "")
        self._post(PaymentAnswered(payment, answer, words, remedy, request=command.request))

    def _terminal(self, name: str) -> Terminal:
        if name not in self._known:
            self._known[name] = self._opened(name)
        return self._known[name]


def _is_search(command: ChargeNow | FindNow | ReturnNow) -> bool:
    """Asks for what may have happened already."""
    return isinstance(command, FindNow) or (isinstance(command, ReturnNow) and command.find)


def terminal_of(rows: Sequence[Mapping[str, object]], name: str, secret: Secret) -> Terminal:
    """The terminal of that name among those in the settings. Raises DeviceError."""
    found = next((row for row in rows if row.get("name") == name), None)
    if found is None:
        raise DeviceError("This card terminal is not set at this desk (any more).", "Look at the settings.")
    return open_terminal(TerminalSettings.of(found), secret)
