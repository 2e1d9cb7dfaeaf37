"""One printer: how it is, what is left on its roll, and where the page lies on its paper."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import Command, PrintTestBadge
from eventdesk.desk.listings import BadgeTried
from eventdesk.desk.printing.commands import LoadRoll, PrintCalibration
from eventdesk.desk.printing.values import PrinterTold
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, NumberField
from eventdesk.screens.manage.job_words import state_tone, state_words
from eventdesk.screens.manage.look import button, card, fill, heading, note, say
from eventdesk.screens.printing.millimetres import MillimetreField
from eventdesk.screens.printing.sheet_words import sheets
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.widgets.flow import Flow
from eventdesk.screens.words import joined, number

WARN = 20
_TONES = {"ready": "good", "degraded": "warn", "gone": "bad"}


class PrinterCard(QWidget):
    """`post(command)` sends what is wished; `keep(queue, members)` keeps what is set for the printer."""

    def __init__(
        self,
        queue: str,
        post: Callable[[Command], None],
        keep: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        super().__init__()
        self.queue = queue
        self._post = post
        self._keep = keep
        self._tried = ""
        self._setup: Mapping[str, Any] = {}
        self._build()

    def show_printer(self, told: PrinterTold) -> None:
        state = told.state
        self.name.setText(state.name or self.queue)
        said = tr(state.message) if state.message else tr("ready")
        waiting = tr("{number} badges wait", number=number(told.waiting)) if told.waiting else ""
        say(self.words, joined(said, waiting), _TONES[state.status.value])
        say(self.remedy, tr(state.remedy) if state.remedy else "")
        if told.left is None:
            say(self.left, tr("Labels are not counted."))
        else:
            tone = "bad" if not told.left else "warn" if told.left <= told.warn else "muted"
            say(self.left, tr("Labels left: {number}.", number=number(told.left)), tone)
        self.uncount_button.setVisible(told.left is not None)

    def show_setup(self, setup: Mapping[str, Any]) -> None:
        """As it is kept; what a person is typing just now stays."""
        self._setup = setup
        for name, field in self._fields.items():
            if not field.isAncestorOf(self.focusWidget() or self):
                field.put(setup.get(name) or _DEFAULTS[name])

    def show_tried(self, tried: BadgeTried) -> None:
        if tried.request == self._tried:
            words = joined(state_words(tried.state), tr(tried.detail) if tried.detail else "")
            say(self.told, words, state_tone(tried.state))

    def show_trouble(self, request: str, words: str) -> None:
        if request == self._tried:
            say(self.told, words, "bad")

    def load(self) -> None:
        """A new roll with as many labels as is typed."""
        if self.labels.check() and self.labels.value():
            self._send(LoadRoll(self.queue, self.labels.value()))
            self.labels.put(None)

    def keep(self) -> None:
        """Keep what is typed, where it can be used."""
        if all(field.check() for field in self._fields.values()):
            typed = {name: field.value() for name, field in self._fields.items()}
            self._keep(self.queue, {**self._setup, **typed})
            say(self.told, tr("Kept."), "good")

    def _build(self) -> None:
        self.name, self.words, self.remedy, self.left = heading(self.queue), note(), note(), note()
        self.labels = NumberField(tr("Labels on a new roll"), least=1)
        self.load_button = button(tr("A new roll is in"), self.load)
        self.uncount_button = button(tr("Don't count"), lambda: self._send(LoadRoll(self.queue, None)))
        self.dx = MillimetreField(tr("To the right (mm)"))
        self.dy = MillimetreField(tr("Down (mm)"))
        turns = [(0, "0°"), (90, "90°"), (180, "180°"), (270, "270°")]
        self.turn = ChoiceField(tr("Turned"), turns)
        self.warn = NumberField(tr("Say so when so few labels are left"))
        self.sheet = ChoiceField(tr("Paper"), sheets(tr("One badge a page")))
        self._fields = {
            "dx": self.dx,
            "dy": self.dy,
            "turn": self.turn,
            "warn": self.warn,
            "sheet": self.sheet,
        }
        self.keep_button = button(tr("Keep"), self.keep, "primary")
        self.ruler_button = button(
            tr("Print a page to measure"), lambda: self._send(PrintCalibration(self.queue))
        )
        self.test_button = button(
            tr("Print a test badge"), lambda: self._send(PrintTestBadge(self.queue)), "", "printer"
        )
        self.told = note()
        self.told.hide()
        self.more_button = button(tr("Labels, place and paper"), self._unfold)
        self.more_button.setCheckable(True)
        loading = Flow(self.labels, self.load_button, self.uncount_button)
        self.more = QWidget()
        fill(
            self.more,
            boxed(loading),
            self.warn,
            boxed(Flow(self.dx, self.dy, self.turn, spacing=14)),
            self.sheet,
            boxed(row(self.keep_button, self.ruler_button, 1)),
        )
        self.more.hide()
        actions = boxed(row(self.more_button, self.test_button, 1))
        fill(self, card(self.name, self.words, self.remedy, self.left, actions, self.more, self.told))

    def _unfold(self) -> None:
        self.more.setVisible(self.more_button.isChecked())

    def _send(self, command: Command) -> None:
        self._tried = command.request
        say(self.told, "")
        self._post(command)


_DEFAULTS: Mapping[str, Any] = {"dx": 0, "dy": 0, "turn": 0, "warn": WARN, "sheet": ""}
