"""How the bridge stands, how far the first download is, and what can be done about it."""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Door, Trouble
from eventdesk.desk.pretix.commands import (
    PauseBridge,
    ResumeBridge,
    RotateToken,
    TakeOverBridge,
    UnpairPretix,
)
from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.pretix.words import lead, needs, progress, sentences
from eventdesk.screens.widgets.basics import boxed
from eventdesk.screens.widgets.flow import Flow
from eventdesk.screens.words import isolate, number, told


class StatePart(QWidget):
    """`other_wanted`: another event than the one that is carried."""

    other_wanted = Signal()
    door_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = ""
        self._zone: tzinfo | None = None
        self.state = BridgeState(Phase.NONE)
        self._build()
        bridge.trouble_told.connect(self._troubled)
        bridge.door_chosen.connect(self._door_chosen)
        self.show_state(self.state)

    def show_state(self, state: BridgeState) -> None:
        if state.phase is not self.state.phase:
            say(self.told, "")
        self.state = state
        say(self.lead, lead(state), "heading")
        say(self.needs, "\n".join(needs(state)), "warn")
        say(self.more, "\n".join(sentences(state, self._zone)), "")
        self._show_progress(state)
        self._show_buttons(state)
        self._show_unmapped(state)

    def _build(self) -> None:
        self.lead, self.more, self.needs, self.told = (
            note(tone="heading"),
            note(tone=""),
            note(tone="warn"),
            note(),
        )
        self.told.hide()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Orders that have come in"))
        self.far = note(tone="")
        self.unmapped = note(tone="warn")
        self.door_button = button(tr("Choose the door"), self.door_wanted.emit, "primary", "scan")
        self.pause_button = button(tr("Pause"), lambda: self._ask(PauseBridge()))
        self.resume_button = button(
            tr("Be the bridge again"), lambda: self._ask(ResumeBridge()), "primary", "check"
        )
        self.take_over_button = button(tr("Take over ..."), self._ask_take_over, "", "force")
        self.renew_button = button(tr("New token"), lambda: self._ask(RotateToken()), "", "lock")
        self.other_button = button(tr("Another event ..."), self.other_wanted.emit, "", "event")
        self.end_button = button(tr("End the pairing ..."), self._ask_end, "danger")
        self.buttons = boxed(
            Flow(
                self.door_button,
                self.resume_button,
                self.take_over_button,
                self.pause_button,
                self.renew_button,
                self.other_button,
                self.end_button,
            )
        )
        self.confirm = Confirm()
        fill(
            self,
            self.lead,
            self.far,
            self.bar,
            self.needs,
            self.more,
            self.unmapped,
            self.buttons,
            self.told,
            self.confirm,
        )

    def _show_progress(self, state: BridgeState) -> None:
        fetching = state.phase is Phase.FETCHING
        self.bar.setVisible(fetching)
        say(self.far, progress(state) if fetching else "", "")
        if fetching:
            self.bar.setRange(0, state.total)
            self.bar.setValue(state.done)

    def _show_buttons(self, state: BridgeState) -> None:
        paired, chosen = state.phase is not Phase.NONE, bool(state.event)
        paused = state.phase is Phase.PAUSED
        self.buttons.setVisible(paired)
        self.door_button.setVisible(chosen and not paused and (state.done > 0 or state.heard_at is not None))
        self.pause_button.setVisible(chosen and not paused)
        self.resume_button.setVisible(paused)
        self.take_over_button.setVisible(state.phase is Phase.ELSEWHERE and bool(state.holder))
        self.other_button.setVisible(chosen)

    def _show_unmapped(self, state: BridgeState) -> None:
        told = [
            tr("Not everything of this event can be represented here:"),
            *(f"• {one}" for one in state.unmapped),
        ]
        say(self.unmapped, "\n".join(told) if state.unmapped else "", "warn")

    def _ask(self, command: Command) -> None:
        self._asked = command.request
        say(self.told, tr("One moment ..."))
        self._bridge.post(command)

    def _ask_take_over(self) -> None:
        words = tr(
            "{holder} stops being the bridge as soon as it hears of this; what waits there stays there. "
            "Do this where it is gone for good.",
            holder=isolate(self.state.holder),
        )
        self.confirm.ask(words, tr("Take over"), lambda _typed: self._ask(TakeOverBridge()))

    def _ask_end(self) -> None:
        waiting = self.state.waiting
        words = (
            tr(
                "pretix has not yet been told of {number}: who ends the pairing now gives them up. "
                "Desks go on letting people in by what they know.",
                number=number(waiting),
            )
            if waiting
            else tr(
                "This desk will hear and tell nothing more. Desks go on letting people in by what they know."
            )
        )
        yes = tr("Give them up and end it") if waiting else tr("End the pairing")
        self.confirm.ask(words, yes, lambda _typed: self._ask(UnpairPretix(forget=waiting > 0)))

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self._asked = ""
            say(self.told, told(trouble), "bad")

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
        self.show_state(self.state)
