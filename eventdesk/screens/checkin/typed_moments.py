"""Dates and times as people type them at a door, to ISO 8601 and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import QDate, QLocale

_DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d.%m.%y", "%d/%m/%y", "%d%m%Y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y")
_TIMES = ("%H:%M", "%H.%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%H%M")


def _month_first() -> bool:
    return QLocale().dateFormat(QLocale.FormatType.ShortFormat).upper().startswith("M")


def read_date(text: str) -> date | None:
    """A day written as the desk's language does, or as ISO 8601."""
    order = (_MONTH_FIRST + _DAY_FIRST) if _month_first() else (_DAY_FIRST + _MONTH_FIRST)
    read = _first(text, ("%Y-%m-%d", *order))
    return read.date() if read else None


def read_time(text: str) -> time | None:
    read = _first(text.upper(), _TIMES)
    return read.time() if read else None


def _first(text: str, formats: Iterable[str]) -> datetime | None:
    for pattern in formats:
        try:
            return datetime.strptime(text.strip(), pattern)  # noqa: DTZ007 - a wall time without a zone
        except ValueError:
            continue
    return None


def read_datetime(text: str) -> datetime | None:
    """A day, a space or comma, a time."""
    words = text.replace(",", " ").replace("T", " ").split()
    for cut in range(1, len(words)):
        day, hour = read_date(" ".join(words[:cut])), read_time(" ".join(words[cut:]))
        if day and hour:
            return datetime.combine(day, hour)
    return None


def _long_day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")


@dataclass(frozen=True, slots=True)
class Form:
    """One of date, time, date and time: how it is read, written down and spoken back."""

    kind: str

    def _read(self, text: str) -> date | time | datetime | None:
        readers = {"date": read_date, "time": read_time, "datetime": read_datetime}
        return readers[self.kind](text)

    def iso(self, text: str) -> str | None:
        """ISO 8601 without a zone, or None where `text` is no such thing."""
        read = self._read(text)
        return read.isoformat() if read else None

    def spoken(self, text: str) -> str:
        """The moment as it was understood, with the month as a word; empty where it was not."""
        read = self._read(text)
        if read is None:
            return ""
        day = "" if isinstance(read, time) else _long_day(read)
        hour = f"{read:%H:%M}" if isinstance(read, datetime | time) else ""
        return " ".join(part for part in (day, hour) if part)

    def example(self) -> str:
        day = "12/31/1990" if _month_first() else "31.12.1990"
        return {"date": day, "time": "18:30", "datetime": f"{day} 18:30"}[self.kind]


DATE = Form("date")
TIME = Form("time")
DATETIME = Form("datetime")
