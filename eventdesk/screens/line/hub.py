"""This computer as a hub: other desks on the same network meet here when the line to the centre is cut."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.commands import StartHub, StopHub
from eventdesk.desk.upstream.values import HubState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import alone, button, fill, heading, note, say
from eventdesk.screens.words import isolate, told


class HubSection(QWidget):
    """`began` when somebody here has made this desk the first of its network: others are to be let in now."""

    began = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = ""
        self._is_paired = self._is_first = False
        self.state = HubState(False)
        self.words = note(tone="")
        self.addresses = note(tone="heading")
        self.told = note()
        self.toggle_button = button(tr("Be the hub"), self.toggle, "", "hub")
        self.title = heading("")
        fill(self, self.title, self.words, self.addresses, alone(self.toggle_button), self.told)
        bridge.hub_changed.connect(self.show_state)
        bridge.trouble_told.connect(self._troubled)
        self.show_state(self.state)

    def set_paired(self, paired: bool) -> None:
        """Whether this desk is with others already."""
        self._is_paired = paired
        self._describe()

    def show_state(self, state: HubState) -> None:
        was_asked, self._asked = self._asked, ""
        self.state = state
        self._say()
        if was_asked and self._is_first and state.running:
            self.began.emit()

    def _say(self) -> None:
        state = self.state
        self.toggle_button.setEnabled(True)
        self.toggle_button.setText(tr("Stop being the hub") if state.running else tr("Be the hub"))
        self._describe()
        say(self.addresses, "\n".join(isolate(one) for one in state.addresses), "heading")
        say(self.told, tr(state.trouble) if state.trouble else "", "warn")

    def _describe(self) -> None:
        running = self.state.running
        self.title.setText(_title(self._is_paired or running))
        self.words.setText(_words(self._is_paired, running))

    def toggle(self) -> None:
        """Start or stop."""
        command = StopHub() if self.state.running else StartHub()
        self._asked = command.request
        self._is_first = not self._is_paired
        self.toggle_button.setEnabled(False)
        say(self.told, tr("One moment ..."))
        self._bridge.post(command)

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self._asked = ""
            self.toggle_button.setEnabled(True)
            say(self.told, told(trouble), "bad")


def _title(among_others: bool) -> str:
    return tr("This desk as the hub") if among_others else tr("The first of several desks?")


def _words(paired: bool, running: bool) -> str:
    if running:
        return tr(
            "Other desks on this network find this one by themselves; make a code for each new one "
            "(Desks). They can also type one of these addresses:"
        )
    if paired:
        return tr(
            "One desk on a network can be the hub: the others meet there, also while the line to the "
            "centre is cut. Choose one that stays on and stays here."
        )
    return tr(
        "Make this desk the hub: the others join it, no server is needed. Choose one that stays on and "
        "stays here."
    )
