"""A line to type into, with its name above it; Qt's own menus and memories are off."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from eventdesk.screens.kiosk.key_rows import Kind
from eventdesk.screens.widgets.basics import label

LONGEST = 200
UNREMEMBERED = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhHiddenText
)


class Entry(QWidget):
    def __init__(self, name: str, kind: Kind, text: str = "", hint: str = "") -> None:
        super().__init__()
        self.line = QLineEdit(text)
        self.line.setMaxLength(LONGEST)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)
        prepare(self.line, kind)
        self.caption = label(name, "heading", wrap=True)
        self.caption.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.line)
        column.addStretch(1)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text().strip()


def prepare(field: QLineEdit | QPlainTextEdit, kind: Kind) -> None:
    """Make a field one of a kiosk: for the keyboard on the screen, without menus, remembered by nobody."""
    field.setProperty("keys", kind.value)
    field.setProperty("kiosk", "field")
    field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    field.setAcceptDrops(False)
    field.setInputMethodHints(UNREMEMBERED)
    if isinstance(field, QPlainTextEdit):
        field.setUndoRedoEnabled(False)
        field.viewport().installEventFilter(_NoDrag(field))


class _NoDrag(QObject):
    """Marked words that are pressed are marked no more: Qt would begin to drag them, and keep the whole
    screen waiting for the end of that."""

    def __init__(self, text: QPlainTextEdit) -> None:
        super().__init__(text)
        self._text = text

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress:
            cursor = self._text.textCursor()
            cursor.clearSelection()
            self._text.setTextCursor(cursor)
        return False
