"""The one way of alarming: a bar over every page, with a sound, until a person has seen it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import Button, label
from eventdesk.screens.widgets.message_bar import announce
from eventdesk.screens.words import ISOLATES

SOUND = "alarm"


class Alarm(QWidget):
    """Something that a person must see: subclasses say what, and what can be done about it.

    `changed`: it rings, is over, or says something else; `rang`: something new came.
    """

    changed = Signal()
    rang = Signal()
    show_wanted = Signal()

    def __init__(self, show_icon: str) -> None:
        super().__init__()
        self.on = False
        self.words = label(wrap=True)
        self.show_button = Button(tr("Look at it"), show_icon, "", self._show)
        self.seen_button = Button(tr("Seen"), "check", "", self.seen)
        self._inside = QHBoxLayout(self)
        self._inside.setContentsMargins(14, 6, 10, 6)
        self._inside.addWidget(self.words, 1)
        for one in (self.show_button, self.seen_button):
            self._inside.addWidget(one)

    def text(self) -> str:
        return self.words.text()

    def seen(self) -> None:
        """A person has taken notice."""
        self.quiet()

    def ring(self, text: str) -> None:
        """Something new: it is seen, heard and spoken."""
        self.tell(text)
        self.rang.emit()

    def tell(self, text: str) -> None:
        """What is still to be seen, without a sound."""
        self.on = True
        self.words.setText(text)
        self.changed.emit()

    def quiet(self) -> None:
        self.on = False
        self.changed.emit()

    def add_button(self, button: QPushButton) -> None:
        """Before all others."""
        self._inside.insertWidget(1, button)

    def _show(self) -> None:
        self.seen()
        self.show_wanted.emit()


class AlarmBar(QFrame):
    """Shows one alarm at a time, the most urgent first: the next one as soon as it is seen."""

    def __init__(self, *alarms: Alarm, play: Callable[[str], object] = lambda _name: None) -> None:
        super().__init__()
        self.setProperty("bar", "alarm")
        self._alarms, self._play = alarms, play
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        for alarm in alarms:
            inside.addWidget(alarm)
            alarm.changed.connect(self._show)
            alarm.rang.connect(lambda alarm=alarm: self._rang(alarm))
        self._show()

    def _show(self) -> None:
        shown = next((alarm for alarm in self._alarms if alarm.on), None)
        for alarm in self._alarms:
            alarm.setVisible(alarm is shown)
        self.setVisible(shown is not None)

    def _rang(self, alarm: Alarm) -> None:
        self._play(SOUND)
        if alarm.isVisible():  # not over a locked desk
            announce(alarm, alarm.text().translate(ISOLATES), urgent=True)
