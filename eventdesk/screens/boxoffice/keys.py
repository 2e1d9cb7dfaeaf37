"""The keys of the box office; each also stands on the button that does the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from eventdesk.domain.till.setup import Tender

if TYPE_CHECKING:
    from eventdesk.screens.boxoffice.page import BoxOfficePage


def bind_keys(page: "BoxOfficePage") -> None:
    """F2 line, F3 code, F4 discount, F5 guest, F6 park, F7 parked, F8 admit, F9 pay, F10 card, F12 other."""
    wishes = page.wishes
    keys: dict[str, Callable[[], object]] = {
        "F2": page.cart_view.open_selected,
        "F3": wishes.enter_code,
        "F4": wishes.discount,
        "F5": wishes.find_guest,
        "Ctrl+F": wishes.find_guest,
        "F6": lambda: page.pay_or(Tender.INVOICE, wishes.park),
        "F7": lambda: page.pay_or(Tender.GIFT_CARD, wishes.show_parked),
        "F8": wishes.toggle_admit,
        "F9": page.taking.pay,
        "F10": page.taking.by_card,
        "F12": lambda: page.pay_or(Tender.OTHER, wishes.more),
        "PgUp": lambda: page.work.tiles.step_page(-1),
        "PgDown": lambda: page.work.tiles.step_page(1),
    }
    for key, act in keys.items():
        _bind(page, key, act)
    for place in range(9):
        _bind(page, f"Ctrl+{place + 1}", _category(page, place))


def _category(page: "BoxOfficePage", place: int) -> Callable[[], object]:
    return lambda: page.work.tiles.show_category(place)


def _bind(page: "BoxOfficePage", key: str, act: Callable[[], object]) -> None:
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)


def take_key(page: "BoxOfficePage", key: Qt.Key, text: str) -> bool:
    """A key that no field wanted; whether it does something here."""
    cart = page.cart_view
    keys: dict[Qt.Key, Callable[[], object]] = {
        Qt.Key.Key_Return: page.enter,
        Qt.Key.Key_Enter: page.enter,
        Qt.Key.Key_Escape: page.escape,
        Qt.Key.Key_Backspace: page.count.back,
        Qt.Key.Key_Delete: cart.remove_selected,
        Qt.Key.Key_Up: lambda: cart.list.step(-1),
        Qt.Key.Key_Down: lambda: cart.list.step(1),
        Qt.Key.Key_Plus: lambda: cart.step_selected(1),
        Qt.Key.Key_Minus: lambda: cart.step_selected(-1),
    }
    if key in keys:
        keys[key]()
        return True
    if text.isdecimal():
        page.type_count(text)
        return True
    return bool(text) and page.work.tiles.press(text)
