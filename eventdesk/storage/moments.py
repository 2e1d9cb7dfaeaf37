"""Moments as columns: UTC, microseconds, one width, so that their text sorts as they happened."""

from datetime import UTC, datetime


def to_column(at: datetime) -> str:
    """`2026-06-10T10:00:00.000000Z`; `at` is in UTC, as the payload readers of the domain give it."""
    return at.isoformat(timespec="microseconds")[:26] + "Z"


def maybe_to_column(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


from_column = datetime.fromisoformat


def maybe_from_column(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
