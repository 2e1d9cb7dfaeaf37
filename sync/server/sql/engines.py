"""Engines for the two kinds of database: one connection that writes, a few that read.

A work gets a SQLAlchemy connection within a transaction. On SQLite the driver is in autocommit mode,
so that each transaction begins where the program says: for writing at once with the lock.
"""

from typing import Any
from urllib.request import pathname2url

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool, QueuePool

from sync.driver import dbapi2 as sqlite

BUSY_SECONDS = 2.0
CONNECT_SECONDS = 5
READERS = 4

_SQLITE_WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -64000",
)
_SQLITE_READER = ("PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -16000")
_POSTGRES_ARGS: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "application_name": "eventdesk",
}


def parse(text: str) -> URL:
    """Raises sqlalchemy.exc.ArgumentError for what is no address, ValueError for another kind of database."""
    url = make_url(text)
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        return url
    raise ValueError("The database must be sqlite:///path or postgresql+psycopg://user@host/name.")


def is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def writer_engine(url: URL, key: bytes | None) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, poolclass=NullPool, connect_args=_POSTGRES_ARGS)
    return _sqlite(url, key, _SQLITE_WRITER, "BEGIN IMMEDIATE", poolclass=NullPool)


def reader_engine(url: URL, key: bytes | None) -> Engine:
    """Each transaction sees one state of the database from its first statement to its last."""
    pool: dict[str, Any] = {"poolclass": QueuePool, "pool_size": READERS, "max_overflow": READERS}
    if url.get_backend_name() == "postgresql":
        engine = create_engine(url, connect_args=_POSTGRES_ARGS, pool_pre_ping=True, **pool)
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return _sqlite(url, key, _SQLITE_READER, "BEGIN", **pool)


def _sqlite(url: URL, key: bytes | None, pragmas: tuple[str, ...], begin: str, **pool: Any) -> Engine:
    def create() -> Any:
        return sqlite_connection(str(url.database), key, pragmas)

    engine = create_engine("sqlite://", module=sqlite, creator=create, **pool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def sqlite_connection(path: str, key: bytes | None, pragmas: tuple[str, ...]) -> Any:
    connection = sqlite.connect(
        f"file:{pathname2url(path)}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # SQLCipher would tell each failed page on stderr; what it found reaches us as an error anyway.
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in pragmas:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection
