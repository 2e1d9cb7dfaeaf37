"""Keys: a real Secret Service, a dead one, none, unsafe ones, and passphrases."""

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from eventdesk.errors import KeyringUnavailable, WrongKey
from eventdesk.storage import backups, keys
from eventdesk.storage.keys import Protection
from eventdesk.storage.store import Store

WORDS = "correct horse battery"


def unasked(new: bool) -> str:
    raise AssertionError("nobody was to be asked")


UseBackend = Callable[[KeyringBackend], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> UseBackend:
    """Makes a backend the process's keyring, for one test."""
    return lambda backend: monkeypatch.setattr(keyring.core, "_keyring_backend", backend)


@pytest.fixture
def no_keyring(use: UseBackend) -> None:
    use(fail.Keyring())  # type: ignore[no-untyped-call]


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_a_passphrase_opens_the_database(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    assert keys.protection(path) is None
    asked: list[bool] = []

    def ask(new: bool) -> str:
        asked.append(new)
        return WORDS

    Store.open(path, keys.unlock(path, ask), "desk1").close()
    assert keys.protection(path) is Protection.PASSPHRASE
    Store.open(path, keys.unlock(path, ask), "desk1").close()
    assert asked == [True, False]
    with pytest.raises(WrongKey):
        Store.open(path, keys.from_passphrase(path, WORDS + "!"), "desk1")


def test_a_passphrase_is_the_same_however_its_letters_were_composed(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Store.open(path, keys.new_from_passphrase("sch\u00f6n genug"), "desk1").close()
    Store.open(path, keys.from_passphrase(path, "scho\u0308n genug"), "desk1").close()


def test_two_databases_with_one_passphrase_have_different_keys() -> None:
    one, other = keys.new_from_passphrase(WORDS), keys.new_from_passphrase(WORDS)
    assert one[:32] != other[:32]


def test_a_passphrase_opens_the_backups_of_a_database_that_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    key = keys.new_from_passphrase(WORDS)
    with Store.open(path, key, "desk1"):
        backups.make(path, key)
    path.unlink()
    assert keys.from_passphrase(path, WORDS) == key
    assert backups.last_good(path, key) is not None


def test_a_passphrase_without_a_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="no database"):
        keys.from_passphrase(tmp_path / "desk.db", WORDS)


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_backends_without_safety_are_refused(use: UseBackend, backend: type[KeyringBackend]) -> None:
    use(backend())
    with pytest.raises(KeyringUnavailable, match="no keyring"):
        keys.new_in_keyring()


def test_a_plain_text_backend_is_refused(use: UseBackend) -> None:
    class PlaintextKeyring(null.Keyring):
        """Stands where `keyrings.alt.file` would."""

    PlaintextKeyring.__module__ = "keyrings.alt.file"
    use(PlaintextKeyring())  # type: ignore[no-untyped-call]
    with pytest.raises(KeyringUnavailable):
        keys.new_in_keyring()


@pytest.mark.usefixtures("no_keyring")
def test_a_keyring_that_is_gone_is_told_instead_of_asking_for_a_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    salt = bytes(15) + bytes([Protection.KEYRING])
    Store.open(path, bytes(range(32)) + salt, "desk1").close()
    with pytest.raises(KeyringUnavailable):
        keys.unlock(path, unasked)


def under_a_bus(script: str, *, service: str) -> str:
    """Run a Python script on a bus of its own, after the shell command that starts its service."""
    if not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")):
        pytest.skip("dbus-run-session and gnome-keyring-daemon are not here")
    shell = f'{service}; "$PYTHON" -c "$SCRIPT"'
    variables = {"PYTHON": sys.executable, "SCRIPT": textwrap.dedent(script)}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


UNLOCKED = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"


def test_a_real_keyring_keeps_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    told = under_a_bus(
        f"""
        from pathlib import Path
        from eventdesk.storage import keys
        from eventdesk.storage.store import Store
        path = Path({str(tmp_path)!r}) / "desk.db"
        def unasked(new):
            raise AssertionError
        key = keys.unlock(path, unasked)
        Store.open(path, key, "desk1").close()
        print(keys.protection(path).name, keys.unlock(path, unasked) == key)
        """,
        service=UNLOCKED,
    )
    assert told.split() == ["KEYRING", "True"]


# A service that has taken the bus's name and then stands still, as a hung one does.
STOPPED = (
    "printf pw | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 & "
    "RING=$!; trap 'kill -KILL $RING' EXIT; sleep 1; kill -STOP $RING"
)


def test_a_keyring_that_never_answers_is_given_up_after_three_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    told = under_a_bus(
        """
        import time
        from eventdesk.errors import KeyringUnavailable
        from eventdesk.storage import keys
        began = time.monotonic()
        try:
            keys.new_in_keyring()
        except KeyringUnavailable as error:
            print(time.monotonic() - began < 5, error)
        """,
        service=STOPPED,
    )
    assert told.startswith("True The keyring did not answer within 3 seconds.")
