"""The row of what can be done now. Each button says its key, so that nobody needs to learn them."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.checkin.counter import Counter
from eventdesk.screens.widgets.basics import Button, set_tone


class Actions(QWidget):
    """Signals say what was wished; `refresh` enables what makes sense for the guest on show."""

    undo = Signal()
    walk_in = Signal()
    order = Signal()
    badge = Signal()
    force = Signal()
    unpaid = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._slim = False
        self._texts: dict[Button, tuple[str, str]] = {}
        self._undo = self._add(tr("Undo"), "F8", self.undo)
        self._walk_in = self._add(tr("Walk-in"), "F6", self.walk_in)
        self._order = self._add(tr("Whole order"), "F7", self.order)
        self._badge = self._add(tr("Badge"), "F10", self.badge)
        self._force = self._add(tr("Admit anyway"), "F9", self.force, "danger")
        self._unpaid = self._add(tr("Admit unpaid"), "F12", self.unpaid, "danger")
        self._force.hide()
        self._unpaid.hide()

    def _add(self, text: str, key: str, signal: SignalInstance, kind: str = "") -> Button:
        button = Button(f"{key}  {text}", kind=kind)
        button.clicked.connect(lambda _checked: signal.emit())
        button.setAccessibleName(text)
        # The row must not change the width of the page when a button comes.
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(f"{text} ({key})")
        self._texts[button] = f"{key}  {text}", text.replace(" ", "\n", 1)
        self._row.addWidget(button, 1)
        return button

    def set_slim(self, slim: bool) -> None:
        """Where the screen is narrow, the words on two lines and no keys: such screens are touched."""
        self._slim = slim
        self._row.setSpacing(3 if slim else 6)
        for button, (whole, narrow) in self._texts.items():
            button.setText(narrow if slim else whole)
        self._tighten()

    def _tighten(self) -> None:
        """Small letters where the row is narrow or has more buttons than usual."""
        crowded = not self._force.isHidden() or not self._unpaid.isHidden()
        size = "tiny" if self._slim and crowded else "true" if self._slim or crowded else ""
        for button in self._texts:
            set_tone(button, size, "small")

    def refresh(self, counter: Counter, undoable: bool) -> None:
        self._force.setVisible(counter.can_force())
        self._unpaid.setVisible(counter.can_admit_unpaid())
        self._undo.setEnabled(undoable)
        self._walk_in.setEnabled(counter.door is not None)
        self._order.setEnabled(counter.has_ticket())
        self._badge.setEnabled(counter.has_ticket())
        self._tighten()
