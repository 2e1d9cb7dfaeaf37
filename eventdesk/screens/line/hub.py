"""This computer as a hub: other desks on the same network meet here when the line to the centre is cut."""

from PySide6.QtWidgets import QWidget

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.commands import StartHub, StopHub
from eventdesk.desk.upstream.values import HubState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import alone, button, fill, heading, note, say
from eventdesk.screens.words import isolate, told


class HubSection(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = ""
        self.state = HubState(False)
        self.words = note(tone="")
        self.addresses = note(tone="heading")
        self.told = note()
        self.toggle_button = button(tr("Be the hub"), self.toggle, "", "hub")
        title = heading(tr("This desk as the hub"))
        fill(self, title, self.words, self.addresses, alone(self.toggle_button), self.told)
        bridge.hub_changed.connect(self.show_state)
        bridge.trouble_told.connect(self._troubled)
        self.show_state(self.state)

    def show_state(self, state: HubState) -> None:
        self.state = state
        self._asked = ""
        self.toggle_button.setEnabled(True)
        self.toggle_button.setText(tr("Stop being the hub") if state.running else tr("Be the hub"))
        self.words.setText(
            tr(
                "Other desks on this network find this one by themselves; make a code for each new one "
                "(Desks). They can also type one of these addresses:"
            )
            if state.running
            else tr(
                "One desk on a network can be the hub: the others meet there, also while the line to the "
                "centre is cut. Choose one that stays on and stays here."
            )
        )
        say(self.addresses, "\n".join(isolate(one) for one in state.addresses), "heading")
        say(self.told, tr(state.trouble) if state.trouble else "", "warn")

    def toggle(self) -> None:
        """Start or stop."""
        command = StopHub() if self.state.running else StartHub()
        self._asked = command.request
        self.toggle_button.setEnabled(False)
        say(self.told, tr("One moment ..."))
        self._bridge.post(command)

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self._asked = ""
            self.toggle_button.setEnabled(True)
            say(self.told, told(trouble), "bad")
