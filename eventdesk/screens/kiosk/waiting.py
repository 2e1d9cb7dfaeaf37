"""How long a guest still waits."""

from datetime import UTC, datetime


def seconds_to(until: datetime | None, now: datetime | None = None) -> int:
    """Whole seconds, at least one while it is not yet over; 0: no wait."""
    if until is None:
        return 0
    left = (until - (now or datetime.now(UTC))).total_seconds()
    return int(left) + 1 if left > 0 else 0
