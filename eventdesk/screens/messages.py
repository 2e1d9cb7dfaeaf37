"""The one door by which the program speaks to the person: every fault and every notice passes here.

Qt's own warnings and exceptions that nobody caught land in the same log; an exception is also
shown, so that a crash never looks like silence.
"""

import logging
import sys
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from eventdesk.errors import EventDeskError
from eventdesk.i18n import tr

log = logging.getLogger("eventdesk.screens")

KEPT = 200


class Tone(StrEnum):
    GOOD = "good"
    NOTICE = "notice"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Message:
    """`key` is what it is about: a newer message with the same key takes its place."""

    text: str
    remedy: str = ""
    tone: Tone = Tone.NOTICE
    key: str = ""
    at: datetime | None = None


class Messages(QObject):
    """`tell` from any thread; `told` and `settled` reach widgets on the GUI thread."""

    told = Signal(object)
    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.history: deque[Message] = deque(maxlen=KEPT)

    def tell(self, text: str, remedy: str = "", tone: Tone = Tone.NOTICE, key: str = "") -> None:
        """Show a message and keep it in the log."""
        message = Message(text, remedy, tone, key, datetime.now().astimezone())
        self.history.append(message)
        log.log(_LEVELS[tone], "%s %s", text, remedy)
        self.told.emit(message)

    def tell_error(self, error: BaseException) -> None:
        """A fault of the world in its own words; a bug as a bug, with where to find the details."""
        if isinstance(error, EventDeskError):
            self.tell(error.message, error.remedy, Tone.BAD)
            return
        log.error("A bug", exc_info=error)
        self.tell(
            tr("Something in the program failed: {error}", error=f"{type(error).__name__}: {error}"),
            tr("Nothing that was shown is lost. Go on; the details are in the log."),
            Tone.BAD,
            key="bug",
        )

    def settle(self, key: str) -> None:
        """What was told under `key` is over: take it from the screen."""
        self.settled.emit(key)


_LEVELS = {
    Tone.GOOD: logging.INFO,
    Tone.NOTICE: logging.INFO,
    Tone.WARN: logging.WARNING,
    Tone.BAD: logging.ERROR,
}


def catch_everything(messages: Messages) -> None:
    """From now on, uncaught exceptions (slots, threads) are shown and Qt's warnings are logged."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            messages.tell_error(error.with_traceback(trace))

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            caught(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
    qInstallMessageHandler(log_qt)


def log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own sentence, in our log under its category."""
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    category = getattr(context, "category", None) or "default"
    logging.getLogger(f"qt.{category}").log(levels.get(kind, logging.ERROR), "%s", text)
