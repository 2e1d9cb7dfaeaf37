"""The passphrase that opens the database where the system has no keyring."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import Button, label, row, set_tone

SHORTEST = 10

# Tries a passphrase; returns what is wrong with it, or nothing.
Try = Callable[[str], str]


class PassphraseDialog(QDialog):
    """Asks until `attempt` is content, or the person gives up. `new`: typed twice, none is known yet."""

    def __init__(self, reason: str, attempt: Try, new: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("EventDesk")
        self._attempt = attempt
        self._new = new
        self.first = _field(tr("Passphrase"))
        self.second = _field(tr("The same once more"))
        self.second.setVisible(new)
        self.wrong = label(tone="bad", wrap=True)
        self._lay_out(reason)

    def _lay_out(self, reason: str) -> None:
        title = tr("Choose a passphrase") if self._new else tr("Enter the passphrase")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "title"))
        column.addWidget(label(reason, wrap=True))
        if self._new:
            warning = tr(
                "Whoever forgets it can't open the guest list again. Write it down and lock it away."
            )
            column.addWidget(label(warning, "warn", wrap=True))
        for widget in (self.first, self.second, self.wrong):
            column.addWidget(widget)
        leave = Button(tr("Quit"), kind="quiet", pressed=self.reject)
        leave.setAutoDefault(False)
        go_on = Button(tr("Open"), kind="primary", pressed=self.accept)
        go_on.setDefault(True)
        column.addLayout(row(1, leave, go_on))
        self.setMinimumWidth(460)

    def accept(self) -> None:
        """Enter, or the button: stays open while the passphrase does not serve."""
        wrong = self._fault() or self._attempt(self.first.text())
        if not wrong:
            super().accept()
            return
        self.wrong.setText(wrong)
        set_tone(self.wrong, "bad")
        self.first.selectAll()
        self.first.setFocus()

    def _fault(self) -> str:
        if self._new and len(self.first.text()) < SHORTEST:
            return tr("At least {count} characters: four words are easy to keep.", count=SHORTEST)
        if self._new and self.first.text() != self.second.text():
            return tr("The two are not the same.")
        return ""


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
