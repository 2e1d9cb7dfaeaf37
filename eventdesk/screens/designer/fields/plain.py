"""Numbers with a unit, lines, ticks and choices that take little room."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, LineField, TickField
from eventdesk.screens.manage.field import Field

# The style sheet's padding does not reach the text of a spin box.
TEXT_MARGIN = 6
MILLIMETRES, POINTS, DEGREES = "mm", "pt", "°"


def leave_undo(control: QWidget) -> None:
    """Undo and redo are the designer's, wherever the focus is: a field's own would know but its letters."""
    control.installEventFilter(_leave_undo)


class _LeaveUndo(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in ours):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


_leave_undo = _LeaveUndo()


class Spin(QDoubleSpinBox):
    """Tells a number once it is typed in full; the wheel scrolls the panel and changes nothing by the way."""

    def __init__(self, low: float, high: float, step: float, unit: str, digits: int = 1) -> None:
        super().__init__()
        self.setDecimals(digits)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setSuffix(f" {unit}" if unit not in ("", DEGREES) else unit)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(70)
        self.lineEdit().setTextMargins(TEXT_MARGIN, 0, TEXT_MARGIN, 0)
        leave_undo(self)
        leave_undo(self.lineEdit())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def textFromValue(self, value: float) -> str:
        """No more digits than it has: 4, 4.5."""
        text = self.locale().toString(value, "f", self.decimals())
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


class NumberField(Field):
    def __init__(
        self, label: str, low: float, high: float, unit: str = MILLIMETRES, step: float = 0.5, digits: int = 1
    ) -> None:
        self.spin = Spin(low, high, step, unit, digits)
        super().__init__(label, self.spin)
        self.spin.valueChanged.connect(lambda _value: self.edited())

    def value(self) -> Any:
        number = round(self.spin.value(), self.spin.decimals())
        return int(number) if number.is_integer() else number

    def put(self, value: Any) -> None:
        number = float(value) if isinstance(value, int | float) else 0.0
        # Not while it is typed in: the hundredths that the mouse has left stay until then.
        if abs(number - self.spin.value()) >= 0.5 * 10 ** -self.spin.decimals():
            self.spin.blockSignals(True)
            self.spin.setValue(number)
            self.spin.blockSignals(False)


class TextLine(LineField):
    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(label, hint)
        leave_undo(self.line)

    def value(self) -> Any:
        return self.line.text()

    def put(self, value: Any) -> None:
        if value != self.line.text():
            super().put(value)


class Tick(TickField):
    def put(self, value: Any) -> None:
        self.box.blockSignals(True)
        super().put(value)
        self.box.blockSignals(False)


class Choice(ChoiceField):
    """As wide as the panel; a value that is not offered is shown as it is."""

    def __init__(self, label: str, options: Sequence[tuple[Any, str]], hint: str = "") -> None:
        super().__init__(label, options, hint)
        self.combo.setMaximumWidth(16_777_215)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(6)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.installEventFilter(self)

    def put(self, value: Any) -> None:
        if value is not None and self.combo.findData(value) < 0:
            self.combo.addItem(str(value) or tr("None"), value)
        super().put(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
