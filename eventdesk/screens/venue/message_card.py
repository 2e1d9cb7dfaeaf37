"""What a supervisor has to say to this desk: large, until somebody has read it."""

from datetime import tzinfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eventdesk.desk.hooks import Door
from eventdesk.domain.venue import DeskOrder, Order
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.widgets.basics import Button, boxed, label, row
from eventdesk.screens.widgets.message_bar import announce
from eventdesk.screens.words import clock

WIDEST = 640


class MessageCard(QFrame):
    """Lies over `holder`. `shown` says that one came."""

    shown = Signal()

    def __init__(self, bridge: Bridge, holder: QWidget) -> None:
        super().__init__(holder)
        self.setProperty("card", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._waiting: list[DeskOrder] = []
        self._zone: tzinfo | None = None
        self._before: QWidget | None = None
        self.title = label(tr("A message for this desk"), "heading")
        self.words, self.at = label("", "title", wrap=True), label("", "muted")
        self.read_button = Button(tr("Read"), "check", "primary", self.read)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(14)
        for part in (self.title, self.words, self.at, boxed(row(1, self.read_button))):
            inside.addWidget(part)
        self.hide()
        holder.installEventFilter(self)
        bridge.desk_ordered.connect(self._ordered)
        bridge.door_chosen.connect(self._door_chosen)

    def read(self) -> None:
        """The next one, or back to where the person was."""
        self._waiting.pop(0)
        if self._waiting:
            self._show()
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _ordered(self, order: DeskOrder) -> None:
        if order.order is not Order.MESSAGE or order.id in {one.id for one in self._waiting}:
            return
        self._waiting.append(order)
        if len(self._waiting) == 1:
            self._before = self.window().focusWidget()
            self._show()
            self.shown.emit()

    def _show(self) -> None:
        order = self._waiting[0]
        self.words.setText(order.words)
        self.at.setText(clock(order.at, self._zone))
        self._place()
        self.show()
        self.raise_()
        self.read_button.setFocus()
        announce(self, f"{self.title.text()}: {order.words}", urgent=True)

    def _place(self) -> None:
        """In the middle, as wide as is good to read, no higher than there is room."""
        holder = self.parent()
        assert isinstance(holder, QWidget)
        wide = min(WIDEST, holder.width() - 32)
        high = min(self.layout().totalHeightForWidth(wide), holder.height() - 16)  # type: ignore[union-attr]
        high = max(high, self.minimumSizeHint().height())
        self.setGeometry((holder.width() - wide) // 2, max(8, (holder.height() - high) // 2), wide, high)

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
