"""Moments as people and spreadsheet programs write them, in the event's time zone."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from eventdesk.bridges.files.values import Unreadable, clean, quoted
from eventdesk.domain.moments import moment_text

_DATE = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})\Z")
_TIME = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]m)?(?:\s*uhr)?\Z", re.IGNORECASE
)


def moment_reader(zone: ZoneInfo, day_first: bool | None, end_of_day: bool) -> Callable[[str], str]:
    """Reads a moment of the event's time zone; a date alone is its beginning or its last second."""

    def read(cell: str) -> str:
        text = clean(cell)
        if not text:
            return ""
        try:
            at = datetime.fromisoformat(text)
            if len(text) <= 10:
                raise ValueError("a date alone")
        except ValueError:
            at = _local_moment(text, day_first, end_of_day)
        return moment_text(at if at.tzinfo else at.replace(tzinfo=zone))

    return read


def _local_moment(text: str, day_first: bool | None, end_of_day: bool) -> datetime:
    first, _, rest = text.replace(",", " ").partition(" ")
    day = _date(first, text, day_first)
    if not rest.strip():
        return datetime.combine(day, time(23, 59, 59) if end_of_day else time())
    return datetime.combine(day, _time(rest.strip(), text))


def _date(part: str, text: str, day_first: bool | None) -> date:
    match = _DATE.match(part)
    if not match:
        raise _no_moment(text)
    numbers = int(match[1]), int(match[3]), int(match[4])
    try:
        if len(match[1]) == 4:
            return date(*numbers)
        first, second, year = numbers
        year += 2000 if year < 100 else 0
        if _is_day_first(first, second, match[2], text, day_first):
            return date(year, second, first)
        return date(year, first, second)
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise _no_moment(text) from None


def _is_day_first(first: int, second: int, separator: str, text: str, day_first: bool | None) -> bool:
    if separator == "." or first > 12:
        return True
    if day_first is None and second <= 12 and first != second:
        raise Unreadable("{cell} may be two dates; choose whether the day comes first.", cell=quoted(text))
    return bool(day_first) if second <= 12 else False


def _time(part: str, text: str) -> time:
    match = _TIME.match(part)
    if not match:
        raise _no_moment(text)
    hour, half = int(match[1]), (match[4] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        raise _no_moment(text) from None


def _no_moment(text: str) -> Unreadable:
    return Unreadable("{cell} is no date or time such as 2026-06-10 18:00.", cell=quoted(text))
