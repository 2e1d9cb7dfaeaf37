"""What desks have asked to be mailed, by the numbers of their chains."""

from collections.abc import Callable
from typing import Any

from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage import log as facts

Execute = Callable[..., Any]

SELECT_ASKED = """
    SELECT id, log, kind, subject, stamp, seq, payload FROM facts
    WHERE log = ? AND desk = ? AND seq > ? AND kind = ? AND redacted < 2 ORDER BY seq
"""


def asked(execute: Execute, log: str, desk: str, after: int) -> list[Fact]:
    rows = execute(SELECT_ASKED, (log, desk, after, Kind.MAIL_ASKED.value)).fetchall()
    return [facts.fact_from_row(row) for row in rows]
