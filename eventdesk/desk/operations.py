"""Long operations as commands: guest lists in, guests and passes out.

Results, told by the hook `operation_ended`, stand in `domain/imports.py`. A file's ending says its
format: `.csv` or `.xlsx`.
"""

from pathlib import Path

from eventdesk.bridges.files import exporting, importing, mending
from eventdesk.desk.commands import RunOperation
from eventdesk.domain.imports import ImportChoices
from eventdesk.domain.rights import Right

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
