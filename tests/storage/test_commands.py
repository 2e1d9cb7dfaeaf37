"""`eventdesk verify` and `eventdesk backup`, as a person runs them."""

import io
from pathlib import Path

import keyring.core
import pytest
from keyring.backends import fail

from eventdesk import config
from eventdesk.__main__ import main
from eventdesk.storage import backups, keys
from eventdesk.storage.store import Store
from tests.storage.made import LOG, guests, setup

WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def no_faulthandler(monkeypatch: pytest.MonkeyPatch) -> None:
    """It wants a real stderr, and pytest has its own on."""
    monkeypatch.setattr("faulthandler.enable", lambda: None)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Config:
    """A desk's folder whose database a passphrase opens; the passphrase stands in standard input."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())  # type: ignore[no-untyped-call]
    made = config.load(tmp_path)
    key = keys.new_from_passphrase(WORDS)
    with Store.open(made.database, key, made.desk) as store, store.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(3)])
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORDS}\n" * 9))
    return made


def run(command: str, made: config.Config, *more: str) -> int:
    return main([command, "--data", str(made.folder), *more])


def test_verify_says_that_all_is_well(desk: config.Config, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", desk) == 0
    assert capsys.readouterr().out == "13 facts read: every table is what the log says, every chain holds.\n"


def test_verify_says_what_differs(desk: config.Config, capsys: pytest.CaptureFixture[str]) -> None:
    key = keys.from_passphrase(desk.database, WORDS)
    with Store.open(desk.database, key, desk.desk) as store, store.transaction() as tx:
        tx._execute("UPDATE tickets SET name = 'X' WHERE id = 't1'")
    assert run("verify", desk) == 1
    told = capsys.readouterr().out
    assert "Table tickets, row log event-1, id t1: name is 'X'; the log says 'Guest Number1'." in told
    assert "not what its log says" in told


def test_a_wrong_passphrase_is_told(
    desk: config.Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
    assert run("verify", desk) == 2
    assert "key does not open" in capsys.readouterr().err


def test_no_command_makes_a_database_by_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--data", str(tmp_path)]) == 2
    assert "There is no database" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_made_listed_and_restored(
    desk: config.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", desk) == 0
    [made] = backups.listed(desk.database)
    assert capsys.readouterr().out.strip() == str(made.path)
    assert run("backup", desk, "--list") == 0
    assert "good" in capsys.readouterr().out
    desk.database.write_bytes(b"ruined")
    assert run("backup", desk, "--restore") == 0
    assert run("verify", desk) == 0
    assert "13 facts" in capsys.readouterr().out


def test_a_damaged_backup_is_told_in_the_list_and_never_restored(
    desk: config.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    run("backup", desk)
    [made] = backups.listed(desk.database)
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    capsys.readouterr()
    assert run("backup", desk, "--list") == 1
    assert "DAMAGED" in capsys.readouterr().out
    before = desk.database.read_bytes()
    assert run("backup", desk, "--restore") == 2
    assert "no good backup" in capsys.readouterr().err
    assert run("backup", desk, "--restore", str(made.path)) == 2
    assert desk.database.read_bytes() == before
