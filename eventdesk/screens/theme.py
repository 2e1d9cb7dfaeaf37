"""How the program looks: Fusion with palettes and a style sheet of our own.

Qt's own dark mode needs a platform theme, which a bare Linux desk lacks; hence the palettes.
"""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from eventdesk.screens.palette import DARK, LIGHT, Colours
from eventdesk.screens.sheet import sheet

FAMILIES = ["Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans"]
BASE_PX = 15
TOUCH_BASE_PX = 17
TOUCH_TARGET_PX = 48
MOUSE_TARGET_PX = 34
DRESSED = "dressed"


@dataclass(frozen=True, slots=True)
class Look:
    """A person's choice. `scale` multiplies every size (0.8 to 2.0)."""

    dark: bool = False
    touch: bool = False
    scale: float = 1.0

    @property
    def colours(self) -> Colours:
        return DARK if self.dark else LIGHT

    @property
    def font_px(self) -> int:
        scale = min(max(self.scale, 0.8), 2.0)
        return round((TOUCH_BASE_PX if self.touch else BASE_PX) * scale)

    @property
    def target_px(self) -> int:
        """The least height of a control: 48 px where fingers press (WCAG 2.5.5 asks 44)."""
        return TOUCH_TARGET_PX if self.touch else max(MOUSE_TARGET_PX, self.font_px * 2)


def apply(app: QApplication, look: Look, language: str = "en") -> None:
    """Dress the whole program; may be called again while it runs."""
    wear(app, base_font(look), look.colours, sheet(look.colours, look.font_px, look.target_px), language)


def wear(app: QApplication, font: QFont, colours: Colours, rules: str, language: str) -> None:
    """`rules` is a style sheet. Each of them polishes every widget that there is: none is set twice.

    What is worn is taken off first. Over a style sheet Qt hands each new colour and font on from widget to
    widget, which takes five times as long.
    """
    QLocale.setDefault(locale(language))
    if app.property(DRESSED) is None:
        app.setStyle("Fusion")
        app.setProperty(DRESSED, True)
    if rules != app.styleSheet():
        app.setStyleSheet("")
        app.setFont(font)
        app.setPalette(palette(colours))
        app.setStyleSheet(rules)
    app.setLayoutDirection(direction(language))


def locale(language: str) -> QLocale:
    """How numbers and dates are written: the system's way where it speaks the same language."""
    system, chosen = QLocale.system(), QLocale(language)
    return system if system.language() == chosen.language() else chosen


def direction(language: str) -> Qt.LayoutDirection:
    """Right to left for Arabic, Hebrew, Persian, Urdu ..."""
    return QLocale(language).textDirection()


def base_font(look: Look) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(look.font_px)
    return font


def palette(colours: Colours) -> QPalette:
    """The roles that Fusion paints with, in both the active and the disabled state."""
    made = QPalette()
    for role, colour in _roles(colours).items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.control))
    return made


def _roles(colours: Colours) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Mid: colours.line,
        role.Dark: colours.control,
    }
