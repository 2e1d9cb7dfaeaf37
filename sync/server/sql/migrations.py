"""The tables' version. A step brings them one version on, in one transaction with the version itself."""

from collections.abc import Callable, Mapping
from secrets import token_hex

from sqlalchemy import Connection, Engine, inspect, text

from sync.errors import SyncError
from sync.server import schema
from sync.server.sql import planning
from sync.server.sql.engines import is_postgres

VERSION = 2


def _add_notes(connection: Connection) -> None:
    schema.notes.create(connection)


# By the version that a step leads to.
STEPS: Mapping[int, Callable[[Connection], None]] = {2: _add_notes}

# Of several processes that open an empty database at once, one makes the tables and the others wait.
_LOCK = text("SELECT pg_advisory_xact_lock(4972913)")


class NewerSchema(SyncError):
    pass


def prepare(engine: Engine, name: str, now_ms: int) -> None:
    """Make the tables where there are none, bring older ones up to date. Raises NewerSchema."""
    while _step(engine, name, now_ms):
        pass


def _step(engine: Engine, name: str, now_ms: int) -> bool:
    with engine.begin() as connection:
        if is_postgres(connection):
            connection.execute(_LOCK)
        version = _version(connection)
        if version is None:
            _create(connection, name, now_ms)
            return True
        if version > VERSION:
            raise NewerSchema(
                "This database was written by a newer EventDesk.", "Start the newer EventDesk with it."
            )
        if version == VERSION:
            if name:
                connection.execute(schema.node.update().values(name=name))
            if not is_postgres(connection):
                planning.tell(connection)
            return False
        STEPS[version + 1](connection)
        connection.execute(schema.node.update().values(version=version + 1))
        return True


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(schema.node.name):
        return None
    return connection.execute(schema.node.select().with_only_columns(schema.node.c.version)).scalar()


def _create(connection: Connection, name: str, now_ms: int) -> None:
    schema.metadata.create_all(connection)
    connection.execute(schema.node.insert().values(id=token_hex(16), name=name, version=VERSION))
    connection.execute(schema.epochs.insert().values(n=1, epoch=token_hex(8), began_ms=now_ms, heads="{}"))
