"""A form with a code that may be held up to the camera: the camera's picture beside the fields."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QWidget

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import DeviceChanged, Sighted, Trouble
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.camera_view import CameraView
from eventdesk.screens.manage.look import bring_into_sight, fill, heading, note, say
from eventdesk.screens.words import told

CAMERA_PX = 230


class CodeForm(QWidget):
    """Those who inherit make their fields, then call `lay_out`. One question is under way at a time."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = ""
        self.camera = CameraView()
        self.camera.setMinimumSize(CAMERA_PX, CAMERA_PX * 2 // 3)
        self.camera.setMaximumHeight(CAMERA_PX)
        self.told = note()
        self.told.hide()
        bridge.trouble_told.connect(self._troubled)
        bridge.device_changed.connect(self._device_changed)
        bridge.sighted.connect(self._sighted)

    def set_narrow(self, narrow: bool) -> None:
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def lay_out(self, title: str, hint: str, send_button: QAbstractButton, *parts: QWidget | int) -> None:
        """`parts`, the button's row among them, stand one below the other, beside the camera."""
        self._send_button = send_button
        form = QWidget()
        fill(form, *parts)
        self._both = QHBoxLayout()
        self._both.addWidget(self.camera, 2, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(form, 3)
        column = fill(self, heading(title), note(hint))
        column.addLayout(self._both)

    def ask(self, command: Command, words: str) -> None:
        """Post it, and say so in `words` until it is answered: `rest` then."""
        self._asked = command.request
        self._send_button.setEnabled(False)
        say(self.told, words)
        self._bridge.post(command)

    def rest(self) -> None:
        self._asked = ""
        self._send_button.setEnabled(True)

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self.rest()
            say(self.told, told(trouble), "bad")
            bring_into_sight(self.told)

    def _device_changed(self, changed: DeviceChanged) -> None:
        if changed.device == "camera":
            self.camera.set_state(f"{tr(changed.state.message)} {tr(changed.state.remedy)}".strip())

    def _sighted(self, sighted: Sighted) -> None:
        if self.camera.isVisible():
            self.camera.show_sighted(sighted)
