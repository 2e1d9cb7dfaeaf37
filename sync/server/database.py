"""A node's database: SQLite with or without a key, or PostgreSQL shared by any number of processes.

    database = Database.open("sqlite:///node.db", key=...)
    taken = await database.write(lambda connection: connection.execute(...).rowcount)
    rows = await database.read(lambda connection: connection.execute(...).all())

Writes of one process are run by one thread, many in one commit (`sql/writer.py`); a write has reached the
disk when it returns. Reads run on a few threads, each on one state of the database. Faults of the
world (a full disk, a database that is gone) raise ServerFault with status 503.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import URL, Connection, select
from sqlalchemy.exc import DBAPIError

from sync.server import schema
from sync.server.sql import engines, migrations
from sync.server.sql.faults import translated
from sync.server.sql.notices import Heard, Listener, Notices
from sync.server.sql.queue import Item, busy, stopping
from sync.server.sql.writer import Hook, Writer

T = TypeVar("T")

MOST_READS = 2048


class Database:
    def __init__(self, url: URL, key: bytes | None, node: str, name: str) -> None:
        self.node = node
        self.name = name
        self.is_postgres = url.get_backend_name() == "postgresql"
        self._notices = Notices(across=self.is_postgres)
        self._hooks: list[Hook] = [self._notices]
        self._reader = engines.reader_engine(url, key)
        self._pool = ThreadPoolExecutor(engines.READERS, thread_name_prefix="eventdesk node reader")
        self._reading = 0
        self._closed = False
        self._writer = Writer(engines.writer_engine(url, key), self._hooks)
        self._listener = Listener(url, self._notices) if self.is_postgres else None

    @classmethod
    def open(
        cls, url: str, key: bytes | None = None, *, name: str = "", now_ms: int | None = None
    ) -> "Database":
        """`key` is 32 bytes, or 48 where the last 16 are the file's salt: for SQLite alone.

        Makes the tables, the node's id and its first epoch where there are none. `name`, where given, is
        what the node is called from now on. Raises ValueError for an address that is none, NewerSchema,
        ServerFault where the database can't be reached.
        """
        address = engines.parse(url)
        moment = int(time.time() * 1000) if now_ms is None else now_ms
        engine = engines.writer_engine(address, key)
        try:
            migrations.prepare(engine, name, moment)
            with engine.begin() as connection:
                row = connection.execute(select(schema.node.c.id, schema.node.c.name)).one()
        except DBAPIError as error:
            raise translated(error) or error from error
        finally:
            engine.dispose()
        return cls(address, key, row.id, row.name)

    async def write(self, work: Callable[[Connection], T], order: str = "") -> T:
        """Run `work` in a transaction; its result, once that is on the disk.

        `work` may run more than once, and must change nothing but the database. What it raises is
        raised here and undoes it alone. `order`: works that lock the same rows give what
        they lock, so that processes take their locks in one order.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._writer.waiting.put(Item(work, order, future, loop))
        return await future

    def write_now(self, work: Callable[[Connection], T], order: str = "") -> T:
        """The same for a thread without a loop."""
        future: Future[T] = Future()
        self._writer.waiting.put(Item(work, order, future, None))
        return future.result()

    async def read(self, work: Callable[[Connection], T]) -> T:
        if self._closed:
            raise stopping()
        if self._reading >= MOST_READS:
            raise busy()
        self._reading += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self.read_now, work)
        finally:
            self._reading -= 1

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """The same on this thread."""
        try:
            with self._reader.connect() as connection, connection.begin():
                return work(connection)
        except DBAPIError as error:
            raise translated(error) or error from error

    def note(self, topic: str, number: int) -> None:
        """For a work: tell, when it is committed, that `topic` (a log) stands at `number` now."""
        self._notices.note(topic, number)

    def hear(self, hearer: Heard) -> Callable[[], None]:
        """Hear the notes of all processes, on a thread of the database; the function returned ends it.

        `hearer` gets numbers by topic, or None where something may have been missed. It must not block.
        """
        return self._notices.hear(hearer)

    def join(self, hook: Hook) -> None:
        """Take part in every transaction from now on. Notes made by a hook belong to the work before it."""
        self._hooks.insert(0, hook)

    def close(self) -> None:
        """Finishes what was taken; what comes later is told that the node is stopping. Blocks."""
        self._closed = True
        self._writer.close()
        if self._listener is not None:
            self._listener.close()
        self._pool.shutdown(wait=True)
        self._reader.dispose()
