"""A database that can't be opened: what is wrong, what to do, and the last good backup where there is one."""

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from eventdesk.errors import EventDeskError
from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import Button, label, row


class FaultDialog(QDialog):
    """Accepted: the person wants the backup. `backup_made` (local time) None: there is none to offer."""

    def __init__(
        self, error: EventDeskError, backup_made: QDateTime | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("EventDesk")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("The desk can't be opened"), "title"))
        column.addWidget(label(tr(error.message), "bad", wrap=True))
        column.addWidget(label(tr(error.remedy), wrap=True))
        buttons = [Button(tr("Quit"), pressed=self.reject)]
        if backup_made is not None:
            when = QLocale().toString(backup_made, QLocale.FormatType.ShortFormat)
            offer = tr("The last good backup is of {when}. The damaged file is kept beside it.", when=when)
            column.addWidget(label(offer, wrap=True))
            buttons.append(Button(tr("Open the backup"), kind="primary", pressed=self.accept))
        column.addLayout(row(1, *buttons))
        self.setMinimumWidth(520)
