"""Of the settings: to start a training, and within one what its made-up card terminal answers."""

from PySide6.QtWidgets import QWidget

from eventdesk.desk import settings as keys
from eventdesk.desk.commands import StartTraining
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.entries import ChoiceField
from eventdesk.screens.manage.field import Field
from eventdesk.screens.manage.look import alone, button, card, fill, heading, note, say


class TrainingSettings(QWidget):
    """`fields` are kept by the page; `show_training` says on which side of the glass this is."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        answers = ChoiceField(
            tr("The training's card terminal answers"), _answers(), tr("It is made up: nothing is charged.")
        )
        self.fields: dict[str, Field] = {keys.TRAINING_CARDS: answers}
        self.about = note(tr("A window to practise in: no real money, no real tickets, no real guests."))
        self.start_button = button(tr("Start a training"), self.start, "", "person")
        self.told = note()
        self.told.hide()
        self._starting = alone(self.start_button)
        fill(self, card(heading(tr("Training")), self.about, answers, self._starting, self.told))
        self.show_training(False)

    def start(self) -> None:
        """In another process; its window opens beside this one."""
        self._bridge.post(StartTraining())
        say(self.told, tr("The training opens in a window of its own ..."))

    def show_training(self, training: bool) -> None:
        self.fields[keys.TRAINING_CARDS].setVisible(training)
        self.about.setVisible(not training)
        self._starting.setVisible(not training)


def _answers() -> list[tuple[str, str]]:
    return [
        ("paid", tr("It was paid")),
        ("declined", tr("The card was declined")),
        ("lost", tr("Paid, but the answer is lost")),
    ]
