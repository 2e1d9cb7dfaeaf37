"""Asking for files: the system's own dialogs, one function each, so that a page can be given another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from eventdesk.i18n import tr

AskOpen = Callable[[QWidget], Path | None]
AskSave = Callable[[QWidget, str], Path | None]

SHEETS = {"CSV (*.csv)": ".csv", "Excel (*.xlsx)": ".xlsx"}
PDF = {"PDF (*.pdf)": ".pdf"}
TABLES = "(*.csv *.tsv *.txt *.xlsx)"


def ask_open(parent: QWidget) -> Path | None:
    """A guest list to read, or None."""
    filters = f"{tr('Guest lists')} {TABLES};;{tr('All files')} (*)"
    name, _filter = QFileDialog.getOpenFileName(parent, tr("Choose a guest list"), "", filters)
    return Path(name) if name else None


def ask_save(parent: QWidget, suggestion: str) -> Path | None:
    """A file to write, or None. Its ending is that of the kind chosen where none was typed."""
    kinds = PDF if suggestion.endswith(".pdf") else SHEETS
    first = next(kind for kind, ending in kinds.items() if suggestion.endswith(ending))
    name, kind = QFileDialog.getSaveFileName(parent, tr("Save as"), suggestion, ";;".join(kinds), first)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() in kinds.values() else path.with_name(path.name + kinds[kind])
