"""How this desk stands with the others, in full sentences; joining, leaving, being the hub."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.hooks import Door
from eventdesk.desk.upstream.commands import ShowLine, TryNow, Unpair
from eventdesk.desk.upstream.values import LineState, Paired
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.line.hub import HubSection
from eventdesk.screens.line.pairing import PairingForm, is_invitation
from eventdesk.screens.line.role_words import role_names
from eventdesk.screens.line.words import needs, sentences, utc_now
from eventdesk.screens.manage.look import alone, button, card, fill, note, say
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate

# Sentences tell seconds at first.
TICK_MS = 5000
NARROW_PX = 600


class ThisDesk(QWidget):
    """`hub_began`: others are to be let in now. `door_wanted`: it has joined, and stands at no door yet."""

    hub_began = Signal()
    door_wanted = Signal()

    def __init__(self, bridge: Bridge, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._bridge, self._now = bridge, now
        self._zone: tzinfo | None = None
        self._has_door = False
        self.state = LineState()
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tell)
        bridge.line_changed.connect(self._line_changed)
        bridge.door_chosen.connect(self._door_chosen)
        bridge.paired.connect(self._paired)
        self._line_changed(self.state)

    def take_scan(self, code: str) -> bool:
        """An invitation that was scanned or seen. False: it is something else."""
        if not is_invitation(code):
            return False
        if self.state.paired:
            say(
                self.told,
                tr("This desk has joined already. Let it work alone first, then scan again."),
                "warn",
            )
        else:
            self.pairing.take(code)
        return True

    def _build(self) -> None:
        self.lead, self.more, self.told = note(tone="heading"), note(tone=""), note()
        self.needs = note(tone="warn")
        self.told.hide()
        self.now_button = button(tr("Try now"), lambda: self._bridge.post(TryNow()), "", "network")
        self.leave_button = button(tr("Work alone"), self._ask_leave, "danger")
        self.door_button = button(tr("Choose the door"), self.door_wanted.emit, "primary", "scan")
        self.door_button.hide()
        self._buttons = boxed(row(self.now_button, self.leave_button, 1))
        self.confirm = Confirm()
        self.pairing = PairingForm(self._bridge)
        self.hub = HubSection(self._bridge)
        self.hub.began.connect(self.hub_began)
        self._pairing_card = card(self.pairing)
        joined = (self.told, alone(self.door_button))
        state = card(self.lead, self.more, self.needs, *joined, self._buttons, self.confirm)
        fill(self, state, card(self.hub), self._pairing_card, 1, spacing=14)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.post(ShowLine())
        self._tell()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pairing.set_narrow(event.size().width() < NARROW_PX)

    def _line_changed(self, state: LineState) -> None:
        if self.state.paired and not state.paired:
            say(self.told, "")
            self.door_button.hide()
        self.state = state
        self._buttons.setVisible(state.paired)
        self._pairing_card.setVisible(not state.paired)
        self.hub.set_paired(state.paired)
        self._tell()

    def _tell(self) -> None:
        told = sentences(self.state, self._now(), self._zone)
        say(self.lead, told[0], "heading")
        say(self.more, "\n".join(told[1:]), "")
        say(self.needs, "\n".join(needs(self.state)), "warn")

    def _paired(self, paired: Paired) -> None:
        """The form that was filled in is gone: what became of it stands here."""
        words = tr("✓ Joined {node} as: {roles}.", node=isolate(paired.node), roles=role_names(paired.roles))
        say(self.told, words, "good")
        self.door_button.setVisible(not self._has_door)
        if self._pairing_card.isVisible():  # the focus must not fall on a button that does something
            (self.now_button if self._has_door else self.door_button).setFocus()

    def _ask_leave(self) -> None:
        words = tr(
            "This desk would neither send nor hear anything of the others until it is let in again. "
            "What waits stays in the outbox."
        )
        self.confirm.ask(words, tr("Yes, work alone"), lambda _word: self._bridge.post(Unpair()))

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
        self._has_door = True
        self.door_button.hide()
        self._tell()
