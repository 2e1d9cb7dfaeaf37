"""The keys of the check-in page; each also stands on the button that does the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from eventdesk.domain.decision import Mode
from eventdesk.screens.checkin.wishes import Wishes

if TYPE_CHECKING:
    from eventdesk.screens.checkin.page import CheckInPage


def bind_keys(page: "CheckInPage", wishes: Wishes) -> None:
    """F1 to F4 modes, F5 search, F6 walk-in, F7 order, F8 undo, F9 force, F10 badge, F12 unpaid."""
    keys: dict[str, Callable[[], object]] = {
        "F5": wishes.start_search,
        "Ctrl+F": wishes.start_search,
        "F6": wishes.walk_in,
        "F7": wishes.order,
        "F8": wishes.undo,
        "Ctrl+Z": wishes.undo,
        "F9": wishes.force,
        "F10": wishes.badge,
        "F12": wishes.unpaid,
    }
    for key, act in keys.items():
        _bind(page, key, act)
    for place, mode in enumerate(Mode, 1):
        _bind(page, f"F{place}", _mode(page, mode))


def _mode(page: "CheckInPage", mode: Mode) -> Callable[[], object]:
    return lambda: page.counter.set_mode(mode)


def _bind(page: "CheckInPage", key: str, act: Callable[[], object]) -> None:
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
