from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ListEvents, OpenDemoEvent, RecordFacts, ShowCatalogue
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.listings import CatalogueShown, EventsListed
from eventdesk.domain.catalogue import Catalogue, Gate
from eventdesk.screens.manage.event_editor import EventEditor
from eventdesk.screens.manage.event_step import DEMO, EventStep
from eventdesk.screens.manage.events_page import EventsPage
from eventdesk.screens.manage.named import ProductForm
from tests.screens.manage.conftest import Desk
from tests.screens.manage.test_event_editor import EVENT, WHOLE


def tell(desk: Desk, catalogue: Catalogue) -> None:
    """Answer the last question for a catalogue."""
    desk.hooks.catalogue_shown(CatalogueShown(desk.last(ShowCatalogue).request, catalogue))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> EventsPage:
    made = EventsPage(desk.bridge)
    qtbot.addWidget(made)
    made.show()
    desk.hooks.events_listed(EventsListed(desk.last(ListEvents).request, [EVENT]))
    tell(desk, WHOLE)
    return made


def editor(page: EventsPage) -> EventEditor:
    shown = page.editor()
    assert shown is not None
    return shown


def test_what_an_import_set_up_is_shown(page: EventsPage, desk: Desk) -> None:
    more = replace(WHOLE, gates={**WHOLE.gates, "h": Gate("h", "South")})
    desk.hooks.facts_recorded(Recorded("import", "e", {"gate_defined": 1}))
    tell(desk, more)
    assert editor(page).pages.read() == more


def test_nothing_that_is_being_typed_is_taken_away(page: EventsPage, desk: Desk) -> None:
    asked = desk.count(ShowCatalogue)
    name = editor(page).pages.about.name
    name.line.setText("Mark")
    name.edited()
    desk.hooks.facts_recorded(Recorded("import", "e", {"gate_defined": 1}))
    assert desk.count(ShowCatalogue) == asked
    assert name.line.text() == "Mark"


def test_an_event_that_was_begun_waits_until_it_is_saved(page: EventsPage, desk: Desk) -> None:
    page.add_button.click()
    begun = editor(page)
    begun.pages.about.name.line.setText("Market")
    page.event_choice.choose("e")
    page.event_choice.chosen.emit("e")
    assert editor(page) is not begun
    page.add_button.click()
    assert editor(page) is begun
    begun.save()
    command = desk.last(RecordFacts)
    desk.hooks.facts_recorded(Recorded(command.request, command.log, {"event_defined": 1}))
    page.add_button.click()
    assert editor(page) is not begun


@pytest.fixture
def step(qtbot: QtBot, desk: Desk) -> EventStep:
    made = EventStep(desk.bridge)
    qtbot.addWidget(made)
    made.show()
    made.enter("")
    return made


def test_coming_back_changes_the_same_event(step: EventStep, desk: Desk, qtbot: QtBot) -> None:
    step.form.name.put("Fair")
    step.go_on()
    first = desk.last(RecordFacts)
    with qtbot.waitSignal(step.passed):
        desk.hooks.facts_recorded(Recorded(first.request, first.log, {}))
    step.form.name.put("Market")
    step.go_on()
    second = desk.last(RecordFacts)
    assert second.log == first.log == step.log
    assert [draft.payload["name"] for draft in second.drafts] == ["Market"]


def test_a_fault_is_told_and_next_tries_again(step: EventStep, desk: Desk) -> None:
    step.form.name.put("Fair")
    step.go_on()
    desk.hooks.trouble_told(Trouble(desk.last(RecordFacts).request, "The disk is full.", "Make room."))
    assert step.told.text() == "The disk is full. Make room."
    step.go_on()
    assert desk.count(RecordFacts) == 2
    assert len(desk.last(RecordFacts).drafts) == 3


def test_a_nameless_event_is_not_written(step: EventStep, desk: Desk) -> None:
    step.go_on()
    assert desk.count(RecordFacts) == 0
    assert step.form.name.mistake == "This must not be empty."


def test_an_event_that_is_there_or_the_demo_is_chosen(step: EventStep, desk: Desk, qtbot: QtBot) -> None:
    desk.hooks.events_listed(EventsListed(desk.last(ListEvents).request, [EVENT]))
    step.choice.put("e")
    with qtbot.waitSignal(step.passed):
        step.go_on()
    assert step.log == "e"
    step.choice.put(DEMO)
    step.go_on()
    with qtbot.waitSignal(step.passed):
        desk.hooks.events_listed(EventsListed(desk.last(OpenDemoEvent).request, [EVENT]))
    assert step.log == "demo"


def test_the_layouts_of_the_event_are_offered(page: EventsPage, desk: Desk) -> None:
    desk.hooks.facts_recorded(Recorded("import", "e", {"layout_defined": 1}))
    request = desk.last(ShowCatalogue).request
    more = replace(WHOLE, gates={})
    desk.hooks.catalogue_shown(CatalogueShown(request, more, {"gala": "Gala badge"}))
    products = editor(page).pages.products
    form = next(iter(products.forms.values()))
    assert isinstance(form, ProductForm)
    offered = [form.layout_choice.combo.itemText(row) for row in range(form.layout_choice.combo.count())]
    assert offered[1] == "Gala badge"
    assert "Card 86 x 54 mm" in offered
