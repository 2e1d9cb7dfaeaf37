"""From any older file to the tables of `schema.py`: one step a version, one transaction a step.

The version stands in the file's `user_version` and is written in the step's own transaction, so
that a step is done whole or not at all. A released step is never changed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from eventdesk.errors import NewerSchema
from eventdesk.storage.condition import APPLICATION_ID
from eventdesk.storage.search import schema as search_schema

Step = Callable[[Any], None]


def _first(connection: Any) -> None:
    _run_script(connection, "v0001.sql")
    for statement in search_schema.DDL:
        connection.execute(statement)


def _second(connection: Any) -> None:
    _run_script(connection, "v0002.sql")


def _third(connection: Any) -> None:
    _run_script(connection, "v0003.sql")


def _fourth(connection: Any) -> None:
    _run_script(connection, "v0004.sql")


STEPS: Mapping[int, Step] = {1: _first, 2: _second, 3: _third, 4: _fourth}
CURRENT = max(STEPS)


def version_of(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_version(connection: Any, name: str) -> int:
    """The file's version. Raises NewerSchema where this program is too old for it."""
    version = version_of(connection)
    if version > CURRENT:
        raise NewerSchema(
            f"{name} was written by a newer EventDesk (its tables are of version {version}, "
            f"this program knows {CURRENT}).",
            "Install the newer EventDesk. The file was not touched.",
        )
    return version


def migrate(connection: Any, steps: Mapping[int, Step] = STEPS) -> list[int]:
    """Bring the tables up to date; returns the versions that were stepped to.

    The connection is in autocommit mode. A step that fails leaves the version before it and raises
    what it raised.
    """
    taken = []
    for version in sorted(steps):
        if version > version_of(connection):
            _take(connection, version, steps[version])
            taken.append(version)
    return taken


def _take(connection: Any, version: int, step: Step) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _run_script(connection: Any, name: str) -> None:
    """Statement by statement: `executescript` would commit the step's transaction."""
    script = (Path(__file__).parent / name).read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
