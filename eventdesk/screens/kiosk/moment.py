"""What is seen while the kiosk starts, or starts anew: no desktop, and a word to whoever stands there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import label


class MomentScreen(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._may_close = False
        self.setWindowTitle("EventDesk")
        self.title = label(tr("One moment, please"), "title", wrap=True)
        self.words = label(
            tr("This kiosk starts anew. Another one, or our staff, helps you at once."), "", True
        )
        self.fault = label("", "muted", wrap=True)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        for part in (self.title, self.words, self.fault):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            whole.addWidget(part)
        whole.addStretch(3)

    def show_fault(self, words: str) -> None:
        """For staff: why it does not start."""
        self.fault.setText(words)

    def close_for_good(self) -> None:
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            event.ignore()
            return
        super().closeEvent(event)
