"""A bridge whose engine is a list: what the pages post is kept, what they are told is said by the test."""

from typing import Any, TypeVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks
from eventdesk.screens.bridge import Bridge

C = TypeVar("C", bound=Command)


class Desk:
    """`posted` holds the commands in order; `hooks` speak to the pages as the engine would."""

    def __init__(self) -> None:
        self.posted: list[Command] = []
        self.hooks = Hooks()
        self.bridge = Bridge(self.hooks, self.posted.append)

    def last(self, kind: type[C]) -> C:
        """The newest command of a kind."""
        return next(command for command in reversed(self.posted) if isinstance(command, kind))

    def count(self, kind: type[Any]) -> int:
        return sum(isinstance(command, kind) for command in self.posted)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def type_in(text: str) -> None:
    """Type into whatever has the focus, as a person would."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    QTest.keyClicks(widget, text)
