"""The start of the whole program, with whatever may be wrong then, at its real dialogs."""

import shutil
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from PySide6.QtWidgets import QApplication

from eventdesk import config
from eventdesk.app import application, opening
from eventdesk.app.frames import Frames
from eventdesk.config import Config
from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.screens.start.fault import FaultDialog
from eventdesk.screens.start.passphrase import PassphraseDialog
from eventdesk.storage import backups, connecting, keys, migrations
from eventdesk.storage.keys import Protection
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.e2e.person import Person, press, type_in

WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication) -> Config:
    application.application()
    return config.load(tmp_path / "desk")


@pytest.fixture
def desk(settings: Config) -> Config:
    """A desk that a passphrase opens, with the demo's guests."""
    make(settings, keys.new_from_passphrase(WORDS))
    return settings


def make(settings: Config, key: bytes) -> None:
    with Store.open(settings.database, key, settings.desk) as store, store.transaction() as tx:
        tx.append(LOG, demo_drafts(utc_now()))


def opens(settings: Config) -> bool:
    """Whether the desk opens; it is closed again, its log intact."""
    desk = opening.open_desk(settings, Frames())
    if desk is None:
        return False
    try:
        with desk.store.reader() as reader:
            assert reader.guest_count(LOG) > 3
        assert verify(desk.store) == []
    finally:
        desk.printers.close()
        desk.store.close()
    return True


def told(settings: Config) -> None:
    """Open the desk as `run_window` does where that is refused."""
    try:
        assert opening.open_desk(settings, Frames()) is None
    except Exception as error:  # noqa: BLE001 - as `run_window` does
        application.tell_fault(error)


def damage(file: Path, at: int) -> bytes:
    content = bytearray(file.read_bytes())
    content[at : at + 40] = bytes(one ^ 0x55 for one in content[at : at + 40])
    file.write_bytes(content)
    return bytes(content)


# Keys


def test_a_wrong_passphrase_is_told_and_asked_for_again(desk: Config, person: Person) -> None:
    person.will(type_in("wrong"), type_in(""), type_in(WORDS))
    assert opens(desk)
    assert person.met == [PassphraseDialog] * 3
    assert "key does not open" not in person.read[0]
    assert all("key does not open" in text for text in person.read[1:])


def test_giving_up_at_the_passphrase_leaves_everything_as_it_was(desk: Config, person: Person) -> None:
    before = desk.database.read_bytes()
    person.will(type_in("wrong"), press("Quit"))
    assert not opens(desk)
    assert desk.database.read_bytes() == before


def test_a_new_passphrase_is_long_enough_and_typed_twice(settings: Config, person: Person) -> None:
    person.will(type_in("short", "short"), type_in(WORDS, WORDS + "!"), type_in(WORDS, WORDS))
    desk = opening.open_desk(settings, Frames())
    assert desk is not None
    desk.printers.close()
    desk.store.close()
    assert "At least 10" in person.read[1]
    assert "not the same" in person.read[2]
    assert keys.protection(settings.database) is Protection.PASSPHRASE
    Store.open(settings.database, keys.from_passphrase(settings.database, WORDS), settings.desk).close()


class StrangersKeyring(KeyringBackend):
    """A system's keyring that works, and has no key of ours."""

    def get_password(self, service: str, username: str) -> None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("an existing database gets no new key")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("nothing is taken out of the keyring")


StrangersKeyring.__module__ = "keyring.backends.SecretService"


@pytest.mark.parametrize("backend", [fail.Keyring, StrangersKeyring])
def test_a_keyring_without_this_database_s_key_is_told(
    settings: Config, person: Person, monkeypatch: pytest.MonkeyPatch, backend: type[KeyringBackend]
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend())
    make(settings, bytes(range(32)) + bytes(15) + bytes([Protection.KEYRING]))
    before = settings.database.read_bytes()
    told(settings)
    assert person.met == [FaultDialog]
    assert "keyring" in person.read[0]
    assert settings.database.read_bytes() == before


# Files


def test_a_database_of_a_newer_program_is_told_and_not_touched(desk: Config, person: Person) -> None:
    connection = connecting.connect(desk.database, keys.from_passphrase(desk.database, WORDS))
    connection.execute(f"PRAGMA user_version = {migrations.CURRENT + 1}")
    connection.close()
    before = desk.database.read_bytes()
    person.will(type_in(WORDS))
    told(desk)
    assert person.met == [PassphraseDialog, FaultDialog]
    assert "newer EventDesk" in person.read[1]
    assert desk.database.read_bytes() == before


@pytest.mark.parametrize("at", [0, 100, 3 * 4096 + 50])
def test_a_damaged_database_is_told_and_the_last_good_backup_opens(
    desk: Config, person: Person, at: int
) -> None:
    backups.make(desk.database, keys.from_passphrase(desk.database, WORDS))
    damaged = damage(desk.database, at)
    person.will(type_in(WORDS), press("Open the backup"))
    assert opens(desk)
    assert person.met == [PassphraseDialog, FaultDialog]
    assert "is damaged" in person.read[1]
    assert "The damaged file is kept beside it" in person.read[1]
    [aside] = desk.folder.glob("eventdesk.db.damaged-*")
    assert aside.read_bytes() == damaged


def test_a_first_page_of_zeros_hides_no_backup(desk: Config, person: Person) -> None:
    backups.make(desk.database, keys.from_passphrase(desk.database, WORDS))
    content = desk.database.read_bytes()
    desk.database.write_bytes(bytes(4096) + content[4096:])
    person.will(type_in(WORDS), press("Open the backup"))
    assert opens(desk)


def test_whoever_does_not_want_the_backup_keeps_the_damaged_file(desk: Config, person: Person) -> None:
    backups.make(desk.database, keys.from_passphrase(desk.database, WORDS))
    damaged = damage(desk.database, 3 * 4096)
    person.will(type_in(WORDS), press("Quit"))
    assert not opens(desk)
    assert desk.database.read_bytes() == damaged
    assert not list(desk.folder.glob("*.damaged-*"))


def test_a_damaged_database_without_a_backup_is_told(desk: Config, person: Person) -> None:
    damaged = damage(desk.database, 3 * 4096)
    person.will(type_in(WORDS))
    told(desk)
    assert "is damaged" in person.read[1]
    assert "Open the backup" not in person.read[1]
    assert desk.database.read_bytes() == damaged


def test_a_backup_that_can_not_be_put_in_place_is_told(
    desk: Config, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is full."""
    backups.make(desk.database, keys.from_passphrase(desk.database, WORDS))
    damaged = damage(desk.database, 3 * 4096)

    def full(_source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(shutil, "copyfile", full)
    person.will(type_in(WORDS), press("Open the backup"))
    told(desk)
    assert person.met == [PassphraseDialog, FaultDialog, FaultDialog]
    assert "No space left on device" in person.read[2]
    assert desk.database.read_bytes() == damaged


def test_a_database_that_another_program_holds_is_told(desk: Config, person: Person) -> None:
    holder = connecting.connect(desk.database, keys.from_passphrase(desk.database, WORDS))
    holder.execute("BEGIN IMMEDIATE")
    person.will(type_in(WORDS))
    told(desk)
    holder.close()
    assert person.met == [PassphraseDialog, FaultDialog]
    assert "Another program holds the database" in person.read[1]
    person.will(type_in(WORDS))
    assert opens(desk)
