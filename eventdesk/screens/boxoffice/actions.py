"""The row of what can be done beside selling. Each button says its key."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.widgets.basics import Button, row, set_tone


class Actions(QWidget):
    code = Signal()
    discount = Signal()
    guest = Signal()
    park = Signal()
    parked = Signal()
    admit = Signal()
    more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[Button, tuple[str, str]] = {}
        self._slim = False
        self._buttons = row(spacing=6)
        self.setLayout(self._buttons)
        self._code = self._add(tr("Code"), "F3", self.code)
        self._discount = self._add(tr("Discount"), "F4", self.discount)
        self._guest = self._add(tr("Guest"), "F5", self.guest)
        self._park = self._add(tr("Park"), "F6", self.park)
        self._parked = self._add(tr("Parked"), "F7", self.parked)
        self._admit = self._add(tr("Admit"), "F8", self.admit)
        self._admit.setCheckable(True)
        self._admit.setProperty("mode", "entry")
        self._admit.setToolTip(tr("Admit at once, at this desk's door (F8)"))
        self._more = self._add(tr("More"), "F12", self.more)

    def _add(self, text: str, key: str, signal: SignalInstance) -> Button:
        button = Button(f"{key}  {text}")
        button.clicked.connect(lambda _checked: signal.emit())
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({key})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._texts[button] = f"{key}  {text}", text
        self._buttons.addWidget(button, 1)
        return button

    def set_slim(self, slim: bool) -> None:
        """No keys on narrow screens: such screens are touched."""
        self._slim = slim
        for button, (whole, narrow) in self._texts.items():
            button.setText(narrow if slim else whole)
            set_tone(button, "tiny" if slim else "true", "small")
        # A scanner needs no button, and what is not there none either.
        self._code.setHidden(slim)
        self._parked.setHidden(slim and not self._parked.isEnabled())

    def refresh(self, state: TillState) -> None:
        selling, some = state.can_sell, bool(state.lines)
        for button in self._texts:
            button.setEnabled(selling)
        for button in (self._discount, self._park):
            button.setEnabled(selling and some)
        parked = state.cart.parked if state.cart else 0
        self._parked.setEnabled(selling and parked > 0)
        text = tr("Parked ({number})", number=parked) if parked else tr("Parked")
        self._texts[self._parked] = f"F7  {text}", text
        self._admit.setChecked(bool(state.cart and state.cart.cart.admit))
        self.set_slim(self._slim)
