"""What the tills took, out to files: for an accountant, or for a spreadsheet."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.desk import operations
from eventdesk.desk.commands import RunOperation
from eventdesk.domain.till.accounts import ALL_DAYS, Period
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField
from eventdesk.screens.manage.look import alone, button, card, fill, heading, note

TillOperation = Callable[[Path, str, Period], RunOperation]

_EXPORTS: dict[str, TillOperation] = {
    "account.pdf": operations.export_account,
    "sales.xlsx": operations.export_sales,
    "payments.xlsx": operations.export_payments,
    "closings.xlsx": operations.export_closings,
    "audit.xlsx": operations.export_audit,
}


class When(StrEnum):
    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"


class TillExports(QWidget):
    """`wanted` brings a file's suggested name and the operation that writes it."""

    wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        words = (
            ("account.pdf", tr("The account, with plots (PDF)")),
            ("sales.xlsx", tr("Sales, line by line")),
            ("payments.xlsx", tr("Payments")),
            ("closings.xlsx", tr("Closings of shifts")),
            ("audit.xlsx", tr("Who did what")),
        )
        times = (
            (When.ALL, tr("All of it")),
            (When.TODAY, tr("Today")),
            (When.YESTERDAY, tr("Yesterday")),
            (When.THIS_MONTH, tr("This month")),
            (When.LAST_MONTH, tr("Last month")),
        )
        self.what = ChoiceField(tr("What is saved"), words)
        self.when = ChoiceField(tr("Of which time"), times)
        self.save_button = button(tr("Save ..."), self._save, "", "export")
        about = note(tr("What was sold, paid and given back, for the accountant or a spreadsheet."))
        fill(self, card(heading(tr("Tills")), about, self.what, self.when, alone(self.save_button)))

    def _save(self) -> None:
        suggestion = self.what.value()
        # A desk runs over midnight: today is what it is when the button is pressed.
        period = period_of(self.when.value(), date.today())  # noqa: DTZ011
        operation = _EXPORTS[suggestion]
        self.wanted.emit(suggestion, lambda path, log: operation(path, log, period))


def period_of(when: When, today: date) -> Period:
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return {
        When.ALL: ALL_DAYS,
        When.TODAY: Period(today, today),
        When.YESTERDAY: Period(today - timedelta(days=1), today - timedelta(days=1)),
        When.THIS_MONTH: Period(month, today),
        When.LAST_MONTH: Period(before.replace(day=1), before),
    }[when]
