"""Moments as payloads write them: ISO 8601 in UTC, `2026-06-10T10:00:00Z`, fractions allowed."""

from datetime import UTC, datetime


def parse_moment(text: object) -> datetime:
    """The moment in UTC. Raises ValueError for anything but an ISO 8601 date and time with an offset."""
    if not isinstance(text, str):
        raise ValueError(f"not a moment: {text!r}")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not a moment: {text!r}") from None
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        raise ValueError(f"a moment needs its offset from UTC: {text!r}")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"a moment outside the calendar: {text!r}") from None


def moment_text(at: datetime) -> str:
    """What `parse_moment` reads. Raises ValueError for a moment without a time zone."""
    if at.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {at!r}")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
