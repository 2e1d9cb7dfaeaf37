"""Whatever is wrong with a file is told clearly, and the file stays as it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlcipher3 import dbapi2 as driver

from eventdesk.errors import DamagedDatabase, DatabaseLocked, NewerSchema, StorageError, WrongKey
from eventdesk.storage import backups, connecting, migrations
from eventdesk.storage.store import Store
from tests.storage.made import KEY, LOG, guests, setup

OTHER_KEY = bytes(48)


@pytest.fixture
def closed(event: Store) -> Path:
    """A database with guests, closed in peace."""
    with event.transaction() as tx:
        tx.append(LOG, list(guests(20)))
    event.close()
    return event.path


def refused(path: Path, error: type[StorageError], words: str, key: bytes = KEY) -> StorageError:
    """Opening fails in these words and leaves the file and its folder as they were."""
    before = _contents(path)
    with pytest.raises(error, match=words) as caught:
        Store.open(path, key, "desk1")
    assert caught.value.remedy
    assert str(path) in caught.value.message
    assert _contents(path) == before
    return caught.value


def _contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def test_a_wrong_key(closed: Path) -> None:
    refused(closed, WrongKey, "key does not open", OTHER_KEY)


def test_a_plain_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    plain = driver.connect(str(path))
    plain.execute("CREATE TABLE t (a)")
    plain.commit()
    plain.close()
    refused(path, WrongKey, "without encryption")


def test_an_encrypted_file_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = connecting.connect(path, KEY)
    other.execute("CREATE TABLE t (a)")
    other.close()
    refused(path, WrongKey, "no database of EventDesk")


def test_something_else_altogether(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear guests, " * 1000)
    refused(path, DamagedDatabase, "cut off")
    path.write_bytes(b"x" * 8192)
    refused(path, WrongKey, "key does not open")


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    refused(folder, StorageError, "is no file")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be opened"):
        Store.open(tmp_path / "nowhere" / "desk.db", KEY, "desk1")


def test_a_newer_schema(closed: Path) -> None:
    connection = connecting.connect(closed, KEY)
    connection.execute(f"PRAGMA user_version = {migrations.CURRENT + 1}")
    connection.close()
    refused(closed, NewerSchema, "newer EventDesk")


def test_a_newer_schema_with_a_wal_left_behind(closed: Path) -> None:
    connection = connecting.connect(closed, KEY)
    connection.execute(f"PRAGMA user_version = {migrations.CURRENT + 1}")
    _leave_wal(connection, closed)
    before = closed.read_bytes()
    with pytest.raises(NewerSchema):
        Store.open(closed, KEY, "desk1")
    assert closed.read_bytes() == before


def _leave_wal(connection: driver.Connection, path: Path) -> None:
    """Close without a checkpoint, as a killed program does."""
    wal = path.with_name(path.name + "-wal")
    content = wal.read_bytes()
    connection.close()
    wal.write_bytes(content)


@pytest.mark.parametrize("page", [0, 1, 5, -1])
def test_a_damaged_page(closed: Path, page: int) -> None:
    backup = backups.make(closed, KEY)
    content = bytearray(closed.read_bytes())
    content[page * 4096 + 100 if page >= 0 else -50] ^= 1
    closed.write_bytes(content)
    error = refused(closed, DamagedDatabase, "is damaged")
    assert isinstance(error, DamagedDatabase)
    assert error.backup == backup
    assert backup.name in error.remedy


def test_a_damaged_page_without_a_backup(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    content[5 * 4096 + 100] ^= 1
    closed.write_bytes(content)
    error = refused(closed, DamagedDatabase, "is damaged")
    assert isinstance(error, DamagedDatabase)
    assert error.backup is None


@pytest.mark.parametrize("cut", [1, 4096, 5 * 4096])
def test_a_file_that_was_cut_off(closed: Path, cut: int) -> None:
    backups.make(closed, KEY)
    closed.write_bytes(closed.read_bytes()[:-cut])
    assert isinstance(refused(closed, DamagedDatabase, "is damaged"), DamagedDatabase)


@pytest.mark.parametrize("gone", [True, False])
def test_an_empty_or_vanished_file_is_no_new_database_where_there_are_backups(
    closed: Path, gone: bool
) -> None:
    backup = backups.make(closed, KEY)
    closed.write_bytes(b"")
    if gone:
        closed.unlink()
    error = refused(closed, DamagedDatabase, "empty or gone")
    assert isinstance(error, DamagedDatabase)
    assert error.backup == backup


def test_an_empty_file_without_backups_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    with Store.open(tmp_path / "desk.db", KEY, "desk1") as store, store.transaction() as tx:
        tx.append(LOG, setup())


def test_a_file_that_another_program_holds(closed: Path) -> None:
    holder = connecting.connect(closed, KEY)
    try:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked, match="Another program"):
            Store.open(closed, KEY, "desk1")
    finally:
        holder.close()
    Store.open(closed, KEY, "desk1").close()


def test_a_file_that_gets_locked_while_it_is_open(event: Store) -> None:
    holder = connecting.connect(event.path, KEY)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked), event.transaction():
        pass
    holder.close()
    with event.transaction() as tx:
        tx.append(LOG, list(guests(1)))


READ_ONLY = """
import os, sys
from pathlib import Path
from eventdesk.errors import StorageError
from eventdesk.storage.store import Store
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Store.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), "desk1")
except StorageError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(os.name == "nt", reason="file modes are not here")
def test_a_file_that_may_only_be_read(closed: Path) -> None:
    with TemporaryDirectory() as name:
        folder, path = Path(name), Path(name) / "desk.db"
        shutil.copyfile(closed, path)
        path.chmod(0o444)
        folder.chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, str(path), KEY.hex()]
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        folder.chmod(0o755)
    assert told.stdout.startswith("StorageError")
    assert str(path) in told.stdout
    assert "right to write" in told.stdout
