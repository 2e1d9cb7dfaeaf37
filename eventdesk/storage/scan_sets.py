"""The scan set: what a door needs to judge tickets and nothing else, for a desk that is still being filled.

It is a database of the usual tables, without the log, without the search index and without a name
in it: a tenth of the whole. It can be asked as the whole can, and is thrown away when that is there.
"""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.facts import Kind
from eventdesk.domain.tickets import Presented, Ticket
from eventdesk.storage import connecting, faults
from eventdesk.storage.reader import Reader
from eventdesk.storage.reading import Reading
from eventdesk.storage.schema import metadata
from eventdesk.storage.search.query import Finder
from eventdesk.storage.store import Store
from eventdesk.storage.swapping import Gate

COPIED = ("definitions", "revocations", "media", "admissions")
# An answer is there or not: that is all a door asks of it.
LEFT_OUT = {
    "name": "''",
    "email": "''",
    "company": "''",
    "notes": "''",
    "photo": "''",
    "answers": "(SELECT json_group_object(key, '-') FROM json_each(answers))",
}


def make(source: Path, key: bytes, log: str, target: Path, target_key: bytes) -> None:
    """Write the scan set of an event to a new file, from a database that may be in use meanwhile."""
    Store.open(target, target_key, "scan").close()
    with (
        faults.told(target),
        # A file that nobody has open for writing can't be attached for reading alone: its WAL is gone.
        closing(connecting.connect(source, key, mode="rw")) as held,
        closing(connecting.connect(target, target_key)) as connection,
    ):
        held.execute("SELECT 1 FROM facts LIMIT 1").fetchone()
        connecting.attach(connection, source, key, "source")
        connection.execute("PRAGMA main.journal_mode = DELETE")
        connection.execute("PRAGMA main.synchronous = OFF")  # what is cut off is made anew
        connection.execute(connecting.BULK_CACHE)
        connection.execute("BEGIN")
        for table in COPIED:
            _copy(connection, table, {}, log)
        for table in ("orders", "tickets"):
            _copy(connection, table, LEFT_OUT, log)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE source")
        connection.execute("VACUUM")  # indexes that grew row by row are a fifth air


def _copy(connection: Any, table: str, left_out: dict[str, str], log: str) -> None:
    columns = [column.name for column in metadata.tables[table].columns]
    values = ", ".join(left_out.get(name, name) for name in columns)
    connection.execute(
        f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {values} FROM source.{table} WHERE log = ?",
        (log,),
    )


class ScanSet:
    """An event's scan set on this desk's disk, under its key. `close` deletes it. Thread-safe."""

    def __init__(self, path: Path, key: bytes, log: str) -> None:
        self.log = log
        self._path = path
        self._readers = connecting.reader_engine(path, key)
        self._finder = Finder()
        self._gate = Gate()

    def close(self) -> None:
        self._readers.dispose()
        self._path.unlink(missing_ok=True)

    def catalogue(self) -> Catalogue:
        with self._reader() as reader:
            return reader.catalogue(self.log)

    def presented(self, own: Reading, code: str) -> Presented:
        """What the code means, with the passes of the set and those that the desk itself knows (`own`)."""
        with self._reader() as reader:
            found = reader.presented(self.log, code)
        return replace(
            found,
            ticket=_with_passes(own, self.log, found.ticket),
            parent=_with_passes(own, self.log, found.parent),
            others=tuple(one for ticket in found.others if (one := _with_passes(own, self.log, ticket))),
        )

    def ticket(self, own: Reading, ticket_id: str) -> Ticket | None:
        with self._reader() as reader:
            return _with_passes(own, self.log, reader.ticket(self.log, ticket_id))

    def order_tickets(self, own: Reading, order_id: str) -> tuple[Ticket, ...]:
        with self._reader() as reader:
            found = reader.order_tickets(self.log, order_id)
        return tuple(one for ticket in found if (one := _with_passes(own, self.log, ticket)))

    def _reader(self) -> Reader:
        return Reader(self._path, lambda: self._readers, self._gate, self._finder)


def _with_passes(own: Reading, log: str, ticket: Ticket | None) -> Ticket | None:
    if ticket is None:
        return None
    undone = {fact.payload.get("admission") for fact in own.facts(log, ticket.id, Kind.ADMISSION_UNDONE)}
    every = (*ticket.admissions, *own.passes(log, ticket.id))
    passes = {one.id: one for one in every if one.id not in undone}
    return replace(
        ticket,
        admissions=tuple(sorted(passes.values(), key=lambda one: one.order)),
        addons=tuple(one for addon in ticket.addons if (one := _with_passes(own, log, addon))),
    )
