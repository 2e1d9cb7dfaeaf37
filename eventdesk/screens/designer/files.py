"""A layout as one file: pictures and fonts are in it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from eventdesk.badges import layout as layouts
from eventdesk.errors import BadInput, of_system
from eventdesk.i18n import tr

AskOpen = Callable[[QWidget], Path | None]
AskSave = Callable[[QWidget, str], Path | None]
ENDING = ".json"
# More than the largest layout that can be kept.
MOST_BYTES = 30_000_000
_UNSAFE = '<>:"/\\|?*'


def ask_open(parent: QWidget) -> Path | None:
    name, _kind = QFileDialog.getOpenFileName(
        parent, tr("Choose a badge layout"), "", f"{tr('Badge layouts')} (*{ENDING});;{tr('All files')} (*)"
    )
    return Path(name) if name else None


def ask_save(parent: QWidget, suggestion: str) -> Path | None:
    """Its ending is a layout's where none was typed."""
    name, _kind = QFileDialog.getSaveFileName(
        parent, tr("Save as"), suggestion, f"{tr('Badge layouts')} (*{ENDING})"
    )
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_name(path.name + ENDING)


def file_name(name: str) -> str:
    """A name for the file of a layout."""
    safe = "".join("-" if letter in _UNSAFE or ord(letter) < 32 else letter for letter in name).strip(" .")
    return (safe[:80] or "layout") + ENDING


def read_layout(path: Path) -> dict[str, Any]:
    """The layout of a file, as it is kept. Raises BadInput, which names the file, the element and its
    member."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(tr("{file} is too large for a badge layout.", file=path.name), _again())
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        told = of_system(error)
        raise BadInput(told.message, told.remedy) from error
    except (ValueError, RecursionError) as error:
        words = tr("{file} is no badge layout: {reason}.", file=path.name, reason=str(error))
        raise BadInput(words, _again()) from error
    try:
        return layouts.to_data(layouts.parse(data))
    except BadInput as error:
        raise BadInput(f"{path.name}: {error.message}", error.remedy) from error


def write_layout(path: Path, data: Mapping[str, Any]) -> None:
    """Raises BadInput where the file can't be written; one that was there stays whole."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        told = of_system(error)
        raise BadInput(told.message, told.remedy) from error


def _again() -> str:
    return tr("Choose another file.")
