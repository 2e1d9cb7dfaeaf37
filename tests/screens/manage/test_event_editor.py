from datetime import UTC, datetime
from itertools import pairwise

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import RecordFacts
from eventdesk.desk.drafts import drafts_between
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.domain.catalogue import (
    Catalogue,
    CheckInList,
    Event,
    Gate,
    Option,
    Product,
    Question,
    QuestionType,
    Session,
    Variation,
)
from eventdesk.domain.facts import Kind
from eventdesk.screens.manage.event_editor import EventEditor
from eventdesk.screens.manage.list_form import ListForm
from eventdesk.screens.manage.named import ProductForm, QuestionForm
from tests.screens.manage.conftest import Desk, type_in

NINE = datetime(2026, 6, 10, 7, tzinfo=UTC)
EVENT = Event("e", "Fair", "Europe/Berlin", NINE, NINE.replace(hour=16), None, "EUR")
WHOLE = Catalogue(
    EVENT,
    {"s": Session("s", "Wednesday", NINE)},
    {"p": Product("p", "Day", (Variation("v", "Student", "Card?", True),), 1250)},
    {
        "l": CheckInList(
            "l", "Main", False, frozenset({"p"}), "s", rules={"==": [{"var": "entry_status"}, "absent"]}
        )
    },
    {"q": Question("q", "Diet?", QuestionType.CHOICE, options=(Option("a", "Meat"), Option("b", "Leaves")))},
    {"g": Gate("g", "North")},
)


def editor(qtbot: QtBot, desk: Desk, catalogue: Catalogue | None = None) -> EventEditor:
    made = EventEditor(desk.bridge, catalogue)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget else ""


def test_an_event_is_read_back_as_it_was_shown(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    for items in (page.pages.sessions, page.pages.products, page.pages.gates):
        items.open_all()
    assert page.pages.read() == WHOLE
    assert not page.dirty


def test_saving_writes_the_facts_of_a_new_event(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk)
    QTest.keyClicks(page.pages.about.name.line, "Open day")
    page.save()
    command = desk.last(RecordFacts)
    assert [draft.kind for draft in command.drafts] == [
        Kind.EVENT_DEFINED,
        Kind.PRODUCT_DEFINED,
        Kind.LIST_DEFINED,
    ]
    assert command.drafts[0].payload["name"] == "Open day"
    assert command.log == command.drafts[0].subject


def test_saved_is_said_only_when_it_is_written(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    page.pages.about.name.line.selectAll()
    QTest.keyClicks(page.pages.about.name.line, "Market")
    page.save()
    assert page.told.text() != "Saved."
    with qtbot.waitSignal(page.saved) as told:
        desk.hooks.facts_recorded(Recorded(desk.last(RecordFacts).request, "e", {"event_defined": 1}))
    assert told.args[0].event.name == "Market"
    assert not page.dirty


def test_trouble_keeps_everything_and_saving_again_works(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    QTest.keyClicks(page.pages.about.name.line, "!")
    page.save()
    desk.hooks.trouble_told(Trouble(desk.last(RecordFacts).request, "The disk is full.", "Make room."))
    assert page.told.text() == "The disk is full. Make room."
    assert page.pages.about.name.line.text() == "Fair!"
    page.save()
    assert desk.count(RecordFacts) == 2


def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    page.pages.products.open_all()
    form = page.pages.products.forms["p"]
    assert isinstance(form, ProductForm)
    form.price.line.setText("12.505")
    page.save()
    assert desk.posted == []
    assert form.price.mistake == "EUR has 2 digits after the point."
    assert form.price.line.text() == "12.505"
    assert page.tabs.currentWidget() is page.pages.products
    qtbot.waitUntil(lambda: focused() == "Price")


def test_another_time_zone_keeps_what_the_clocks_show(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    page.pages.about.zone.put("America/New_York")
    read = page.pages.read()
    assert read is not None
    assert read.event.begins == datetime(2026, 6, 10, 13, tzinfo=UTC)
    assert read.sessions["s"].begins == datetime(2026, 6, 10, 13, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_refused(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    page.pages.about.begins.edit.setDateTime(QDateTime(QDate(2026, 3, 29), QTime(2, 30), QTimeZone.utc()))
    assert page.pages.read() is None
    assert "does not exist" in page.pages.about.begins.mistake


def test_a_session_in_use_that_is_removed_is_asked_for_again(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    page.pages.sessions.remove()
    assert page.pages.read() is None
    form = page.pages.lists.forms["l"]
    assert isinstance(form, ListForm)
    assert "gone" in form.session.mistake
    page.pages.sessions.take_back()
    assert page.pages.read() == WHOLE


def test_rules_that_the_builder_cannot_say_stay_json(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    form = page.pages.lists.forms["l"]
    assert isinstance(form, ListForm)
    assert form.rules.way.value() == "json"
    form.rules.json.put('{"and": [}')
    assert form.read() is None
    assert form.rules.mistake == "This is no JSON: line 1, column 10."


def test_simple_rules_are_built(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    form = page.pages.lists.forms["l"]
    assert isinstance(form, ListForm)
    form.rules.put(None)
    form.rules.way.put("simple")
    form.rules.simple.max_entries.put(3)
    form.rules.simple.gates.put({"g"})
    gate = {"lookup": ["gate", "g", "North"]}
    assert form.rules.value() == {
        "and": [
            {"<": [{"var": "entries_number"}, 3]},
            {"inList": [{"var": "gate"}, {"objectList": [gate]}]},
        ]
    }


def test_a_choice_needs_two_answers(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    form = page.pages.questions.forms["q"]
    assert isinstance(form, QuestionForm)
    form.options.put([])
    assert form.read() is None
    assert form.options.mistake == "Give at least two answers to choose from."
    form.type.put(QuestionType.TEXT)
    read = form.read()
    assert read is not None
    assert read.options == ()


def test_only_what_changed_is_posted(qtbot: QtBot, desk: Desk) -> None:
    page = editor(qtbot, desk, WHOLE)
    page.pages.gates.add()
    type_in("South")
    QTest.keyClick(page.save_button, Qt.Key.Key_Space)
    (draft,) = desk.last(RecordFacts).drafts
    assert draft.payload == {"name": "South", "area": "", "removed": False}
    read = page.pages.read()
    assert read is not None
    assert drafts_between(WHOLE, read)[0].subject == draft.subject


def test_rows_of_the_list_do_not_overlap(qtbot: QtBot, desk: Desk) -> None:
    """They are added before the program is dressed; its style makes them higher."""
    products = {key: Product(key, key) for key in ("one", "two", "three")}
    page = editor(qtbot, desk, Catalogue(EVENT, products=products))
    page.tabs.setCurrentIndex(1)
    page.pages.products.list.setStyleSheet("QListWidget::item { min-height: 60px; }")
    qtbot.wait(30)
    names = page.pages.products.list
    rects = [names.visualItemRect(names.item(row)) for row in range(names.count())]
    assert all(above.bottom() < below.top() for above, below in pairwise(rects))
