"""Keyed connections to the encrypted file.

SQLAlchemy's engines hand them out; the driver is sqlcipher3, in autocommit mode, so that each
transaction begins and ends where the program says.
"""

from pathlib import Path
from typing import Any
from urllib.request import pathname2url

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool, QueuePool

from eventdesk.domain.facts import Kind
from eventdesk.errors import StorageError
from sync.driver import dbapi2 as driver

driver.register_adapter(Kind, str)

KEY_BYTES = 32
SALTED_KEY_BYTES = 48

# Another program's write is soon over or never: a door must not stand still to learn which.
BUSY_SECONDS = 0.25
READERS = 4

# In KiB. A page that does not fit is encrypted and written before its time, and read again.
WRITER_CACHE = "PRAGMA cache_size = -32000"
BULK_CACHE = "PRAGMA cache_size = -128000"
LOADING_CACHE = "PRAGMA cache_size = -96000"

_WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    WRITER_CACHE,
)
_READER = ("PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -8000")


def connect(path: Path | str, key: bytes, *, mode: str = "rwc", immutable: bool = False) -> Any:
    """A keyed driver connection in autocommit mode; nothing of the file has been read yet.

    `key` is 32 bytes, or 48 where the last 16 are the file's salt. `mode` is SQLite's: ro, rw, rwc.
    """
    if len(key) not in (KEY_BYTES, SALTED_KEY_BYTES):
        raise StorageError(f"A database key has {KEY_BYTES} bytes, this one {len(key)}.")
    address = path if path == ":memory:" else _address(Path(path), mode, immutable)
    connection = driver.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    # SQLCipher would tell each failed page on stderr; what it found reaches us as an error anyway.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def attach(connection: Any, path: Path, key: bytes, name: str) -> None:
    """Attach another encrypted file, for reading, under `name`."""
    connection.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (_address(path, "ro", False), f"x'{key.hex()}'"))


def _address(path: Path, mode: str, immutable: bool) -> str:
    return f"file:{pathname2url(str(path.resolve()))}?mode={mode}" + ("&immutable=1" if immutable else "")


def writer_engine(path: Path, key: bytes) -> Engine:
    return _engine(path, key, _WRITER, poolclass=NullPool)


def reader_engine(path: Path, key: bytes) -> Engine:
    """Kept open between reads, but never within one: an open reader keeps the WAL from being reset."""
    return _engine(path, key, _READER, poolclass=QueuePool, pool_size=READERS, max_overflow=READERS)


def _engine(path: Path, key: bytes, pragmas: tuple[str, ...], **pool: Any) -> Engine:
    def create() -> Any:
        connection = connect(path, key)
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    return create_engine("sqlite://", module=driver, creator=create, **pool)
