"""The steps of the set-up that try devices: camera with a live test, printer with a test badge."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from eventdesk.desk import settings as keys
from eventdesk.desk.commands import ListDevices, ListSettings, PrintTestBadge, PutSetting
from eventdesk.desk.hooks import DeviceChanged, Trouble
from eventdesk.desk.listings import BadgeTried, DevicesListed, SettingsListed
from eventdesk.domain.badges import JobState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.camera_view import CameraView
from eventdesk.screens.manage.device_choice import CameraField, PrinterField
from eventdesk.screens.manage.entries import ChoiceField
from eventdesk.screens.manage.job_words import state_tone, state_words
from eventdesk.screens.manage.layouts import layout_names
from eventdesk.screens.manage.look import alone, button, fill, note, say
from eventdesk.screens.manage.wizard_step import Step
from eventdesk.screens.words import isolate, joined, told


class CameraStep(Step):
    """`view` takes the frames of the camera, as that of the check-in screen does."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, tr("Camera"), tr("Hold a ticket up to the camera, or scan it."))
        self._kept = keys.DEFAULTS[keys.CAMERA_SOURCE]
        self.source = CameraField()
        self.view = CameraView()
        self.read = note(tr("Nothing read yet."), "heading")
        self.state = note()
        self.state.hide()
        side = QWidget()
        fill(side, self.source, self.state, self.read, 1, spacing=16)
        side.setMaximumWidth(360)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(18)
        both.addWidget(self.view, 1)
        both.addWidget(side)
        self.setFocusProxy(self.source.combo)
        self.source.changed.connect(self._changed)
        bridge.settings_listed.connect(self._listed)
        bridge.devices_listed.connect(lambda listed: self.source.offer(listed.cameras))
        bridge.device_changed.connect(self._device_changed)
        bridge.sighted.connect(self.view.show_sighted)

    def enter(self, _log: str) -> None:
        self.bridge.post(ListSettings())
        self.bridge.post(ListDevices())

    def show_code(self, code: str) -> None:
        say(self.read, tr("✓ Read: {code}", code=isolate(code)), "good")

    def _changed(self) -> None:
        if self.source.value() != self._kept:
            self._kept = self.source.value()
            self.bridge.post(PutSetting(keys.CAMERA_SOURCE, self._kept))

    def _listed(self, listed: SettingsListed) -> None:
        self._kept = listed.settings.get(keys.CAMERA_SOURCE, keys.DEFAULTS[keys.CAMERA_SOURCE])
        self.view.mirrored = bool(
            listed.settings.get(keys.CAMERA_MIRRORED, keys.DEFAULTS[keys.CAMERA_MIRRORED])
        )
        self.source.put(self._kept)

    def _device_changed(self, changed: DeviceChanged) -> None:
        if changed.device == "camera":
            words = f"{tr(changed.state.message)} {tr(changed.state.remedy)}".strip()
            say(self.state, words, "muted" if changed.state.status == "ready" else "warn")


class PrinterStep(Step):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, tr("Printer"), tr("Which printer makes the badges?"))
        self._asked = ""
        self._kept = {key: keys.DEFAULTS[key] for key in (keys.PRINTER, keys.LAYOUT)}
        self.printer = PrinterField()
        self.layout_choice = ChoiceField(tr("Badge layout"), layout_names()[1:])
        self.test_button = button(tr("Print a test badge"), self.test, "", "printer")
        self.told = note()
        self.told.hide()
        fill(self, self.printer, self.layout_choice, alone(self.test_button), self.told, 1, spacing=16)
        self.setFocusProxy(self.printer.combo)
        for field in (self.printer, self.layout_choice):
            field.changed.connect(self._changed)
        bridge.settings_listed.connect(self._listed)
        bridge.devices_listed.connect(self._devices_listed)
        bridge.test_badge_told.connect(self._told)
        bridge.trouble_told.connect(self._troubled)
        self._may_test()

    def enter(self, _log: str) -> None:
        self.bridge.post(ListSettings())
        self.bridge.post(ListDevices())

    def test(self) -> None:
        """Print a made-up badge."""
        command = PrintTestBadge(self.printer.value())
        self._asked = command.request
        say(self.told, tr("Handed to the printer ..."))
        self.bridge.post(command)

    def _changed(self) -> None:
        for key, field in ((keys.PRINTER, self.printer), (keys.LAYOUT, self.layout_choice)):
            if field.value() != self._kept[key]:
                self._kept[key] = field.value()
                self.bridge.post(PutSetting(key, field.value()))
        self._may_test()

    def _may_test(self) -> None:
        self.test_button.setEnabled(bool(self.printer.value()))

    def _listed(self, listed: SettingsListed) -> None:
        for key, field in ((keys.PRINTER, self.printer), (keys.LAYOUT, self.layout_choice)):
            self._kept[key] = listed.settings.get(key, keys.DEFAULTS[key])
            field.put(self._kept[key])
        self._may_test()

    def _devices_listed(self, listed: DevicesListed) -> None:
        self.printer.offer_printers(listed.printers)
        if listed.trouble and not self._asked:
            say(self.told, listed.trouble, "warn")

    def _told(self, tried: BadgeTried) -> None:
        if tried.request == self._asked:
            sign = "✓ " if tried.state is JobState.PRINTED else ""
            detail = tr(tried.detail) if tried.detail else ""
            say(self.told, sign + joined(state_words(tried.state), detail), state_tone(tried.state))

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            say(self.told, told(trouble), "bad")
