"""The page of the bridge to pretix."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import PAGE_MARGIN, card, fill, say, scrolled, tabs
from eventdesk.screens.pretix.calls_part import CallsPart
from eventdesk.screens.pretix.event_pick import EventPick
from eventdesk.screens.pretix.state_part import StatePart
from eventdesk.screens.pretix.token_form import TokenForm
from eventdesk.screens.pretix.words import is_token
from eventdesk.screens.words import number

NARROW_PX = 700


class PretixPage(QWidget):
    """`camera` takes frames from any thread, as that of the check-in page does. `door_wanted`: the event
    (its log) is here, and a desk may stand at its door."""

    door_wanted = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.state_part, self.calls = StatePart(bridge), CallsPart(bridge)
        self.token, self.events = TokenForm(bridge), EventPick(bridge)
        self.camera = self.token.camera
        self._choosing = False
        self._build()
        bridge.pretix_changed.connect(self._changed)
        self._changed(BridgeState(Phase.NONE))

    def show_bridge(self) -> None:
        """Come here for the bridge's state, or to begin with it."""
        self.tabs.setCurrentIndex(0)

    def take_scan(self, code: str, _seen_at: float) -> bool:
        """The code of a pretix device; anything else is a ticket."""
        if not is_token(code):
            return False
        self.show_bridge()
        if self.state_part.state.phase is Phase.NONE:
            self.token.take(code)
        else:
            words = tr("This desk is a device of pretix already. End that pairing first, then scan again.")
            say(self.state_part.told, words, "warn")
        return True

    def _build(self) -> None:
        self.state_part.other_wanted.connect(self._choose_other)
        self.state_part.door_wanted.connect(self._want_door)
        self.events.left.connect(self._stay)
        self._token_card, self._events_card = card(self.token), card(self.events)
        first = QWidget()
        fill(first, card(self.state_part), self._events_card, self._token_card, 1, spacing=14)
        self.tabs = tabs(tr("Parts of this page"))
        self.tabs.addTab(scrolled(first, wide=True), tr("Bridge"))
        self.tabs.addTab(scrolled(self.calls, wide=True), tr("Told to pretix"))
        fill(self, self.tabs, margin=PAGE_MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.token.set_narrow(event.size().width() < NARROW_PX)

    def _changed(self, state: BridgeState) -> None:
        before = self.state_part.state
        if state.phase is Phase.CHOOSING and before.phase is not Phase.CHOOSING:
            self.events.look(can_leave=False)
        if state.event != before.event:
            self._choosing = False
            self.events.rest()
        self.state_part.show_state(state)
        self.calls.show_state(state)
        self._token_card.setVisible(state.phase is Phase.NONE)
        self._events_card.setVisible(state.phase is Phase.CHOOSING or self._choosing)
        self._name_calls(state)

    def _name_calls(self, state: BridgeState) -> None:
        many = state.waiting + state.refused
        words = tr("Told to pretix ({number})", number=number(many)) if many else tr("Told to pretix")
        if self.tabs.tabText(1) != words:
            self.tabs.setTabText(1, words)

    def _want_door(self) -> None:
        self.door_wanted.emit(self.state_part.state.log)

    def _choose_other(self) -> None:
        self._choosing = True
        self._events_card.show()
        self.events.look(can_leave=True)

    def _stay(self) -> None:
        self._choosing = False
        self._events_card.hide()
        self.state_part.other_button.setFocus()
