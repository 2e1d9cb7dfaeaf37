"""The window of a desk: its pages, and what goes between them and the devices."""

from typing import Any

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from eventdesk import i18n
from eventdesk.app.desk import Desk
from eventdesk.app.frames import Frames
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import Source
from eventdesk.desk.hooks import CodeRead, DeviceChanged, Door, Ended, Given, Trouble
from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.desk.till.values import PrintState, ReceiptChanged
from eventdesk.desk.upstream.commands import (
    ExportOutbox,
    ListConflicts,
    ListDesks,
    MakeCode,
    PairDesk,
    RevokeDesk,
    SettleConflict,
    StaffIn,
)
from eventdesk.desk.upstream.values import LineState
from eventdesk.desk.venue.commands import NoteScanner
from eventdesk.devices.states import Status
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.staff import is_staff_card
from eventdesk.domain.tickets import Ticket
from eventdesk.i18n import tr
from eventdesk.screens import theme
from eventdesk.screens.boxoffice.page import BoxOfficePage
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.designer.page import DesignerPage
from eventdesk.screens.line.conflicts_page import ConflictsPage
from eventdesk.screens.line.desks_page import DesksPage
from eventdesk.screens.line.outbox import ask_file
from eventdesk.screens.manage.doctor_page import DoctorPage
from eventdesk.screens.manage.events_page import EventsPage
from eventdesk.screens.manage.guests_page import GuestsPage
from eventdesk.screens.manage.kiosk_page import KioskPage
from eventdesk.screens.manage.settings_page import SettingsPage
from eventdesk.screens.manage.wizard import Wizard
from eventdesk.screens.messages import Messages, Tone
from eventdesk.screens.pretix import words as pretix_words
from eventdesk.screens.pretix.page import PretixPage
from eventdesk.screens.printing.page import PrintingPage
from eventdesk.screens.scanner import Scanner
from eventdesk.screens.sounds import Sounds
from eventdesk.screens.till import sales_page, shift_page
from eventdesk.screens.till.till_page import TillPage
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.window import MainWindow
from eventdesk.screens.words import joined

CHECK_IN, SET_UP, DESKS, CONFLICTS = "checkin", "setup", "desks", "conflicts"
BOX_OFFICE, TILL, VENUE, PRETIX = "boxoffice", "till", "venue", "pretix"
LOOKS = frozenset({keys.THEME, keys.SCALE, keys.TOUCH, keys.LANGUAGE})
# Their pages tell of it, and take it back once it has come right; a message would stay.
TOLD_WHERE_ASKED = frozenset(
    {StaffIn, PairDesk, MakeCode, RevokeDesk, ListDesks, SettleConflict, ListConflicts}
)
TOLD_AT_TILL = shift_page.TOLD_HERE | sales_page.TOLD_HERE
# A staff card that was out of sight for so long is shown anew.
CARD_AGAIN_S = 2.0
WAITING = frozenset({JobState.SENT, JobState.PRINTING})
STUCK = frozenset({JobState.FAILED, JobState.UNKNOWN})


class Front(QObject):
    """Make it on the GUI thread before `desk.start()`."""

    def __init__(self, app: QApplication, desk: Desk, frames: Frames, messages: Messages) -> None:
        super().__init__()
        self._app = app
        self._desk = desk
        self._messages = messages
        self._told: dict[str, str] = {}
        self._camera_counts = True
        self._card = ("", 0.0)
        self._dress()
        self.bridge = Bridge(desk.hooks, desk.engine.post)
        self.sounds = Sounds(messages)
        self.window = MainWindow(self.bridge, messages, self.sounds.play)
        self.window.show_training(bool(desk.preferences.get(keys.TRAINING)))
        self.check_in = CheckInPage(self.bridge, self.sounds.play)
        self.box_office = BoxOfficePage(self.bridge)
        self.till = TillPage(self.bridge)
        self.wizard = Wizard(self.bridge)
        self.desks, self.conflicts = DesksPage(self.bridge), ConflictsPage(self.bridge)
        self.venue = VenuePage(self.bridge)
        self.pretix = PretixPage(self.bridge)
        self._add_pages()
        cameras = (page.camera for page in (self.check_in, self.desks, self.pretix))
        frames.views = (*cameras, self.wizard.camera_view)
        self.scanner = Scanner(app)
        self._set_devices()
        self._connect()

    def begin(self) -> None:
        """Show the door where the desk stood last, or the set-up where it has stood at none yet."""
        if not self._desk.preferences.get(keys.DOOR):
            self.window.show_page(SET_UP)
        self.window.open()

    def end(self) -> None:
        """Close the windows and leave the keys alone."""
        self.scanner.stop()
        self.box_office.display.close()
        self.window.close()

    def _add_pages(self) -> None:
        self.window.add_page(CHECK_IN, tr("Check-in"), "scan", self.check_in, arranges_itself=True)
        self.window.add_page(BOX_OFFICE, tr("Box office"), "till", self.box_office, arranges_itself=True)
        self.window.add_page(TILL, tr("Shift"), "drawer", self.till, arranges_itself=True)
        self.till.selling_wanted.connect(lambda: self.window.show_page(BOX_OFFICE))
        self.box_office.codes.sale_wanted.connect(self._show_sale)
        self.window.add_page("guests", tr("Guests"), "guests", GuestsPage(self.bridge))
        self.window.add_page("jobs", tr("Printing"), "printer", PrintingPage(self.bridge))
        self.window.add_page(VENUE, tr("Venue"), "venue", self.venue)
        self._add_organizing()

    def _add_organizing(self) -> None:
        """What nobody needs while guests come: behind the bar's last button."""
        bridge, add = self.bridge, self.window.add_page
        events = EventsPage(bridge)
        events.wizard_wanted.connect(lambda: self.window.show_page(SET_UP))
        words = tr("Products, sessions, lists, questions, gates, till.")
        add("events", tr("Events"), "event", events, purpose=words)
        words = tr("Draw badges, try them on your guests.")
        add("designer", tr("Badges"), "badge", DesignerPage(bridge), arranges_itself=True, purpose=words)
        words = tr("What guests may do alone, and what they sign.")
        add("kiosk", tr("Kiosk"), "hand", KioskPage(bridge), purpose=words)
        words = tr("Join others, let desks in; staff and PINs; who is to be forgotten.")
        add(DESKS, tr("Desks"), "desks", self.desks, purpose=words)
        words = tr("Guests who got in twice, seats that were sold twice.")
        add(CONFLICTS, tr("Conflicts"), "conflict", self.conflicts, purpose=words)
        words = tr("Take guests from pretix, and tell it who has come.")
        add(PRETIX, "pretix", "globe", self.pretix, purpose=words)
        words = tr("Step by step: event, guests, camera, printer, door.")
        add(SET_UP, tr("Set-up"), "check", self.wizard, purpose=words)
        words = tr("Is this desk ready? What is wrong, and what to do.")
        add("doctor", tr("Doctor"), "doctor", DoctorPage(bridge), purpose=words)
        words = tr("This computer: language, looks, camera, scanner, printing, till.")
        add("settings", tr("Settings"), "settings", SettingsPage(bridge), purpose=words)

    def _connect(self) -> None:
        bridge = self.bridge
        self.scanner.scanned.connect(self._scanned)
        self.window.page_shown.connect(self._page_shown)
        self._desk.hooks.code_read.connect(self._code_read)
        bridge.code_read.connect(self._code_tried)
        bridge.sighted.connect(self.check_in.camera.show_sighted)
        bridge.device_changed.connect(self._device_changed)
        bridge.verdict_given.connect(self._verdict_given)
        bridge.job_changed.connect(self._job_changed)
        bridge.receipt_changed.connect(self._receipt_changed)
        bridge.pretix_changed.connect(self._pretix_changed)
        bridge.trouble_told.connect(self._trouble_told)
        bridge.operation_ended.connect(self._operation_ended)
        bridge.setting_kept.connect(self._setting_kept)
        bridge.door_chosen.connect(self._door_chosen)
        self.wizard.pretix_wanted.connect(self._show_pretix)
        self.pretix.door_wanted.connect(self._choose_pretix_door)
        self.wizard.finished.connect(lambda: self.window.show_page(CHECK_IN))
        self._connect_line()

    def _connect_line(self) -> None:
        window = self.window
        window.line_status.clicked.connect(lambda _checked: self._show_line())
        window.conflict_alarm.show_wanted.connect(self._show_conflicts)
        window.call_alarm.show_wanted.connect(self._show_calls)
        self.venue.counted.connect(self._count_calls)
        self.venue.check_in_wanted.connect(self._check_in)
        window.revoked_screen.export_wanted.connect(self._export_outbox)
        self.conflicts.counted.connect(self._count_conflicts)
        self.desks.door_wanted.connect(self._choose_door)
        self.wizard.joining_wanted.connect(self._show_line)
        self.bridge.line_changed.connect(self._line_changed)

    # The line

    def _choose_door(self) -> None:
        """Straight to it: who has joined others has their event, and its guests."""
        self.window.show_page(SET_UP)
        self.wizard.choose_door()

    def _show_line(self) -> None:
        self.desks.show_this_desk()
        self.window.show_page(DESKS)

    def _show_pretix(self) -> None:
        self.pretix.show_bridge()
        self.window.show_page(PRETIX)

    def _choose_pretix_door(self, log: str) -> None:
        self.window.show_page(SET_UP)
        self.wizard.choose_door(log)

    def _show_conflicts(self) -> None:
        self.window.show_page(CONFLICTS)
        self.conflicts.show_open()

    def _show_calls(self) -> None:
        self.window.show_page(VENUE)
        self.venue.show_calls()

    def _count_calls(self, count: int) -> None:
        self.window.set_count(VENUE, count, tr("{number} open", number=count))

    def _check_in(self, ticket: Ticket) -> None:
        self.window.show_page(CHECK_IN)
        self.check_in.scan(ticket.secret, Source.SEARCH)

    def _count_conflicts(self, count: int) -> None:
        self.window.set_count(CONFLICTS, count, tr("{number} open", number=count))

    def _export_outbox(self) -> None:
        target = ask_file(self.window)
        if target is not None:
            self.bridge.post(ExportOutbox(str(target)))

    def _line_changed(self, _state: LineState) -> None:
        """A locked desk admits nobody, by its camera neither."""
        self._page_shown(self.window.current_page())

    # The till

    def _show_sale(self, sale: str) -> None:
        self.window.show_page(TILL)
        self.till.show_sale(sale)

    # Codes

    def _scanned(self, code: str, seen_at: float) -> None:
        """A hand scanner works on every page; a verdict is worth nothing unseen."""
        self.bridge.post(NoteScanner())
        if is_staff_card(code):
            self._card_shown(code, seen_at)
            return
        if self.window.is_locked() or self.window.offer(code, seen_at):
            return
        if self.window.current_page() != SET_UP:
            self.window.show_page(CHECK_IN)
        self.window.scan(code, seen_at)

    def _page_shown(self, key: str) -> None:
        self._camera_counts = key == CHECK_IN and not self.window.is_locked()

    def _code_read(self, read: CodeRead) -> None:
        """On the camera's thread, so that no painting stands before a ticket.

        The camera counts only where its picture is shown: nobody is admitted from another page.
        """
        if self._camera_counts and not is_staff_card(read.text):
            self.check_in.scan(read.text, Source.CAMERA, read.seen_at)

    def _code_tried(self, read: CodeRead) -> None:
        """The set-up shows what the camera reads, an invitation joins; nobody is admitted by it."""
        if is_staff_card(read.text):
            self._card_shown(read.text, read.seen_at)
            return
        page = self.window.page(self.window.current_page())
        if page in (self.wizard, self.desks, self.pretix) and not self.window.is_locked():
            self.window.offer(read.text, read.seen_at)

    def _card_shown(self, code: str, seen_at: float) -> None:
        """Held up to a camera, a card is read again and again: once is enough."""
        before, self._card = self._card, (code, seen_at)
        if before[0] != code or seen_at - before[1] > CARD_AGAIN_S:
            self.window.take_card(code)

    # Devices and messages

    def _set_devices(self) -> None:
        devices = self.window.devices
        devices.show_state("scanner", Status.READY)
        devices.show_state("database", Status.READY)
        self._show_printer(str(self._desk.preferences.get(keys.PRINTER)))

    def _show_printer(self, queue: str) -> None:
        state = Status.READY if queue else Status.GONE
        self.window.devices.show_state("printer", state, "" if queue else tr("not set up"))

    def _device_changed(self, changed: DeviceChanged) -> None:
        state = changed.state
        words = f"{tr(state.message)} {tr(state.remedy)}".strip()
        self.window.devices.show_state(changed.device, state.status, words)
        if changed.device == "camera":
            self.check_in.camera.set_state(words)

    def _job_changed(self, job: BadgeJob) -> None:
        if job.state is JobState.PRINTED:
            self.window.devices.show_state("printer", Status.READY)
            self._settle(f"job {job.printer}")
            self._settle("printer")
        elif job.state in STUCK or (job.state in WAITING and job.detail):
            words = joined(job.printer, tr(job.detail))
            self.window.devices.show_state("printer", Status.DEGRADED, words)
            remedy = tr("The guest is checked in; the badge waits on the page Printing.")
            self._tell(words, remedy, Tone.WARN, f"job {job.printer}")

    def _receipt_changed(self, told: ReceiptChanged) -> None:
        """The next guest may stand there by then: a receipt that did not come out is not lost from sight."""
        if told.state is PrintState.FAILED:
            remedy = tr("Look at the receipt printer; the page Shift prints it again, among the sales.")
            text = joined(tr("A receipt was not printed."), tr(told.words), by=" ")
            self._tell(text, remedy, Tone.WARN, "receipts")
        elif told.state is PrintState.PRINTED:
            self._settle("receipts")

    def _pretix_changed(self, state: BridgeState) -> None:
        """Among the devices from the moment on that this desk is one of pretix'."""
        devices = self.window.devices
        if not devices.has(PRETIX):
            if state.phase is Phase.NONE:
                return
            devices.add(PRETIX, "pretix", "globe")
        devices.show_state(PRETIX, *pretix_words.strip(state))

    def _trouble_told(self, trouble: Trouble) -> None:
        """What came up before takes its old place: the same fault at each scan is one message."""
        at_till = self.window.current_page() == TILL and trouble.command in TOLD_AT_TILL
        if at_till or trouble.command in TOLD_WHERE_ASKED:
            return
        message = tr(trouble.message)
        if trouble.device:
            self.window.devices.show_state(trouble.device, Status.DEGRADED, message)
            self._told[trouble.device] = message
        self._messages.tell(message, tr(trouble.remedy), Tone.BAD, key=trouble.device or trouble.message)

    def _verdict_given(self, given: Given) -> None:
        if given.admission and "database" in self._told:
            self.window.devices.show_state("database", Status.READY)
            self._settle("database")

    def _tell(self, text: str, remedy: str, tone: Tone, key: str) -> None:
        """Not again what was told of the same thing last: a jam is news once, not with each guest."""
        if self._told.get(key) != text:
            self._told[key] = text
            self._messages.tell(text, remedy, tone, key)

    def _settle(self, key: str) -> None:
        self._told.pop(key, None)
        self._messages.settle(key)

    def _operation_ended(self, ended: Ended) -> None:
        if ended.error is not None:
            self._trouble_told(ended.error)

    # Where to begin

    def _door_chosen(self, door: Door) -> None:
        self.window.setWindowTitle(f"{door.catalogue.event.name} · {door.list.name} · EventDesk")

    # Settings

    def _setting_kept(self, setting: tuple[str, Any]) -> None:
        key, value = setting
        if key in LOOKS:
            self._dress()
        if key == keys.LANGUAGE:
            told = tr("The new language is spoken from the next start on.")
            self._messages.tell(told, key="language")
        if key == keys.PRINTER:
            self._show_printer(str(value))
        if key == keys.SOUNDS:
            self.sounds.muted = not value

    def _dress(self) -> None:
        get = self._desk.preferences.get
        chosen = str(get(keys.LANGUAGE))
        language = chosen or QLocale.system().name().partition("_")[0]
        QLocale.setDefault(QLocale(chosen) if chosen else QLocale.system())
        i18n.load(language)
        look = theme.Look(
            dark=_is_dark(str(get(keys.THEME))), touch=bool(get(keys.TOUCH)), scale=get(keys.SCALE) / 100
        )
        theme.apply(self._app, look, language)


def _is_dark(wish: str) -> bool:
    from PySide6.QtCore import Qt

    if wish == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return wish == "dark"
