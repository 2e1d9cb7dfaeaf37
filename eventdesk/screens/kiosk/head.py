"""The upper part of the screen: the event, what is asked, what was wrong; nothing to press."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventdesk.desk.kiosk.phrases import WANTED
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.screens.widgets.basics import label, set_tone
from eventdesk.screens.widgets.message_bar import announce
from eventdesk.screens.words import ISOLATES, isolate, says


class Head(QWidget):
    """`hold` takes a page's upper part in, where the screen is upright."""

    def __init__(self) -> None:
        super().__init__()
        self.event_name = label("", "event", wrap=True)
        self.title = label("", "title", wrap=True)
        self.words = label("", "wrong", wrap=True)
        self.remedy = label("", "heading", wrap=True)
        self._held: QWidget | None = None
        self._small = False
        self._spoken = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for part in (self.event_name, self.title, self.words, self.remedy):
            self._column.addWidget(part)
        self._column.addStretch(0)

    def hold(self, part: QWidget | None) -> None:
        if part is not None and part is not self._held:
            self._held = part
            self._column.insertWidget(4, part, 1)
            self._show()

    def let_go(self) -> QWidget | None:
        """What was held, for its page."""
        held, self._held = self._held, None
        if held is not None:
            self._column.removeWidget(held)
        return held

    def forget(self) -> None:
        """No words of the guest stay."""
        for part in (self.title, self.words, self.remedy):
            part.setText("")
        self._spoken = ""

    def show_state(self, state: KioskState, title: str) -> None:
        self.event_name.setText(isolate(state.event))
        self.title.setText(title)
        words, remedy = says(state.words), says(state.remedy)
        self.words.setText(words)
        good = state.page is Page.DONE or state.words == WANTED
        set_tone(self.words, "heading" if good else "wrong")
        # The page itself says it, large.
        self.remedy.setText("" if state.page is Page.SORRY else remedy)
        self._show()
        spoken = ". ".join(one for one in (title, words, remedy) if one).translate(ISOLATES)
        if spoken != self._spoken:
            self._spoken = spoken
            announce(self, spoken, urgent=bool(words))

    def make_small(self, small: bool) -> None:
        """The keyboard needs the room of a low screen."""
        self._small = small
        self._show()

    def _show(self) -> None:
        self.event_name.setVisible(bool(self.event_name.text()) and not self._small)
        self.title.setVisible(bool(self.title.text()) and not self._small)
        self.words.setVisible(bool(self.words.text()))
        self.remedy.setVisible(bool(self.remedy.text()) and not self._small)
        if self._held is not None:
            self._held.setVisible(not self._small)
