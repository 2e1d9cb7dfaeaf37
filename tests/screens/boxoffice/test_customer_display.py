"""What a guest can read on the second screen, and what not."""

from eventdesk.screens.boxoffice.customer_display import WINDOW, CustomerDisplay
from tests.screens.boxoffice.conftest import Key, Office


def display(office: Office) -> CustomerDisplay:
    shown = office.page.display
    shown.place(WINDOW)
    office.qtbot.addWidget(shown)
    office.page.activateWindow()  # a window manager leaves it so
    office.qtbot.waitActive(office.page)
    office.page.setFocus()
    return shown


def test_lines_total_change_and_thanks(office: Office) -> None:
    shown = display(office)
    office.add("coffee")
    office.until(lambda: "Coffee" in " ".join(shown.texts()))
    assert "€3.20" in shown.texts()
    office.press(Key.Key_Return)
    office.type("5")
    office.press(Key.Key_Return)
    office.until(lambda: "€1.80" in shown.texts())
    assert "Your change" in shown.texts()
    assert "Thank you, and fair winds!" in shown.texts()


def test_nothing_private_is_shown(office: Office) -> None:
    shown = display(office)
    office.tile("student")
    office.type("Ada Lovelace")
    with office.cart_changes():
        office.press(Key.Key_Return)
    office.press(Key.Key_F2, Key.Key_5)
    with office.cart_changes():
        office.press(Key.Key_1)
    told = " ".join(shown.texts())
    assert "Student pass" in told
    assert "Ada" not in told
    assert "Complaint" not in told


def test_a_screen_that_is_not_there_shows_nothing(office: Office) -> None:
    office.page.display.place("HDMI-9")
    assert not office.page.display.isVisible()
