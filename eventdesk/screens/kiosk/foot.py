"""What is always there: start over, staff, language, and how large, strong and low all is shown."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from eventdesk.i18n import tr
from eventdesk.screens import icons

GAP = 8


class FootButton(QToolButton):
    """A sign over a short word; the sign alone where the word has no room."""

    def __init__(self, text: str, icon: str, name: str, checkable: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(name)
        self.setCheckable(checkable)
        self.setProperty("kiosk", "foot")
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._paint_icon)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) + 12 <= self.width()
        style = Qt.ToolButtonStyle
        wanted = style.ToolButtonTextUnderIcon if fits else style.ToolButtonIconOnly
        if self.toolButtonStyle() is not wanted:
            self.setToolButtonStyle(wanted)
        self._paint_icon()

    def _paint_icon(self, _checked: bool = False) -> None:
        size = round(self.fontMetrics().height() * 1.25)
        self.setIconSize(QSize(size, size))
        group = QPalette.ColorGroup.Active
        role = QPalette.ColorRole.HighlightedText if self.isChecked() else QPalette.ColorRole.WindowText
        self.setIcon(icons.icon(self._icon, size, self.palette().color(group, role)))


class Foot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.over = FootButton(tr("Start over"), "undo", tr("Start over"))
        self.staff = FootButton(tr("Call staff"), "staff", tr("Call staff"))
        self.language = FootButton(tr("Language"), "globe", tr("Choose a language"))
        self.large = FootButton(tr("Larger"), "larger", tr("Large text"), checkable=True)
        self.contrast = FootButton(tr("Contrast"), "contrast", tr("High contrast"), checkable=True)
        self.lowered = FootButton(tr("Lower"), "lower", tr("All within lower reach"), checkable=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        for button in self.buttons():
            across.addWidget(button, 1)

    def buttons(self) -> tuple[FootButton, ...]:
        return (self.over, self.staff, self.language, self.large, self.contrast, self.lowered)

    def when(self, **pressed: Callable[[], object]) -> None:
        """By the names of the buttons."""
        for name, act in pressed.items():
            button: FootButton = getattr(self, name)
            button.clicked.connect(lambda _checked, act=act: act())
