"""Dates and times as people and other programs write them.

ISO 8601 first; then the common shapes: `3 Feb 2026`, `Feb 3, 2026`, `02/03/2026` (month first, as
the slash is used in English), `03.02.2026` (day first), `6:30 pm`, `18:30`. What is left out is
taken from `default`.
"""

import re
from datetime import datetime, time, timedelta, timezone, tzinfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -]{_MONTH},?[ -](?P<year>\d{{4}})",
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)
_HALF = r"(?P<half>[ap]\.?m\.?)"
_SECONDS = r"(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_TIME = re.compile(rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}){_SECONDS} ?{_HALF}?")
_BARE_HOUR = re.compile(rf"(?P<hour>\d{{1,2}}) ?{_HALF}")
_OFFSET = re.compile(r" ?(?:(?P<zulu>z|utc|gmt)|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?)")


def parse_loose(text: object, default: datetime) -> datetime:
    """The moment that `text` means; naive where it names no offset. Raises ValueError where unclear."""
    if not isinstance(text, str):
        raise ValueError(f"not a date or time: {text!r}")
    rest = " ".join(text.split()).lower()
    base = default.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    day, rest = _take_date(rest, base)
    clock, rest = _take_time(rest.lstrip("t, "))
    if day is None and clock is None:
        raise ValueError(f"not a date or time: {text!r}")
    zone, rest = _take_offset(rest) if clock is not None else (None, rest)
    if rest.strip():
        raise ValueError(f"not a date or time: {text!r}")
    return datetime.combine((day or base).date(), clock or time(), zone)


def _take_date(rest: str, base: datetime) -> tuple[datetime | None, str]:
    for shape in _DATES:
        found = shape.match(rest)
        if found:
            parts = found.groupdict()
            month = int(parts["month"]) if parts.get("month") else _MONTHS.index(parts["name"]) + 1
            day = base.replace(year=int(parts["year"]), month=month, day=int(parts["day"]))
            return day, rest[found.end() :]
    return None, rest


def _take_time(rest: str) -> tuple[time | None, str]:
    found = _TIME.match(rest) or _BARE_HOUR.match(rest)
    if not found:
        return None, rest
    parts = found.groupdict()
    hour = _full_hour(int(parts["hour"]), parts["half"])
    fraction = (parts.get("fraction") or "").ljust(6, "0")[:6]
    clock = time(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0), int(fraction))
    return clock, rest[found.end() :]


def _full_hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"no hour of a half day: {hour}")
    return hour % 12 + (12 if half.startswith("p") else 0)


def _take_offset(rest: str) -> tuple[tzinfo | None, str]:
    found = _OFFSET.match(rest)
    if not found:
        return None, rest
    parts = found.groupdict()
    ahead = timedelta(hours=int(parts["hours"] or 0), minutes=int(parts["minutes"] or 0))
    return timezone(-ahead if parts["sign"] == "-" else ahead), rest[found.end() :]
