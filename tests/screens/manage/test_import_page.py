from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import CancelOperation, RunOperation
from eventdesk.desk.hooks import Ended, Moved, Trouble
from eventdesk.domain.imports import (
    BadRow,
    Column,
    Counts,
    Field,
    ImportChoices,
    Imported,
    NewParts,
    Preview,
)
from eventdesk.domain.verdicts import Words
from eventdesk.screens.manage.import_page import ImportPage
from eventdesk.screens.manage.wizard import GuestStep, Wizard
from tests.screens.manage.conftest import Desk

COLUMNS = (
    Column(0, "Name", Field.NAME, 1.0, samples=("Zoë",)),
    Column(1, "Mail", Field.EMAIL, 0.5, samples=("zoe@example.org",)),
    Column(2, "Diet", Field.ANSWER, 0.9, "Diet", ("vegan",)),
)
CHOICES = ImportChoices("utf-8", ";", fields={0: Field.NAME, 1: Field.EMAIL, 2: Field.ANSWER})
PREVIEW = Preview("g.csv", "abc", "csv", CHOICES, COLUMNS, (), Counts(3, 3), new=NewParts(("Day",)))
BAD = BadRow(7, "Mail", Words("{value} is no e-mail address.", {"value": "x"}), ("Max", "x"))
WITH_BAD = replace(PREVIEW, counts=Counts(3, 2, bad=1), bad=(BAD,))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ImportPage:
    made = ImportPage(desk.bridge, ask_file=lambda _parent: Path("g.csv"))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.use_log("e")
    return made


def end(desk: Desk, result: object = None, **how: object) -> None:
    command = desk.last(RunOperation)
    desk.hooks.operation_ended(Ended(command.request, command.name, result, **how))  # type: ignore[arg-type]


def test_nothing_is_imported_before_it_was_looked_at(page: ImportPage, desk: Desk) -> None:
    assert not page.import_button.isEnabled()
    page.choose_button.click()
    assert desk.last(RunOperation).name == "preview"
    assert not page.import_button.isEnabled()
    end(desk, PREVIEW)
    assert page.import_button.isEnabled()
    assert page.outlook.text() == (
        "Rows: 3. New guests: 3, changed: 0, unchanged: 0, bad: 0. New products: Day."
    )


def test_a_guess_that_is_not_sure_says_so(page: ImportPage, desk: Desk) -> None:
    page.choose()
    end(desk, PREVIEW)
    samples = [line.samples.text() for line in page.mapping._lines]
    assert samples == ["Zoë", "Guessed: zoe@example.org", "vegan"]


def test_a_field_is_taken_from_the_column_that_had_it(page: ImportPage, desk: Desk, qtbot: QtBot) -> None:
    page.choose()
    end(desk, PREVIEW)
    looked = desk.count(RunOperation)
    page.mapping.choose(2, Field.NAME)
    assert page.mapping.fields() == {0: Field.IGNORED, 1: Field.EMAIL, 2: Field.NAME}
    assert not page.import_button.isEnabled()
    qtbot.waitUntil(lambda: desk.count(RunOperation) == looked + 1)
    assert desk.last(RunOperation).name == "preview"


def test_bad_rows_stop_the_import_until_they_are_left_out(page: ImportPage, desk: Desk) -> None:
    page.choose()
    end(desk, WITH_BAD)
    table = page.bad.table.model()
    assert [table.index(0, column).data() for column in range(3)] == ["7", "Mail", "x is no e-mail address."]
    assert not page.import_button.isEnabled()
    page.good_only.setChecked(True)
    assert page.import_button.isEnabled()


def test_a_file_that_cannot_be_read_says_why(page: ImportPage, desk: Desk) -> None:
    page.choose()
    end(desk, error=Trouble("", "g.csv is empty.", "Choose another file."))
    assert page._looking.told.text() == "g.csv is empty. Choose another file."
    assert not page.import_button.isEnabled()


def test_an_import_shows_its_progress_and_can_be_stopped(page: ImportPage, desk: Desk) -> None:
    page.choose()
    end(desk, PREVIEW)
    page.import_button.click()
    command = desk.last(RunOperation)
    assert command.name == "import"
    desk.hooks.operation_moved(Moved(command.request, "import", 2, 3))
    assert (page._result.bar.value(), page._result.bar.maximum()) == (2, 3)
    assert not page.import_button.isEnabled()
    page._result.cancel_button.click()
    assert desk.last(CancelOperation).operation == command.request
    end(desk, canceled=True)
    assert "Stopped" in page._result.told.text()
    assert page.import_button.isEnabled()


def test_an_import_that_bad_rows_stopped_says_that_nothing_was_kept(page: ImportPage, desk: Desk) -> None:
    page.choose()
    end(desk, PREVIEW)
    page.import_now()
    end(desk, Imported("g.csv", False, Counts(3, 2, bad=1), (BAD,)))
    assert page.verdict.text().startswith("Nothing was imported")
    assert page.bad.isVisible()


def test_what_was_imported_is_summed_up(page: ImportPage, desk: Desk, qtbot: QtBot) -> None:
    page.choose()
    end(desk, PREVIEW)
    page.import_now()
    with qtbot.waitSignal(page.imported):
        end(desk, Imported("g.csv", True, Counts(3, 3)))
    assert page.verdict.text() == "✓ Imported. New: 3, changed: 0, unchanged: 0."
    assert not page.import_button.isEnabled()


def test_the_set_up_does_not_go_on_over_bad_rows(qtbot: QtBot, desk: Desk) -> None:
    """It would look as if the guests were in. Who wants to go on without them can skip."""
    step = GuestStep(desk.bridge)
    qtbot.addWidget(step)
    step.show()
    passed: list[bool] = []
    step.passed.connect(lambda: passed.append(True))
    step.enter("e")
    step.page.open(Path("g.csv"))
    end(desk, WITH_BAD)
    step.go_on()
    assert not passed
    assert step.window().focusWidget() is step.page.good_only
    step.page.good_only.setChecked(True)
    step.go_on()
    assert desk.last(RunOperation).name == "import"


def test_enter_goes_on_in_the_set_up(qtbot: QtBot, desk: Desk) -> None:
    wizard = Wizard(desk.bridge)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.show_step(2)
    QTest.keyClick(wizard.camera_step, Qt.Key.Key_Return)
    assert wizard.stack.currentIndex() == 3
