"""From nothing to a desk with its window: one instance, the key, the database, and what may be wrong."""

import errno
import logging
import logging.handlers
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QLockFile
from PySide6.QtWidgets import QApplication

from eventdesk import config, i18n, paths
from eventdesk.app.desk import Desk, compose
from eventdesk.app.frames import Frames
from eventdesk.app.front import Front
from eventdesk.app.guardian import LEFT, guard
from eventdesk.badges import fonts
from eventdesk.config import Config
from eventdesk.desk.kiosk.commands import CloseKiosk
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.desk.settings import KIOSK
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.venue import DeskOrder, Order
from eventdesk.errors import (
    BadInput,
    DamagedDatabase,
    EventDeskError,
    KeyringUnavailable,
    StorageError,
    WrongKey,
    of_system,
)
from eventdesk.i18n import tr
from eventdesk.screens import theme
from eventdesk.screens.messages import Messages, Tone, catch_everything
from eventdesk.screens.start.fault import FaultDialog
from eventdesk.screens.start.passphrase import PassphraseDialog
from eventdesk.storage import backups, keys
from eventdesk.storage.keys import Protection
from eventdesk.storage.store import Store

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 2_000_000, 5
# What the desk's own window ends with once it is to be a kiosk.
BECAME_KIOSK = 11
# And once a supervisor has ordered it to start anew.
RESTARTED = 75


@dataclass(frozen=True)
class Stage:
    """A composed desk and its window; nothing runs yet."""

    app: QApplication
    desk: Desk
    front: Front
    messages: Messages

    def run(self) -> int:
        """Show the window until it is closed; every thread has ended then."""
        self.begin()
        try:
            return self.app.exec()
        finally:
            self.end()

    def begin(self) -> None:
        self.front.bridge.kiosk_changed.connect(self._become_kiosk)
        self.front.bridge.desk_ordered.connect(self._ordered)
        self.desk.start()
        self.front.begin()

    def end(self) -> None:
        """Close the window and end every thread; the keys belong to others again."""
        self.front.end()
        self.desk.stop()

    def _ordered(self, order: DeskOrder) -> None:
        """In the same process: nobody need be there to type the passphrase again."""
        if order.order is Order.RESTART:
            self.app.exit(RESTARTED)

    def _become_kiosk(self, _state: KioskState) -> None:
        """Locked in a process of its own, which is watched: this one ends its work first."""
        if can_be_left(self.desk):
            self.app.exit(BECAME_KIOSK)
        else:
            self.desk.engine.post(CloseKiosk())
            fault = no_way_out()
            self.messages.tell(tr(fault.message), tr(fault.remedy), Tone.BAD, key="kiosk")


def run_window(kiosk: bool = False, folder: Path | None = None, secret: str | bytes = "") -> int:
    """Open the desk of this user (or in `folder`), as a kiosk where it is one or is made one. `secret`: the
    passphrase or the key, where it was handed in. Returns the exit code."""
    app = application()
    messages = Messages()
    catch_everything(messages)
    try:
        keep_log()
        return _windows(app, messages, folder or paths.data(), kiosk, secret)
    except Exception as error:  # noqa: BLE001 - a start that fails must never look like silence
        tell_fault(error)
        return 1


def _windows(app: QApplication, messages: Messages, folder: Path, kiosk: bool, secret: str | bytes) -> int:
    """The desk's own window and the kiosk in turn, until a person closes the former."""
    key: bytes | None = None
    while True:
        settings = config.load(folder)
        lock = take_desk(settings.folder)
        key = key or _given(settings, secret) or find_key(settings)
        frames = Frames()
        desk = open_desk(settings, frames, key) if key else None
        if desk is None or key is None:
            return 1
        if kiosk:
            make_kiosk(desk)
        if not desk.preferences.get(KIOSK):
            code = Stage(app, desk, Front(app, desk, frames, messages), messages).run()
            if code != BECAME_KIOSK:
                lock.unlock()
                if code == RESTARTED:
                    continue
                return code
        else:
            desk.discard()
        lock.unlock()
        kiosk = False
        code = guard(app, folder, key)
        if code != LEFT:
            return code


def _given(settings: Config, secret: str | bytes) -> bytes:
    """The key that was handed in, or that of the passphrase; nothing where neither was. Raises WrongKey."""
    if isinstance(secret, bytes):
        return secret
    return _key_of(settings, secret, new=not keys.protections(settings.database)) if secret else b""


def make_kiosk(desk: Desk) -> None:
    """This desk is a kiosk from now on. Raises BadInput where nobody could leave it again."""
    if not can_be_left(desk):
        desk.discard()
        raise no_way_out()
    desk.preferences.put(KIOSK, True)


def no_way_out() -> BadInput:
    return BadInput(
        "Nobody could leave this kiosk again: no person has a PIN or a staff card.",
        "Give one to a person on the page Desks, under Staff.",
    )


def can_be_left(desk: Desk) -> bool:
    """Whether somebody has a PIN or a card that opens a kiosk again."""
    with desk.store.reader() as reader:
        return any(one.pin or one.card for event in reader.events() for one in reader.staff(event.id))


def tell_fault(error: Exception) -> None:
    """Show what keeps the desk from opening; a bug leaves its trace in the log."""
    fault = of_system(error) if isinstance(error, OSError) else error
    if isinstance(fault, EventDeskError):
        log.error("%s", fault)
    else:
        log.error("A bug", exc_info=error)
        fault = EventDeskError(
            tr("Something in the program failed: {error}", error=f"{type(error).__name__}: {error}"),
            tr("Nothing that was shown is lost. Go on; the details are in the log."),
        )
    FaultDialog(fault).exec()


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


def stage(settings: Config, key: bytes, printers: Rack | None = None) -> Stage:
    """A desk over the database of `settings`, with its window. Raises StorageError."""
    app = application()
    frames = Frames()
    messages = Messages()
    desk = compose(settings, key, frames, printers)
    return Stage(app, desk, Front(app, desk, frames, messages), messages)


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


def keep_log(name: str = "eventdesk") -> None:
    """Everything that is told, and every bug with its trace, in files that do not grow for ever."""
    file = logging.handlers.RotatingFileHandler(
        paths.logs() / f"{name}.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[file])


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
