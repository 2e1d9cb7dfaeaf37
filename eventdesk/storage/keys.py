"""The database's key: in the system's keyring, or made from a passphrase. Never in a file.

A key is 48 bytes: 32 of AES-256 and the 16 of the file's salt, with which SQLCipher begins every
file. So a database and its backups need nothing beside them: the salt names the entry in the
keyring, or salts the passphrase, and its last bit says which of the two.
"""

import hashlib
import os
import threading
import unicodedata
from collections.abc import Callable
from contextlib import closing
from enum import IntEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from eventdesk.errors import KeyringUnavailable, StorageError, WrongKey
from eventdesk.storage import backups, condition, connecting, faults
from eventdesk.storage.connecting import KEY_BYTES, SALTED_KEY_BYTES

SERVICE = "EventDesk"
# The keyring's list of a database's secrets, as no keyring can be asked for one.
NAMES = "names"
SALT_BYTES = SALTED_KEY_BYTES - KEY_BYTES

# A locked or dead Secret Service answers after 20 s and more, or never.
SECONDS = 3.0

# The only ones taken: others keep keys in plain text, or nowhere.
SAFE_BACKENDS = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
)

# RFC 7914; 32 MiB and about a tenth of a second a guess.
SCRYPT = {"n": 1 << 15, "r": 8, "p": 1, "maxmem": 64 << 20, "dklen": KEY_BYTES}

_USE_PASSPHRASE = "Choose a passphrase instead; it is asked for at each start."


class Protection(IntEnum):
    """Where the key of a database comes from: the last bit of its salt."""

    KEYRING = 0
    PASSPHRASE = 1


def protection(database: Path) -> Protection | None:
    """How an existing database (where it is gone: its newest backup) is protected; None: there is none."""
    return next(iter(protections(database)), None)


def protections(database: Path) -> tuple[Protection, ...]:
    """How the database and its backups are protected, each way once, the database's own first.

    Raises StorageError where they can't be read.
    """
    return tuple(dict.fromkeys(Protection(salt[-1] & 1) for salt in _salts(database)))


def salt_of(database: Path) -> bytes | None:
    """The first bytes of the file; of the newest backup, where the file is gone or cut off."""
    return next(iter(_salts(database)), None)


def new_in_keyring(seconds: float = SECONDS) -> bytes:
    """A key for a new database, kept in the keyring. Raises KeyringUnavailable."""
    key, salt = os.urandom(KEY_BYTES), _new_salt(Protection.KEYRING)

    def put(ring: KeyringBackend) -> str | None:
        ring.set_password(SERVICE, salt.hex(), key.hex())
        return ring.get_password(SERVICE, salt.hex())

    if ask(put, seconds) != key.hex():
        raise KeyringUnavailable("The keyring did not keep the key.", _USE_PASSPHRASE)
    return key + salt


def from_keyring(database: Path, seconds: float = SECONDS) -> bytes:
    """The key of an existing database. Raises KeyringUnavailable where the keyring has none or is silent.

    Where the file's own salt is unknown to the keyring (its first bytes may be damaged), the
    backups' salts are tried, so that they can be restored.
    """
    salts = _salts(database)

    def get(ring: KeyringBackend) -> bytes | None:
        for salt in salts:
            key = ring.get_password(SERVICE, salt.hex())
            if key is not None:
                return bytes.fromhex(key) + salt
        return None

    found: bytes | None = ask(get, seconds)
    if found is None or len(found) != SALTED_KEY_BYTES:
        raise KeyringUnavailable(
            f"The keyring holds no key for {database}.",
            "Log in as the user who made the database, or put the right file there.",
        )
    return found


def forget(database: Path, seconds: float = SECONDS) -> None:
    """Take the keys of a database and its backups, and its secrets, out of the keyring.

    Raises KeyringUnavailable. Nothing that they sealed can be read any more, wherever a copy lies.
    """
    salts = [salt for salt in _salts(database) if salt[-1] & 1 == Protection.KEYRING]

    def drop(ring: KeyringBackend) -> None:
        for salt in salts:
            for name in (*names_of(ring, salt), NAMES):
                drop_entry(ring, entry(salt, name))
            drop_entry(ring, salt.hex())

    if salts:
        ask(drop, seconds)


def entry(salt: bytes, name: str) -> str:
    """Under which user name the keyring keeps a secret of the database with this salt."""
    return f"{salt.hex()} {name}"


def names_of(ring: KeyringBackend, salt: bytes) -> list[str]:
    """The secrets that the keyring keeps for a database, beside its key."""
    text = ring.get_password(SERVICE, entry(salt, NAMES))
    return text.split("\n") if text else []


def drop_entry(ring: KeyringBackend, name: str) -> None:
    if ring.get_password(SERVICE, name) is not None:
        ring.delete_password(SERVICE, name)


def new_from_passphrase(passphrase: str) -> bytes:
    """A key for a new database that the passphrase opens."""
    return _derived(passphrase, _new_salt(Protection.PASSPHRASE))


def from_passphrase(database: Path, passphrase: str) -> bytes:
    """The key of an existing database, if the passphrase is right: opening the database shows it.

    Where the file's first bytes are damaged it is the key of a backup, so that this can be restored.
    Raises WrongKey where there is no file to take the salt from.
    """
    salts = _salts(database)
    if not salts:
        raise WrongKey(f"There is no database {database}.", "Choose another file.")
    first = _derived(passphrase, salts[0])
    if salts[1:] and not _opens(database, first):
        others = (_derived(passphrase, salt) for salt in salts[1:])
        return next((key for key in others if backups.last_good(database, key)), first)
    return first


def _opens(database: Path, key: bytes) -> bool:
    try:
        with (
            faults.told(database),
            closing(connecting.connect(database, key, mode="ro", immutable=True)) as connection,
        ):
            condition.check_key(connection, database)
    except StorageError:
        return False
    return True


def unlock(database: Path, ask: Callable[[bool], str]) -> bytes:
    """The key by the way the database is protected by; for a new one, the keyring where there is any.

    `ask(new)` asks a person for the passphrase. Raises KeyringUnavailable or WrongKey.
    """
    kinds = protections(database)
    try:
        if not kinds:
            return new_in_keyring()
        if kinds[0] is Protection.KEYRING:
            return from_keyring(database)
    except KeyringUnavailable:
        # Damaged first bytes may speak of a keyring where the backups know a passphrase.
        if kinds and Protection.PASSPHRASE not in kinds:
            raise
    return from_passphrase(database, ask(False)) if kinds else new_from_passphrase(ask(True))


def _salts(database: Path) -> list[bytes]:
    """The salts of the database and its backups, each once."""
    files = (database, *(backup.path for backup in backups.listed(database)))
    heads = (_head(file) for file in files if file.is_file())
    return list(dict.fromkeys(head for head in heads if len(head) == SALT_BYTES))


def _head(file: Path) -> bytes:
    with faults.told(file), file.open("rb") as stream:
        return stream.read(SALT_BYTES)


def _new_salt(kind: Protection) -> bytes:
    salt = bytearray(os.urandom(SALT_BYTES))
    salt[-1] = salt[-1] & ~1 | kind
    return bytes(salt)


def _derived(passphrase: str, salt: bytes) -> bytes:
    # The same letters, whatever keyboard composed them.
    text = unicodedata.normalize("NFC", passphrase).encode()
    return hashlib.scrypt(text, salt=salt, **SCRYPT) + salt


def ask(question: Callable[[KeyringBackend], Any], seconds: float) -> Any:
    """Ask the keyring on a thread that may hang; it is left behind if it does."""
    answers: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()

    def work() -> None:
        try:
            answers.put((question(safe_backend()), None))
        except Exception as error:  # noqa: BLE001 - backends raise errors of their own libraries
            answers.put((None, error))

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except Empty:
        raise KeyringUnavailable(
            f"The keyring did not answer within {seconds:g} seconds.",
            "Unlock it and start EventDesk again. " + _USE_PASSPHRASE,
        ) from None
    if error is not None:
        raise _unavailable(error) from error
    return answer


def _unavailable(error: Exception) -> KeyringUnavailable:
    if isinstance(error, KeyringUnavailable):
        return error
    detail = str(error) if isinstance(error, KeyringError) else f"{type(error).__name__}: {error}"
    return KeyringUnavailable(f"No keyring can be used ({detail}).", _USE_PASSPHRASE)


def safe_backend() -> KeyringBackend:
    """The system's keyring. Raises KeyringUnavailable where only backends without safety are found."""
    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", None) or [chosen]:
        if isinstance(backend, KeyringBackend) and type(backend).__module__ in SAFE_BACKENDS:
            return backend
    raise KeyringUnavailable("The system offers no keyring.", _USE_PASSPHRASE)
