"""What may be longer than the screen: drawn along with a finger, or moved by two large buttons."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QWidget,
)

from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import Button, boxed, column

PART = 0.8


class Scrolling(QWidget):
    """`ended` once the end of the content has been in sight. The buttons are there only where they are
    needed."""

    ended = Signal()

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__()
        self.area = area
        self.has_ended = False
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.up = self._button("up", tr("Scroll up"), -PART)
        self.down = self._button("down", tr("Scroll down"), PART)
        self.buttons = boxed(column(self.up, 1, self.down))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(area, 1)
        across.addWidget(self.buttons)
        # Where not even the two buttons have room, a finger still moves the content.
        self.buttons.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._bar = area.verticalScrollBar()
        self._bar.valueChanged.connect(self._look)
        self._bar.rangeChanged.connect(self._look)
        area.viewport().installEventFilter(self)
        self.buttons.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            QTimer.singleShot(0, self, self._look)
        return super().eventFilter(watched, event)

    def move_by(self, part: float) -> None:
        """So many screenfuls further down."""
        self._bar.setValue(self._bar.value() + round(self._bar.pageStep() * part))

    def _button(self, icon: str, name: str, part: float) -> Button:
        made = Button("", icon, pressed=lambda: self.move_by(part))
        made.setAccessibleName(name)
        made.setMinimumWidth(made.sizeHint().height())
        made.setAutoRepeat(True)
        return made

    def _look(self) -> None:
        room = self.height() >= self.up.sizeHint().height() * 2
        long = room and self._bar.maximum() > self._bar.minimum()
        if self.buttons.isVisibleTo(self) != long:
            self.buttons.setVisible(long)
        self.up.setMinimumWidth(self.up.height())
        self.down.setMinimumWidth(self.up.height())
        self.up.setEnabled(self._bar.value() > self._bar.minimum())
        self.down.setEnabled(self._bar.value() < self._bar.maximum())
        seen = self.isVisible() and self.area.viewport().height() > 1
        if seen and self._bar.value() >= self._bar.maximum() and not self.has_ended:
            self.has_ended = True
            self.ended.emit()


def scrolling(content: QWidget) -> Scrolling:
    """Widgets that scroll where there is too little room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return Scrolling(area)
