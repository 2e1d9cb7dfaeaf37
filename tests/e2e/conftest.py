"""A whole desk in its window, at the door of the demo event."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from eventdesk import config
from eventdesk.app.stage import Stage, stage
from eventdesk.desk import settings as keys
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.decision import Mode
from tests.e2e.person import Person
from tests.e2e.witness import LONGEST_GAP_S, Watch, Witness

MakeStage = Callable[..., Stage]


@pytest.fixture
def make_stage(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeStage]:
    """Builds a desk with these settings and starts it; it is stopped when the test ends."""
    made: list[Stage] = []

    def make(printers: Rack | None = None, **settings: object) -> Stage:
        one = stage(config.load(tmp_path / "desk"), secrets.token_bytes(32), printers)
        with one.desk.store.transaction() as tx:
            tx.append(LOG, demo_drafts(utc_now()))
        door = {"log": LOG, "list": LIST, "gate": "north", "mode": Mode.ENTRY}
        for key, value in {keys.CAMERA_SOURCE: "", keys.DOOR: door, **settings}.items():
            one.desk.preferences.put(key, value)
        made.append(one)
        one.begin()
        qtbot.waitExposed(one.front.window)
        return one

    yield make
    for one in made:
        one.end()
        one.front.window.deleteLater()
        one.front.deleteLater()
    # Outside an event loop Qt would keep what was closed, and each new look pays for it.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def person(qtbot: QtBot) -> Iterator[Person]:
    someone = Person()
    yield someone
    someone.stop()
    assert not someone.answers, "a dialog that was to be answered did not come"


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[Watch]:
    made: list[Witness] = []

    def start(stage: Stage) -> Witness:
        made.append(Witness(stage, qtbot))
        return made[-1]

    yield start
    for one in made:
        one.pulse.stop()
        assert one.pulse.longest < LONGEST_GAP_S
        print(f"longest gap on the GUI thread: {one.pulse.longest * 1000:.0f} ms")  # noqa: T201
