"""Drawing on a printer of Windows (gdi32.dll): pages that are pictures already, at their true size."""

import ctypes
import math
from collections.abc import Callable, Sequence
from ctypes import wintypes
from dataclasses import dataclass

from PIL import Image

from eventdesk.devices.printers.labels.pictures import MM_PER_INCH
from eventdesk.devices.printers.queues import PageSize
from eventdesk.devices.printers.windows.structures import BitmapInfoHeader, DocInfo
from eventdesk.devices.printers.windows.winspool import SpoolerFault, last_error

HORZRES, VERTRES, LOGPIXELSX, LOGPIXELSY = 8, 10, 88, 90
PHYSICALWIDTH, PHYSICALHEIGHT, PHYSICALOFFSETX, PHYSICALOFFSETY = 110, 111, 112, 113
DIB_RGB_COLORS, SRCCOPY = 0, 0x00CC0020
# A finer picture shows nothing more and takes hundreds of megabytes.
MOST_DPI = 600
BAND_BYTES = 4_000_000


class DrawingFault(SpoolerFault):
    """GDI failed with this code after `pages` pages were given to the printer."""

    def __init__(self, code: int, pages: int) -> None:
        super().__init__(code)
        self.pages = pages


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper as a driver will print it, in its dots: `offset` is where its printable part begins."""

    dpi: tuple[int, int]
    dots: tuple[int, int]
    offset: tuple[int, int]
    printable: tuple[int, int]

    @property
    def size(self) -> PageSize:
        """In millimetres."""
        wide, high = (dots / dpi * MM_PER_INCH for dots, dpi in zip(self.dots, self.dpi, strict=True))
        return wide, high

    @property
    def picture_dpi(self) -> float:
        """How finely pages are to be drawn: by whole dots of the printer."""
        finest = max(self.dpi)
        return finest / math.ceil(finest / MOST_DPI)


class Gdi:
    """Raises OSError where this is not Windows, and each call SpoolerFault."""

    def __init__(self) -> None:
        self._dll = dll = ctypes.CDLL("gdi32.dll", use_last_error=True)
        for name in ("CreateDCW", "CreateICW"):
            getattr(dll, name).restype = wintypes.HDC
            getattr(dll, name).argtypes = [*[wintypes.LPCWSTR] * 3, ctypes.c_void_p]
        for name in ("StartPage", "EndPage", "EndDoc", "AbortDoc", "DeleteDC"):
            getattr(dll, name).argtypes = [wintypes.HDC]
        dll.GetDeviceCaps.argtypes = [wintypes.HDC, ctypes.c_int]
        dll.StartDocW.argtypes = [wintypes.HDC, ctypes.c_void_p]
        dll.StretchDIBits.argtypes = [
            wintypes.HDC, *[ctypes.c_int] * 8, *[ctypes.c_void_p] * 2, wintypes.UINT, wintypes.DWORD,
        ]  # fmt: skip

    def sheet(self, queue: str, settings: bytes) -> Sheet:
        """What these settings print on."""
        context = self._dll.CreateICW("WINSPOOL", queue, None, settings)
        if not context:
            raise SpoolerFault(last_error())
        try:
            ask = self._dll.GetDeviceCaps
            return Sheet(
                (ask(context, LOGPIXELSX), ask(context, LOGPIXELSY)),
                (ask(context, PHYSICALWIDTH), ask(context, PHYSICALHEIGHT)),
                (ask(context, PHYSICALOFFSETX), ask(context, PHYSICALOFFSETY)),
                (ask(context, HORZRES), ask(context, VERTRES)),
            )
        finally:
            self._dll.DeleteDC(context)

    def print(
        self,
        queue: str,
        settings: bytes,
        sheet: Sheet,
        title: str,
        pages: Sequence[Image.Image],
        begun: Callable[[int], None],
    ) -> int:
        """The number of the job, which `begun` is told before anything is drawn. Raises DrawingFault where
        the job had begun."""
        context = self._dll.CreateDCW("WINSPOOL", queue, None, settings)
        if not context:
            raise SpoolerFault(last_error())
        try:
            document = DocInfo(ctypes.sizeof(DocInfo), title, None, None, 0)
            number = int(self._dll.StartDocW(context, ctypes.byref(document)))
            if number <= 0:
                raise SpoolerFault(last_error())
            begun(number)
            self._draw(context, sheet, pages)
            return number
        finally:
            self._dll.DeleteDC(context)

    def _draw(self, context: int, sheet: Sheet, pages: Sequence[Image.Image]) -> None:
        done = 0
        try:
            for page in pages:
                self._check(self._dll.StartPage(context))
                self._draw_page(context, sheet, page)
                done += 1
                self._check(self._dll.EndPage(context))
            self._check(self._dll.EndDoc(context))
        except SpoolerFault as fault:
            self._dll.AbortDoc(context)
            raise DrawingFault(fault.code, done) from fault
        except BaseException:
            self._dll.AbortDoc(context)
            raise

    def _draw_page(self, context: int, sheet: Sheet, page: Image.Image) -> None:
        """In bands, and only what lies in the printable part: drivers differ in what becomes of the rest."""
        across, down = (dpi / sheet.picture_dpi for dpi in sheet.dpi)
        left, top = round(sheet.offset[0] / across), round(sheet.offset[1] / down)
        right = min(page.width, left + round(sheet.printable[0] / across))
        bottom = min(page.height, top + round(sheet.printable[1] / down))
        rows = max(1, BAND_BYTES // (3 * max(right - left, 1)))
        for first in range(top, bottom, rows):
            last = min(first + rows, bottom)
            self._draw_band(
                context,
                page.crop((left, first, right, last)),
                (0, round((first - top) * down), round((right - left) * across), round((last - top) * down)),
            )

    def _draw_band(self, context: int, band: Image.Image, box: tuple[int, int, int, int]) -> None:
        """`box` is left, top, right and bottom in the printer's dots."""
        stride = (3 * band.width + 3) // 4 * 4
        header = BitmapInfoHeader(ctypes.sizeof(BitmapInfoHeader), band.width, band.height, 1, 24)
        left, top, right, bottom = box
        drawn = self._dll.StretchDIBits(
            context, left, top, right - left, bottom - top, 0, 0, band.width, band.height,
            band.tobytes("raw", "BGR", stride, -1), ctypes.byref(header), DIB_RGB_COLORS, SRCCOPY,
        )  # fmt: skip
        # GDI_ERROR is -1.
        self._check(drawn if drawn > 0 else 0)

    def _check(self, done: int) -> None:
        if done <= 0:
            raise SpoolerFault(last_error())
