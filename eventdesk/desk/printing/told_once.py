"""Faults that come up at each round of the spool: each is told once, until it is over."""

from collections.abc import Callable, Sequence

from eventdesk.desk.hooks import Trouble
from eventdesk.devices.printers.queues import PrintSystemSilent
from eventdesk.domain.verdicts import Words


class ToldOnce:
    """Lives on the spool's thread."""

    def __init__(self, on_trouble: Callable[[Trouble], None]) -> None:
        self._on_trouble = on_trouble
        self._fault = ""
        self._misread: Sequence[Words] = ()
        self._silent = False

    def fault(self, told: Trouble) -> None:
        """Such as a full disk."""
        if told.message != self._fault:
            self._fault = told.message
            self._on_trouble(told)

    def no_fault(self) -> None:
        self._fault = ""

    def misread(self, faults: Sequence[Words]) -> None:
        """Settings that can't be read."""
        if faults != self._misread:
            self._misread = faults
            for words in faults:
                self._on_trouble(Trouble("", str(words), "", device="printer"))

    def silence(self, error: PrintSystemSilent) -> None:
        if not self._silent:
            self._on_trouble(Trouble("", error.message, error.remedy, device="printer"))
        self._silent = True

    def answered(self) -> None:
        self._silent = False
