"""What lies over the page for a moment: the languages, whether somebody is still there, the staff's PIN."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import Sides, sentence
from eventdesk.screens.kiosk.tongues import own_name
from eventdesk.screens.line.pin_pad import PinPad
from eventdesk.screens.widgets.message_bar import announce
from eventdesk.screens.words import number

MARGIN = 20
PAD_WIDTH = 420


class KioskSheet(QWidget):
    """`done` when it may go."""

    done = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("kiosk", "whole")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(14)
        self.column.addWidget(sentence(title, "title"))


class LanguageSheet(KioskSheet):
    chosen = Signal(str)

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__(tr("Choose a language"))
        self.buttons = {code: BigButton(own_name(code), icon="globe") for code in languages}
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, (code, button) in enumerate(self.buttons.items()):
            button.clicked.connect(partial(self._choose, code))
            grid.addWidget(button, place // 2, place % 2)
        self.back = BigButton(tr("Back"), icon="undo", pressed=self.done.emit)
        self.column.addStretch(1)
        self.column.addLayout(grid)
        self.column.addWidget(self.back)

    def _choose(self, code: str, _checked: bool = False) -> None:
        self.chosen.emit(code)
        self.done.emit()


class StillThere(KioskSheet):
    """Nothing of the guest can be read while it is asked."""

    over = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Are you still there?"))
        self.count = BigText(3.0)
        self.stay = BigButton(tr("I am still here"), icon="hand", kind="primary", pressed=self.done.emit)
        self.leave = BigButton(tr("Start over"), icon="undo", pressed=self.over.emit)
        self.column.addWidget(sentence(tr("Otherwise all that you have entered is forgotten.")))
        self.column.addWidget(self.count, 1)
        self.column.addWidget(Sides(self.leave, self.stay))
        announce(self, tr("Are you still there?"), urgent=True)

    def show_seconds(self, seconds: int) -> None:
        self.count.show_text(number(seconds))


class StaffSheet(KioskSheet):
    """A PIN or a staff card ends the kiosk: `entered`."""

    entered = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(tr("For staff: leave the kiosk"))
        self.pad = PinPad(bridge)
        self.pad.setFixedWidth(PAD_WIDTH)
        self.pad.entered.connect(self.entered)
        self.back = BigButton(tr("Back to the guests"), icon="undo", pressed=self.done.emit)
        self.column.addStretch(1)
        self.column.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.column.addWidget(self.back)
        self.setFocusProxy(self.pad)
