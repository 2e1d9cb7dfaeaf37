"""Desk-local settings: JSON values by key. No fact: they are this desk's own."""

from collections.abc import Callable
from typing import Any

from eventdesk.storage.log import decode, encode

_GET = "SELECT value FROM settings WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)"
_DROP = "DELETE FROM settings WHERE key = ?"
_ALL = "SELECT key, value FROM settings WHERE key NOT LIKE 'secret %' ORDER BY key"


class Settings:
    """`put` needs a write transaction."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._execute = execute

    def get(self, key: str, default: Any = None) -> Any:
        row = self._execute(_GET, (key,)).fetchone()
        return decode(row[0]) if row else default

    def put(self, key: str, value: Any) -> None:
        """`value` is whatever JSON can say."""
        self._execute(_PUT, (key, encode(value).decode()))

    def drop(self, key: str) -> None:
        self._execute(_DROP, (key,))

    def everything(self) -> dict[str, Any]:
        """All but the secrets (`storage/secrets.py`)."""
        return {key: decode(value) for key, value in self._execute(_ALL).fetchall()}
