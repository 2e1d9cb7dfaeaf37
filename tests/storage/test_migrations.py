"""Files of every version open, and hold what they held; a step that fails changes nothing."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, inspect
from sqlalchemy.engine import Engine
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from eventdesk.storage import connecting, migrations
from eventdesk.storage.schema import metadata
from eventdesk.storage.store import Store
from eventdesk.storage.verification import examine
from tests.storage.made import KEY, LIST, LOG, entry
from tests.storage.make_database import kiosk, make
from tests.storage.till.made import evening

DATA = Path(__file__).parent / "data"
FACTS = {1: 32, 2: 32, 3: 32 + len(evening()), 4: 32 + len(evening()) + len(kiosk())}


def test_there_is_a_file_of_every_version() -> None:
    assert [file.stem for file in sorted(DATA.glob("*.db"))] == [f"v{one:04}" for one in migrations.STEPS]


@pytest.mark.parametrize("version", list(migrations.STEPS))
def test_a_file_of_an_older_version_opens_and_holds_what_it_held(version: int, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    shutil.copyfile(DATA / f"v{version:04}.db", path)
    with Store.open(path, KEY, "desk1") as store:
        findings = examine(store)
        assert findings.differences == []
        assert (findings.facts, findings.redacted) == (FACTS[version], 2)
        with store.reader() as reader:
            assert (reader.guest_count(LOG), reader.figures(LOG, LIST).inside) == (9, 1)
            assert reader.settings.get("theme") == "dark"
            assert reader.search(LOG, "number3").hits[0].ticket == "t3"
        with store.transaction() as tx:
            tx.append(LOG, [entry("t1")])
        assert examine(store).differences == []


@pytest.mark.parametrize("version", list(migrations.STEPS))
def test_an_older_file_gets_exactly_the_tables_of_a_new_one(version: int, tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    shutil.copyfile(DATA / f"v{version:04}.db", old)
    for path in (old, new):
        Store.open(path, KEY, "desk1").close()
    assert tables_of(old) == tables_of(new)


def test_a_medium_s_tickets_stand_as_they_were_linked(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    shutil.copyfile(DATA / "v0003.db", path)
    linked = '{"type": "barcode", "identifier": "W2", "tickets": ["t3", "t1", "t2"]}'
    connection = connecting.connect(path, KEY)
    connection.execute(
        "INSERT INTO facts SELECT (SELECT max(n) + 1 FROM facts), 'linked', log, kind, 'band2', 'z', desk,"
        " 999, ?, salt, payload_digest, digest, chain, 0 FROM facts WHERE kind = 'medium_linked' LIMIT 1",
        (linked.encode(),),
    )
    media = "INSERT INTO media SELECT log, 'band2', type, 'W2', ?, active FROM media LIMIT 1"
    connection.execute(media, ('["t1","t2","t3"]',))
    migrations.migrate(connection)
    found = dict(connection.execute("SELECT id, tickets FROM media").fetchall())
    connection.close()
    assert found == {"band": '["t5"]', "band2": '["t3","t1","t2"]'}


def tables_of(path: Path) -> list[tuple[str, str]]:
    connection = connecting.connect(path, KEY)
    rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    connection.close()
    return [(name, sql) for name, sql in rows]


def engine_of(connection: Any) -> Engine:
    return create_engine("sqlite://", module=driver, creator=lambda: connection, poolclass=StaticPool)


def described(inspector: Inspector) -> dict[str, Any]:
    """Tables, columns, keys and indexes, without SQLAlchemy's own objects."""
    found: dict[str, Any] = {}
    for table in inspector.get_table_names():
        if not table.startswith("search_"):
            columns = [
                (one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(table)
            ]
            indexes = sorted((one["name"], one["column_names"]) for one in inspector.get_indexes(table))
            unique = sorted(one["column_names"] for one in inspector.get_unique_constraints(table))
            key = inspector.get_pk_constraint(table)["constrained_columns"]
            found[table] = (columns, key, unique, indexes)
    return found


def test_migrations_lead_to_the_tables_of_the_schema() -> None:
    stepped = connecting.connect(":memory:", KEY)
    migrations.migrate(stepped)
    fresh = connecting.connect(":memory:", KEY)
    metadata.create_all(engine_of(fresh))
    wanted = described(inspect(engine_of(fresh)))
    assert described(inspect(engine_of(stepped))) == wanted
    assert set(wanted) == set(metadata.tables)
    assert isinstance(metadata, MetaData)
    stepped.close()
    fresh.close()


def test_a_step_that_fails_leaves_the_version_before_it(tmp_path: Path) -> None:
    make(tmp_path / "desk.db")
    connection = connecting.connect(tmp_path / "desk.db", KEY)

    def failing(on: Any) -> None:
        on.execute("ALTER TABLE settings ADD COLUMN more TEXT")
        raise ZeroDivisionError

    before = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(ZeroDivisionError):
        migrations.migrate(connection, {**migrations.STEPS, migrations.CURRENT + 1: failing})
    assert migrations.version_of(connection) == migrations.CURRENT
    assert connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before
    connection.close()


def test_a_step_and_its_version_are_written_together(tmp_path: Path) -> None:
    connection = connecting.connect(tmp_path / "desk.db", KEY)
    migrations.migrate(connection)

    def step(on: Any) -> None:
        on.execute("ALTER TABLE settings ADD COLUMN more TEXT")

    steps = {**migrations.STEPS, migrations.CURRENT + 1: step}
    assert migrations.migrate(connection, steps) == [migrations.CURRENT + 1]
    assert migrations.migrate(connection, steps) == []
    assert migrations.version_of(connection) == migrations.CURRENT + 1
    connection.close()
