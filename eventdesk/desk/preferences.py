"""The desk-local settings as the engine's lane knows them: read once, so that a scan reads none."""

from typing import Any

from eventdesk.desk.settings import DEFAULTS
from eventdesk.storage.store import Store


class Preferences:
    """Owned by the engine's lane: every change goes through it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.reader() as reader:
            self._kept: dict[str, Any] = reader.settings.everything()

    def get(self, key: str) -> Any:
        """What was put, or the default. Raises KeyError for a key that no setting has."""
        return self._kept.get(key, DEFAULTS[key])

    def put(self, key: str, value: Any) -> None:
        """Keep `value` (JSON); on the disk before this returns."""
        with self._store.transaction() as tx:
            tx.settings.put(key, value)
        self._kept[key] = value
