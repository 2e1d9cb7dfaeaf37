"""What a script would do by hand: the rows of a sale in one transaction. No rules, no prices, no chain."""

import random
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from eventdesk.bench.sell.written import Row, Table, Written
from eventdesk.domain.facts import new_id
from eventdesk.storage import connecting
from eventdesk.storage.search import index

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
# Ids, stamps, codes, signed codes.
TOKEN = re.compile(r"[0-9A-Za-z-]{5,}|ED1:.*")
ID = re.compile(r"[0-9a-f]{32}")
FIRST_EVENT = 1
INDEX = "INSERT INTO search_words (rowid, words) VALUES (?, ?)"
# What counts up from sale to sale, by table and column: the log's numbers, and the receipts'.
COUNTED = {("facts", "seq"), ("shift_facts", "seq"), ("receipts", "number")}


@contextmanager
def copied(path: Path, to: Path, key: bytes) -> Iterator[Any]:
    """A connection to a copy of the database, set as the desk's own writer is."""
    with closing(connecting.connect(path, key)) as source:
        source.execute("VACUUM INTO ?", (str(to),))
    engine = connecting.writer_engine(to, key)
    pooled = engine.raw_connection()
    try:
        yield pooled.driver_connection
    finally:
        pooled.close()
        engine.dispose()


class Raw:
    def __init__(self, connection: Any, rows: list[Written], known: set[Any]) -> None:
        """`rows` of one sale; of their texts, those that are not `known` are other ones in each sale."""
        self._connection = connection
        self._rows = rows
        self._facts = sum(one.table.name == "facts" for one in rows)
        texts = {value for one in rows for value in one.row if isinstance(value, str)}
        self._fresh = sorted(one for one in texts - known if TOKEN.fullmatch(one))
        gone = {value for one in rows if one.is_gone for value in one.row}
        self._fresh += sorted(one for one in gone & known if isinstance(one, str) and len(one) == 32)
        self._finder = re.compile("|".join(map(re.escape, self._fresh)))
        self._turn = 0

    def sell(self) -> float:
        """Seconds for the writing alone: ids, codes and payloads lie ready, as does the cart."""
        self._turn += 1
        names = {one: _like(one) for one in self._fresh}
        fresh = [one._replace(row=self._renewed(one.table, one.row, names)) for one in self._rows]
        for one in fresh:
            if one.is_gone:
                self._connection.execute(_insert(one.table), one.row)
        deeds = list(_statements([one for one in fresh if one.table.name != "tickets"]))
        tickets = [(_insert(one.table), one.row) for one in fresh if one.table.name == "tickets"]
        words = _found_by(fresh)
        begin = time.perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        for query, row in tickets:
            number = self._connection.execute(query, row).lastrowid
            self._connection.execute(INDEX, (number, words))
        for query, rows in deeds:
            self._connection.executemany(query, rows)
        self._connection.execute("COMMIT")
        return time.perf_counter() - begin

    def _renewed(self, table: Table, row: Row, words: dict[str, str]) -> Row:
        return tuple(self._value(table, n, value, words) for n, value in enumerate(row))

    def _value(self, table: Table, at: int, value: Any, words: dict[str, str]) -> Any:
        if at == table.number:
            return None
        if (table.name, table.columns[at]) in COUNTED:
            return value + self._turn * (1 if table.name == "receipts" else self._facts)
        if isinstance(value, str):
            return self._finder.sub(lambda found: words[found[0]], value)
        if isinstance(value, bytes) and table.columns[at] == "payload":
            return self._finder.sub(lambda found: words[found[0]], value.decode()).encode()
        return value


def _found_by(rows: list[Written]) -> str:
    """By what words the ticket is found, as the index has them."""
    named = {one.table.name: dict(zip(one.table.columns, one.row, strict=True)) for one in rows}
    codes = {"secret": named["tickets"]["secret"], "order_code": named["orders"]["code"]}
    words, mail = index.words_of(index.GuestText(0, named["tickets"]["log"], **codes))
    marks = index.marks_of(FIRST_EVENT)
    return " ".join([marks.words + word for word in words] + [marks.mail + word for word in mail])


def _like(text: str) -> str:
    return new_id() if ID.fullmatch(text) else "".join(random.choices(LETTERS, k=len(text)))


def _statements(rows: list[Written]) -> Iterator[tuple[str, list[Row]]]:
    for (table, is_new, is_gone), group in groupby(
        rows, key=lambda one: (one.table, one.is_new, one.is_gone)
    ):
        if is_gone:
            where = " AND ".join(f"{table.columns[n]} = ?" for n in table.key)
            yield (
                f"DELETE FROM {table.name} WHERE {where}",
                [tuple(one.row[n] for n in table.key) for one in group],
            )
        else:
            yield _insert(table, "" if is_new else "OR REPLACE "), [one.row for one in group]


def _insert(table: Table, how: str = "") -> str:
    return f"INSERT {how}INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"
