"""What the bridge tells, as a line of JSON for programs."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any


def as_line(value: object) -> str:
    """`value`: a dataclass of plain values and moments."""
    return json.dumps(asdict(value), default=_plain, ensure_ascii=False)  # type: ignore[call-overload]


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
