"""Joining other desks: the invitation held up to the camera or scanned, or its code and address typed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.commands import FindHubs, PairDesk
from eventdesk.desk.upstream.values import HubFound, HubsFound, Paired
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.role_words import role_names
from eventdesk.screens.manage.code_form import CodeForm
from eventdesk.screens.manage.entries import ChoiceField, LineField
from eventdesk.screens.manage.look import button, note, say
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate, joined, told

# How an invitation begins (`sync/pairing.py`); anything else that is scanned is a ticket.
INVITATION = "EVENTDESK:"


def is_invitation(code: str) -> bool:
    return code.startswith(INVITATION)


class PairingForm(CodeForm):
    """`paired` when it is done."""

    paired = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._looking = ""
        self._known: frozenset[str] = frozenset()
        self._build()
        bridge.paired.connect(self._paired)
        bridge.hubs_found.connect(self._found)

    def take(self, invitation: str) -> None:
        """An invitation was scanned: no more is needed."""
        self.code.put(invitation)
        self.join()

    def join(self) -> None:
        """Ask to be let in with what is entered."""
        if self._asked or not self._checked():
            return
        code = self.code.value()  # an invitation tells its address itself
        address = "" if is_invitation(code) else self.address.value()
        self.ask(PairDesk(code, address, self.name.value()), tr("Joining ..."))

    def look(self) -> None:
        """Look round this network for hubs."""
        command = FindHubs()
        self._looking = command.request
        say(self.looked, tr("Looking for hubs ..."))
        self._bridge.post(command)

    def _build(self) -> None:
        self.code = LineField(tr("Invitation or code"), tr("Twenty letters and digits, in any grouping."))
        self.hubs = ChoiceField(tr("Hubs found on this network"), [("", tr("none chosen"))])
        self.address = LineField(
            tr("Address"), tr("As in https://192.168.0.10:8443, where only the code is typed.")
        )
        self.name = LineField(
            tr("Name of this desk"), tr("As the others shall see it, such as North gate 2.")
        )
        self.hubs.changed.connect(lambda: self.address.put(self.hubs.value()))
        self.join_button = button(tr("Join"), self.join, "primary", "check")
        self.looked = note()
        self.looked.hide()
        self.look_button = button(tr("Look for hubs"), self.look, "", "search")
        for field in (self.code, self.address, self.name):
            field.line.returnPressed.connect(self.join)
        buttons = boxed(row(self.join_button, self.look_button, 1))
        self.lay_out(
            tr("Work together with other desks"),
            tr("Hold the invitation up to the camera, or scan it: that is all. Or type the code."),
            self.join_button,
            self.code,
            self.hubs,
            self.looked,
            self.address,
            self.name,
            self.told,
            buttons,
            1,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def _checked(self) -> bool:
        if not self.code.value() and self.address.value() not in self._known:
            self.code.tell(tr("Scan an invitation or type its code."))
            self.code.setFocus()
            return False
        self.code.tell("")
        if self.code.value() and not is_invitation(self.code.value()) and not self.address.value():
            self.address.tell(tr("A code alone does not say where to go: type the address or choose a hub."))
            self.address.setFocus()
            return False
        self.address.tell("")
        return True

    def _found(self, found: HubsFound) -> None:
        if found.request != self._looking:
            return
        self._known = frozenset(hub.address for hub in found.hubs if hub.known)
        options = [("", tr("none chosen")), *((hub.address, _hub_words(hub)) for hub in found.hubs)]
        chosen = self.hubs.value() if self.hubs.combo.currentIndex() >= 0 else ""
        self.hubs.put(chosen if chosen in {one[0] for one in options} else "")
        self.hubs.offer(options)
        if len(found.hubs) == 1 and not self.address.value():
            self.hubs.put(found.hubs[0].address)
            self.address.put(found.hubs[0].address)
        nobody = tr("No hub was found on this network.")
        say(self.looked, "" if found.hubs else nobody)

    def _paired(self, paired: Paired) -> None:
        if paired.request != self._asked:
            return
        self.rest()
        self.code.put("")
        words = tr("✓ Joined {node} as: {roles}.", node=isolate(paired.node), roles=role_names(paired.roles))
        say(self.told, words, "good")
        self.paired.emit()

    def _troubled(self, trouble: Trouble) -> None:
        super()._troubled(trouble)
        if self._looking and trouble.request == self._looking:
            say(self.looked, told(trouble), "warn")


def _hub_words(hub: HubFound) -> str:
    return joined(hub.name, hub.address, tr("known") if hub.known else "")
