"""Becoming a device of pretix: its code held up to the camera, scanned or pasted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from eventdesk.desk.hooks import DeviceChanged, Sighted, Trouble
from eventdesk.desk.pretix.commands import PairPretix
from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin import hints
from eventdesk.screens.checkin.camera_view import CameraView
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.look import alone, bring_into_sight, button, fill, heading, note, say
from eventdesk.screens.pretix.words import is_token
from eventdesk.screens.words import told

CAMERA_PX = 230


class TokenForm(QWidget):
    """What is pasted into the token may be the code's whole text: then no address is needed."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = ""
        self._build()
        bridge.trouble_told.connect(self._troubled)
        bridge.pretix_changed.connect(self._changed)
        bridge.device_changed.connect(self._device_changed)
        bridge.sighted.connect(self._sighted)

    def take(self, code: str) -> None:
        """The code was scanned: no more is needed."""
        self.token.put(code)
        self.pair()

    def pair(self) -> None:
        """Ask pretix with what is entered."""
        if self._asked or not self._checked():
            return
        token, address = self.token.value(), self.address.value()
        command = PairPretix(token if is_token(token) else f"{address} {token}")
        self._asked = command.request
        self.pair_button.setEnabled(False)
        say(self.told, tr("Asking pretix ..."))
        self._bridge.post(command)

    def set_narrow(self, narrow: bool) -> None:
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _build(self) -> None:
        self.camera = CameraView()
        self.camera.setMinimumSize(CAMERA_PX, CAMERA_PX * 2 // 3)
        self.camera.setMaximumHeight(CAMERA_PX)
        self.token = LineField(tr("Token"), tr("As pretix shows it with a new device; good for once."))
        self.address = LineField(
            tr("Address"), tr("As in https://pretix.eu, where only the token is pasted.")
        )
        self.told = note()
        self.told.hide()
        self.pair_button = button(tr("Connect"), self.pair, "primary", "check")
        for field in (self.token, self.address):
            field.line.returnPressed.connect(self.pair)
        form = QWidget()
        fill(form, self.token, self.address, alone(self.pair_button), self.told, 1)
        hint = tr(
            "In pretix: Organizer, Devices, Connect a new device. Hold the code that it shows up to the "
            "camera, scan it, or paste the token."
        )
        self._both = QHBoxLayout()
        self._both.addWidget(self.camera, 2, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(form, 3)
        column = fill(self, heading(tr("I sell with pretix")), note(hint))
        column.addLayout(self._both)

    def _checked(self) -> bool:
        token, address = self.token.value(), self.address.value()
        self.token.tell("" if token else tr("Scan the code or paste the token."))
        if not token:
            self.token.setFocus()
            return False
        missing = not is_token(token) and not address
        self.address.tell(
            tr("A token alone does not say where pretix is: type the address.") if missing else ""
        )
        if missing:
            self.address.setFocus()
        return not missing

    def _changed(self, state: BridgeState) -> None:
        if state.phase is not Phase.NONE:
            self._rest()
            self.token.put("")  # it is used up
            say(self.told, "")

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self._rest()
            say(self.told, told(trouble), "bad")
            bring_into_sight(self.told)

    def _rest(self) -> None:
        self._asked = ""
        self.pair_button.setEnabled(True)

    def _device_changed(self, changed: DeviceChanged) -> None:
        if changed.device == "camera":
            self.camera.set_state(f"{tr(changed.state.message)} {tr(changed.state.remedy)}".strip())

    def _sighted(self, sighted: Sighted) -> None:
        if not self.camera.isVisible():
            return
        if sighted.corners:
            self.camera.show_outline(sighted.corners)
        if sighted.cause:
            self.camera.show_hint(hints.sentence(sighted.cause))
