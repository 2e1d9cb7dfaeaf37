"""Rows of an XLSX sheet as texts, with their row numbers. Read by calamine, after `xlsx_guard` let it in."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from eventdesk.bridges.files.opening import SAVE_AS, Canceled, check
from eventdesk.bridges.files.row import NumberText, RawRow
from eventdesk.domain.imports import Sheet
from eventdesk.errors import BadInput

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta
ROWS_BETWEEN_CHECKS = 1_000


def opened_workbook(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise BadInput(f"{path.name} is protected by a password.", "Save it without a password.") from None
    except (CalamineError, OSError) as error:
        raise BadInput(f"{path.name} is a damaged XLSX file ({error}).", SAVE_AS) from error


def sheets_of(workbook: CalamineWorkbook) -> tuple[Sheet, ...]:
    """The sheets that hold cells, in the file's order."""
    return tuple(
        Sheet(one.name, one.visible != SheetVisibleEnum.Visible)
        for one in workbook.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet
    )


def opened_sheet(path: Path, workbook: CalamineWorkbook, wanted: str) -> CalamineSheet:
    """The sheet of that name; without one the first that is shown and holds anything."""
    sheets = sheets_of(workbook)
    names = [sheet.name for sheet in sheets]
    if wanted and wanted not in names:
        raise BadInput(f"{path.name} has no sheet named {wanted}.", f"Choose one of: {', '.join(names)}.")
    candidates = [wanted] if wanted else [sheet.name for sheet in sheets if not sheet.hidden]
    for name in candidates:
        sheet = _read(path, workbook, name)
        if wanted or sheet.height > 1:
            return sheet
    if candidates:
        return _read(path, workbook, candidates[0])
    raise BadInput(
        f"{path.name} has no sheet that is shown.", "Show the sheet in Excel and save, or choose it by name."
    )


def _read(path: Path, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, OSError) as error:
        raise BadInput(f"The sheet {name} of {path.name} can't be read ({error}).", SAVE_AS) from error


def sheet_rows(sheet: CalamineSheet, canceled: Canceled) -> Iterator[RawRow]:
    """Every row down to the last with content, as the sheet numbers them."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, values in enumerate(sheet.iter_rows(), 1):
        if number % ROWS_BETWEEN_CHECKS == 1:
            check(canceled)
        yield RawRow(number, left + [text_of(value) for value in values])


def text_of(value: Value) -> str:
    """What a cell says. Whole numbers bear no point; moments are ISO 8601 without a zone."""
    return value if type(value) is str else _TEXTS[type(value)](value)


def _number(value: float) -> str:
    return NumberText(int(value) if value == int(value) and abs(value) < 1e21 else repr(value))


def _span(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


_TEXTS: dict[type, Callable[..., str]] = {
    int: NumberText,
    float: _number,
    bool: lambda value: "yes" if value else "no",
    datetime: lambda value: value.isoformat(" "),
    date: date.isoformat,
    time: lambda value: value.isoformat("minutes"),
    timedelta: _span,
    type(None): lambda _: "",
}
