"""The keyboard on the screen: every name can be typed on it."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from eventdesk.screens.kiosk import key_rows
from eventdesk.screens.kiosk.entry import prepare
from eventdesk.screens.kiosk.key import Key
from eventdesk.screens.kiosk.key_rows import ACCENTS, ROWS, Kind
from eventdesk.screens.kiosk.keyboard import Keyboard


def keyboard(qtbot: QtBot, kind: Kind, language: str = "en") -> tuple[Keyboard, QLineEdit]:
    made = Keyboard(language)
    qtbot.addWidget(made)
    line = QLineEdit(made)
    prepare(line, kind)
    made.serve(line)
    return made, line


def press(made: Keyboard, *letters: str) -> None:
    for letter in letters:
        keys = {key.letter: key for key in made.shown_keys()}
        if letter == " ":
            made.press(" ")
        else:
            keys[letter].click()


def test_names_begin_with_capitals(qtbot: QtBot) -> None:
    made, line = keyboard(qtbot, Kind.NAME)
    press(made, "A", "d", "a", " ", "L", "o")
    assert line.text() == "Ada Lo"


def test_accents_by_holding_a_letter(qtbot: QtBot) -> None:
    made, line = keyboard(qtbot, Kind.NAME)
    press(made, "Z", "o")
    [key] = [one for one in made.shown_keys() if one.letter == "e"]
    key.held.emit("e")
    press(made, "ë")
    assert line.text() == "Zoë"
    assert {"q", "e"} <= {one.letter for one in made.shown_keys()}, "the letters are back"


def test_holding_is_a_matter_of_time(qtbot: QtBot) -> None:
    key = Key("e", has_forms=True)
    qtbot.addWidget(key)
    key._hold.setInterval(10)
    typed: list[str] = []
    key.typed.connect(typed.append)
    with qtbot.waitSignal(key.held):
        key.pressed.emit()
    key.clicked.emit()
    assert typed == [], "held, not typed"


def test_accents_by_their_own_key_for_who_can_not_hold(qtbot: QtBot) -> None:
    made, line = keyboard(qtbot, Kind.TEXT)
    made._ask_accent()
    press(made, "o")
    press(made, "ø")
    assert line.text() == "ø"


def test_an_e_mail_address_and_a_code(qtbot: QtBot) -> None:
    made, line = keyboard(qtbot, Kind.EMAIL)
    press(made, "a", "@", "b", ".", "d", "e")
    assert line.text() == "a@b.de"
    made, line = keyboard(qtbot, Kind.CODE)
    press(made, "K", "X", "7", "P", "2")
    assert line.text() == "KX7P2"
    made._back()
    assert line.text() == "KX7P"


def test_low_screens_have_the_digits_behind_a_key(qtbot: QtBot) -> None:
    made, line = keyboard(qtbot, Kind.CODE)
    made.set_low(True)
    assert "7" not in {one.letter for one in made.shown_keys()}
    made._turn()
    press(made, "7")
    assert line.text() == "7"


@pytest.mark.parametrize("language", ["ar", "he"])
def test_other_scripts_and_latin_for_addresses(qtbot: QtBot, language: str) -> None:
    made, line = keyboard(qtbot, Kind.NAME, language)
    own = key_rows.letters(language)[1][0]
    press(made, own)
    assert line.text() == own
    made._change_script()
    assert "a" in {one.letter.lower() for one in made.shown_keys()}
    mail, _line = keyboard(qtbot, Kind.EMAIL, language)
    assert "a" in {one.letter for one in mail.shown_keys()}


@pytest.mark.parametrize("language", ["en", *ROWS])
def test_no_row_is_too_wide_for_a_small_screen(language: str) -> None:
    for row in (*key_rows.letters(language), *key_rows.SIGNS, *key_rows.NUMBERS):
        assert len(row) <= 11
        assert len(set(row)) == len(row)
    assert max(map(len, ACCENTS.values())) <= 10


def test_capitals_of_letters_that_have_none() -> None:
    assert key_rows.upper("ß", "de") == "ß"
    assert key_rows.upper("i", "tr") == "İ"
    assert key_rows.upper("ü", "de") == "Ü"


def test_keys_never_take_the_focus_and_types_only_what_fits(qtbot: QtBot) -> None:
    made, line = keyboard(qtbot, Kind.TEXT)
    line.setMaxLength(2)
    press(made, "a", "b", "c")
    assert line.text() == "ab"
    assert all(key.focusPolicy() == key.focusPolicy().NoFocus for key in made.shown_keys())
