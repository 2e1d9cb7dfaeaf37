"""Which rows a deed writes: every table before and after it."""

from collections.abc import Callable
from typing import Any, NamedTuple

_TABLES = """
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'
"""
_COLUMNS = "SELECT name, pk, type FROM pragma_table_info(?)"

Row = tuple[Any, ...]


class Table(NamedTuple):
    """`key`: the columns of the primary key; `number`: the one that SQLite counts by itself (-1: none)."""

    name: str
    columns: tuple[str, ...]
    key: tuple[int, ...]
    number: int


class Written(NamedTuple):
    """`is_new`: False for a row that was there, with other values. `is_gone`: it is not there any more."""

    table: Table
    row: Row
    is_new: bool
    is_gone: bool


def written(connection: Any, deed: Callable[[], object]) -> tuple[list[Written], set[Any]]:
    """By table, in the order of their keys; and every value that stood there before."""
    before = _everything(connection)
    deed()
    found = []
    for table, rows in _everything(connection).items():
        old = before[table]
        changed = (item for item in rows.items() if old.get(item[0]) != item[1])
        found += [Written(table, row, key not in old, False) for key, row in changed]
        found += [Written(table, row, False, True) for key, row in old.items() if key not in rows]
    return found, {value for rows in before.values() for row in rows.values() for value in row}


def _everything(connection: Any) -> dict[Table, dict[Row, Row]]:
    return {table: _rows(connection, table) for table in _tables(connection)}


def _tables(connection: Any) -> list[Table]:
    found = []
    for (name,) in connection.execute(_TABLES).fetchall():
        columns = connection.execute(_COLUMNS, (name,)).fetchall()
        key = tuple(n for n, (_, pk, _) in enumerate(columns) if pk)
        is_number = len(key) == 1 and columns[key[0]][2].upper() == "INTEGER"
        found.append(Table(name, tuple(one[0] for one in columns), key, key[0] if is_number else -1))
    return found


def _rows(connection: Any, table: Table) -> dict[Row, Row]:
    rows = connection.execute(f"SELECT * FROM {table.name}").fetchall()
    return {tuple(row[n] for n in table.key): row for row in rows}
