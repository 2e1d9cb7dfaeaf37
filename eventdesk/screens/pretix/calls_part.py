"""What pretix was told, call by call, with its own words: try again, or give up."""

from datetime import tzinfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from eventdesk.desk.hooks import Door
from eventdesk.desk.pretix.commands import ListCalls, SettleCall
from eventdesk.desk.pretix.values import BridgeState, CallRow, CallsListed, CallState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.look import button, card, fill, note, say, table_of
from eventdesk.screens.pretix.words import call_state
from eventdesk.screens.venue.rows import KeyedTable
from eventdesk.screens.widgets.basics import boxed
from eventdesk.screens.widgets.flow import Flow
from eventdesk.screens.words import clock, joined, number

# The state may change with every scan: the table is read again this much later, once.
SETTLE_MS = 700
TABLE_PX = 200


class CallsPart(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._listing = ""
        self._zone: tzinfo | None = None
        self._numbers = ("", 0, 0)
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.refresh)
        bridge.calls_listed.connect(self._listed)
        bridge.door_chosen.connect(self._door_chosen)

    def refresh(self) -> None:
        if not self._numbers[0]:
            return  # no event, no calls
        command = ListCalls(only_open=not self.all.isChecked())
        self._listing = command.request
        self._bridge.post(command)

    def show_state(self, state: BridgeState) -> None:
        numbers = (state.log, state.waiting, state.refused)
        if numbers != self._numbers:
            self._numbers = numbers
            self.all_again_button.setVisible(state.refused > 1)
            if self.isVisible() and not self._soon.isActive():
                self._soon.start()

    def chosen(self) -> CallRow | None:
        return self.model.item(self.table.currentIndex().row())

    def _build(self) -> None:
        headers = (tr("What"), tr("Of"), tr("When"), tr("State"), tr("Tries"), tr("pretix says"))
        self.model: KeyedTable[CallRow] = KeyedTable(headers, self._cells, lambda one: one.call)
        self.table = table_of(self.model, tr("Told to pretix"), (150, 200, 70, 130, 60))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self.count, self.answer = note(), note(tone="")
        self.all = QCheckBox(tr("Also what is done"))
        self.all.toggled.connect(lambda _on: self.refresh())
        self.again_button = button(tr("Try it again"), lambda: self._settle(again=True), "", "undo")
        self.give_up_button = button(tr("Give it up ..."), self._ask_give_up, "danger")
        self.all_again_button = button(tr("Try all refused again"), self._all_again, "", "network")
        self.all_again_button.hide()
        self.confirm = Confirm()
        buttons = boxed(Flow(self.again_button, self.give_up_button, self.all_again_button))
        fill(self, self.count, self.all, self.table, card(self.answer, buttons, self.confirm, margin=12))
        self._show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _settle(self, *, again: bool) -> None:
        call = self.chosen()
        if call is not None:
            self._bridge.post(SettleCall(call.call, again))
            self._soon.start()

    def _all_again(self) -> None:
        self._bridge.post(SettleCall(0))
        self._soon.start()

    def _ask_give_up(self) -> None:
        self.confirm.ask(
            tr("pretix will not be told of this. It stays listed as given up."),
            tr("Give it up"),
            lambda _typed: self._settle(again=False),
        )

    def _cells(self, call: CallRow) -> tuple[str, ...]:
        return (
            tr(call.kind),
            call.what,
            clock(call.at, self._zone),
            call_state(call.state),
            number(call.tries),
            tr(call.answer) if call.answer else "",
        )

    def _listed(self, listed: CallsListed) -> None:
        if listed.request != self._listing:
            return
        self.model.show_items(listed.calls)
        if self.chosen() is None and listed.calls:
            self.table.selectRow(0)
        self._count(listed)
        self._show_chosen()

    def _count(self, listed: CallsListed) -> None:
        if not listed.total:
            nothing = tr("Nothing waits: pretix has been told all that desks did.")
            say(self.count, tr("Nothing was told yet.") if self.all.isChecked() else nothing, "good")
            return
        shown, whole = number(len(listed.calls)), number(listed.total)
        say(
            self.count,
            tr("The oldest {shown} of {whole}. Nothing is ever dropped.", shown=shown, whole=whole),
        )

    def _show_chosen(self) -> None:
        call = self.chosen()
        refused = call is not None and call.state is CallState.REFUSED
        self.again_button.setEnabled(refused)
        self.give_up_button.setEnabled(refused)
        if call is None:
            say(self.answer, "")
            return
        words = tr(call.answer) if call.answer else call_state(call.state)
        say(self.answer, f"{joined(tr(call.kind), call.what)}: {words}", "warn" if refused else "")

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
