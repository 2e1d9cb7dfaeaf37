"""From the drawing board to paper: over a real engine, an encrypted store and a printer that writes PDF."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.badges import layout as layouts
from eventdesk.desk.commands import PrintBadge, RecordFacts
from eventdesk.desk.design.drafts import layout_draft
from eventdesk.desk.design.values import LayoutsShown
from eventdesk.domain.facts import Draft, Kind
from eventdesk.screens import theme
from eventdesk.screens.designer.fields.plain import Spin
from eventdesk.screens.designer.page import DesignerPage
from eventdesk.screens.designer.work import Work
from tests.screens.designer.conftest import drag
from tests.screens.making import app
from tests.screens.manage.real_desk import RealDesk

LOG = "gala"
WAIT_MS = 30_000
PDF = "pdf-folder"
EVENT = [
    Draft(
        Kind.EVENT_DEFINED,
        LOG,
        {"name": "Gala", "timezone": "Europe/Berlin", "begins": "2026-06-10T10:00:00Z"},
    ),
    Draft(Kind.PRODUCT_DEFINED, "vip", {"name": "VIP"}),
    Draft(Kind.LIST_DEFINED, "main", {"name": "Main", "all_products": True}),
    Draft(Kind.ORDER_PLACED, "o", {"code": "KX7P2", "status": "paid"}),
    Draft(
        Kind.TICKET_ISSUED,
        "t",
        {"order": "o", "secret": "s", "product": "vip", "name": "Wolfe Hubertus Blaine"},
    ),
    Draft(Kind.TICKET_ISSUED, "u", {"order": "o", "secret": "r", "product": "vip", "name": "محمد علي"}),
]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[RealDesk]:
    made = RealDesk(tmp_path)
    with made.store.transaction() as tx:
        tx.append(LOG, EVENT)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: RealDesk) -> DesignerPage:
    i18n.load("en")
    theme.apply(app(), theme.Look())
    made = DesignerPage(desk.bridge)
    qtbot.addWidget(made)
    made.resize(1150, 720)
    made.show()
    qtbot.waitExposed(made)
    made.event_choice.choose(LOG)
    qtbot.waitUntil(lambda: made.library.list.count() >= 4, timeout=WAIT_MS)
    return made


def kept(desk: RealDesk) -> dict[str, dict[str, Any]]:
    with desk.store.reader() as reader:
        return reader.layouts(LOG)


def is_dirty(work: Work) -> bool:
    """Asked anew each time: a type checker takes a property for a constant."""
    return work.dirty


def work_of(page: DesignerPage) -> Work:
    assert page.work is not None
    return page.work


def save(qtbot: QtBot, page: DesignerPage) -> Work:
    work = work_of(page)
    QTest.keyClick(work.editor.canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not work.dirty, timeout=WAIT_MS)
    return work


def save_something(qtbot: QtBot, page: DesignerPage) -> None:
    work_of(page).editor.add_buttons["line"].click()
    with qtbot.waitSignal(page._bridge.catalogue_shown, timeout=WAIT_MS):
        save(qtbot, page)


def open_shipped(page: DesignerPage, id_: str) -> Work:
    ids = [entry.id for entry in page.library._entries]
    page.library.list.setCurrentRow(ids.index(id_))
    page.library.open()
    return work_of(page)


def test_a_new_layout_is_drawn_saved_and_printed_by(
    qtbot: QtBot, desk: RealDesk, page: DesignerPage, tmp_path: Path
) -> None:
    page.library.new_button.click()
    work = work_of(page)
    assert is_dirty(work)
    work.name.clear()
    QTest.keyClicks(work.name, "Crew")
    work.editor.add_buttons["box"].click()
    drag(work.editor, (43, 17), (30, 30))
    save(qtbot, page)
    ((id_, data),) = kept(desk).items()
    assert data["name"] == "Crew"
    assert [one["type"] for one in data["elements"]] == ["text", "text", "qr", "box"]
    layouts.parse(data)
    product = {"name": "VIP", "layout": id_}
    desk.engine.post(RecordFacts(LOG, (Draft(Kind.PRODUCT_DEFINED, "vip", product),)))
    desk.engine.post(PrintBadge("t", log=LOG, printer=PDF))
    folder = tmp_path / "badges"
    qtbot.waitUntil(lambda: bool(list(folder.rglob("*.pdf"))), timeout=WAIT_MS)
    (pdf,) = folder.rglob("*.pdf")
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    qtbot.waitUntil(lambda: document.load(str(pdf)) == QPdfDocument.Error.None_, timeout=WAIT_MS)
    size = document.pagePointSize(0)
    assert (size.width(), size.height()) == pytest.approx((85.6 / 25.4 * 72, 54 / 25.4 * 72), abs=0.5)
    assert "Wolfe" in document.getAllText(0).text()
    document.close()


def test_a_number_that_is_still_typed_is_saved_too(qtbot: QtBot, desk: RealDesk, page: DesignerPage) -> None:
    work = open_shipped(page, "card")
    work.editor.design.choose({2})
    spin = work.editor.panel.bound["x"].field.control
    assert isinstance(spin, Spin)
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "7.5")
    assert work.save()
    qtbot.waitUntil(lambda: "card" in kept(desk), timeout=WAIT_MS)
    assert kept(desk)["card"]["elements"][2]["x"] == 7.5


def test_a_shipped_one_becomes_the_events_own_and_goes_back(
    qtbot: QtBot, desk: RealDesk, page: DesignerPage
) -> None:
    work = open_shipped(page, "card")
    assert not is_dirty(work)
    work.editor.design.choose({2})
    QTest.keyClick(work.editor.canvas, Qt.Key.Key_Right)
    assert is_dirty(work)
    save(qtbot, page)
    assert kept(desk)["card"]["elements"][2]["x"] == 4.5
    qtbot.waitUntil(lambda: "in place" in page.library.list.item(0).text(), timeout=WAIT_MS)
    assert not is_dirty(work), "its own save is no change at another desk"
    work.leave()
    page.library.remove_button.click()
    page.library.confirm.agree()
    qtbot.waitUntil(lambda: not kept(desk), timeout=WAIT_MS)
    again = open_shipped(page, "card")
    again.editor.design.choose({2})
    QTest.keyClick(again.editor.canvas, Qt.Key.Key_Right)
    save(qtbot, page)
    assert "card" in kept(desk), "what was removed can be saved anew"


def test_a_font_that_was_taken_out_is_gone_from_what_is_kept(
    qtbot: QtBot, desk: RealDesk, page: DesignerPage
) -> None:
    from eventdesk import paths

    work = open_shipped(page, "card")
    work.editor.page_panel.load_font(paths.resources() / "fonts" / "NotoSansThai-Regular.ttf")
    save(qtbot, page)
    assert list(kept(desk)["card"]["fonts"]) == ["Noto Sans Thai"]
    work.editor.page_panel._take_out("Noto Sans Thai")
    save(qtbot, page)
    assert not kept(desk)["card"].get("fonts")


def test_what_cant_be_kept_is_not_written_and_is_shown(
    qtbot: QtBot, desk: RealDesk, page: DesignerPage
) -> None:
    work = open_shipped(page, "card")
    work.editor.design.choose({2})
    content = work.editor.panel.bound["content"].field
    content.control.setFocus()
    QTest.keyClicks(content.control, "{nome}")
    assert "nome" in content.mistake
    work.editor.design.choose(frozenset())
    assert not work.save()
    assert work.editor.design.chosen == {2}
    assert "marked" in work.told.text()
    assert not kept(desk)
    assert 2 in work.editor.canvas.check().faults
    assert work.editor.elements.item(5).toolTip().endswith("can't be kept")
    while work.editor.design.stack.canUndo():
        work.editor.design.undo()
    assert not is_dirty(work)
    assert work.editor.is_whole()


def test_real_guests_are_shown_and_those_who_do_not_fit_are_marked(
    qtbot: QtBot, desk: RealDesk, page: DesignerPage
) -> None:
    work = open_shipped(page, "card")
    combo = work.editor.preview.combo
    qtbot.waitUntil(lambda: combo.count() >= 4, timeout=WAIT_MS)
    shown = [combo.itemText(place) for place in range(combo.count())]
    assert any(text.startswith("\u2068Longest name") and "Wolfe" in text for text in shown)
    save_something(qtbot, page)
    assert combo.count() == len(shown), "they stay, whatever is set up meanwhile"
    arabic = next(place for place, text in enumerate(shown) if text.startswith("\u2068Arabic"))
    before = work.editor.canvas.draw().image
    combo.setCurrentIndex(arabic)
    combo.activated.emit(arabic)
    assert work.editor.canvas.draw().image != before
    work.editor.design.apply(
        lambda data: {**data, "elements": [{**data["elements"][2], "width": 8, "height": 4}]}, "small"
    )
    work.editor.preview.measure()
    spoken = [
        str(combo.itemData(place, Qt.ItemDataRole.AccessibleTextRole)) for place in range(combo.count())
    ]
    assert "a text is cut" in spoken[1]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    work.editor.design.choose({0})
    assert work.editor.canvas.draw().cut == {0}
    assert "cut" in work.editor.panel.wrong.text()


def test_a_test_print_needs_no_saving(
    qtbot: QtBot, desk: RealDesk, page: DesignerPage, tmp_path: Path
) -> None:
    work = open_shipped(page, "label62")
    work.print_button.click()
    qtbot.waitUntil(lambda: work.trial.printer.combo.findData(PDF) >= 0, timeout=WAIT_MS)
    work.trial.printer.put(PDF)
    work.trial.print_button.click()
    qtbot.waitUntil(lambda: work.trial.told.text() == "Printed.", timeout=WAIT_MS)
    assert list((tmp_path / "badges").rglob("*.pdf"))
    assert not kept(desk)
    work.editor.design.apply(lambda data: {**data, "elements": []}, "all gone")
    work.trial.print()
    assert "marked" in work.trial.told.text()


def test_out_to_a_file_and_in_again(qtbot: QtBot, page: DesignerPage, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    page.library.ask_save = lambda _parent, _suggestion: file
    page.library.ask_open = lambda _parent: file
    ids = [entry.id for entry in page.library._entries]
    page.library.list.setCurrentRow(ids.index("card"))
    page.library.give_out()
    assert layouts.load(file) == layouts.shipped()["card"]
    page.library.take_in()
    work = work_of(page)
    assert is_dirty(work)
    assert work.editor.design.data["name"] == "Card 86 x 54 mm 2", "the name was taken"
    assert work.id not in ids


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is no badge layout"),
        ("[" * 100_000, "is no badge layout"),
        ("[]", "not a JSON object"),
        (json.dumps({"name": "A", "page": {"width": 9}, "elements": []}), "page"),
        (
            json.dumps(
                {
                    "name": "A",
                    "page": {"width": 90, "height": 50},
                    "elements": [
                        {"type": "box", "x": 0, "y": 0, "width": 5, "height": 5},
                        {
                            "type": "text",
                            "id": "who",
                            "x": 1,
                            "y": 1,
                            "width": 5,
                            "height": 5,
                            "content": "{nome}",
                            "size": 9,
                        },
                    ],
                }
            ),
            'element 2 ("who"), member "content"',
        ),
        (
            json.dumps(
                {
                    "name": "A",
                    "page": {"width": 90, "height": 50},
                    "elements": [{"type": "box", "x": float("nan"), "y": 0, "width": 5, "height": 5}],
                }
            ),
            "element 1",
        ),
    ],
)
def test_a_bad_file_is_told_with_the_element_and_the_member(
    page: DesignerPage, tmp_path: Path, text: str, told: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    page.library.ask_open = lambda _parent: file
    page.library.take_in()
    assert told in page.library.told.text()
    assert "bad.json" in page.library.told.text()
    assert page.work is None


def test_a_file_that_is_not_there_is_told(page: DesignerPage, tmp_path: Path) -> None:
    page.library.ask_open = lambda _parent: tmp_path / "gone.json"
    page.library.take_in()
    assert "gone.json" in page.library.told.text()


def test_leaving_with_unsaved_work_asks(page: DesignerPage) -> None:
    work = open_shipped(page, "card")
    assert page.may_close()
    work.editor.add_buttons["line"].click()
    work.back_button.click()
    assert page.work is work
    assert not work.confirm.isHidden()
    work.confirm.close_it()
    answers = iter(["stay", "discard"])
    page.ask_close = lambda _parent: next(answers)
    assert not page.may_close()
    assert page.may_close()
    work.back_button.click()
    work.confirm.agree()
    assert page.work is None


def test_closing_may_save(qtbot: QtBot, desk: RealDesk, page: DesignerPage) -> None:
    work = open_shipped(page, "card")
    work.editor.add_buttons["line"].click()
    page.ask_close = lambda _parent: "save"
    assert page.may_close()
    qtbot.waitUntil(lambda: "card" in kept(desk), timeout=WAIT_MS)
    assert kept(desk)["card"]["elements"][-1]["type"] == "line"


def test_revert_goes_back_to_what_is_kept_and_can_be_undone(page: DesignerPage) -> None:
    work = open_shipped(page, "card")
    first = work.editor.design.data
    for kind in ("line", "box"):
        work.editor.add_buttons[kind].click()
    work.revert_button.click()
    assert work.editor.design.data == first
    assert not is_dirty(work)
    work.editor.design.undo()
    assert len(work.editor.design.elements) == len(first["elements"]) + 2


def test_what_another_desk_saved_is_told_to_who_draws(
    qtbot: QtBot, desk: RealDesk, page: DesignerPage
) -> None:
    work = open_shipped(page, "card")
    theirs = {**work.editor.design.data, "name": "Theirs"}
    desk.engine.post(RecordFacts(LOG, (layout_draft("card", theirs),)))
    qtbot.waitUntil(lambda: work.editor.design.data["name"] == "Theirs", timeout=WAIT_MS)
    assert not is_dirty(work)
    work.editor.add_buttons["line"].click()
    desk.engine.post(RecordFacts(LOG, (layout_draft("card", {**theirs, "name": "Theirs again"}),)))
    qtbot.waitUntil(lambda: "another desk" in work.told.text(), timeout=WAIT_MS)
    assert is_dirty(work)
    work.editor.add_buttons["line"].click()
    assert "another desk" in work.told.text()


def test_a_layout_that_cant_be_read_is_listed_and_can_be_removed(page: DesignerPage) -> None:
    bad = {"name": "Odd", "page": {"width": -1, "height": 5}, "elements": []}
    page._shown(LayoutsShown(page._asked[next(iter(page._asked))], LOG, {"odd": bad}))
    page.library.show_layouts({"odd": bad})
    page.library.list.setCurrentRow(0)
    assert "Odd" in page.library.list.item(0).text()
    assert page.library.remove_button.isEnabled()
