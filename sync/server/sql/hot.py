"""Hand-written statements for what every request does: straight to the driver, as building them by
SQLAlchemy would take longer than running them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from sync.server.sql.engines import is_postgres


class Hot:
    """`sql` with `?` for parameters, as SQLite has them; `postgres` adds what only PostgreSQL needs."""

    def __init__(self, sql: str, postgres: str = "") -> None:
        self._sqlite = sql
        self._postgres = (sql + postgres).replace("%", "%%").replace("?", "%s")

    def run(self, connection: Connection, *values: object) -> Any:
        """The driver's cursor."""
        raw: Any = connection.connection.driver_connection
        return raw.execute(self._postgres if is_postgres(connection) else self._sqlite, values)

    def one(self, connection: Connection, *values: object) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self.run(connection, *values).fetchone()
        return found

    def many(self, connection: Connection, rows: Sequence[Sequence[object]]) -> None:
        raw: Any = connection.connection.driver_connection
        if is_postgres(connection):
            raw.cursor().executemany(self._postgres, rows)
        else:
            raw.executemany(self._sqlite, rows)
