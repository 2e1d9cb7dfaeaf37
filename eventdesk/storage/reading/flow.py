"""How fast guests go in: entries by desk and time, read from one index and nothing else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from eventdesk.domain.stamps import Stamp

SELECT_STAMPS = """
    SELECT stamp FROM admissions
    WHERE log = ? AND list = ? AND stamp >= ? AND stamp < ? AND direction = 'entry' ORDER BY stamp
"""


class FlowReading:
    """A part of `Reading`."""

    _execute: Callable[..., Any]

    def entry_times(self, log: str, list_id: str, since: datetime, until: datetime) -> dict[str, list[float]]:
        """When each desk wrote its entries on the list that stand (seconds since 1970, rising), by desk id.
        By the stamps: an admission that a desk was told late bears the moment of its own desk."""
        rows = self._execute(SELECT_STAMPS, (log, list_id, _text(since), _text(until)))
        found: dict[str, list[float]] = {}
        for (stamp,) in rows:
            # As `Stamp.parse` has it; an hour of fifty desks is 45,000 of them.
            found.setdefault(stamp[18:], []).append(int(stamp[:12], 16) / 1000)
        return found


def _text(moment: datetime) -> str:
    return Stamp(max(0, round(moment.timestamp() * 1000)), 0, "").text()
