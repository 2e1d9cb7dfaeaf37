"""A desk's secrets, and how a desk that was shut out forgets them and everything else."""

from pathlib import Path

import keyring.core
import pytest
from keyring.backends import fail

from eventdesk.errors import KeyringUnavailable
from eventdesk.storage import backups, keys, wiping
from eventdesk.storage.connecting import KEY_BYTES
from eventdesk.storage.keys import Protection
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store
from tests.storage.made import LOG, guests, setup
from tests.storage.test_keys import UNLOCKED, under_a_bus

WORDS = "correct horse battery"


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())  # type: ignore[no-untyped-call]


@pytest.mark.usefixtures("no_keyring")
def test_where_a_passphrase_opens_the_database_its_secrets_lie_in_it(tmp_path: Path) -> None:
    path, key = tmp_path / "desk.db", keys.new_from_passphrase(WORDS)
    with Store.open(path, key, "desk1") as store:
        secrets = Secrets(store)
        assert secrets.get("key") is None
        secrets.put("key", b"\x00private")
        secrets.put("token", b"t")
        secrets.delete("token")
        with store.reader() as reader:
            assert reader.settings.everything() == {}
    with Store.open(path, key, "desk1") as store:
        assert Secrets(store).get("key") == b"\x00private"
        assert Secrets(store).get("token") is None
    assert b"private" not in path.read_bytes()


@pytest.mark.usefixtures("no_keyring")
def test_a_keyring_that_is_gone_is_told_and_nothing_is_put_elsewhere(tmp_path: Path) -> None:
    salt = bytes(KEY_BYTES // 2 - 1) + bytes([Protection.KEYRING])
    with Store.open(tmp_path / "desk.db", bytes(range(KEY_BYTES)) + salt, "desk1") as store:
        with pytest.raises(KeyringUnavailable):
            Secrets(store).put("key", b"private")
        with store.reader() as reader:
            assert reader._execute("SELECT count(*) FROM settings").fetchone()[0] == 0


@pytest.mark.parametrize(("name", "value"), [("", b"x"), ("a\nb", b"x"), ("key", b""), ("names", b"x")])
def test_a_secret_needs_a_name_and_something_to_keep(tmp_path: Path, name: str, value: bytes) -> None:
    with (
        Store.open(tmp_path / "desk.db", keys.new_from_passphrase(WORDS), "d") as store,
        pytest.raises(ValueError, match="secret"),
    ):
        Secrets(store).put(name, value)


def filled(path: Path, key: bytes) -> None:
    with Store.open(path, key, "desk1") as store:
        with store.transaction() as tx:
            tx.append(LOG, [*setup(), *guests(3)])
        backups.make(path, key)


@pytest.mark.usefixtures("no_keyring")
def test_nothing_is_left_of_a_wiped_database_and_a_new_one_can_be_made(tmp_path: Path) -> None:
    path, key = tmp_path / "desk.db", keys.new_from_passphrase(WORDS)
    filled(path, key)
    backups.restore(path, key, backups.listed(path)[0].path)  # leaves the old file aside
    other = tmp_path / "other.db"
    filled(other, key)
    assert wiping.wipe(path) is True
    left = {file.name for file in tmp_path.rglob("*") if file.is_file()}
    assert all(name.startswith("other") for name in left)
    assert {"other.db"} <= left
    assert keys.protection(path) is None
    with Store.open(path, keys.new_from_passphrase(WORDS), "desk1") as store, store.reader() as reader:
        assert reader.events() == []
    assert wiping.wipe(tmp_path / "none.db") is True


@pytest.mark.usefixtures("no_keyring")
def test_the_files_go_even_where_the_keyring_is_silent(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    filled(path, bytes(range(KEY_BYTES)) + bytes(15) + bytes([Protection.KEYRING]))
    assert wiping.wipe(path) is False
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_real_keyring_keeps_secrets_and_forgets_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    told = under_a_bus(
        f"""
        from pathlib import Path
        import keyring
        from eventdesk.storage import keys, wiping
        from eventdesk.storage.secrets import Secrets
        from eventdesk.storage.store import Store
        path = Path({str(tmp_path)!r}) / "desk.db"
        key = keys.new_in_keyring()
        salt = key[32:].hex()
        with Store.open(path, key, "desk1") as store:
            secrets = Secrets(store)
            secrets.put("token", b"old")
            secrets.put("token", b"new")
            secrets.put("key", bytes(32))
            secrets.put("gone", b"x")
            secrets.delete("gone")
            kept = (secrets.get("token"), secrets.get("key"), secrets.get("gone"))
            print(kept == (b"new", bytes(32), None))
            with store.reader() as reader:
                print(reader._execute("SELECT count(*) FROM settings").fetchone()[0])
        names = (salt, salt + " token", salt + " key", salt + " names")
        print(*(keyring.get_password("EventDesk", name) is not None for name in names))
        print(wiping.wipe(path))
        print(*(keyring.get_password("EventDesk", name) is not None for name in names))
        """,
        service=UNLOCKED,
    )
    assert told.split("\n")[:5] == ["True", "0", "True True True True", "True", "False False False False"]


def test_badges_that_were_printed_into_a_folder_go_too(tmp_path: Path) -> None:
    badges, other = tmp_path / "badges", tmp_path / "other.txt"
    wiping.wipe_folder(badges)  # there need not be one
    badges.mkdir()
    other.write_text("stays")
    for name in ("badge-1.pdf", ".badge-2.pdf.part"):
        (badges / name).write_bytes(b"Wilhelmina")
    wiping.wipe_folder(badges)
    assert list(badges.iterdir()) == []
    assert other.exists()
