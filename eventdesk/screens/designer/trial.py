"""A test print: on which printer, and how it went."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from eventdesk.desk.commands import ListDevices
from eventdesk.desk.design.commands import TryLayout
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import BadgeTried, DevicesListed
from eventdesk.domain.badges import BadgeContents, JobState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.device_choice import PrinterField
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import told

Badge = Callable[[], tuple[Mapping[str, Any], BadgeContents] | None]


class TestPrint(QFrame):
    """`badge` gives what is to be printed, or None where it can't be."""

    __test__ = False

    def __init__(self, bridge: Bridge, badge: Badge) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._bridge, self._badge = bridge, badge
        self._listing = self._waiting = ""
        self.printer = PrinterField(tr("Printer"), tr("As set for this desk"))
        self.print_button = button(tr("Print one badge"), self.print, "primary", "printer")
        self.close_button = button(tr("Close"), self.hide, "", "close")
        self.told = note()
        line = row(self.printer, self.print_button, self.close_button)
        line.setStretch(0, 1)
        fill(self, boxed(line), self.told, margin=12)
        say(self.told, "")
        self.hide()
        bridge.devices_listed.connect(self._listed)
        bridge.test_badge_told.connect(self._tried)
        bridge.trouble_told.connect(self._troubled)

    def open(self) -> None:
        command = ListDevices()
        self._listing = command.request
        self._bridge.post(command)
        say(self.told, "")
        self.show()
        self.printer.setFocus()

    def print(self) -> None:
        badge = self._badge()
        if badge is None:
            say(self.told, tr("The layout can't be printed as it is: see the marked element."), "bad")
            return
        command = TryLayout(*badge, self.printer.value())
        self._waiting = command.request
        say(self.told, tr("Printing ..."))
        self._bridge.post(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _listed(self, listed: DevicesListed) -> None:
        if listed.request == self._listing:
            self.printer.offer_printers(listed.printers)

    def _tried(self, tried: BadgeTried) -> None:
        if tried.request != self._waiting:
            return
        if tried.state is JobState.PRINTED:
            say(self.told, tr("Printed."), "good")
        elif tried.state is JobState.FAILED:
            say(self.told, f"{tr('It was not printed.')} {tr(tried.detail)}".strip(), "bad")
        else:
            say(self.told, f"{tr('Printing ...')} {tr(tried.detail)}".strip())

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request == self._waiting:
            say(self.told, told(trouble), "bad")
