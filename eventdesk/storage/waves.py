"""Waves of badges on disk; their badges are jobs (`jobs.py`)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eventdesk.domain.badges import JobState
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.storage.log import decode, encode
from eventdesk.storage.moments import from_column, maybe_to_column

COLUMNS = "id, log, name, created, total, paused, wish, filled"


class Waves:
    """`add`, `pause`, `grow` and `close` need a write transaction."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._execute = execute

    def add(self, wave: KeptWave) -> None:
        row = (
            wave.id,
            wave.log,
            wave.name,
            maybe_to_column(wave.created),
            wave.total,
            int(wave.paused),
            encode(dict(wave.wish)).decode(),
            int(wave.filled),
        )
        self._execute(f"INSERT INTO waves ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def get(self, id_: str) -> KeptWave | None:
        return next(iter(self._waves("WHERE id = ?", (id_,))), None)

    def latest(self, limit: int = 50) -> list[KeptWave]:
        """Of all events, newest first."""
        return self._waves("ORDER BY n DESC LIMIT ?", (limit,))

    def running(self) -> list[KeptWave]:
        """Not paused, oldest first; whether one has badges left, its jobs tell."""
        return self._waves("WHERE paused = 0 ORDER BY n", ())

    def unfilled(self) -> list[KeptWave]:
        return self._waves("WHERE filled = 0 ORDER BY n", ())

    def pause(self, id_: str, *, paused: bool) -> None:
        self._execute("UPDATE waves SET paused = ? WHERE id = ?", (int(paused), id_))

    def grow(self, id_: str, badges: int) -> None:
        """So many were added to it."""
        self._execute("UPDATE waves SET total = total + ? WHERE id = ?", (badges, id_))

    def close(self, id_: str) -> None:
        """Nothing is added to it any more."""
        self._execute("UPDATE waves SET filled = 1 WHERE id = ?", (id_,))

    def states(self, id_: str) -> Mapping[JobState, int]:
        """How many of its badges are in each state."""
        rows = self._execute("SELECT state, count(*) FROM jobs WHERE wave = ? GROUP BY state", (id_,))
        return {JobState(state): count for state, count in rows.fetchall()}

    def _waves(self, which: str, values: Sequence[Any]) -> list[KeptWave]:
        rows = self._execute(f"SELECT {COLUMNS} FROM waves {which}", values).fetchall()
        return [_wave(row) for row in rows]


def _wave(row: Sequence[Any]) -> KeptWave:
    id_, log, name, created, total, paused, wish, filled = row
    return KeptWave(id_, log, name, from_column(created), total, paused == 1, decode(wish), filled == 1)
