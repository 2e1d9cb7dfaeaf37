"""Long operations as commands: guest lists in; guests, passes and money out.

Results, told by the hook `operation_ended`, stand in `domain/imports.py`. A file's ending says its
format: `.csv` or `.xlsx`.
"""

from pathlib import Path

from eventdesk.bridges.files import exporting, importing, mending, tills
from eventdesk.bridges.files.opening import Canceled, Progress
from eventdesk.desk.commands import RunOperation
from eventdesk.domain.imports import ImportChoices
from eventdesk.domain.rights import Right
from eventdesk.domain.till.accounts import EVER, Reported
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


def export_sales(path: Path, log: str, span: Span = EVER) -> RunOperation:
    """Write every line of every receipt of the time to `path`: ends with `Exported`."""
    return RunOperation(
        "export",
        lambda store, progress, canceled: tills.export_sales(store, log, path, progress, canceled, span),
    )


def export_payments(path: Path, log: str, span: Span = EVER) -> RunOperation:
    """Write every payment of the time to `path`: ends with `Exported`."""
    return RunOperation(
        "export",
        lambda store, progress, canceled: tills.export_payments(store, log, path, progress, canceled, span),
    )


def export_closings(path: Path, log: str, span: Span = EVER) -> RunOperation:
    """Write every shift that was closed in the time to `path`: ends with `Exported`."""
    return RunOperation(
        "export",
        lambda store, progress, canceled: tills.export_closings(store, log, path, progress, canceled, span),
    )


def export_audit(path: Path, log: str, span: Span = EVER) -> RunOperation:
    """Write who did what at the tills in the time to `path`: ends with `Exported`."""
    return RunOperation(
        "export",
        lambda store, progress, canceled: tills.export_audit(store, log, path, progress, canceled, span),
    )


def export_account(path: Path, log: str, span: Span = EVER) -> RunOperation:
    """Write the tills' account of the time to `path`, as PDF in the chosen language: ends with `Reported`."""
    language = chosen()

    def work(store: Store, progress: Progress, canceled: Canceled) -> Reported:
        # A desk that starts needs no reportlab.
        from eventdesk.desk.till.accounting import export_account as export

        return export(store, log, path, progress, canceled, span, language)

    return RunOperation("export", work)
