"""Long operations as commands: guest lists in; guests, passes and money out.

Results, told by the hook `operation_ended`, stand in `domain/imports.py`. A file's ending says its
format: `.csv` or `.xlsx`.
"""

from collections.abc import Callable
from pathlib import Path

from eventdesk.bridges.files import exporting, importing, mending, tills
from eventdesk.bridges.files.opening import Canceled, Progress
from eventdesk.desk.commands import RunOperation
from eventdesk.domain.imports import Exported, ImportChoices
from eventdesk.domain.rights import Right
from eventdesk.domain.till.accounts import ALL_DAYS, Period, Reported, days
from eventdesk.domain.till.sums import Span
from eventdesk.i18n import chosen
from eventdesk.storage.store import Store

NO_CHOICES = ImportChoices()


def preview_file(path: Path, log: str, choices: ImportChoices = NO_CHOICES) -> RunOperation:
    """What an import into event `log` would do: ends with a `Preview`, writes nothing. Needs what the
    import itself needs: nobody fills a form in for a no at its end."""
    return RunOperation(
        "preview",
        lambda store, progress, canceled: importing.preview(store, log, path, choices, progress, canceled),
        log,
        Right.IMPORT,
    )


def import_guests(path: Path, log: str, choices: ImportChoices = NO_CHOICES) -> RunOperation:
    """Import, all or nothing: ends with `Imported`, whose `written` is false where bad rows stopped it."""
    return RunOperation(
        "import",
        lambda store, progress, canceled: importing.import_file(
            store, log, path, choices, progress, canceled
        ),
        log,
        Right.IMPORT,
    )


def save_bad_rows(source: Path, path: Path, log: str, choices: ImportChoices) -> RunOperation:
    """Write the bad rows of `source` to `path` as they are, with their reasons: ends with `Exported`."""
    return RunOperation(
        "bad rows",
        lambda store, progress, canceled: mending.save_bad_rows(
            store, log, source, path, choices, progress, canceled
        ),
    )


def export_guests(path: Path, log: str) -> RunOperation:
    """Write every guest of event `log` to `path`: ends with `Exported`."""
    return RunOperation(
        "export",
        lambda store, progress, canceled: exporting.export_guests(store, log, path, progress, canceled),
    )


def export_admissions(path: Path, log: str) -> RunOperation:
    """Write every entry and exit of event `log` to `path`: ends with `Exported`."""
    return RunOperation(
        "export",
        lambda store, progress, canceled: exporting.export_admissions(store, log, path, progress, canceled),
    )


def export_sales(path: Path, log: str, period: Period = ALL_DAYS) -> RunOperation:
    """Write every line of every receipt of the period to `path`: ends with `Exported`."""
    return _of_tills(tills.export_sales, path, log, period)


def export_payments(path: Path, log: str, period: Period = ALL_DAYS) -> RunOperation:
    """Write every payment of the period to `path`: ends with `Exported`."""
    return _of_tills(tills.export_payments, path, log, period)


def export_closings(path: Path, log: str, period: Period = ALL_DAYS) -> RunOperation:
    """Write every shift that was closed in the period to `path`: ends with `Exported`."""
    return _of_tills(tills.export_closings, path, log, period)


def export_audit(path: Path, log: str, period: Period = ALL_DAYS) -> RunOperation:
    """Write who did what at the tills in the period to `path`: ends with `Exported`."""
    return _of_tills(tills.export_audit, path, log, period)


def export_account(path: Path, log: str, period: Period = ALL_DAYS) -> RunOperation:
    """Write the tills' account of the period to `path`, as PDF in the chosen language: ends with
    `Reported`."""
    language = chosen()

    def work(store: Store, progress: Progress, canceled: Canceled) -> Reported:
        # A desk that starts needs no reportlab.
        from eventdesk.desk.till.accounting import export_account as export

        return export(store, log, path, progress, canceled, _span(store, log, period), language)

    return RunOperation("export", work)


def _of_tills(export: Callable[..., Exported], path: Path, log: str, period: Period) -> RunOperation:
    return RunOperation(
        "export",
        lambda store, progress, canceled: export(
            store, log, path, progress, canceled, _span(store, log, period)
        ),
    )


def _span(store: Store, log: str, period: Period) -> Span:
    """Its days are those of the event's zone."""
    with store.reader() as reader:
        return days(reader.catalogue(log).event.zone, period.first, period.last)
