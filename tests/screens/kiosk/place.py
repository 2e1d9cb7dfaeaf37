"""A kiosk's folder on the disk: the demo event, somebody with a PIN, and a key in a passphrase's way."""

import threading
from pathlib import Path

from eventdesk import config
from eventdesk.app.composing import compose
from eventdesk.badges import fonts
from eventdesk.desk import settings as settings_keys
from eventdesk.desk.commands import ChooseDoor
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.kiosk.commands import DefineKiosk
from eventdesk.desk.upstream.commands import DefineStaff
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.staff import Role
from eventdesk.storage import keys

WORDS = "a long enough passphrase"
PIN = "826104"
ADA = "hl-ada-7QX4M2"


def furnish(folder: Path, *, staff: bool = True, kiosk: bool = False) -> None:
    """Make the desk. Raises AssertionError where the engine does not do as told."""
    fonts.prepare()
    settings = config.load(folder)
    rack = Rack(None, FolderPrinters(folder / "badges"), ("", ""))
    desk = compose(settings, keys.new_from_passphrase(WORDS), printers=rack)
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(utc_now()))
    desk.preferences.put(settings_keys.CAMERA_SOURCE, "")
    desk.preferences.put(settings_keys.LANGUAGE, "en")
    done = threading.Event()
    wrong: list[Trouble] = []

    def troubled(told: Trouble) -> None:
        wrong.append(told)
        done.set()

    desk.hooks.staff_listed.connect(lambda _told: done.set())
    desk.hooks.trouble_told.connect(troubled)
    desk.start()
    desk.engine.post(ChooseDoor(LOG, LIST, "north"))
    desk.engine.post(DefineKiosk(LOG, {"finds": ["code", "order", "name"], "idle": 30}))
    if staff:
        desk.engine.post(DefineStaff(LOG, "Grace", frozenset({Role.SUPERVISOR}), PIN))
        assert done.wait(60)
    desk.preferences.put(settings_keys.KIOSK, kiosk)
    desk.stop()
    assert not wrong, wrong
