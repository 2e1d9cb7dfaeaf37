"""What is set about elements and the badge: by typing, choosing, ticking."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from eventdesk import paths
from eventdesk.badges import layout as layouts
from eventdesk.badges import pictures
from eventdesk.screens.designer import edits
from eventdesk.screens.designer.conditions import Simple, When, logic_of, simple_of
from eventdesk.screens.designer.editor import Editor
from eventdesk.screens.designer.media import MOST_PX
from eventdesk.screens.designer.offers import Offers
from tests.screens.designer.conftest import CODE, NAME, RULE, STRIP, element, key, undo_all

Key = Qt.Key
OFFERS = Offers(("Day ticket", "VIP"), ("Adult", "Child"), (("meal", "Which meal?"),))


def field(editor: Editor, member: str) -> Any:
    return editor.panel.bound[member].field


def type_number(editor: Editor, member: str, text: str) -> None:
    spin = field(editor, member).spin
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, text)
    QTest.keyClick(spin, Key.Key_Return)


def test_a_place_is_typed(editor: Editor) -> None:
    editor.design.choose({NAME})
    type_number(editor, "x", "12.5")
    type_number(editor, "width", "33")
    assert (element(editor, NAME)["x"], element(editor, NAME)["width"]) == (12.5, 33)
    type_number(editor, "x", "500")
    assert element(editor, NAME)["x"] == 99, "no farther than the page reaches"
    layouts.parse(editor.design.data)
    assert editor.design.stack.count() == 3


def test_letters_are_one_step_until_one_goes_elsewhere(editor: Editor) -> None:
    first = editor.design.data
    editor.design.choose({NAME})
    content = field(editor, "content")
    content.text.selectAll()
    QTest.keyClicks(content.text, "Hello {company} ")
    assert element(editor, NAME)["content"] == "Hello {company} "
    assert editor.design.stack.count() == 1
    editor.design.choose({CODE})
    editor.design.choose({NAME})
    field(editor, "content").text.setFocus()
    QTest.keyClick(field(editor, "content").text, Key.Key_End)
    QTest.keyClicks(field(editor, "content").text, "!")
    assert editor.design.stack.count() == 2
    undo_all(editor)
    assert editor.design.data == first
    assert field(editor, "content").value() == "{name}"


def test_undo_works_within_a_field_too(editor: Editor) -> None:
    editor.design.choose({NAME})
    field(editor, "bold").box.click()
    text = field(editor, "content").text
    text.setFocus()
    QTest.keyClicks(text, "x")
    QTest.keyClick(text, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "bold" not in element(editor, NAME)
    assert element(editor, NAME)["content"] == "{name}"


def test_a_field_is_put_in_from_the_list(editor: Editor) -> None:
    editor.offer("Gala", OFFERS, [])
    editor.design.choose({NAME})
    content = field(editor, "content")
    wanted = next(action for action in content.menu.actions() if action.text() == "Which meal?")
    content.text.moveCursor(content.text.textCursor().MoveOperation.End)
    wanted.trigger()
    assert element(editor, NAME)["content"] == "{name}{answer:meal}"
    layouts.parse(editor.design.data)


@pytest.mark.parametrize("wrong", ["{nome}", "{", "{name|loud}"])
def test_what_is_wrong_with_a_text_is_told_beside_it(editor: Editor, wrong: str) -> None:
    editor.design.choose({NAME})
    content = field(editor, "content")
    content.text.selectAll()
    QTest.keyClicks(content.text, wrong)
    assert content.mistake
    assert not editor.is_whole()
    assert element(editor, NAME)["content"] == wrong, "what was typed stays"
    undo_all(editor)
    assert not content.mistake


def test_a_smallest_size_above_the_size_is_told_there(editor: Editor) -> None:
    editor.design.choose({NAME})
    type_number(editor, "min_size", "30")
    assert "larger than the size" in field(editor, "min_size").mistake
    type_number(editor, "size", "40")
    assert not field(editor, "min_size").mistake


def test_what_is_at_its_default_is_left_out(editor: Editor) -> None:
    editor.design.choose({NAME})
    field(editor, "bold").box.click()
    assert element(editor, NAME)["bold"] is True
    field(editor, "bold").box.click()
    assert "bold" not in element(editor, NAME)


def test_several_of_one_kind_are_set_at_once(editor: Editor) -> None:
    editor.actions_of.add("text")
    editor.design.choose({NAME, 4})
    field(editor, "color").pick("#C62828")
    assert {element(editor, place)["color"] for place in (NAME, 4)} == {"#C62828"}
    assert "x" not in editor.panel.bound, "they would all lie in one place"
    editor.design.choose({NAME, CODE})
    assert set(editor.panel.bound) == {"when", "copy_mark"}


def test_colours_by_product(editor: Editor) -> None:
    editor.offer("Gala", OFFERS, [])
    editor.design.choose({STRIP})
    fills = field(editor, "fills")
    assert list(fills.rows) == ["Day ticket", "VIP", "Adult", "Child"]
    fills.rows["VIP"].pick("#6A1B9A")
    assert element(editor, STRIP)["fills"] == {"VIP": "#6A1B9A"}
    editor.offer("Gala", Offers(("Other",)), [])
    assert list(fills.rows) == ["Other", "VIP"], "a name that the event does not have is kept"
    fills.rows["VIP"].pick(None)
    assert "fills" not in element(editor, STRIP)


@pytest.mark.parametrize(
    "simple",
    [
        Simple(When.PRODUCT, ("VIP",)),
        Simple(When.PRODUCT, ("Day ticket", "VIP")),
        Simple(When.VARIATION, ("Child",)),
        Simple(When.BELOW, years=18),
        Simple(When.FROM, years=65),
        Simple(When.ANSWER, question="meal", answer="Vegan"),
        Simple(When.REPRINT),
        Simple(When.ALWAYS),
    ],
)
def test_a_condition_is_a_form_and_back(editor: Editor, simple: Simple) -> None:
    logic = logic_of(simple)
    assert simple_of(logic) == simple
    editor.offer("Gala", OFFERS, [])
    editor.design.become(edits.put(editor.design.data, {NAME}, "when", logic), "when", frozenset({NAME}))
    layouts.parse(editor.design.data)
    shown = field(editor, "when")
    assert shown.way.value() == simple.when
    assert shown.value() == logic


@pytest.mark.parametrize(
    "logic",
    [{"!": [{"var": "company"}]}, {"in": [{"var": "product"}, ["VIP"]]}, {"<": [{"var": "age"}, 1.5]}, {}],
)
def test_other_conditions_are_shown_as_they_are(editor: Editor, logic: dict[str, Any]) -> None:
    editor.design.become(edits.put(editor.design.data, {NAME}, "when", logic), "when", frozenset({NAME}))
    assert field(editor, "when").way.value() is When.LOGIC
    assert field(editor, "when").value() == logic


def test_a_condition_is_chosen_and_typed(editor: Editor) -> None:
    editor.offer("Gala", OFFERS, [])
    editor.design.choose({NAME})
    when = field(editor, "when")
    choose(when.way.combo, When.PRODUCT)
    when.names.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert element(editor, NAME)["when"] == {"==": [{"var": "product"}, "VIP"]}
    assert NAME not in editor.canvas.draw().painted
    choose(when.way.combo, When.LOGIC)
    assert json.loads(when.logic.value()) == element(editor, NAME)["when"]
    when.logic.text.selectAll()
    QTest.keyClicks(when.logic.text, '{"nope": 1}')
    assert "nope" in when.mistake
    when.logic.text.selectAll()
    QTest.keyClicks(when.logic.text, "{")
    assert "JSON" in when.mistake
    when.logic.text.selectAll()
    QTest.keyClicks(when.logic.text, '{"==": [{"var": "product"}, "Day ticket"]}')
    assert not when.mistake
    assert NAME in editor.canvas.draw().painted


def choose(combo: Any, value: Any) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def picture(folder: Path, width: int, height: int, ending: str = "png") -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    file = folder / f"logo.{ending}"
    assert image.save(str(file))
    return file


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_picture_comes_from_a_file_and_a_large_one_is_made_smaller(
    editor: Editor, tmp_path: Path, ending: str
) -> None:
    editor.add_buttons["image"].click()
    place = min(editor.design.chosen)
    assert not editor.is_whole(), "a picture without a file"
    field(editor, "data").load(picture(tmp_path, 3000, 1500, ending))
    assert editor.is_whole()
    kept = pictures.logo(element(editor, place)["data"])
    assert (kept.width(), kept.height()) == (MOST_PX, MOST_PX // 2)
    assert place in editor.canvas.draw().painted
    field(editor, "data").load(picture(tmp_path, 40, 30, ending))
    raw = base64.b64decode(element(editor, place)["data"])
    assert raw == (tmp_path / f"logo.{ending}").read_bytes(), "a small one stays as it is"


@pytest.mark.parametrize(
    ("name", "raw"), [("a.png", b"no"), ("a.gif", b"GIF89a"), ("a.png", b"\x89PNG\r\n\x1a\n")]
)
def test_a_file_that_is_no_picture_is_told_at_its_field(
    editor: Editor, tmp_path: Path, name: str, raw: bytes
) -> None:
    editor.add_buttons["image"].click()
    before = editor.design.data
    (tmp_path / name).write_bytes(raw)
    field(editor, "data").load(tmp_path / name)
    assert name in field(editor, "data").mistake
    field(editor, "data").load(tmp_path / "gone.png")
    assert "gone.png" in field(editor, "data").mistake
    assert editor.design.data == before


def test_a_font_comes_with_the_layout(editor: Editor, tmp_path: Path) -> None:
    editor.page_panel.load_font(paths.resources() / "fonts" / "NotoSansHebrew-Bold.ttf")
    family = next(iter(editor.design.data["fonts"]))
    assert family.startswith("Noto Sans Hebrew")
    editor.design.choose({NAME})
    assert field(editor, "font").combo.findData(family) >= 0
    choose(field(editor, "font").combo, family)
    assert layouts.parse(editor.design.data).elements[NAME].font == family  # type: ignore[union-attr]
    undo_all(editor)
    assert "fonts" not in editor.design.data
    (tmp_path / "bad.ttf").write_bytes(b"no font")
    editor.page_panel.load_font(tmp_path / "bad.ttf")
    assert "bad.ttf" in editor.page_panel.font_wrong.text()
    assert "fonts" not in editor.design.data


def test_the_size_of_the_badge(editor: Editor) -> None:
    choose(editor.page_panel.size_choice.combo, "roll")
    assert editor.design.data["page"] == {"width": 62, "height": 100}
    layouts.parse(editor.design.data)
    spin = editor.page_panel.width_field.spin
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "120")
    QTest.keyClick(spin, Key.Key_Return)
    assert editor.design.data["page"]["width"] == 120
    assert editor.page_panel.size_choice.value() == "custom"
    undo_all(editor)
    assert editor.design.data["page"] == {"width": 100, "height": 60}
    assert editor.page_panel.width_field.value() == 100


def test_the_back_is_a_side_of_its_own(editor: Editor) -> None:
    assert editor.sides.isHidden()
    editor.page_panel.back.box.click()
    assert not editor.sides.isHidden()
    editor.sides.setCurrentIndex(1)
    assert editor.elements.count() == 0
    editor.add_buttons["text"].click()
    assert element(editor, 4)["side"] == "back"
    assert editor.canvas.draw().painted == {4}
    layouts.parse(editor.design.data)
    editor.sides.setCurrentIndex(0)
    assert editor.canvas.draw().painted == {0, 1, 2, 3}
    undo_all(editor)
    assert editor.sides.isHidden()
    assert editor.view.side == "front"


def test_the_list_chooses_and_is_chosen_in(editor: Editor) -> None:
    assert [editor.elements.item(row).text() for row in range(4)] == [
        "Line: rule",
        "QR code: code",
        "Text: {name}",
        "Box: strip",
    ]
    editor.elements.setFocus()
    editor.elements.setCurrentRow(2)
    assert editor.design.chosen == {NAME}
    QTest.keyClick(editor.elements, Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert editor.design.chosen == {NAME, CODE}
    QTest.keyClick(editor.elements, Key.Key_Delete)
    assert len(editor.design.elements) == 2
    editor.design.undo()
    editor.design.choose({RULE})
    assert [item.text() for item in editor.elements.selectedItems()] == ["Line: rule"]


def test_f6_goes_round_the_parts(editor: Editor) -> None:
    editor.design.choose({NAME})
    editor.elements.setFocus()
    assert QApplication.focusWidget() is editor.elements
    QTest.keyClick(editor.elements, Key.Key_F6)
    assert QApplication.focusWidget() is editor.canvas
    QTest.keyClick(editor.canvas, Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is field(editor, "content").text
    QTest.keyClick(focus, Key.Key_F6)
    assert QApplication.focusWidget() is editor.elements


def test_a_delete_in_a_field_deletes_letters_alone(editor: Editor) -> None:
    editor.design.choose({NAME})
    line = field(editor, "id").control
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Key.Key_Delete)
    assert len(editor.design.elements) == 4
    assert "id" not in element(editor, NAME)


def test_a_code_that_can_hold_no_more_is_told_at_its_text(editor: Editor) -> None:
    editor.design.choose({CODE})
    edited = edits.put(editor.design.data, {CODE}, "content", "x" * 1999)
    editor.design.become(edits.put(edited, {CODE}, "type", "barcode"), "long", frozenset({CODE}))
    editor.canvas.draw()
    assert CODE in editor.canvas.draw().failed
    assert field(editor, "content").mistake


def test_enter_goes_to_the_text(editor: Editor) -> None:
    editor.design.choose({NAME})
    key(editor, Key.Key_Return)
    assert QApplication.focusWidget() is field(editor, "content").text
