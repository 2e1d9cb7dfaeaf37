"""What the desk answers to a save."""

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.badges import layout as layouts
from eventdesk.desk.commands import RecordFacts
from eventdesk.desk.design.commands import TryLayout
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.screens.designer.work import Work
from tests.screens.designer.conftest import LAYOUT
from tests.screens.making import Desk


@pytest.fixture
def work(qtbot: QtBot, desk: Desk) -> Work:
    made = Work(desk.bridge, "gala", "one", layouts.to_data(layouts.parse(LAYOUT)), kept=True)
    qtbot.addWidget(made)
    made.editor.add_buttons["box"].click()
    return made


def test_who_may_not_set_up_is_told_and_nothing_drawn_is_lost(desk: Desk, work: Work) -> None:
    assert work.save()
    sent = desk.last(RecordFacts)
    assert not work.save_button.isEnabled()
    desk.hooks.trouble_told(Trouble(sent.request, "You may not do this.", "Ask a supervisor."))
    assert work.told.text() == "You may not do this. Ask a supervisor."
    assert work.save_button.isEnabled()
    assert len(work.editor.design.elements) == 5
    assert work.dirty


def test_what_is_drawn_while_a_save_is_on_its_way_is_not_taken_for_saved(desk: Desk, work: Work) -> None:
    assert work.save()
    sent = desk.last(RecordFacts)
    work.editor.add_buttons["line"].click()
    desk.hooks.facts_recorded(Recorded(sent.request, "gala", {"layout_defined": 1}))
    assert len(sent.drafts[0].payload["elements"]) == 5
    assert work.dirty
    assert work.save_button.isEnabled()
    assert work.told.text() == "Not saved yet."


def test_a_printer_that_takes_nothing_is_told_at_the_test_print(desk: Desk, work: Work) -> None:
    work.trial.print()
    sent = desk.last(TryLayout)
    assert len(sent.layout["elements"]) == 5
    desk.hooks.trouble_told(Trouble(sent.request, "The printer is gone.", "Plug it in."))
    assert work.trial.told.text() == "The printer is gone. Plug it in."
