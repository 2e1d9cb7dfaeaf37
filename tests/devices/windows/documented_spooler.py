"""The spooler of Windows as Microsoft describes it, where Wine's has no states of jobs: what SetJob's
commands do, and which bits a job has meanwhile. A test prints, jams and deletes by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

from PIL import Image

from eventdesk.devices.printers.windows.gdi import DrawingFault, Gdi, Sheet
from eventdesk.devices.printers.windows.jobs import (
    JOB_DELETING,
    JOB_PAUSED,
    JOB_PRINTED,
    JOB_PRINTING,
    JOB_RETAINED,
)
from eventdesk.devices.printers.windows.printers import (
    JOB_DELETE,
    JOB_PAUSE,
    JOB_RELEASE,
    JOB_RESUME,
    JOB_RETAIN,
)
from eventdesk.devices.printers.windows.structures import DevMode
from eventdesk.devices.printers.windows.winspool import Form, Job, Queue, SpoolerFault, Winspool

QUEUE = "Badges"
NO_SUCH_QUEUE = 1801
DRIVERS_OWN = b"of the driver alone"


class DocumentedSpooler(Winspool):
    """One queue. `keeps`: whether it obeys JOB_CONTROL_RETAIN, which came with Windows Vista; `quick`: a job
    begins to print just before it is paused."""

    def __init__(self, *, keeps: bool = True) -> None:
        self.there = Queue(QUEUE, "USB001")
        self.held: dict[int, Job] = {}
        self.fault = 0
        self.quick = False
        self.takes_any_size = False
        self.plain = DevMode(dmFields=0x103, dmPaperSize=9, dmOrientation=1, dmCopies=3)
        self._keeps = keeps
        self._last = 0

    def begin(self, title: str) -> int:
        self._last += 1
        self.held[self._last] = Job(self._last, title)
        return self._last

    def prints(self, number: int) -> None:
        self._put(number, JOB_PRINTING)

    def has_printed(self, number: int) -> None:
        """The last page is out."""
        job = self.held[number]
        if job.status & JOB_RETAINED:
            self.held[number] = replace(job, status=JOB_RETAINED | JOB_PRINTED)
        else:
            del self.held[number]

    def queues(self) -> list[Queue]:
        self._answer()
        return [self.there]

    def default(self) -> str:
        return QUEUE

    def queue(self, name: str) -> Queue:
        self._answer()
        if name != QUEUE:
            raise SpoolerFault(NO_SUCH_QUEUE)
        return self.there

    def jobs(self, queue: str) -> list[Job]:
        self.queue(queue)
        return list(self.held.values())

    def job(self, queue: str, number: int) -> Job | None:
        self.queue(queue)
        return self.held.get(number)

    def control(self, queue: str, number: int, command: int) -> None:
        self.queue(queue)
        job = self.held.get(number)
        if job is None:
            raise SpoolerFault(87)
        if command == JOB_RETAIN and self._keeps:
            self._put(number, JOB_RETAINED)
        elif command == JOB_PAUSE:
            self._put(number, JOB_PAUSED | (JOB_PRINTING if self.quick else 0))
        elif command == JOB_RESUME:
            self._put(number, 0, JOB_PAUSED)
        elif command == JOB_RELEASE:
            self._put(number, 0, JOB_RETAINED)
            if job.status & JOB_PRINTED:
                del self.held[number]
        elif command == JOB_DELETE and not job.status & JOB_RETAINED:
            if job.status & JOB_PRINTING:
                self._put(number, JOB_DELETING)
            else:
                del self.held[number]

    def forms(self, queue: Queue) -> list[Form]:
        return [Form(9, (210.0, 297.0)), Form(256, (54.0, 86.0))]

    def fields(self, queue: Queue) -> int:
        return 0xC if self.takes_any_size else 0

    def prints_both_sides(self, queue: Queue) -> bool:
        return True

    def settings(self, queue: str, wanted: bytes = b"") -> bytes:
        self.queue(queue)
        return wanted or bytes(self.plain) + DRIVERS_OWN

    def _put(self, number: int, on: int, off: int = 0) -> None:
        job = self.held[number]
        self.held[number] = replace(job, status=(job.status | on) & ~off)

    def _answer(self) -> None:
        if self.fault:
            raise SpoolerFault(self.fault)


class PaperOnly(Gdi):
    """Draws nothing; what it was given is in `settings` and `pages`. It fails at the page `fails_at`, and
    hangs until `goes_on`."""

    def __init__(self, spooler: DocumentedSpooler) -> None:
        self._spooler = spooler
        self.settings = DevMode()
        self.drivers_own = b""
        self.pages: list[Image.Image] = []
        self.fails_at = 0
        self.goes_on = Event()
        self.goes_on.set()

    def sheet(self, queue: str, settings: bytes) -> Sheet:
        mode = DevMode.from_buffer_copy(settings)
        forms = self._spooler.forms(self._spooler.there)
        size = next((one.size for one in forms if one.number == mode.dmPaperSize), (0.0, 0.0))
        if self._spooler.takes_any_size and mode.dmFields & 0xC:
            size = (mode.dmPaperWidth / 10, mode.dmPaperLength / 10)
        dots = [round(side / 25.4 * 300) for side in size]
        wide, high = reversed(dots) if mode.dmOrientation == 2 else dots
        return Sheet((300, 300), (wide, high), (0, 0), (wide, high))

    def print(
        self,
        queue: str,
        settings: bytes,
        sheet: Sheet,
        title: str,
        pages: Sequence[Image.Image],
        begun: Callable[[int], None],
    ) -> int:
        number = self._spooler.begin(title)
        begun(number)
        self.goes_on.wait()
        if self.fails_at:
            del self._spooler.held[number]
            raise DrawingFault(1722, self.fails_at - 1)
        self.settings = DevMode.from_buffer_copy(settings)
        self.drivers_own = settings[len(bytes(self.settings)) :]
        self.pages = list(pages)
        return number
