"""A long operation on a page: how far it is, a button to stop it, how it ended."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from eventdesk.desk.commands import CancelOperation, RunOperation
from eventdesk.desk.hooks import Ended, Moved
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import button, note, say
from eventdesk.screens.widgets.basics import row
from eventdesk.screens.words import number, told


class OperationBar(QWidget):
    """Runs one operation at a time; starting another stops and forgets the one before.

    `done` brings the result of the operation, `failed` comes without one: its error (or that it was
    canceled) stands on the bar.
    """

    done = Signal(object)
    failed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._running = ""
        self._words = ""
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel_button = button(tr("Cancel"), self.cancel, "", "close")
        self.told = note()
        line = row(self.told, self.bar, self.cancel_button)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.setLayout(line)
        self._rest()
        self.hide()
        bridge.operation_moved.connect(self._moved)
        bridge.operation_ended.connect(self._ended)

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def run(self, operation: RunOperation, words: str) -> None:
        """Start it; `words` say what is being done."""
        if self._running:
            self._bridge.post(CancelOperation(self._running))
        self._running, self._words = operation.request, words
        self.show()
        say(self.told, words)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.cancel_button.show()
        self.cancel_button.setEnabled(True)
        self._bridge.post(operation)

    def cancel(self) -> None:
        """Ask the operation to stop; it is over when `operation_ended` says so."""
        if self._running:
            self.cancel_button.setEnabled(False)
            say(self.told, tr("Stopping ..."))
            self._bridge.post(CancelOperation(self._running))

    def _moved(self, moved: Moved) -> None:
        if moved.operation == self._running and self.cancel_button.isEnabled():
            self.bar.setRange(0, moved.total)
            self.bar.setValue(moved.done)
            say(self.told, f"{self._words} {number(moved.done)}")

    def _ended(self, ended: Ended) -> None:
        if ended.operation != self._running:
            return
        self._running = ""
        self._rest()
        if ended.error is not None:
            say(self.told, told(ended.error), "bad")
            self.failed.emit()
        elif ended.canceled:
            say(self.told, tr("Stopped. Nothing was changed."), "warn")
            self.failed.emit()
        else:
            self.hide()
            self.done.emit(ended.result)

    def _rest(self) -> None:
        self.bar.hide()
        self.cancel_button.hide()
