"""Who may make a desk a kiosk, and what the kiosk's process shows of a real desk."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk import config, i18n
from eventdesk.app.becoming_kiosk import make_kiosk
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.app.frames import Frames
from eventdesk.app.kiosk import KioskFront
from eventdesk.desk import settings as settings_keys
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.upstream.values import LineState
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.errors import BadInput
from eventdesk.screens import theme
from eventdesk.storage import keys
from tests.screens.kiosk.place import ADA, WORDS, furnish
from tests.screens.making import app


def opened(folder: Path) -> Desk:
    settings = config.load(folder)
    key = keys.from_passphrase(settings.database, WORDS)
    return compose(settings, key, printers=Rack(None, FolderPrinters(folder / "badges"), ("", "")))


def test_a_desk_without_staff_does_not_become_a_kiosk(tmp_path: Path) -> None:
    furnish(tmp_path / "desk", staff=False)
    desk = opened(tmp_path / "desk")
    with pytest.raises(BadInput, match="Nobody could leave this kiosk"):
        make_kiosk(desk)


def test_a_code_at_a_real_desk_goes_to_the_guest_s_group(qtbot: QtBot, tmp_path: Path) -> None:
    furnish(tmp_path / "desk")
    desk = opened(tmp_path / "desk")
    make_kiosk(desk)
    assert desk.preferences.get(settings_keys.KIOSK)
    front = KioskFront(app(), desk, Frames())
    visit = front.window.visit
    desk.start()
    try:
        front.begin()
        qtbot.waitUntil(lambda: visit.state.page is Page.WELCOME, timeout=20_000)
        front.scanner.scanned.emit(ADA, 1.0)
        qtbot.waitUntil(lambda: visit.state.page is Page.CHOOSING, timeout=20_000)
        assert [guest.name for guest in visit.state.guests if guest.here] == ["Ada Quist"]
        visit.end()
        qtbot.waitUntil(lambda: visit.state.page is Page.WELCOME, timeout=20_000)
        desk.hooks.line_changed(LineState(paired=True, revoked=True))
        qtbot.waitUntil(lambda: visit.state.page is Page.CLOSED, timeout=20_000)
    finally:
        front.end()
        desk.stop()
        front.window.deleteLater()
        i18n.load("en")
        theme.apply(app(), theme.Look())
