"""How a kiosk looks: sizes by its screen, and what the guest of the moment has wished."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from eventdesk.screens import theme
from eventdesk.screens.kiosk.palette import DARK, HIGH, LIGHT
from eventdesk.screens.kiosk.sheet import kiosk_sheet
from eventdesk.screens.palette import Colours
from eventdesk.screens.sheet import sheet

# 15 mm at 96 dots an inch.
FINGER_PX = 57
FONT_PX = 21
LARGE = 1.35
# The shorter side of a screen at which sizes stand as they are written here.
SIDE_PX = 760


@dataclass(frozen=True, slots=True)
class KioskLook:
    """`side`: the screen's shorter side in pixels; `dpi` of the screen, as the system tells it."""

    dark: bool = False
    contrast: bool = False
    large: bool = False
    side: int = SIDE_PX
    dpi: float = 96.0

    @property
    def colours(self) -> Colours:
        return HIGH if self.contrast else DARK if self.dark else LIGHT

    @property
    def room(self) -> float:
        """How much larger all is drawn than on the screen of `SIDE_PX`."""
        return min(max(self.side / SIDE_PX, 0.8), 1.5)

    @property
    def font_px(self) -> int:
        return round(FONT_PX * self.room * (LARGE if self.large else 1.0))

    @property
    def target_px(self) -> int:
        """The least width and height of a control: 15 mm, and more where there is room."""
        return round(FINGER_PX * max(1.0, self.dpi / 96.0) * max(1.0, self.room))


def dress(app: QApplication, look: KioskLook, language: str) -> None:
    """Dress the whole program for guests; called again at each wish of theirs."""
    colours = look.colours
    font = theme.base_font(theme.Look())
    font.setPixelSize(look.font_px)
    own = kiosk_sheet(colours, look.font_px, look.target_px)
    theme.wear(app, font, colours, sheet(colours, look.font_px, look.target_px) + own, language)


def of_screen(look: KioskLook, size: QSize) -> KioskLook:
    """The same look on a screen of that size."""
    screen = QGuiApplication.primaryScreen()
    dpi = screen.logicalDotsPerInch() if screen else 96.0
    side = min(size.width(), size.height())
    return KioskLook(look.dark, look.contrast, look.large, side, dpi)
