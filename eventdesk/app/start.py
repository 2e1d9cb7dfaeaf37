"""From nothing to a desk with its window: one instance, the key, the database, and what may be wrong."""

import logging
import logging.handlers
import sys
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, QLockFile
from PySide6.QtWidgets import QApplication

from eventdesk import config, i18n, paths
from eventdesk.app.desk import Desk, compose
from eventdesk.app.frames import Frames
from eventdesk.app.front import Front
from eventdesk.badges import fonts
from eventdesk.config import Config
from eventdesk.devices.printers.rack import Rack
from eventdesk.errors import DamagedDatabase, EventDeskError, KeyringUnavailable, StorageError, WrongKey
from eventdesk.i18n import tr
from eventdesk.screens import theme
from eventdesk.screens.messages import Messages, catch_everything
from eventdesk.screens.start.fault import FaultDialog
from eventdesk.screens.start.passphrase import PassphraseDialog
from eventdesk.storage import backups, keys
from eventdesk.storage.keys import Protection
from eventdesk.storage.store import Store

LOG_BYTES, LOG_FILES = 2_000_000, 5


@dataclass(frozen=True)
class Stage:
    """A composed desk and its window; nothing runs yet."""

    app: QApplication
    desk: Desk
    front: Front

    def run(self) -> int:
        """Show the window until it is closed; every thread has ended then."""
        self.begin()
        try:
            return self.app.exec()
        finally:
            self.desk.stop()

    def begin(self) -> None:
        self.desk.start()
        self.front.begin()


def run_window() -> int:
    """Open the desk of this user. Returns the exit code."""
    app = application()
    messages = Messages()
    keep_log()
    catch_everything(messages)
    settings = config.load(paths.data())
    lock = QLockFile(str(settings.folder / "running.lock"))
    if not lock.tryLock(0):
        fault = EventDeskError(tr("EventDesk runs already."), tr("Look for its window."))
        FaultDialog(fault).exec()
        return 1
    frames = Frames()
    desk = open_desk(settings, frames)
    return Stage(app, desk, Front(app, desk, frames, messages)).run() if desk else 1


def stage(settings: Config, key: bytes, printers: Rack | None = None) -> Stage:
    """A desk over the database of `settings`, with its window. Raises StorageError."""
    app = application()
    frames = Frames()
    desk = compose(settings, key, frames, printers)
    return Stage(app, desk, Front(app, desk, frames, Messages()))


def application() -> QApplication:
    """The program's one QApplication, dressed in the system's language and colours."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("EventDesk")
    language = QLocale.system().name().partition("_")[0]
    i18n.load(language)
    theme.apply(app, theme.Look(), language)
    fonts.prepare()
    return app


def keep_log() -> None:
    """Everything that is told, and every bug with its trace, in files that do not grow for ever."""
    file = logging.handlers.RotatingFileHandler(
        paths.logs() / "eventdesk.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[file])


def open_desk(settings: Config, frames: Frames) -> Desk | None:
    """Compose the desk, asking whatever must be asked; None where the person gives up."""
    while True:
        key = find_key(settings)
        if key is None:
            return None
        try:
            return compose(settings, key, frames)
        except DamagedDatabase as error:
            if not _restored(settings, key, error):
                return None
        except EventDeskError as error:
            FaultDialog(error).exec()
            return None


def find_key(settings: Config) -> bytes | None:
    """The key from the keyring, or by a passphrase; None where the person gives up."""
    database = settings.database
    kind = keys.protection(database)
    try:
        if kind is None:
            return keys.new_in_keyring()
        if kind is Protection.KEYRING:
            return keys.from_keyring(database)
    except KeyringUnavailable as error:
        if kind is Protection.KEYRING:
            FaultDialog(error).exec()
            return None
    return _ask(settings, new=kind is None)


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
