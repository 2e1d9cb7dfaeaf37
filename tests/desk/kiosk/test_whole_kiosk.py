"""A kiosk as the program composes it: its badges come out of a real (PDF) printer, its calls are facts."""

import time
from collections.abc import Callable
from pathlib import Path

from eventdesk import config
from eventdesk.app.composing import compose
from eventdesk.badges import fonts
from eventdesk.desk.commands import ChooseDoor, PutSetting
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.kiosk.commands import EndVisit, FindByCode, GoOn, OpenKiosk, TakePhoto
from eventdesk.desk.kiosk.values import KioskState, Page, Works
from eventdesk.desk.settings import CAMERA_SOURCE, PRINTER
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.facts import Kind
from eventdesk.domain.venue import Reason
from tests.desk.conftest import NOON

PATIENCE_S = 60.0
MAX, PETRA = "hl-max-4FK8D1", "hl-petra-7KJ4T3"


def until(is_so: Callable[[], object], what: Callable[[], object]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends, what()
        time.sleep(0.02)


def test_a_guest_goes_in_with_a_badge_and_one_who_may_not_is_called_for(tmp_path: Path) -> None:
    fonts.prepare()
    printers = Rack(None, FolderPrinters(tmp_path / "badges"), ("", ""))
    desk = compose(config.load(tmp_path / "desk"), bytes(48), printers=printers, now=lambda: NOON)
    states: list[KioskState] = []
    desk.hooks.kiosk_changed.connect(states.append)
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOON))

    def shows(page: Page) -> None:
        until(lambda: states and states[-1].page is page, lambda: states[-1:])

    desk.engine.post(PutSetting(CAMERA_SOURCE, ""))
    desk.engine.post(PutSetting(PRINTER, printers.queues()[0].name))
    desk.start()
    try:
        desk.engine.post(ChooseDoor(LOG, LIST, "north"))
        desk.engine.post(OpenKiosk())
        shows(Page.WELCOME)
        assert Works.PRINTER in states[-1].works
        desk.engine.post(FindByCode(MAX, camera=True))
        shows(Page.DETAILS)
        desk.engine.post(GoOn(visit=states[-1].visit))
        shows(Page.PHOTO)
        desk.engine.post(TakePhoto(f"demo-{MAX}", visit=states[-1].visit))
        shows(Page.DONE)
        assert "Hall B" in states[-1].next
        desk.engine.post(EndVisit(visit=states[-1].visit))
        shows(Page.WELCOME)
        desk.engine.post(FindByCode(PETRA, camera=True))
        shows(Page.SORRY)

        def calls() -> list[tuple[Reason, str]]:
            with desk.store.reader() as reader:
                return [(one.reason, one.ticket) for one in reader.help_calls(LOG, NOON)]

        until(calls, lambda: "nobody was called")
        assert calls() == [(Reason.NOT_ADMITTED, f"demo-{PETRA}")]
        with desk.store.reader() as reader:
            assert len(reader.facts(LOG, f"demo-{MAX}", Kind.ADMITTED)) == 1
            assert reader.badges_printed(LOG, f"demo-{MAX}") == 1
        assert list((tmp_path / "badges").glob("*.pdf"))
    finally:
        desk.stop()
