"""A wave of badges as the desk keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class KeptWave:
    """`wish`: what was asked for, as members of `BeginWave`. `total` is how many badges it holds so far, and
    for good once it is `filled`."""

    id: str
    log: str
    name: str
    created: datetime
    total: int = 0
    paused: bool = False
    wish: Mapping[str, Any] = field(default_factory=dict)
    filled: bool = False

    @property
    def sheet(self) -> str:
        return str(self.wish.get("sheet", ""))
