"""Guests, passes and what the tills took out to files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from eventdesk.desk import operations
from eventdesk.desk.commands import RunOperation
from eventdesk.domain.imports import Exported
from eventdesk.domain.till.accounts import Reported
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.files import AskSave, ask_save
from eventdesk.screens.manage.look import alone, button, card, fill, heading, note, say, scrolled
from eventdesk.screens.manage.operation import OperationBar
from eventdesk.screens.manage.till_exports import TillExports
from eventdesk.screens.widgets.basics import Button
from eventdesk.screens.words import number

Operation = Callable[[Path, str], RunOperation]


class ExportPage(QWidget):
    """`use_log` says of which event."""

    def __init__(self, bridge: Bridge, ask_target: AskSave = ask_save) -> None:
        super().__init__()
        self._ask_target = ask_target
        self._log = ""
        self.guests_button = self._button(tr("Save the guests ..."), "guests.xlsx", operations.export_guests)
        self.passes_button = self._button(
            tr("Save the passes ..."), "admissions.xlsx", operations.export_admissions
        )
        self.tills = TillExports()
        self.tills.wanted.connect(self._export)
        self._bar = OperationBar(bridge)
        self._bar.done.connect(self._written)
        self.told = note()
        guests = card(
            heading(tr("Guests")), note(tr("Every ticket with its guest.")), alone(self.guests_button)
        )
        passes = card(
            heading(tr("Entries and exits")), note(tr("Every pass of a door.")), alone(self.passes_button)
        )
        remark = note(tr("As CSV or Excel (XLSX). No cell is one that a spreadsheet program would run."))
        parts = QWidget()
        fill(parts, guests, passes, self.tills, remark, 1, spacing=14)
        fill(self, scrolled(parts), self._bar, self.told, spacing=14)
        self.setMaximumWidth(640)
        self.use_log("")

    def use_log(self, log: str) -> None:
        self._log = log
        for one in (self.guests_button, self.passes_button, self.tills.save_button):
            one.setEnabled(bool(log))

    def _button(self, words: str, suggestion: str, operation: Operation) -> Button:
        return button(words, lambda: self._export(suggestion, operation), "", "export")

    def _export(self, suggestion: str, operation: Operation) -> None:
        target = self._ask_target(self, suggestion)
        if target is not None:
            say(self.told, "")
            self._bar.run(operation(target, self._log), tr("Saving {file} ...", file=target.name))

    def _written(self, result: Exported | Reported) -> None:
        if isinstance(result, Reported):
            told = tr("{file} is saved. Pages: {number}.", number=number(result.pages), file=result.file)
        else:
            told = tr("Rows saved to {file}: {number}.", number=number(result.rows), file=result.file)
        say(self.told, f"✓ {told}", "good")
