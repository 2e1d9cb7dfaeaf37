"""What a form has asked of the engine, and what it says of it where it was asked."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Trouble
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import say
from eventdesk.screens.words import told


class Asking(QObject):
    """Posts commands, one at a time; a fault of the last one is told at `words`."""

    def __init__(self, bridge: Bridge, words: QLabel) -> None:
        super().__init__(words)
        self._bridge, self._words = bridge, words
        self._request = ""
        bridge.trouble_told.connect(self._troubled)

    def ask(self, command: Command) -> None:
        self._request = command.request
        say(self._words, "")
        self._bridge.post(command)

    def is_answer(self, request: str) -> bool:
        """Whether this answers what was asked last; then nothing is awaited any more."""
        if not self._request or request != self._request:
            return False
        self._request = ""
        return True

    def tell(self, text: str, tone: str = "good") -> None:
        say(self._words, text, tone)

    def _troubled(self, trouble: Trouble) -> None:
        if self.is_answer(trouble.request):
            say(self._words, told(trouble), "bad")
