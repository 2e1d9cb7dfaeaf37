"""Group commit, faults of the world, several processes."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text
from sqlcipher3 import dbapi2

from sync.errors import ServerFault
from sync.server import schema
from sync.server.database import Database
from sync.server.sql.migrations import NewerSchema
from sync.server.sql.notices import Notices
from tests.replication.store.given import sqlite_url
from tests.rigs.postgres import Postgres

LOGS = schema.logs


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database.open(url, name="venue")
    yield database
    database.close()


def adding(name: str, *, broken: bool = False) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(LOGS.insert().values(id=name))
        if broken:
            raise KeyError(name)
        return name

    return work


def names(database: Database) -> list[str]:
    return database.read_now(lambda connection: list(connection.execute(select(LOGS.c.id)).scalars()))


def test_one_failing_work_fails_alone(database: Database) -> None:
    heard: list[object] = []
    stop = database.hear(heard.append)

    def noting(number: int) -> Callable[[Connection], str]:
        def work(connection: Connection) -> str:
            database.note(f"l{number}", number)
            return adding(f"l{number}", broken=number == 4)(connection)

        return work

    async def story() -> list[str | BaseException]:
        works = [database.write(noting(number)) for number in range(10)]
        return await asyncio.gather(*works, return_exceptions=True)

    results = asyncio.run(story())
    stop()
    assert [type(result) for result in results] == [str] * 4 + [KeyError] + [str] * 5
    assert sorted(names(database)) == [f"l{number}" for number in range(10) if number != 4]
    told = {topic: number for notes in heard if isinstance(notes, dict) for topic, number in notes.items()}
    assert told == {f"l{number}": number for number in range(10) if number != 4}


def test_works_that_violate_the_tables_fail_alone(database: Database) -> None:
    async def story() -> list[str | BaseException]:
        works = [database.write(adding(name)) for name in ("a", "b", "a", "c")]
        return await asyncio.gather(*works, return_exceptions=True)

    assert [isinstance(result, BaseException) for result in asyncio.run(story())] == [
        False,
        False,
        True,
        False,
    ]
    assert sorted(names(database)) == ["a", "b", "c"]


def test_a_closed_database_says_so(url: str) -> None:
    database = Database.open(url)
    with ThreadPoolExecutor() as pool:
        written = [pool.submit(database.write_now, adding(f"l{number}")) for number in range(20)]
        assert [future.result() for future in written] == [f"l{number}" for number in range(20)]
    database.close()
    with pytest.raises(ServerFault, match="stopping"):
        database.write_now(adding("late"))
    with pytest.raises(ServerFault, match="stopping"):
        asyncio.run(database.read(lambda connection: None))
    again = Database.open(url)
    assert len(names(again)) == 20
    again.close()


def test_who_the_node_is_stays(url: str) -> None:
    first = Database.open(url, name="venue")
    first.close()
    second = Database.open(url)
    second.close()
    assert (second.node, second.name) == (first.node, "venue")


def test_many_open_an_empty_database_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(Database.open, [url] * 4))
    assert len({database.node for database in opened}) == 1
    for database in opened:
        database.close()


def test_a_newer_database_is_left_alone(url: str) -> None:
    database = Database.open(url)
    database.write_now(lambda connection: connection.execute(schema.node.update().values(version=99)))
    database.close()
    with pytest.raises(NewerSchema):
        Database.open(url)


def test_a_database_of_the_first_version_gets_its_table_of_notes(url: str) -> None:
    first = Database.open(url, name="venue")
    first.write_now(adding("l1"))
    first.write_now(lambda connection: schema.notes.drop(connection))
    first.write_now(lambda connection: connection.execute(schema.node.update().values(version=1)).rowcount)
    first.close()
    for _ in range(2):
        again = Database.open(url)
        try:
            assert again.node == first.node
            assert names(again) == ["l1"]
            assert again.read_now(lambda connection: connection.execute(select(schema.notes)).all()) == []
            assert (
                again.read_now(lambda connection: connection.execute(select(schema.node.c.version)).scalar())
                == 2
            )
        finally:
            again.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        Database.open(url)


def test_an_encrypted_file_needs_its_key(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    database = Database.open(url, b"k" * 32)
    database.write_now(adding("secret-log"))
    database.close()
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"secret-log" not in stored
    assert b"SQLite format" not in stored
    with pytest.raises(ServerFault, match="key"):
        Database.open(url, b"x" * 32)
    again = Database.open(url, b"k" * 32)
    assert names(again) == ["secret-log"]
    again.close()


def test_a_database_that_another_program_holds(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    database = Database.open(url)
    # The same library: the locks of two in one process do not see each other.
    other = dbapi2.connect(str(tmp_path / "node.db"), isolation_level=None)
    with contextlib.closing(other):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ServerFault, match="holds") as raised:
            database.write_now(adding("a"))
        assert raised.value.status == 503
        other.execute("ROLLBACK")
    assert database.write_now(adding("a")) == "a"
    database.close()


def test_a_full_disk_stops_nobody_for_good(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path))
    pages = database.write_now(lambda connection: connection.execute(text("PRAGMA page_count")).scalar())
    database.write_now(lambda connection: connection.execute(text(f"PRAGMA max_page_count = {pages}")).all())

    def large(connection: Connection) -> None:
        connection.execute(schema.snapshot_chunks.insert().values(snapshot="x", i=1, data=bytes(1 << 20)))

    async def story() -> list[str | BaseException | None]:
        works = [database.write(large), database.write(adding("small"))]
        return await asyncio.gather(*works, return_exceptions=True)

    assert isinstance(asyncio.run(story())[0], ServerFault)
    database.write_now(lambda connection: connection.execute(text("PRAGMA max_page_count = 1000000")).all())
    database.write_now(large)
    database.close()


def test_a_cut_connection_is_made_again(postgres: Postgres) -> None:
    database = Database.open(postgres.new_database())
    database.write_now(adding("before"))
    postgres.cut()
    assert database.write_now(adding("after")) == "after"
    postgres.cut()

    def count(connection: Connection) -> int:
        return int(connection.execute(select(func.count()).select_from(LOGS)).scalar_one())

    assert database.read_now(count) == 2
    database.close()


def test_a_database_that_is_gone_is_a_fault_and_comes_back(postgres: Postgres) -> None:
    database = Database.open(postgres.new_database())
    database.write_now(adding("before"))
    postgres.stop(signal.SIGQUIT)
    try:
        with pytest.raises(ServerFault) as written:
            database.write_now(adding("lost"))
        with pytest.raises(ServerFault) as read:
            names(database)
        assert (written.value.status, read.value.status) == (503, 503)
    finally:
        postgres.start()
    assert database.write_now(adding("after")) == "after"
    assert sorted(names(database)) == ["after", "before"]
    database.close()


@pytest.mark.parametrize("words", ["", "rubbish", "someone else s", "token -1 log", "token 1e9 log"])
def test_what_others_say_on_the_channel_is_survived(words: str) -> None:
    notices, told = Notices(across=True), list[Mapping[str, int] | None]()
    notices.hear(told.append)
    notices.from_others(words)
    notices.from_others("token 7 a log")
    assert told == [None, {"a log": 7}]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (
            "SELECT payload FROM records WHERE log = ? AND subject = ? AND why = '' AND redacted < 2",
            "subject",
        ),
        (
            "SELECT * FROM records WHERE log = ? AND n > ? AND subject IN (?, ?) ORDER BY n LIMIT 500",
            "subject",
        ),
        ("SELECT * FROM records WHERE log = ? AND why != '' AND n > ? ORDER BY n LIMIT 9", "withheld"),
        ("SELECT * FROM records WHERE log = ? AND n > ? ORDER BY n LIMIT 9", "PRIMARY KEY"),
        ("SELECT * FROM records WHERE log = ? AND desk = ? AND seq > ? ORDER BY seq LIMIT 9", "records_3"),
    ],
)
def test_sqlite_plans_for_a_large_log_from_the_beginning(tmp_path: Path, query: str, index: str) -> None:
    """Or each claim, and each erasure, would read the whole log on the one thread that writes."""

    def plan(connection: Connection) -> str:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (None,) * query.count("?")).all()
        return " ".join(row[3] for row in rows)

    for _ in range(2):  # made, and opened again
        with contextlib.closing(Database.open(f"sqlite:///{tmp_path}/node.db")) as opened:
            assert index in opened.read_now(plan).partition("(")[0]
