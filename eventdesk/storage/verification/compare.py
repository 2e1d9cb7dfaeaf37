"""Fresh tables against those that were kept, row by row, told in words."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, UniqueConstraint

from eventdesk.storage.schema import PROJECTIONS

SHOWN = 20

# Numbers that only this file gives out: two files with the same facts may differ in them.
_OWN_NUMBERS = {"tickets": {"n"}}


def compare_tables(connection: Any) -> Iterator[str]:
    """Differences between `main` (what the log says) and `kept` (what the file holds)."""
    for table in PROJECTIONS:
        columns = [one.name for one in table.columns if one.name not in _OWN_NUMBERS.get(table.name, ())]
        key = _key(table)
        yield from shown(_changed(connection, table.name, key, columns), f"Table {table.name}")
        yield from shown(_unfounded(connection, table.name, key), f"Table {table.name}")


def _key(table: Table) -> list[str]:
    """What names a row: the primary key, or the unique key where that is only this file's number."""
    if table.name not in _OWN_NUMBERS:
        return [column.name for column in table.primary_key]
    unique = next(one for one in table.constraints if isinstance(one, UniqueConstraint))
    return [column.name for column in unique.columns]


def _changed(connection: Any, table: str, key: list[str], columns: list[str]) -> Iterator[str]:
    fresh, kept = _list("fresh", columns), _list("kept", columns)
    query = (
        f"SELECT {fresh}, {kept} FROM main.{table} fresh LEFT JOIN kept.{table} kept ON {_same(key)} "
        f"WHERE ({fresh}) IS NOT ({kept})"
    )
    for row in connection.execute(query):
        said, held = row[: len(columns)], row[len(columns) :]
        where = _row_name(table, columns, said, key)
        if all(value is None for value in held):
            yield f"{where} is missing; the log says it is there."
        else:
            differing = [one for one in zip(columns, held, said, strict=True) if one[1] != one[2]]
            for column, found, wanted in differing:
                yield f"{where}: {column} is {found!r}; the log says {wanted!r}."


def _unfounded(connection: Any, table: str, key: list[str]) -> Iterator[str]:
    query = (
        f"SELECT {_list('kept', key)} FROM kept.{table} kept LEFT JOIN main.{table} fresh ON {_same(key)} "
        f"WHERE fresh.{key[0]} IS NULL"
    )
    for row in connection.execute(query):
        yield f"{_row_name(table, key, row, key)} is there; the log knows of no such row."


def _list(table: str, columns: list[str]) -> str:
    return ", ".join(f'{table}."{column}"' for column in columns)


def _same(key: list[str]) -> str:
    return " AND ".join(f'fresh."{column}" = kept."{column}"' for column in key)


def _row_name(table: str, columns: list[str], row: Sequence[Any], key: list[str]) -> str:
    values = dict(zip(columns, row, strict=True))
    return f"Table {table}, row " + ", ".join(f"{column} {values[column]}" for column in key)


def shown(sentences: Iterator[str], what: str) -> Iterator[str]:
    """The first ones, and how many more."""
    more = 0
    for number, sentence in enumerate(sentences):
        if number < SHOWN:
            yield sentence
        else:
            more += 1
    if more:
        yield f"{what}: {more} more differences."


_NOT_FOUND = """
    SELECT log, id FROM kept.tickets WHERE n NOT IN (SELECT rowid FROM kept.search_words) ORDER BY log, id
"""
_NOBODY = "SELECT count(*) FROM kept.search_words WHERE rowid NOT IN (SELECT n FROM kept.tickets)"


def check_search(connection: Any) -> Iterator[str]:
    """Every ticket must be in the search index, and nobody else."""
    missing = (
        f"Search index: ticket {id_} of event {log} can't be found."
        for log, id_ in connection.execute(_NOT_FOUND)
    )
    yield from shown(missing, "Search index")
    nobody = connection.execute(_NOBODY).fetchone()[0]
    if nobody:
        yield f"Search index: {nobody} entries belong to no ticket."
