"""The desk's folder, key and database: taken, asked for, opened, and restored where it is damaged."""

import errno
import os
from pathlib import Path

from PySide6.QtCore import QDateTime, QLockFile

from eventdesk import config
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.app.frames import Frames
from eventdesk.config import Config
from eventdesk.errors import (
    DamagedDatabase,
    EventDeskError,
    KeyringUnavailable,
    StorageError,
    WrongKey,
    of_system,
)
from eventdesk.i18n import tr
from eventdesk.screens.start.fault import FaultDialog
from eventdesk.screens.start.passphrase import PassphraseDialog
from eventdesk.storage import backups, keys
from eventdesk.storage.keys import Protection
from eventdesk.storage.store import Store


def take_desk(folder: Path) -> QLockFile:
    """Hold the desk's folder for this program alone, until it ends in whatever way.

    Raises EventDeskError where EventDesk runs already, or where the folder can't be written to.
    """
    lock = QLockFile(str(folder / "running.lock"))
    if lock.tryLock(0):
        return lock
    if lock.error() is QLockFile.LockError.LockFailedError:
        raise EventDeskError(tr("EventDesk runs already."), tr("Look for its window."))
    raise of_system(OSError(errno.EACCES, os.strerror(errno.EACCES), str(folder)))


def open_desk(settings: Config, frames: Frames, key: bytes | None = None) -> Desk | None:
    """Compose the desk, asking whatever must be asked; None where the person gives up. `key` where it is
    known.

    Raises EventDeskError for what nobody can answer.
    """
    key = key or find_key(settings)
    if key is None:
        return None
    try:
        return compose(settings, key, frames)
    except DamagedDatabase as error:
        return (
            compose(config.renew(settings.folder), key, frames) if _restored(settings, key, error) else None
        )


def find_key(settings: Config) -> bytes | None:
    """The key from the keyring, or by a passphrase; None where the person gives up.

    Raises KeyringUnavailable where only a keyring could have the key.
    """
    database = settings.database
    kinds = keys.protections(database)
    try:
        if not kinds:
            return keys.new_in_keyring()
        if kinds[0] is Protection.KEYRING:
            return keys.from_keyring(database)
    except KeyringUnavailable:
        # Damaged first bytes may speak of a keyring where the backups know a passphrase.
        if kinds and Protection.PASSPHRASE not in kinds:
            raise
    return _ask(settings, new=not kinds)


def _ask(settings: Config, new: bool) -> bytes | None:
    found: list[bytes] = []

    def attempt(passphrase: str) -> str:
        try:
            found[:] = [_key_of(settings, passphrase, new)]
        except WrongKey as error:
            return tr(error.message)
        return ""

    reason = tr("This system has no keyring that could keep the key of the database.")
    return found[0] if PassphraseDialog(reason, attempt, new).exec() else None


def _key_of(settings: Config, passphrase: str, new: bool) -> bytes:
    """Raises WrongKey where the passphrase does not open the database."""
    if new:
        return keys.new_from_passphrase(passphrase)
    key = keys.from_passphrase(settings.database, passphrase)
    try:
        Store.open(settings.database, key, settings.desk).close()
    except WrongKey:
        raise
    except StorageError:
        pass  # the key is right; what else is wrong is told when the desk is composed
    return key


def _restored(settings: Config, key: bytes, error: DamagedDatabase) -> bool:
    """Offer the last good backup; True where it stands in the database's place now."""
    backup = error.backup
    made = QDateTime.fromSecsSinceEpoch(int(backup.stat().st_mtime)) if backup else None
    if not FaultDialog(error, made).exec() or backup is None:
        return False
    backups.restore(settings.database, key, backup)
    return True


def given_key(settings: Config, secret: str | bytes) -> bytes:
    """The key that was handed in, or that of the passphrase; nothing where neither was. Raises WrongKey."""
    if isinstance(secret, bytes):
        return secret
    return _key_of(settings, secret, new=not keys.protections(settings.database)) if secret else b""
