"""What of a kiosk works just now, and what staff is called for because of it."""

from typing import Final

from eventdesk.desk.hooks import DeviceChanged
from eventdesk.desk.kiosk.values import Works
from eventdesk.desk.printing.values import PrintersTold, PrinterTold
from eventdesk.desk.upstream.values import LineState, Reach
from eventdesk.devices.states import Status
from eventdesk.domain.venue import Reason

# As the printers' states tell it (`devices/printers`), and what stands on labels counted down.
OUT_OF_PAPER: Final = ("out of paper", "paper tray", "out of labels", "labels left", "out of cards")

_NAMES: Final = {"camera": Works.CAMERA, "terminal": Works.TERMINAL, "turnstile": Works.TURNSTILE}
_REASONS: Final = {
    Works.CAMERA: Reason.CAMERA_GONE,
    Works.TERMINAL: Reason.TERMINAL_GONE,
    Works.TURNSTILE: Reason.TURNSTILE_GONE,
    Works.NETWORK: Reason.NETWORK_GONE,
}


class Working:
    """Lives on the engine's lane. Each method is told what has changed."""

    def __init__(self) -> None:
        self._gone: set[Works] = set()
        self._printer: Reason | None = None
        self._low = False
        self._silent = False
        self._reached = False

    @property
    def works(self) -> frozenset[Works]:
        gone = self._gone | ({Works.PRINTER} if self.no_printer else set())
        return frozenset(Works) - gone

    @property
    def no_printer(self) -> Reason | None:
        """Why no badge can be printed; None: it can."""
        return Reason.PRINTER_GONE if self._silent else self._printer

    def reasons(self, *, camera: bool) -> frozenset[Reason]:
        """What staff is to be called for. `camera`: one is set here."""
        found = {_REASONS[one] for one in self._gone if one is not Works.CAMERA or camera}
        if self.no_printer is not None:
            found.add(self.no_printer)
        elif self._low:
            found.add(Reason.LABELS_LOW)
        return frozenset(found)

    def device(self, told: DeviceChanged) -> None:
        work = _NAMES.get(told.device)
        if work is not None:
            self._put(work, told.state.status is not Status.GONE)

    def line(self, told: LineState) -> None:
        """A desk that has just started is alone until it has tried: that is no fault yet."""
        is_alone = told.paired and told.reach is Reach.ALONE
        self._reached = self._reached or not is_alone
        self._put(Works.NETWORK, not is_alone or not (self._reached or told.trouble))

    def printers(self, told: PrintersTold) -> None:
        self._silent = False
        printers = told.printers
        ready = [one for one in printers if _prints(one)]
        self._low = any(one.left is not None and one.left <= one.warn for one in ready)
        out = any(map(_is_out, printers))
        gone = Reason.PAPER_OUT if out else Reason.PRINTER_GONE
        self._printer = gone if printers and not ready else None

    def print_system(self, *, silent: bool) -> None:
        self._silent = silent

    def _put(self, work: Works, works: bool) -> None:
        self._gone.discard(work)
        if not works:
            self._gone.add(work)


def is_paper(words: str) -> bool:
    """Whether a printer's own reason says that there is nothing to print on."""
    return any(one in words.lower() for one in OUT_OF_PAPER)


def _prints(one: PrinterTold) -> bool:
    """A printer that a person must look at prints nothing until then."""
    return one.state.status is Status.READY and one.left != 0


def _is_out(one: PrinterTold) -> bool:
    return one.left == 0 or is_paper(one.state.message)
