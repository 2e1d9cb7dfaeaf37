"""What every step of the set-up is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.screens.bridge import Bridge


class Step(QWidget):
    """`passed` tells that the next step may come; `title` and `words` stand above the step.

    Subclasses set as focus proxy the control that a person begins with.
    """

    passed = Signal()

    def __init__(self, bridge: Bridge, title: str, words: str) -> None:
        super().__init__()
        self.bridge = bridge
        self.title = title
        self.words = words

    def enter(self, _log: str) -> None:
        """The step comes on show; `_log` is the event that is set up, empty before the first step."""

    def go_on(self) -> None:
        """Next was pressed: do what the step is for, then tell `passed`."""
        self.passed.emit()
