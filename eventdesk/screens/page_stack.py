"""The pages of the window, one on show: their buttons in the bar, or on the page behind its last button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.widgets.more_page import MorePage
from eventdesk.screens.widgets.navigation import Navigation

# The page that leads to those which are not in the bar.
MORE = "more"


class PageStack(QStackedWidget):
    """`page_shown` brings a page's key."""

    page_shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.navigation = Navigation()
        self.more = MorePage()
        self._pages: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        self._in_bar: set[str] = set()
        for chooser in (self.navigation, self.more):
            chooser.chosen.connect(self.show_page)

    def add(
        self, key: str, title: str, icon: str, page: QWidget, *, arranges_itself: bool, purpose: str
    ) -> None:
        """See `MainWindow.add_page`."""
        if purpose and MORE not in self._pages:
            self._hold(MORE, self.more)
            self._put_in_bar(MORE, tr("More"), "more", "Alt+0")
        self._hold(key, page, arranges_itself)
        if purpose:
            keys = self.more.add(key, title, icon, purpose)
            if keys:
                QShortcut(QKeySequence(keys), self, lambda: self.show_page(key))
        else:
            self._put_in_bar(key, title, icon)
        if len(self._pages) == 1:
            self.show_page(key)

    def show_page(self, key: str) -> None:
        self.setCurrentWidget(self._holders[key])
        self.navigation.mark(key if key in self._in_bar else MORE)
        if key == MORE:
            self.more.setFocus()
        self.page_shown.emit(key)

    def set_count(self, key: str, count: int, words: str) -> None:
        """See `MainWindow.set_count`."""
        if key in self._in_bar:
            self.navigation.set_count(key, count, words)
            return
        waiting = self.more.set_count(key, count, words)
        self.navigation.set_count(MORE, waiting, tr("{number} open", number=waiting))

    def page(self, key: str) -> QWidget:
        return self._pages[key]

    def pages(self) -> list[QWidget]:
        return list(self._pages.values())

    def key(self) -> str:
        """Of the page on show; empty: none is."""
        shown = self.currentWidget()
        return next((key for key, holder in self._holders.items() if holder is shown), "")

    def on_show(self) -> QWidget | None:
        return self._pages.get(self.key())

    def _hold(self, key: str, page: QWidget, arranges_itself: bool = False) -> None:
        self._pages[key] = page
        self._holders[key] = page if arranges_itself else _scrolling(page)
        self.addWidget(self._holders[key])

    def _put_in_bar(self, key: str, title: str, icon: str, keys: str = "") -> None:
        self._in_bar.add(key)
        self.navigation.add(key, title, icon, keys)


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(_Held(page))
    return area


class _Held(QWidget):
    """A page asks to be scrolled below its least height, not below the one that suits its texts best."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def heightForWidth(self, _width: int) -> int:
        return -1
