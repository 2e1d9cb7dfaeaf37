"""What a badge is printed on: the settings (DEVMODE) a driver is given, and the sheet it makes of them."""

from collections.abc import Iterable, Iterator

from eventdesk.devices.printers.labels.pictures import said
from eventdesk.devices.printers.media import TOLERANCE_MM, alike
from eventdesk.devices.printers.queues import PageSize, QueueRefused
from eventdesk.devices.printers.windows.gdi import Gdi, Sheet
from eventdesk.devices.printers.windows.structures import DevMode
from eventdesk.devices.printers.windows.winspool import Form, Queue, Winspool

DM_ORIENTATION, DM_PAPERSIZE, DM_PAPERLENGTH, DM_PAPERWIDTH = 1, 2, 4, 8
DM_DUPLEX, DM_FORMNAME = 0x1000, 0x10000
ANY_SIZE = DM_PAPERLENGTH | DM_PAPERWIDTH
AS_IT_IS_SET, UPRIGHT, ON_ITS_SIDE = 0, 1, 2
# The long edge of the sheet is the one it is turned over.
DMDUP_VERTICAL = 2
# The paper is the one whose width and length are said; others want 0 here.
DMPAPER_USER = 256


def choose(forms: Iterable[Form], size: PageSize) -> tuple[Form, int] | None:
    """The form for a page of `size` and how it lies; None where the driver has none."""
    known = list(forms)
    for orientation, turn in ((UPRIGHT, size), (ON_ITS_SIDE, (size[1], size[0]))):
        for form in known:
            if alike(form.size, turn):
                return form, orientation
    return None


class Paper:
    """Asks drivers. Every method may raise SpoolerFault."""

    def __init__(self, winspool: Winspool, gdi: Gdi) -> None:
        self._winspool = winspool
        self._gdi = gdi

    def prepare(self, queue: Queue, size: PageSize | None, *, two_sided: bool) -> tuple[bytes, Sheet]:
        """The settings and the sheet for pages of `size`: the driver's own paper of that size, or a size it
        accepts, or what is set for the queue where the page fits on that. Raises QueueRefused where it
        doesn't.
        """
        plain = self._winspool.settings(queue.name)
        two_sided = two_sided and self._winspool.prints_both_sides(queue)
        if size is None:
            return self._made(queue, _wanted(plain, two_sided))
        for wanted in self._candidates(queue, plain, size, two_sided):
            settings, sheet = self._made(queue, wanted)
            if alike(sheet.size, size):
                return settings, sheet
        for orientation in (AS_IT_IS_SET, ON_ITS_SIDE, UPRIGHT):
            settings, sheet = self._made(queue, _wanted(plain, two_sided, orientation=orientation))
            if _fits(size, sheet.size):
                return settings, sheet
        raise QueueRefused(
            f"The printer holds {said(_rounded(sheet.size))}, this badge is {said(size)}.",
            "Set the size of the labels in the printer's settings, or choose another layout or printer.",
        )

    def _candidates(self, queue: Queue, plain: bytes, size: PageSize, two_sided: bool) -> Iterator[bytes]:
        """What may give a sheet of this size. Drivers leave out what they don't know, without a word."""
        if found := choose(self._winspool.forms(queue), size):
            form, orientation = found
            yield _wanted(plain, two_sided, orientation=orientation, form=form.number)
        if self._winspool.fields(queue) & ANY_SIZE == ANY_SIZE:
            for form_number in (DMPAPER_USER, 0):
                yield _wanted(plain, two_sided, orientation=UPRIGHT, form=form_number, custom=size)
        yield _wanted(plain, two_sided)
        yield _wanted(plain, two_sided, orientation=ON_ITS_SIDE)

    def _made(self, queue: Queue, wanted: bytes) -> tuple[bytes, Sheet]:
        settings = self._winspool.settings(queue.name, wanted)
        return settings, self._gdi.sheet(queue.name, settings)


def _wanted(
    plain: bytes,
    two_sided: bool,
    *,
    orientation: int = AS_IT_IS_SET,
    form: int = 0,
    custom: PageSize | None = None,
) -> bytes:
    """Once, at true size; the rest as it is set for the queue, the driver's own settings too."""
    mode = DevMode.from_buffer_copy(plain)
    mode.dmCopies, mode.dmScale = 1, 100
    if two_sided:
        mode.dmFields |= DM_DUPLEX
        mode.dmDuplex = DMDUP_VERTICAL
    if orientation:
        mode.dmFields |= DM_ORIENTATION
        mode.dmOrientation = orientation
    if form or custom:
        mode.dmFields &= ~(ANY_SIZE | DM_FORMNAME)
        mode.dmFields |= DM_PAPERSIZE
        mode.dmPaperSize = form
        mode.dmFormName = ""
    if custom:
        mode.dmFields |= ANY_SIZE
        mode.dmPaperWidth, mode.dmPaperLength = (round(10 * side) for side in custom)
    return bytes(mode) + plain[len(bytes(mode)) :]


def _fits(page: PageSize, sheet: PageSize) -> bool:
    return all(own <= room + TOLERANCE_MM for own, room in zip(page, sheet, strict=True))


def _rounded(size: PageSize) -> PageSize:
    return round(size[0]), round(size[1])
