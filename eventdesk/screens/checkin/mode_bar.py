"""What a scan does: entry, exit, info only, print only. Each has its key and its colour."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from eventdesk.domain.decision import Mode
from eventdesk.i18n import tr
from eventdesk.screens.palette import ADMITTED
from eventdesk.screens.widgets.basics import Button

ICONS = {Mode.ENTRY: "entry", Mode.EXIT: "exit", Mode.INFO: "info", Mode.PRINT: "printer"}


def names() -> dict[Mode, str]:
    return {
        Mode.ENTRY: tr("Entry"),
        Mode.EXIT: tr("Exit"),
        Mode.INFO: tr("Info only"),
        Mode.PRINT: tr("Print only"),
    }


class ModeBar(QWidget):
    """`chosen` asks for a mode; `show_mode` says which one holds."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[Mode, Button] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        for place, (mode, name) in enumerate(names().items(), 1):
            across.addWidget(self._button(mode, name, f"F{place}"))

    def _button(self, mode: Mode, name: str, key: str) -> Button:
        button = Button(name, ICONS[mode])
        button.setCheckable(True)
        if mode is Mode.ENTRY:
            button.checked_ink = QColor(ADMITTED.ink)
        button.setProperty("mode", mode.value)
        button.setToolTip(f"{name} ({key})")
        button.clicked.connect(lambda _checked: self.chosen.emit(mode))
        self._group.addButton(button)
        self._buttons[mode] = button
        return button

    def show_mode(self, mode: Mode) -> None:
        self._buttons[mode].setChecked(True)

    def mode(self) -> Mode:
        return next((mode for mode, button in self._buttons.items() if button.isChecked()), Mode.ENTRY)

    def minimumSizeHint(self) -> QSize:
        """That of the icons alone: the words must not keep the window wider than a small screen."""
        button = self._buttons[Mode.ENTRY].minimumSizeHint().height()
        return QSize(len(self._buttons) * (button + 6), button)

    def full_width(self) -> int:
        """About how wide the bar is with its words."""
        unit = self.fontMetrics().height()
        return sum(self.fontMetrics().horizontalAdvance(name) + 4 * unit for name in names().values())

    def set_slim(self, slim: bool) -> None:
        """Icons alone where the screen is narrow."""
        for mode, button in self._buttons.items():
            button.setText("" if slim else names()[mode])
            button.setAccessibleName(names()[mode])
