"""Someone before the screen who answers the dialogs that open at the start."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from eventdesk.screens.start.passphrase import PassphraseDialog

# What a person does with a dialog.
Answer = Callable[[QDialog], None]


class Person:
    """Sits before the screen: answers each dialog by the next of `answers`, and keeps what was read."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.read: list[str] = []
        self.met: list[type[QDialog]] = []
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def will(self, *answers: Answer) -> None:
        self.answers += answers

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        self.met.append(type(dialog))
        self.read.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        if self.answers:
            self.answers.pop(0)(dialog)
        else:
            dialog.reject()


def press(text: str) -> Answer:
    def answer(dialog: QDialog) -> None:
        [button] = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
        button.click()

    return answer


def type_in(first: str, second: str = "") -> Answer:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        dialog.first.setText(first)
        dialog.second.setText(second)
        press("Open")(dialog)

    return answer
