"""The key of a node's SQLite database: in the keyring, or in a file for servers without one.

A key file holds the 48 bytes of `eventdesk.storage.keys` in hexadecimal, readable for its owner alone. Such a
database's salt says that no keyring is asked for it.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

from eventdesk.errors import BadInput, KeyringUnavailable, StorageError, WrongKey
from eventdesk.storage import keys
from eventdesk.storage.connecting import SALTED_KEY_BYTES
from eventdesk.storage.keys import Protection

FILE_NAME = "node.key"
_HEX = re.compile(rf"[0-9a-f]{{{SALTED_KEY_BYTES * 2}}}\s*\Z")

Warn = Callable[[str], None]


def unlock(database: Path, key_file: Path | None, warn: Warn) -> bytes:
    """The key of the database, made where there is none yet.

    `key_file` named by a person wins, then the one in the folder, then the keyring. Raises BadInput,
    KeyringUnavailable or WrongKey.
    """
    file = key_file or database.parent / FILE_NAME
    if file.exists():
        return _read(file)
    kind = keys.protection(database)
    if kind is Protection.KEYRING and key_file is None:
        return keys.from_keyring(database)
    if kind is not None:
        raise WrongKey(f"The key file {file} is not there.", f"Put back the one that opens {database}.")
    if key_file is not None:
        return _made(file)
    try:
        return keys.new_in_keyring()
    except KeyringUnavailable as error:
        key = _made(file)
        warn(f"{error.message} The database's key lies beside it, in {file}: who copies both can read it.")
        return key


def kept_in(file: Path) -> bytes:
    """The key in a file; made where there is none. Raises BadInput, StorageError."""
    return _read(file) if file.exists() else _made(file)


def _read(file: Path) -> bytes:
    try:
        text = file.read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise BadInput(f"The key file {file} can't be read: {error}.") from error
    if not _HEX.match(text):
        raise BadInput(f"{file} holds no key of ours.", "Name the right file by --key-file.")
    return bytes.fromhex(text)


def _made(file: Path) -> bytes:
    """A new key, on the disk before anything is sealed with it."""
    key = bytearray(os.urandom(SALTED_KEY_BYTES))
    key[-1] |= Protection.PASSPHRASE
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(key.hex() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise StorageError(f"The key file {file} can't be written: {error.strerror}.") from error
    return bytes(key)
