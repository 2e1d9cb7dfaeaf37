"""From nothing to a desk with its window, and to a kiosk and back, until a person closes it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from eventdesk import config, paths
from eventdesk.app.application import application, keep_log, tell_fault
from eventdesk.app.becoming_kiosk import make_kiosk
from eventdesk.app.frames import Frames
from eventdesk.app.front import Front
from eventdesk.app.guardian import LEFT, guard
from eventdesk.app.opening import find_key, given_key, open_desk, take_desk
from eventdesk.app.stage import BECAME_KIOSK, RESTARTED, Stage
from eventdesk.desk.settings import KIOSK
from eventdesk.screens.messages import Messages, catch_everything


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
        key = key or given_key(settings, secret) or find_key(settings)
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
