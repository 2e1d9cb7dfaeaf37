"""Where messages appear: under the page, over the status strip, never over a verdict."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.messages import Message, Messages, Tone
from eventdesk.screens.widgets.basics import Button, label, set_tone

SHOWN_MS = 7000


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Have a screen reader speak `text` at once, wherever the focus is."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class MessageBar(QFrame):
    """Shows one message at a time; faults stay until a person closes them or they are settled."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._shown: Message | None = None
        self._waiting: list[Message] = []
        self._text = label(wrap=True)
        self._more = label(tone="muted")
        close = Button(tr("Close"), "close", "quiet", self._next)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(16, 4, 8, 4)
        inside.addWidget(self._text, 1)
        inside.addWidget(self._more)
        inside.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        messages.told.connect(self._told)
        messages.settled.connect(self._settled)
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def _told(self, message: Message) -> None:
        if message.key:
            self._drop(message.key)
        if self._shown and self._stays(self._shown) and self._goes_first(message, self._shown):
            self._waiting.insert(0, self._shown)
        elif self._shown and self._stays(self._shown):
            self._waiting.append(message)
            self._count()
            return
        self._show(message)

    def _goes_first(self, message: Message, shown: Message) -> bool:
        """What passes by itself, and a fault over a warning: that sounds fail must not hide a full disk."""
        return not self._stays(message) or (message.tone, shown.tone) == (Tone.BAD, Tone.WARN)

    @staticmethod
    def _stays(message: Message) -> bool:
        return message.tone in (Tone.BAD, Tone.WARN)

    def _show(self, message: Message) -> None:
        self._shown = message
        self._text.setText(f"{message.text} {message.remedy}".strip())
        set_tone(self, message.tone, "message")
        self._count()
        self.show()
        announce(self, self._text.text(), urgent=self._stays(message))
        if self._stays(message):
            self._timer.stop()
        else:
            self._timer.start(SHOWN_MS)

    def _count(self) -> None:
        more = len(self._waiting)
        self._more.setText(tr("{number} more", number=more) if more else "")

    def _next(self) -> None:
        self._shown = None
        if self._waiting:
            self._show(self._waiting.pop(0))
        else:
            self._timer.stop()
            self.hide()

    def _settled(self, key: str) -> None:
        self._drop(key)
        if self._shown is None:
            self._next()
        self._count()

    def _drop(self, key: str) -> None:
        self._waiting = [message for message in self._waiting if message.key != key]
        if self._shown and self._shown.key == key:
            self._shown = None
