"""The version of PySide6 is pinned: 6.12.0 drops a reference to None at every void call on Python 3.11."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 2_000
# Other code may take or drop a few meanwhile; the fault drops one a call.
NOISE = 200


def test_a_void_call_keeps_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("x")
    assert sys.getrefcount(None) > before - NOISE
