"""The pages as a person uses them, over a real engine and a real store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import PutSetting
from eventdesk.desk.demo import LOG
from eventdesk.desk.settings import PRINTER
from eventdesk.domain.imports import Field
from eventdesk.domain.verdicts import Mode
from eventdesk.screens.manage.door_choice import DoorChoice
from eventdesk.screens.manage.event_editor import EventEditor
from eventdesk.screens.manage.events_page import EventsPage
from eventdesk.screens.manage.guests_page import GuestsPage
from eventdesk.screens.manage.jobs_page import JobsPage
from eventdesk.screens.manage.wizard import Wizard
from tests.screens.manage.keyboard import press, tab_to, type_in
from tests.screens.manage.real_desk import RealDesk

CONTROL = Qt.KeyboardModifier.ControlModifier
GUESTS = "Name;E-Mail;Ticketart;Firma\nZoë Müller;zoe@example.org;Tag;ACME\n李小龙;li@example.org;Tag;\n"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealDesk]:
    desk = RealDesk(tmp_path)
    yield desk
    desk.close()


def shown(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1000, 560)
    with qtbot.waitActive(page):
        page.show()


def test_an_event_is_set_up_by_keyboard_alone(qtbot: QtBot, real: RealDesk) -> None:
    page = EventEditor(real.bridge)
    shown(qtbot, page)
    tab_to("Name of the event")
    type_in("Sommerfest")
    tab_to("Time zone")
    type_in("Europe/Berlin")
    press(Qt.Key.Key_Tab, CONTROL)
    tab_to("Add a product")
    press(Qt.Key.Key_Space)
    type_in("Workshop")
    tab_to("Price")
    type_in("80,50")
    press(Qt.Key.Key_Tab, CONTROL)
    tab_to("Several entries with one ticket")
    press(Qt.Key.Key_Space)
    with qtbot.waitSignal(page.saved):
        press(Qt.Key.Key_S, CONTROL)
    (catalogue,) = real.catalogues()
    assert (catalogue.event.name, catalogue.event.timezone) == ("Sommerfest", "Europe/Berlin")
    prices = {product.name: product.price for product in catalogue.products.values()}
    assert prices == {"Ticket": 0, "Workshop": 8050}
    (door,) = catalogue.lists.values()
    assert door.allow_multiple_entries


def test_what_was_removed_stays_removed(qtbot: QtBot, real: RealDesk) -> None:
    page = EventEditor(real.bridge)
    shown(qtbot, page)
    page.pages.about.name.put("Fair")
    page.pages.gates.add()
    type_in("North")
    with qtbot.waitSignal(page.saved):
        page.save()
    page.pages.gates.remove()
    with qtbot.waitSignal(page.saved):
        page.save()
    (catalogue,) = real.catalogues()
    assert catalogue.gates == {}


def demo(qtbot: QtBot, real: RealDesk) -> None:
    page = EventsPage(real.bridge)
    shown(qtbot, page)
    page.open_demo()
    qtbot.waitUntil(lambda: page.editor() is not None)


def test_the_demo_event_is_opened_and_edited(qtbot: QtBot, real: RealDesk) -> None:
    page = EventsPage(real.bridge)
    shown(qtbot, page)
    page.open_demo()
    qtbot.waitUntil(lambda: page.editor() is not None)
    editor = page.editor()
    assert editor is not None
    stored = real.catalogues()[0]
    assert editor.pages.read() == stored
    assert not editor.dirty


def test_a_list_of_guests_is_imported_searched_and_changed(
    qtbot: QtBot, real: RealDesk, tmp_path: Path
) -> None:
    demo(qtbot, real)
    before = len(real.guests(LOG))
    file = tmp_path / "guests.csv"
    file.write_text(GUESTS, encoding="utf-8")
    page = GuestsPage(real.bridge)
    shown(qtbot, page)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == before)
    page.tabs.setCurrentIndex(1)
    page.importing.open(file)
    qtbot.waitUntil(page.importing.import_button.isEnabled)
    assert page.importing.mapping.fields()[1] is Field.EMAIL
    assert "New guests: 2" in page.importing.outlook.text()
    with qtbot.waitSignal(page.importing.imported):
        page.importing.import_now()
    assert len(real.guests(LOG)) == before + 2

    page.tabs.setCurrentIndex(0)
    page.list.search.setText("muller zoe")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    page.list.table.selectRow(0)
    qtbot.waitUntil(lambda: page.list.card.title.text() == "Zoë Müller")
    page.list.card.name.put("Zoë Meier")
    page.list.card.rename()
    qtbot.waitUntil(lambda: page.list.card.title.text() == "Zoë Meier")
    page.list.card.block()
    qtbot.waitUntil(lambda: page.list.card.state.text() == "Blocked")
    (row,) = [one for one in real.guests(LOG) if one.name == "Zoë Meier"]
    assert row.blocked


def test_another_mapping_is_looked_at_again(qtbot: QtBot, real: RealDesk, tmp_path: Path) -> None:
    demo(qtbot, real)
    file = tmp_path / "guests.csv"
    file.write_text("A;B\nZoë Müller;zoe(at)example\n", encoding="utf-8")
    page = GuestsPage(real.bridge)
    shown(qtbot, page)
    page.tabs.setCurrentIndex(1)
    importing = page.importing
    importing.open(file)
    qtbot.waitUntil(lambda: bool(importing.mapping.fields()))
    importing.mapping.choose(0, Field.NAME)
    qtbot.waitUntil(importing.import_button.isEnabled)
    importing.mapping.choose(1, Field.EMAIL)
    qtbot.waitUntil(lambda: importing.bad.isVisible())
    assert importing.bad.table.model().index(0, 1).data() == "B"
    assert not importing.import_button.isEnabled()


def test_bad_rows_are_saved_for_mending(qtbot: QtBot, real: RealDesk, tmp_path: Path) -> None:
    demo(qtbot, real)
    file, mended = tmp_path / "guests.csv", tmp_path / "bad.csv"
    file.write_text("Name;E-Mail\nZoë;zoe@example.org\nMax;max(at)example\n", encoding="utf-8")
    page = GuestsPage(real.bridge)
    page.importing._ask_target = lambda _parent, _suggestion: mended
    shown(qtbot, page)
    page.tabs.setCurrentIndex(1)
    page.importing.open(file)
    qtbot.waitUntil(lambda: page.importing.bad.isVisible())
    page.importing.save_bad()
    qtbot.waitUntil(lambda: "bad.csv: 1." in page.importing.verdict.text())
    assert "max(at)example" in mended.read_text(encoding="utf-8-sig")
    page.importing.good_only.setChecked(True)
    with qtbot.waitSignal(page.importing.imported) as told:
        page.importing.import_now()
    assert told.args[0].counts.created == 1


def test_guests_are_exported(qtbot: QtBot, real: RealDesk, tmp_path: Path) -> None:
    demo(qtbot, real)
    target = tmp_path / "out.csv"
    page = GuestsPage(real.bridge)
    page.exporting._ask_target = lambda _parent, _suggestion: target
    shown(qtbot, page)
    qtbot.waitUntil(page.exporting.guests_button.isEnabled)
    page.exporting.guests_button.click()
    qtbot.waitUntil(lambda: page.exporting.told.text().startswith("✓"))
    assert len(target.read_text(encoding="utf-8").splitlines()) > len(real.guests(LOG))


def test_the_desk_stands_at_a_door(qtbot: QtBot, real: RealDesk) -> None:
    demo(qtbot, real)
    page = DoorChoice(real.bridge)
    shown(qtbot, page)
    page.use_log(LOG)
    qtbot.waitUntil(page.go_button.isEnabled)
    page.mode.put(Mode.EXIT)
    with qtbot.waitSignal(real.bridge.door_chosen) as told:
        page.go_button.click()
    assert told.args[0].mode is Mode.EXIT


def test_a_badge_is_printed_twice_only_with_a_reason(qtbot: QtBot, real: RealDesk) -> None:
    demo(qtbot, real)
    real.bridge.post(PutSetting(PRINTER, "pdf-folder"))
    guests, jobs = GuestsPage(real.bridge), JobsPage(real.bridge)
    shown(qtbot, jobs)
    shown(qtbot, guests)
    qtbot.waitUntil(lambda: guests.list.model.rowCount() > 0)
    guests.list.table.selectRow(0)
    card = guests.list.card
    qtbot.waitUntil(lambda: bool(card.ticket))
    card.print_badge()
    qtbot.waitUntil(lambda: card.told.text().startswith("\u2068printed"))
    card.print_badge()
    qtbot.waitUntil(lambda: "reason" in card.told.text())
    card.reason.setCurrentText("Lost")
    card.print_badge()
    qtbot.waitUntil(lambda: jobs.model.rowCount() == 2)
    newest = jobs.model.job(0)
    assert newest is not None
    assert (newest.reason, newest.copy) == ("Lost", 1)


def test_the_wizard_leads_from_nothing_to_a_door(qtbot: QtBot, real: RealDesk, tmp_path: Path) -> None:
    page = Wizard(real.bridge)
    shown(qtbot, page)
    type_in("Open day")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    file = tmp_path / "guests.csv"
    file.write_text(GUESTS, encoding="utf-8")
    page.guest_step.page.open(file)
    qtbot.waitUntil(page.guest_step.page.import_button.isEnabled)
    page.next_button.click()
    qtbot.waitUntil(lambda: page.guest_step.page.verdict.text().startswith("✓"))
    page.next_button.click()
    assert page.take_scan("ABC", 0.0)
    assert "ABC" in page.camera_step.read.text()
    page.skip_button.click()
    page.printer_step.printer.put("pdf-folder")
    page.printer_step.test()
    qtbot.waitUntil(lambda: "✓" in page.printer_step.told.text())
    page.back_button.click()
    page.next_button.click()
    page.skip_button.click()
    qtbot.waitUntil(page.door_step.choice.go_button.isEnabled)
    with qtbot.waitSignal(page.finished):
        page.next_button.click()
    (catalogue,) = real.catalogues()
    assert catalogue.event.name == "Open day"
    assert len(real.guests(catalogue.event.id)) == 2
    assert catalogue.event.begins > datetime.now(UTC)
