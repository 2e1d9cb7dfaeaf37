"""Pages sealed by hand are pages that SQLCipher itself reads, and nothing else."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from eventdesk.errors import DamagedDatabase, StorageError
from eventdesk.storage import connecting
from eventdesk.storage.sealing import PAGE, RESERVED, Sealer

ROWS = 5000


@pytest.fixture
def key() -> bytes:
    return os.urandom(48)


@pytest.fixture
def sealed(tmp_path: Path, key: bytes) -> bytes:
    """A database that SQLCipher wrote."""
    path = tmp_path / "by-sqlcipher.db"
    with closing(connecting.connect(path, key)) as connection:
        connection.execute("CREATE TABLE guests (name TEXT, number INTEGER)")
        connection.execute("BEGIN")
        rows = ((f"Guest {number} äöü", number) for number in range(ROWS))
        connection.executemany("INSERT INTO guests VALUES (?, ?)", rows)
        connection.execute("COMMIT")
    return path.read_bytes()


def test_an_opened_file_is_a_plain_database(tmp_path: Path, key: bytes, sealed: bytes) -> None:
    path = tmp_path / "plain.db"
    path.write_bytes(Sealer(key).open(sealed, 1))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM guests").fetchone() == (ROWS,)


@pytest.mark.parametrize("run", [1, 7, 1000])
def test_sqlcipher_reads_what_was_sealed_under_another_key(
    tmp_path: Path, key: bytes, sealed: bytes, run: int
) -> None:
    plain, other = Sealer(key).open(sealed, 1), os.urandom(48)
    sealer, step = Sealer(other), run * PAGE
    path = tmp_path / "resealed.db"
    path.write_bytes(
        b"".join(sealer.seal(plain[at : at + step], at // PAGE + 1) for at in range(0, len(plain), step))
    )
    with closing(connecting.connect(path, other)) as connection:
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT sum(number) FROM guests").fetchone() == (sum(range(ROWS)),)
    assert b"Guest 17" not in path.read_bytes()


def test_equal_pages_are_sealed_differently(key: bytes) -> None:
    page = bytes(PAGE)
    one, two = (Sealer(key).seal(page + page, 2)[at : at + PAGE] for at in (0, PAGE))
    assert one[:-RESERVED] != two[:-RESERVED]
    assert one[-RESERVED : -RESERVED + 16] != two[-RESERVED : -RESERVED + 16]


def test_a_changed_or_moved_page_is_noticed(key: bytes, sealed: bytes) -> None:
    sealer = Sealer(key)
    for at in (20, PAGE + 5, 2 * PAGE - 1, len(sealed) - 70):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(DamagedDatabase, match=f"Page {at // PAGE + 1} "):
            sealer.open(changed, 1)
    moved = sealed[:PAGE] + sealed[2 * PAGE : 3 * PAGE] + sealed[PAGE : 2 * PAGE]
    with pytest.raises(DamagedDatabase):
        sealer.open(moved, 1)


def test_what_is_no_such_file_is_refused(key: bytes) -> None:
    sealer = Sealer(key)
    with pytest.raises(StorageError, match="no database file"):
        sealer.seal(b"<html>" + bytes(PAGE - 6), 1)
    with pytest.raises(StorageError, match="cut off"):
        sealer.seal(bytes(PAGE + 1), 2)
    with pytest.raises(StorageError, match="48 bytes"):
        Sealer(bytes(32))
