"""A whole kiosk, and what must never be opened at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.kiosk.hostile import Kiosk, kiosk_at, watched


@pytest.fixture
def kiosk(qtbot: QtBot, tmp_path: Path) -> Iterator[Kiosk]:
    with kiosk_at(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened: must stay empty."""
    return watched(monkeypatch)
