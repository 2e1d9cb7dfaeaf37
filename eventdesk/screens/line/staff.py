"""The staff of an event: names, roles, PINs and cards."""

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QHideEvent, QRegularExpressionValidator, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QWidget

from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.upstream.commands import DefineStaff, ListStaff
from eventdesk.desk.upstream.values import StaffListed, StaffRow
from eventdesk.domain.facts import Kind
from eventdesk.domain.staff import Role
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.line.pin_pad import LONGEST_PIN
from eventdesk.screens.line.role_words import role_choices, role_names
from eventdesk.screens.line.staff_card import StaffCard
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.manage.entries import LineField, PicksField
from eventdesk.screens.manage.look import button, card, fill, heading, note, say, table_of
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate, told

LEAST_PIN = 4
NARROW_PX = 600
TABLE_PX = 190


class StaffPart(QWidget):
    """`use_log` says of which event."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = self._listing = self._doing = self._id = ""
        self._build()
        bridge.staff_listed.connect(self._listed)
        bridge.facts_recorded.connect(self._recorded)
        bridge.trouble_told.connect(self._troubled)
        self.show_person(None)

    def use_log(self, log: str) -> None:
        self._log = log
        self.model.show_items(())
        self.show_person(None)
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        if self._log:
            command = ListStaff(self._log)
            self._listing = command.request
            self._bridge.post(command)

    def show_person(self, person: StaffRow | None) -> None:
        """Change this person, or add one."""
        self._id = person.id if person else ""
        self.about.setText(isolate(person.name) if person else tr("Somebody new"))
        self.name.put(person.name if person else "")
        self.roles.put(person.roles if person else {Role.DOOR})
        self.pin.put("")
        for field in (self.name, self.roles, self.pin):
            field.tell("")
        self.remove_button.setVisible(person is not None)
        self.card.show_person(self._log, person)
        self.confirm.close_it()
        keeps = person is not None and person.has_pin
        self.pin.line.setPlaceholderText(tr("as it was") if keeps else tr("4 to 12 digits"))

    def save(self) -> None:
        """Write the person down."""
        pin, roles = self.pin.value(), self.roles.value()
        named = self.name.check()
        self.roles.tell("" if roles else tr("Tick at least one."))
        bad_pin = bool(pin) and len(pin) < LEAST_PIN
        self.pin.tell(tr("A PIN has 4 to 12 digits.") if bad_pin else "")
        if named and roles and not bad_pin and self._log:
            chosen = frozenset(role for role in Role if role in roles)
            self._post(DefineStaff(self._log, self.name.value(), chosen, pin, self._id))

    def _build(self) -> None:
        headers = (tr("Name"), tr("Roles"), tr("Logs on by"))
        self.model: WordTable[StaffRow] = WordTable(headers, _cells)
        self.table = table_of(self.model, tr("Staff"), (200, 200))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(
            lambda new, _old: self.show_person(self.model.item(new.row()))
        )
        self.about = heading("")
        self.name = LineField(tr("Name"), required=True)
        self.roles = PicksField(tr("Roles"), role_choices())
        self.pin = LineField(tr("PIN"), tr("Only its owner should know it. It is not kept as it is."))
        self.pin.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.line.setMaxLength(LONGEST_PIN)
        self.pin.line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        for field in (self.name, self.pin):
            field.line.returnPressed.connect(self.save)
        self.save_button = button(tr("Save"), self.save, "primary", "check")
        self.new_button = button(tr("Add somebody"), self._start_new, "", "add")
        self.remove_button = button(tr("Remove"), self._ask_remove, "danger")
        self.told, self.confirm = note(), Confirm()
        self.told.hide()
        buttons = boxed(row(self.save_button, self.remove_button, 1))
        self.card = StaffCard(self._bridge)
        form = card(
            self.about, self.name, self.roles, self.pin, buttons, self.confirm, self.told, self.card, 1
        )
        left = QWidget()
        fill(left, self.table, boxed(row(self.new_button, 1)))
        self._both = QHBoxLayout()
        self._both.addWidget(left, 1)
        self._both.addWidget(form, 1)
        fill(self, note(tr("Who may do what, at every desk of this event."))).addLayout(self._both, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.card.hide_code()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = event.size().width() < NARROW_PX
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _start_new(self) -> None:
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self.show_person(None)
        self.name.setFocus()

    def _ask_remove(self) -> None:
        name, roles, id_ = self.name.value(), frozenset[Role](), self._id
        words = tr("{name} could not log on any more, at any desk.", name=isolate(name))
        self.confirm.ask(
            words,
            tr("Yes, remove"),
            lambda _word: self._post(DefineStaff(self._log, name, roles, id=id_, removed=True)),
        )

    def _post(self, command: DefineStaff) -> None:
        self._doing = command.request
        say(self.told, "")
        self._bridge.post(command)

    def _listed(self, listed: StaffListed) -> None:
        if listed.request != self._listing or listed.log != self._log:
            return
        was = self._id
        self.model.show_items(listed.staff)
        at = next((row for row, one in enumerate(listed.staff) if one.id == was), -1)
        if at >= 0:
            self.table.selectRow(at)
        elif was:
            self.show_person(None)

    def _recorded(self, recorded: Recorded) -> None:
        if recorded.log == self._log and Kind.STAFF_DEFINED in recorded.kinds:
            if self._doing and recorded.request == self._doing:
                self._doing = ""
                say(self.told, tr("✓ Saved"), "good")
                if not self._id:
                    self.show_person(None)
            if self.isVisible():
                self.refresh()

    def _troubled(self, trouble: Trouble) -> None:
        if self._doing and trouble.request == self._doing:
            say(self.told, told(trouble), "bad")


def _cells(person: StaffRow) -> tuple[str, ...]:
    ways = [*([tr("PIN")] if person.has_pin else ()), *([tr("card")] if person.has_card else ())]
    return (person.name, role_names(person.roles), ", ".join(ways) or tr("none: can't log on"))
