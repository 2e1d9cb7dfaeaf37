"""One wave: how far it is, and what can be done about it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from eventdesk.desk.printing.values import Wave
from eventdesk.domain.badges import STUCK, JobState
from eventdesk.i18n import tr
from eventdesk.screens.manage.look import button, card, fill, heading, note, say
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import joined, number

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
WAITS = (JobState.QUEUED, JobState.SENT, JobState.PRINTING)
HANDED_OVER = (JobState.SENT, JobState.PRINTING)


class WaveCard(QWidget):
    """`steer(wave, choice)` is called with pause, resume or cancel; cancel asks once more first."""

    def __init__(self, steer: Callable[[str, str], None]) -> None:
        super().__init__()
        self._steer = steer
        self.wave = Wave("", "", "", _NEVER, 0, False)
        self.name = heading("")
        self.words = note()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(10)
        self.pause_button = button(tr("Pause"), self._pause)
        self.cancel_button = button(tr("Cancel the rest"), self._ask, "danger")
        self.sure_button = button(tr("Cancel {number} badges", number=0), self._cancel, "danger")
        self.keep_button = button(tr("Go on with the wave"), lambda: self._show_asking(False))
        self._actions = boxed(row(self.pause_button, self.cancel_button, 1))
        self._asking = boxed(row(self.sure_button, self.keep_button, 1))
        self._asking.hide()
        fill(self, card(self.name, self.bar, self.words, self._actions, self._asking))

    def show_wave(self, wave: Wave) -> None:
        self.wave = wave
        count = wave.states.get
        waiting = sum(count(state, 0) for state in WAITS)
        stuck = sum(count(state, 0) for state in STUCK)
        self.name.setText(wave.name or tr("Wave without a name"))
        self.bar.setMaximum(max(1, wave.total))
        self.bar.setValue(count(JobState.PRINTED, 0))
        self.bar.setAccessibleName(tr("Printed"))
        say(self.words, _told(wave, waiting, stuck), "warn" if stuck else "muted")
        self.pause_button.setText(tr("Resume") if wave.paused else tr("Pause"))
        self.sure_button.setText(
            tr("Cancel {number} badges", number=number(wave.states.get(JobState.QUEUED, 0)))
        )
        if not waiting:
            self._show_asking(False)
        self._actions.setVisible(bool(waiting) and self._asking.isHidden())

    def _pause(self) -> None:
        self._steer(self.wave.id, "resume" if self.wave.paused else "pause")

    def _ask(self) -> None:
        self._show_asking(True)
        self.keep_button.setFocus()

    def _cancel(self) -> None:
        self._show_asking(False)
        self._steer(self.wave.id, "cancel")

    def _show_asking(self, asking: bool) -> None:
        self._asking.setVisible(asking)
        self._actions.setVisible(not asking)


def _told(wave: Wave, waiting: int, stuck: int) -> str:
    count = wave.states.get
    handed = sum(count(state, 0) for state in HANDED_OVER)
    parts: Sequence[str] = (
        tr(
            "{printed} of {total} printed",
            printed=number(count(JobState.PRINTED, 0)),
            total=number(wave.total),
        ),
        tr("{number} at the printer", number=number(handed)) if handed else "",
        tr("{number} in need of you", number=number(stuck)) if stuck else "",
        tr("{number} canceled", number=number(canceled)) if (canceled := count(JobState.CANCELED, 0)) else "",
        tr("paused") if wave.paused and waiting else "",
    )
    return joined(*parts)


def put_in_order(column: QVBoxLayout, cards: Sequence[QWidget]) -> None:
    """The cards one below the other, as they are given."""
    for place, one in enumerate(cards):
        if column.indexOf(one) != place:
            column.insertWidget(place, one)
