"""The doctor's page: every part that a door needs, ready or with what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from eventdesk.desk.checks.check import Check, Checkup, Status
from eventdesk.desk.commands import BackUpNow, RunDoctor
from eventdesk.desk.hooks import Trouble
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import PAGE_MARGIN, button, card, fill, note, say, scrolled, title
from eventdesk.screens.widgets.basics import label, row, set_tone
from eventdesk.screens.words import told

SIGNS = {Status.READY: "✓", Status.DEGRADED: "!", Status.GONE: "✕"}
TONES = {Status.READY: "good", Status.DEGRADED: "warn", Status.GONE: "bad"}


class DoctorPage(QWidget):
    """Runs when it is first shown, and again when a person asks for it."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = self._backing_up = ""
        self._lines: dict[str, CheckLine] = {}
        self.verdict = note()
        self.again_button = button(tr("Check again"), self.run, "primary", "doctor")
        self._list = QWidget()
        self._column = fill(self._list, 1, spacing=6)
        self.backup_button = button(tr("Back up now"), self.back_up, "", "backup")
        top = row(title(tr("Is everything ready?")), 1, self.backup_button, self.again_button)
        whole = fill(self, margin=PAGE_MARGIN)
        whole.addLayout(top)
        whole.addWidget(self.verdict)
        whole.addWidget(scrolled(self._list, wide=True), 1)
        bridge.doctor_reported.connect(self._reported)
        bridge.backup_made.connect(self._backed_up)
        bridge.trouble_told.connect(self._troubled)

    def run(self) -> None:
        """Have everything looked at."""
        command = RunDoctor()
        self._asked = command.request
        self.again_button.setEnabled(False)
        say(self.verdict, tr("Looking ..."))
        self._bridge.post(command)

    def back_up(self) -> None:
        """Make a backup; everything is looked at again when it is there."""
        command = BackUpNow()
        self._backing_up = command.request
        self.backup_button.setEnabled(False)
        self._bridge.post(command)

    def take_scan(self, code: str, _seen_at: float) -> bool:
        """A code from a hand scanner is shown here instead of going to the door."""
        line = self._line("scanner")
        line.show_check(Check("scanner", Status.READY, tr("The scanner reads: {code}", code=code)))
        return True

    def line(self, name: str) -> "CheckLine":
        """The line of a check that was told."""
        return self._lines[name]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self.run()

    def _reported(self, checkup: Checkup) -> None:
        if checkup.request != self._asked:
            return
        for check in checkup.checks:
            self._line(check.name).show_check(check)
        if checkup.complete:
            self.again_button.setEnabled(True)
            self._sum_up(checkup)

    def _backed_up(self, _file: str) -> None:
        if not self.backup_button.isEnabled():
            self.backup_button.setEnabled(True)
            self.run()

    def _troubled(self, trouble: Trouble) -> None:
        if self._backing_up and trouble.request == self._backing_up:
            self.backup_button.setEnabled(True)
            say(self.verdict, told(trouble), "bad")

    def _sum_up(self, checkup: Checkup) -> None:
        wrong = sum(check.status is not Status.READY for check in checkup.checks)
        if wrong == 0:
            say(self.verdict, tr("✓ Everything is ready."), "good")
        else:
            say(
                self.verdict,
                tr("In need of a look: {number} of {total}.", number=wrong, total=checkup.total),
                "warn",
            )

    def _line(self, name: str) -> "CheckLine":
        if name not in self._lines:
            self._lines[name] = CheckLine(name)
            self._column.insertWidget(len(self._lines) - 1, self._lines[name])
        return self._lines[name]


class CheckLine(QWidget):
    """One part: sign, name, what was found and what to do."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.sign, self.message, self.remedy = label("…", "heading"), note(tone=""), note()
        self.sign.setFixedWidth(28)
        self.sign.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        called = label(names().get(name, name), "heading")
        called.setFixedWidth(170)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        grid.setVerticalSpacing(2)
        cells: tuple[tuple[QLabel, int, int], ...] = (
            (self.sign, 0, 0),
            (called, 0, 1),
            (self.message, 0, 2),
            (self.remedy, 1, 2),
        )
        for widget, down, across in cells:
            grid.addWidget(widget, down, across)
        fill(self, card(inside, margin=9))

    def show_check(self, check: Check) -> None:
        self.sign.setText(SIGNS[check.status])
        set_tone(self.sign, TONES[check.status])
        self.message.setText(check.message)
        say(self.remedy, f"→ {check.remedy}" if check.remedy else "")
        self.setAccessibleName(
            f"{names().get(check.name, check.name)}: {check.message} {check.remedy}".strip()
        )


def names() -> dict[str, str]:
    """What a person calls each check."""
    return {
        "camera": tr("Camera"),
        "readers": tr("Code readers"),
        "scanner": tr("Hand scanner"),
        "printer": tr("Badge printer"),
        "clock": tr("Clock"),
        "disk": tr("Disk"),
        "database": tr("Database"),
        "keyring": tr("Keyring"),
        "sound": tr("Sound"),
        "fonts": tr("Fonts"),
        "labels": tr("Label printers"),
        "turnstile": tr("Turnstile"),
    }
