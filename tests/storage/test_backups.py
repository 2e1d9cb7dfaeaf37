"""Backups: made while the desk works, verified, rotated, restored."""

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.errors import DamagedDatabase, DatabaseLocked, WrongKey
from eventdesk.storage import backups
from eventdesk.storage.restoring import IN_DOUBT
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.made import KEY, LOG, entry, guests

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)


def test_a_backup_holds_what_the_database_held(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, [*guests(5), entry("t0")])
    made = backups.make(event.path, KEY, NOW)
    with event.transaction() as tx:
        tx.append(LOG, [entry("t1")])
    with Store.open(made, KEY, "desk1") as kept:
        assert verify(kept) == []
        with kept.reader() as reader:
            assert reader.figures(LOG, "main").inside == 1


def test_a_backup_is_encrypted_with_the_same_key(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, list(guests(5)))
    made = backups.make(event.path, KEY, NOW)
    assert b"Guest" not in made.read_bytes()
    with pytest.raises(WrongKey):
        backups.check(made, bytes(48))


def test_looking_at_a_backup_leaves_nothing_beside_it(event: Store) -> None:
    made = backups.make(event.path, KEY, NOW)
    before = made.read_bytes()
    assert backups.last_good(event.path, KEY) == made
    assert [file.name for file in made.parent.iterdir()] == [made.name]
    assert made.read_bytes() == before


def test_the_oldest_are_dropped_and_strangers_are_left_alone(event: Store) -> None:
    stranger = backups.folder_of(event.path)
    stranger.mkdir()
    (stranger / "my own.backup").write_text("mine")
    made = [backups.make(event.path, KEY, NOW + timedelta(hours=n), keep=3) for n in range(5)]
    assert [one.path for one in backups.listed(event.path)] == made[:1:-1]
    assert (stranger / "my own.backup").exists()


def test_a_backup_is_due_when_there_is_something_new_and_the_last_is_old(event: Store) -> None:
    assert backups.due(event.path, KEY, NOW)
    backups.make(event.path, KEY, NOW)
    later = NOW + backups.EVERY
    assert not backups.due(event.path, KEY, later)
    with event.transaction() as tx:
        tx.append(LOG, list(guests(1)))
    assert not backups.due(event.path, KEY, later - timedelta(seconds=1))
    assert backups.due(event.path, KEY, later)


def test_a_damaged_backup_is_passed_over(event: Store) -> None:
    good = backups.make(event.path, KEY, NOW)
    bad = backups.make(event.path, KEY, NOW + timedelta(hours=1))
    content = bytearray(bad.read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(content)
    assert backups.last_good(event.path, KEY) == good


def test_a_backup_of_a_damaged_database_is_refused_and_not_kept(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, list(guests(200)))
    event.close()
    content = bytearray(event.path.read_bytes())
    content[20 * 4096 + 5] ^= 1
    event.path.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        backups.make(event.path, KEY, NOW)
    assert list(backups.folder_of(event.path).iterdir()) == []


def test_restoring_keeps_the_damaged_file_aside(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, list(guests(5)))
    made = backups.make(event.path, KEY, NOW)
    event.close()
    event.path.write_bytes(b"ruined")
    aside = backups.restore(event.path, KEY, made, NOW)
    assert aside.read_bytes() == b"ruined"
    with Store.open(event.path, KEY, "desk1") as store:
        assert verify(store) == []
        with store.reader() as reader:
            assert reader.guest_count(LOG) == 5


def test_what_was_printed_since_a_backup_is_not_printed_again_in_silence(event: Store) -> None:
    def job(id_: str, state: JobState, wave: str = "") -> BadgeJob:
        contents = BadgeContents(f"t-{id_}", "Ada Lovelace")
        return BadgeJob(id_, LOG, f"t-{id_}", "layout", contents, "left", state, NOW, NOW, wave=wave)

    before = [job("waits", JobState.QUEUED), job("sent", JobState.SENT), job("later", JobState.QUEUED, "w")]
    with event.transaction() as tx:
        tx.waves.add(KeptWave("w", LOG, "The morning", NOW, 1))
        for one in before:
            tx.jobs.add(one)
    made = backups.make(event.path, KEY, NOW)
    event.close()
    backups.restore(event.path, KEY, made, NOW)
    with Store.open(event.path, KEY, "desk2") as store, store.reader() as reader:
        found = {one.id: (one.state, one.detail) for one in reader.jobs.latest()}
        assert found.pop("waits") == (JobState.UNKNOWN, IN_DOUBT)
        assert found == {"sent": (JobState.SENT, ""), "later": (JobState.QUEUED, "")}
        assert [one.paused for one in reader.waves.latest()] == [True]
        assert [one.id for one in reader.jobs.live()] == ["sent"]


def test_a_backup_from_before_there_were_waves_is_restored(tmp_path: Path) -> None:
    old = Path(__file__).parent / "data" / "v0001.db"
    database = tmp_path / "desk.db"
    backups.restore(database, KEY, old, NOW)
    Store.open(database, KEY, "desk2").close()


def test_a_bad_backup_is_not_restored(event: Store, tmp_path: Path) -> None:
    event.close()
    before = event.path.read_bytes()
    bad = tmp_path / "bad.backup"
    bad.write_bytes(b"x" * 8192)
    with pytest.raises(WrongKey):
        backups.restore(event.path, KEY, bad, NOW)
    assert event.path.read_bytes() == before


def test_a_database_in_use_is_not_replaced(event: Store) -> None:
    made = backups.make(event.path, KEY, NOW)
    with pytest.raises(DatabaseLocked):
        backups.restore(event.path, KEY, made, NOW)
    with event.transaction() as tx:
        tx.append(LOG, list(guests(1)))


def test_the_writer_goes_on_while_a_backup_is_made(event: Store) -> None:
    with event.transaction() as tx:
        tx.append_bulk(LOG, guests(3000), lambda _done: None)
    worker = threading.Thread(target=backups.make, args=(event.path, KEY, NOW))
    worker.start()
    written = 0
    while worker.is_alive():
        with event.transaction() as tx:
            tx.append(LOG, [entry(f"t{written}")])
        written += 1
        time.sleep(0.001)
    worker.join()
    assert written > 1
    [made] = backups.listed(event.path)
    backups.check(made.path, KEY)
    with event.reader() as reader:
        assert reader.figures(LOG, "main").inside == written
