"""The window of a desk: its pages, and what goes between them and the devices."""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from eventdesk.app.codes import Codes
from eventdesk.app.desk import Desk
from eventdesk.app.dressing import LOOKS, dress
from eventdesk.app.frames import Frames
from eventdesk.app.pages import (
    BOX_OFFICE,
    CHECK_IN,
    CONFLICTS,
    DESKS,
    PRETIX,
    SET_UP,
    TILL,
    VENUE,
    Pages,
)
from eventdesk.app.telling import Telling
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import Source
from eventdesk.desk.hooks import Door
from eventdesk.desk.upstream.commands import ExportOutbox
from eventdesk.domain.tickets import Ticket
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.outbox import ask_file
from eventdesk.screens.messages import Messages
from eventdesk.screens.scanner import Scanner
from eventdesk.screens.sounds import Sounds
from eventdesk.screens.window import MainWindow


class Front(QObject):
    """Make it on the GUI thread before `desk.start()`."""

    def __init__(self, app: QApplication, desk: Desk, frames: Frames, messages: Messages) -> None:
        super().__init__()
        self._app = app
        self._desk = desk
        self._messages = messages
        dress(app, desk.preferences)
        self.bridge = Bridge(desk.hooks, desk.engine.post)
        self.sounds = Sounds(messages)
        self.window = MainWindow(self.bridge, messages, self.sounds.play)
        self.window.show_training(bool(desk.preferences.get(keys.TRAINING)))
        pages = self.pages = Pages(self.bridge, self.window, self.sounds)
        cameras = (page.camera for page in (pages.check_in, pages.desks, pages.pretix))
        frames.views = (*cameras, pages.wizard.camera_view)
        self.scanner = Scanner(app)
        self._codes = Codes(self.bridge, desk.hooks, self.window, pages, self.scanner, self)
        printer = str(desk.preferences.get(keys.PRINTER))
        camera = pages.check_in.camera
        self._telling = Telling(self.bridge, self.window, messages, camera, printer, self)
        self._connect()

    def begin(self) -> None:
        """Show the door where the desk stood last, or the set-up where it has stood at none yet."""
        if not self._desk.preferences.get(keys.DOOR):
            self.window.show_page(SET_UP)
        self.window.open()

    def end(self) -> None:
        """Close the windows and leave the keys alone. They are gone with the next event loop: a desk that
        starts anew in this process would else dress the old ones too."""
        self.scanner.stop()
        for window in (self.pages.box_office.display, self.window):
            window.close()
            window.deleteLater()

    def _connect(self) -> None:
        bridge = self.bridge
        self.pages.till.selling_wanted.connect(lambda: self.window.show_page(BOX_OFFICE))
        self.pages.box_office.codes.sale_wanted.connect(self._show_sale)
        bridge.setting_kept.connect(self._setting_kept)
        bridge.door_chosen.connect(self._door_chosen)
        self.pages.wizard.pretix_wanted.connect(self._show_pretix)
        self.pages.pretix.door_wanted.connect(self._choose_pretix_door)
        self.pages.wizard.finished.connect(lambda: self.window.show_page(CHECK_IN))
        self._connect_line()

    def _connect_line(self) -> None:
        window = self.window
        window.line_status.clicked.connect(lambda _checked: self._show_line())
        window.conflict_alarm.show_wanted.connect(self._show_conflicts)
        window.call_alarm.show_wanted.connect(self._show_calls)
        self.pages.venue.counted.connect(self._count_calls)
        self.pages.venue.check_in_wanted.connect(self._check_in)
        window.revoked_screen.export_wanted.connect(self._export_outbox)
        self.pages.conflicts.counted.connect(self._count_conflicts)
        self.pages.desks.door_wanted.connect(self._choose_door)
        self.pages.wizard.joining_wanted.connect(self._show_line)

    # The line

    def _choose_door(self) -> None:
        """Straight to it: who has joined others has their event, and its guests."""
        self.window.show_page(SET_UP)
        self.pages.wizard.choose_door()

    def _show_line(self) -> None:
        self.pages.desks.show_this_desk()
        self.window.show_page(DESKS)

    def _show_pretix(self) -> None:
        self.pages.pretix.show_bridge()
        self.window.show_page(PRETIX)

    def _choose_pretix_door(self, log: str) -> None:
        self.window.show_page(SET_UP)
        self.pages.wizard.choose_door(log)

    def _show_conflicts(self) -> None:
        self.window.show_page(CONFLICTS)
        self.pages.conflicts.show_open()

    def _show_calls(self) -> None:
        self.window.show_page(VENUE)
        self.pages.venue.show_calls()

    def _count_calls(self, count: int) -> None:
        self.window.set_count(VENUE, count, tr("{number} open", number=count))

    def _check_in(self, ticket: Ticket) -> None:
        self.window.show_page(CHECK_IN)
        self.pages.check_in.scan(ticket.secret, Source.SEARCH)

    def _count_conflicts(self, count: int) -> None:
        self.window.set_count(CONFLICTS, count, tr("{number} open", number=count))

    def _export_outbox(self) -> None:
        target = ask_file(self.window)
        if target is not None:
            self.bridge.post(ExportOutbox(str(target)))

    # The till

    def _show_sale(self, sale: str) -> None:
        self.window.show_page(TILL)
        self.pages.till.show_sale(sale)

    # Where to begin

    def _door_chosen(self, door: Door) -> None:
        self.window.setWindowTitle(f"{door.catalogue.event.name} · {door.list.name} · EventDesk")

    # Settings

    def _setting_kept(self, setting: tuple[str, Any]) -> None:
        key, value = setting
        if key in LOOKS:
            dress(self._app, self._desk.preferences)
        if key == keys.LANGUAGE:
            told = tr("The new language is spoken from the next start on.")
            self._messages.tell(told, key="language")
        if key == keys.PRINTER:
            self._telling.show_printer(str(value))
        if key == keys.SOUNDS:
            self.sounds.muted = not value
