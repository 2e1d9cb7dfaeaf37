"""The scripted guest at a kiosk: what a speaker would do before its screen, up to the badge."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from eventdesk.cli.demo.going import NothingHappened, Until
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import PutSetting
from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import CloseKiosk, OpenKiosk
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.upstream.commands import DefineStaff
from eventdesk.domain.facts import Kind
from eventdesk.domain.staff import Role
from eventdesk.screens.kiosk.window import KioskWindow

GUEST = "hl-wanjiru-5YH7P6"
MEAL = "vegan"
PIN = "730518"
SIZE = (1280, 800)
# A stroke, in parts of the field's width and height.
STROKE = ((0.2, 0.6), (0.3, 0.3), (0.4, 0.7), (0.5, 0.3), (0.6, 0.6), (0.75, 0.45))


class KioskVisit:
    """`picture(name, window)` keeps a picture of a window."""

    def __init__(self, stage: Any, until: Until, picture: Callable[[str, Any], None]) -> None:
        self._stage, self._until, self._picture = stage, until, picture
        self.window = KioskWindow(stage.app, stage.front.bridge, "en")
        self._visit = self.window.visit

    def open(self) -> None:
        """As `eventdesk kiosk` does, without its guardian: first of all a person who can open it again."""
        staffed: list[object] = []
        engine, hooks = self._stage.desk.engine, self._stage.front.bridge
        hooks.staff_listed.connect(staffed.append)
        engine.post(DefineStaff(LOG, "Grace", frozenset({Role.SUPERVISOR}), PIN))
        self._until(lambda: bool(staffed), "nobody got a PIN")
        engine.post(PutSetting(keys.CAMERA_SOURCE, ""))  # its film has ended
        engine.post(OpenKiosk())
        self.window.resize(*SIZE)
        self.window.show()
        self._on(Page.WELCOME)
        self._picture("kiosk-welcome", self.window)

    def check_in(self) -> str:
        """From the ticket's code to the badge. Returns the guest's name."""
        self._visit.code(GUEST)
        self._on(Page.DETAILS)
        name = str(self._visit.state.guests[0].name)
        steps = {Page.QUESTIONS: self._answer, Page.DOCUMENT: self._sign, Page.PHOTO: self._go_without}
        self._page().go.click()
        before = Page.DETAILS
        while True:
            self._until(lambda was=before: self._visit.state.page is not was, f"nothing came after {before}")  # type: ignore[misc]
            before = self._visit.state.page
            if before not in steps:
                break
            steps[before]()
        self._on(Page.DONE)
        self._picture("kiosk-done", self.window)
        self._check()
        return name

    def close(self) -> None:
        """Left by staff; the window of the desk is there all the while."""
        self._stage.desk.engine.post(CloseKiosk())
        self.window.close_for_good()
        self.window.deleteLater()

    def _on(self, page: Page) -> None:
        self._until(lambda: self._visit.state.page is page, f"the kiosk did not come to the page {page}")

    def _page(self) -> Any:
        return self.window.frame.page if self.window.frame else None

    def _answer(self) -> None:
        self._page().fields[0].fill(MEAL)
        self._page().go.click()

    def _sign(self) -> None:
        page = self._page()
        self._until(page.pad.isVisible, "there is nowhere to sign")
        wide, high = page.pad.width(), page.pad.height()
        points = [QPoint(round(x * wide), round(y * high)) for x, y in STROKE]
        QTest.mousePress(page.pad, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(page.pad, point)
        QTest.mouseRelease(page.pad, Qt.MouseButton.LeftButton, pos=points[-1])
        self._until(page.sign.isEnabled, "the signature was not taken")
        self._picture("kiosk-sign", self.window)
        page.sign.click()

    def _go_without(self) -> None:
        self._page().without.click()

    def _check(self) -> None:
        """First the badge, then the admission."""
        with self._stage.desk.store.reader() as reader:
            told = reader.facts(LOG, f"demo-{GUEST}", Kind.BADGE_PRINTED, Kind.ADMITTED)
        if [one.kind for one in told] != [Kind.BADGE_PRINTED, Kind.ADMITTED]:
            raise NothingHappened(f"badge and admission are {[str(one.kind) for one in told]}")
