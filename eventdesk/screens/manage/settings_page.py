"""The settings of this desk. Each is kept as soon as it is changed; nothing needs to be saved."""

from typing import Any

from babel import Locale
from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk import i18n
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import ListDevices, ListSettings, PrintTestBadge, PutSetting, StartTraining
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import BadgeTried, DevicesListed, SettingsListed
from eventdesk.domain.badges import JobState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.kiosk.settings_part import KioskSettings
from eventdesk.screens.manage.device_choice import CameraField, PrinterField
from eventdesk.screens.manage.entries import ChoiceField, LineField, TickField
from eventdesk.screens.manage.field import Field, Wrong
from eventdesk.screens.manage.formats_field import FormatsField
from eventdesk.screens.manage.job_words import state_tone, state_words
from eventdesk.screens.manage.layouts import layout_names
from eventdesk.screens.manage.look import (
    PAGE_MARGIN,
    alone,
    button,
    card,
    fill,
    heading,
    note,
    say,
    scrolled,
    title,
)
from eventdesk.screens.manage.training_part import TrainingSettings
from eventdesk.screens.till.settings_part import TillSettings
from eventdesk.screens.words import joined, told

SCALES = (80, 90, 100, 115, 130, 150, 175, 200)
CLAIMS_MS = (50, 100, 150, 300, 600)
LOCKS_H = (12, 24, 72, 168)
# A text is kept when the person has stopped typing.
PAUSE_MS = 400


class SettingsPage(QWidget):
    """What the settings change (language, colours, devices) is done by whoever hears `setting_kept`."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._kept: dict[str, Any] = dict(keys.DEFAULTS)
        self._filling = False
        self._tried = ""
        self.fields = self._make_fields()
        self.told = note()
        self.told.hide()
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        for field in self.fields.values():
            field.changed.connect(self._changed)
        bridge.settings_listed.connect(self._listed)
        bridge.devices_listed.connect(self._devices_listed)
        bridge.setting_kept.connect(self._setting_kept)
        bridge.test_badge_told.connect(self._test_told)
        bridge.trouble_told.connect(self._troubled)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.post(ListSettings())
        self._bridge.post(ListDevices())

    def test_badge(self) -> None:
        """Print a made-up badge on the chosen printer."""
        command = PrintTestBadge(self.printer.value())
        self._tried = command.request
        say(self.tried, tr("Handed to the printer ..."))
        self._bridge.post(command)

    def _make_fields(self) -> dict[str, Field]:
        self.camera, self.printer = CameraField(), PrinterField()
        self.sheets = PrinterField(tr("Printer for tickets on sheets"), tr("The badge printer"))
        self.till, self.training = TillSettings(self._bridge), TrainingSettings(self._bridge)
        self.kiosk = KioskSettings(self._bridge)
        return {
            **self.till.fields,
            keys.SHEET_PRINTER: self.sheets,
            **self.training.fields,
            **self.kiosk.fields,
            keys.LANGUAGE: ChoiceField(tr("Language"), _languages(), tr("From the next start on.")),
            keys.THEME: ChoiceField(tr("Colours"), _themes()),
            keys.SCALE: ChoiceField(tr("Size"), [(scale, f"{scale} %") for scale in SCALES]),
            keys.TOUCH: TickField(tr("Large controls for fingers")),
            keys.SOUNDS: TickField(tr("Sounds")),
            keys.STATION: LineField(tr("Name of this desk"), tr("Such as North 2.")),
            keys.CAMERA_SOURCE: self.camera,
            keys.CAMERA_MIRRORED: TickField(tr("Show the picture as in a mirror")),
            keys.CODE_FORMATS: FormatsField(),
            keys.SCANNER_PREFIX: LineField(
                tr("Characters before each code"), tr("Where the hand scanner is set to send some.")
            ),
            keys.SCANNER_SUFFIX: LineField(tr("Characters after each code")),
            keys.PRINTER: self.printer,
            keys.LAYOUT: ChoiceField(tr("Badge layout"), layout_names()[1:]),
            keys.AUTO_PRINT: TickField(tr("Print a badge with each first entry")),
            keys.MAY_FORCE: TickField(tr("This desk may overrule a refusal")),
            keys.CLAIM_MS: ChoiceField(
                tr("A scan waits for other desks"),
                [(ms, tr("up to {number} ms", number=ms)) for ms in CLAIMS_MS],
                tr("Without an answer by then the desk decides alone."),
            ),
            keys.LOCK_AFTER_H: ChoiceField(
                tr("Lock this desk when it was alone for"),
                [(hours, tr("{number} h", number=hours)) for hours in LOCKS_H],
                tr("A PIN or contact with the others opens it again."),
            ),
        }

    def _build(self) -> None:
        fields, inside = self.fields, QWidget()
        self.tried = note()
        self.tried.hide()
        self.test_button = button(tr("Print a test badge"), self.test_badge, "", "printer")
        fill(
            inside,
            _card(tr("This desk"), fields, keys.STATION, keys.LANGUAGE, keys.MAY_FORCE, keys.SOUNDS),
            _card(tr("Appearance"), fields, keys.THEME, keys.SCALE, keys.TOUCH),
            _card(tr("Camera"), fields, keys.CAMERA_SOURCE, keys.CAMERA_MIRRORED, keys.CODE_FORMATS),
            _card(tr("Hand scanner"), fields, keys.SCANNER_PREFIX, keys.SCANNER_SUFFIX),
            _card(tr("Other desks"), fields, keys.CLAIM_MS, keys.LOCK_AFTER_H),
            _card(tr("Badges"), fields, keys.PRINTER, keys.LAYOUT, keys.AUTO_PRINT, keys.SHEET_PRINTER),
            alone(self.test_button),
            self.tried,
            self.till,
            self.training,
            self.kiosk,
            1,
            spacing=16,
        )
        fill(self, title(tr("Settings")), self.told, scrolled(inside), margin=PAGE_MARGIN)

    def _changed(self) -> None:
        if not self._filling:
            self._pause.start()

    def _keep(self) -> None:
        """Post every setting whose field says something else than what is kept."""
        for key, field in self.fields.items():
            try:
                value = field.value()
            except Wrong:
                continue
            if value != self._kept[key]:
                self._kept[key] = value
                self._bridge.post(PutSetting(key, value))

    def _listed(self, listed: SettingsListed) -> None:
        self._fill({key: listed.settings.get(key, default) for key, default in keys.DEFAULTS.items()})

    def _fill(self, settings: dict[str, Any]) -> None:
        self._filling = True
        self._kept = settings
        for key, field in self.fields.items():
            field.put(settings[key])
        training = bool(settings[keys.TRAINING])
        # The training's own terminal is no maker's.
        self.till.show_terminals(() if training else settings[keys.TERMINALS])
        self.training.show_training(training)
        self._filling = False

    def _setting_kept(self, kept: tuple[str, Any]) -> None:
        if kept[0] in self.fields and self.isVisible():
            say(self.told, tr("✓ Kept: {setting}", setting=self.fields[kept[0]].label_text), "good")

    def _troubled(self, trouble: Trouble) -> None:
        """A setting that was not kept: the field says again what is."""
        if trouble.command in (PutSetting, StartTraining) and self.isVisible():
            say(self.told, told(trouble), "bad")
            self._bridge.post(ListSettings())

    def _devices_listed(self, listed: DevicesListed) -> None:
        self._filling = True
        self.camera.offer(listed.cameras)
        self.printer.offer_printers(listed.printers)
        self.sheets.offer_printers(listed.printers)
        self._filling = False
        if listed.trouble and self.isVisible():
            say(self.told, listed.trouble, "warn")

    def _test_told(self, tried: BadgeTried) -> None:
        if tried.request == self._tried:
            detail = tr(tried.detail) if tried.detail else ""
            sign = "✓ " if tried.state is JobState.PRINTED else ""
            say(self.tried, sign + joined(state_words(tried.state), detail), state_tone(tried.state))


def _card(words: str, fields: dict[str, Field], *shown: str) -> QWidget:
    return card(heading(words), *(fields[key] for key in shown))


def _languages() -> list[tuple[str, str]]:
    names = [(code, (Locale(code).get_display_name(code) or code).capitalize()) for code in i18n.languages()]
    return [("", tr("As the computer")), *names]


def _themes() -> list[tuple[str, str]]:
    return [("system", tr("As the computer")), ("light", tr("Light")), ("dark", tr("Dark"))]
