"""A person's staff card: made, shown once as a QR code, printed if wished, taken away."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from eventdesk.desk.commands import PrintStaffCard
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import BadgeTried
from eventdesk.desk.upstream.commands import MakeStaffCard
from eventdesk.desk.upstream.values import StaffCardMade, StaffRow
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.line.qr_view import QrView
from eventdesk.screens.manage.job_words import state_tone, state_words
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate, joined, told


class StaffCard(QWidget):
    """`show_person` says whose; the code goes from the screen with the next person."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = self._id = self._asked = self._printing = ""
        self._made: StaffCardMade | None = None
        self.state = note()
        self.make_button = button(tr("Make a staff card"), self._make, "", "badge")
        self.remove_button = button(tr("Take it away"), self._remove, "danger")
        self.print_button = button(tr("Print it"), self._print, "", "printer")
        self.code, self.told, self.confirm = QrView(), note(), Confirm()
        self.code.setAccessibleName(tr("QR code of the staff card"))
        buttons = boxed(row(self.make_button, self.print_button, self.remove_button, 1))
        fill(self, self.state, buttons, self.confirm, self.code, self.told, spacing=6)
        bridge.staff_card_made.connect(self._card_made)
        bridge.test_badge_told.connect(self._print_told)
        bridge.trouble_told.connect(self._troubled)
        self.show_person("", None)

    def show_person(self, log: str, person: StaffRow | None) -> None:
        another = self._id != (person.id if person else "") or self._log != log
        self._log, self._id = log, person.id if person else ""
        self.setVisible(person is not None)
        if another:
            self._forget()
        has_card = bool(person and person.has_card)
        self.make_button.setText(tr("Make a new staff card") if has_card else tr("Make a staff card"))
        self.remove_button.setVisible(has_card)
        words = tr("Has a staff card. A new one makes the old one worthless.")
        say(self.state, words if has_card else tr("A staff card logs on in a second: no PIN is typed."))

    def hide_code(self) -> None:
        """Nobody reads it over a shoulder once the page is left."""
        self._forget()

    def _forget(self) -> None:
        self._made, self._asked, self._printing = None, "", ""
        self.code.show_text("")
        self.print_button.hide()
        self.confirm.close_it()
        say(self.told, "")

    def _make(self) -> None:
        self._post(MakeStaffCard(self._log, self._id))

    def _remove(self) -> None:
        words = tr("The card could not log on any more, at any desk.")
        command = MakeStaffCard(self._log, self._id, removed=True)
        self.confirm.ask(words, tr("Yes, take it away"), lambda _word: self._post(command))

    def _post(self, command: MakeStaffCard) -> None:
        self._forget()
        self._asked = command.request
        self._bridge.post(command)

    def _print(self) -> None:
        if self._made is not None:
            command = PrintStaffCard(self._made.name, self._made.code)
            self._printing = command.request
            say(self.told, tr("Handed to the printer ..."))
            self._bridge.post(command)

    def _card_made(self, made: StaffCardMade) -> None:
        if made.request != self._asked or made.id != self._id:
            return
        self._made = made
        self.code.show_text(made.code)
        self.print_button.show()
        words = tr("{name}: print it, or take a picture. It is shown only now.", name=isolate(made.name))
        say(self.told, words, "warn")
        QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """It came below everything else; the page may have to be scrolled."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self.told)
            around.ensureWidgetVisible(self.code)

    def _print_told(self, tried: BadgeTried) -> None:
        if self._printing and tried.request == self._printing:
            detail = tr(tried.detail) if tried.detail else ""
            say(self.told, joined(state_words(tried.state), detail), state_tone(tried.state))

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request and trouble.request in (self._asked, self._printing):
            say(self.told, told(trouble), "bad")
