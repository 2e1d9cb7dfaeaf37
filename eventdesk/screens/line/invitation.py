"""Letting one more desk in: a code good for once, as QR for its camera and as letters to type."""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from eventdesk.desk.hooks import Door, Trouble
from eventdesk.desk.upstream.commands import MakeCode
from eventdesk.desk.upstream.values import CodeMade
from eventdesk.domain.staff import Role
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.qr_view import QrView
from eventdesk.screens.line.role_words import role_choices, role_names
from eventdesk.screens.manage.entries import ChoiceField, LineField, PicksField
from eventdesk.screens.manage.look import alone, button, fill, heading, note, say
from eventdesk.screens.words import isolate, told

NARROW_PX = 600
VALID_S = (900.0, 3600.0, 12 * 3600.0)


class InvitationForm(QWidget):
    """`showing` tells when a code is on the screen, which then wants all the room there is."""

    showing = Signal(bool)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = ""
        self._zone: tzinfo | None = None
        self._roles: frozenset[str] = frozenset()
        self._build()
        bridge.code_made.connect(self._made)
        bridge.trouble_told.connect(self._troubled)
        bridge.door_chosen.connect(self._door_chosen)

    def make(self) -> None:
        """Ask for a code."""
        roles = self.roles.value()
        if not self.name.check():
            return
        self.roles.tell("" if roles else tr("Tick at least one."))
        if not roles:
            return
        self._roles = roles
        ordered = tuple(role for role in Role if role in roles)
        command = MakeCode(self.name.value(), ordered, self.valid.value())
        self._asked = command.request
        say(self.told, tr("One moment ..."))
        self._bridge.post(command)

    def hide_code(self) -> None:
        """A code on a screen is for those it was made for."""
        self.shown.hide()
        self.form.show()
        self.title.show()
        self.qr.show_text("")
        self.code.setText("")
        self.showing.emit(False)
        self.name.put("")  # the next desk is another one
        self.name.setFocus()

    def _build(self) -> None:
        self.name = LineField(tr("Name of the new desk"), tr("Such as North gate 2."), required=True)
        self.roles = PicksField(tr("What it may be used for"), role_choices())
        self.roles.put({Role.DOOR})
        options = [(VALID_S[0], tr("15 minutes")), (VALID_S[1], tr("an hour")), (VALID_S[2], tr("12 hours"))]
        self.valid = ChoiceField(tr("The code is good for"), options)
        self.valid.put(VALID_S[1])
        self.make_button = button(tr("Make the code"), self.make, "primary", "add")
        self.told = note()
        self.told.hide()
        self.name.line.returnPressed.connect(self.make)
        self.form = QWidget()
        fill(self.form, self.name, self.roles, self.valid, alone(self.make_button), self.told, 1)
        self.title = heading(tr("Let one more desk in"))
        fill(self, self.title, self.form, self._build_shown())

    def _build_shown(self) -> QWidget:
        self.qr = QrView()
        self.code = note(tone="code")
        self.address = note(tone="heading")
        self.until = note(tone="")
        self.how = note(
            tr("On the new desk: Desks, then hold its camera here, or type the code and the address.")
        )
        self.hide_button = button(tr("Hide the code"), self.hide_code, "", "close")
        words = QWidget()
        fill(words, 1, self.code, self.address, self.until, self.how, alone(self.hide_button), 1)
        self.shown = QWidget()
        self._both = QHBoxLayout(self.shown)
        self._both.addWidget(self.qr, 3)
        self._both.addWidget(words, 2)
        self.shown.hide()
        return self.shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = event.size().width() < NARROW_PX
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _made(self, made: CodeMade) -> None:
        if made.request != self._asked:
            return
        self._asked = ""
        say(self.told, "")
        self.code.setText(made.code)
        self.address.setText(isolate(made.text.split()[-1]))
        until = f"{made.until.astimezone(self._zone):%H:%M}"
        self.until.setText(
            tr(
                "For {name}: once, until {time}, as: {roles}.",
                name=isolate(self.name.value()),
                time=until,
                roles=role_names(self._roles),
            )
        )
        self.form.hide()
        self.title.hide()
        self.shown.show()
        self.showing.emit(True)
        self.qr.show_text(made.text)
        self.hide_button.setFocus()

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self._asked = ""
            say(self.told, told(trouble), "bad")

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
