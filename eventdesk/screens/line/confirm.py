"""A question before something that can't be taken back: on the page, answered by a button, Escape is no."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.look import bring_into_sight, button, fill, note
from eventdesk.screens.widgets.basics import boxed, row


class Confirm(QFrame):
    """`ask` shows it; `agreed` gets what was typed (or "" where nothing is asked for)."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._agreed: Callable[[str], object] | None = None
        self._must = ""
        self._before: QWidget | None = None
        self.words = note(tone="warn")
        self.field = LineField(tr("Reason"))
        self.field.line.returnPressed.connect(self.agree)
        self.yes_button = button(tr("Yes"), self.agree, "danger")
        self.no_button = button(tr("No, leave it"), self.close_it)
        fill(self, self.words, self.field, boxed(row(self.yes_button, self.no_button, 1)), margin=14)
        self.hide()

    def ask(
        self, words: str, yes: str, agreed: Callable[[str], object], label: str = "", must: str = ""
    ) -> None:
        """`label`: what is to be typed, if anything; `must`: exactly what."""
        self._agreed, self._must = agreed, must
        self.words.setText(words)
        self.yes_button.setText(yes)
        self.field.setVisible(bool(label))
        self.field.caption.setText(label)
        name_control(self.field.control, label or tr("Reason"), words)
        self.field.put("")
        self.field.tell("")
        self._before = self.window().focusWidget()
        self.show()
        (self.field if label else self.no_button).setFocus()
        bring_into_sight(self.yes_button)

    def agree(self) -> None:
        """Go on where what was typed will do."""
        typed = str(self.field.value())
        if not self.field.isHidden() and not typed:
            self._object(tr("This must not be empty."))
        elif self._must and typed.casefold() != self._must.casefold():
            self._object(tr("That is not the same: {text}", text=self._must))
        elif self._agreed is not None:
            agreed = self._agreed
            self.close_it()
            agreed(typed)

    def close_it(self) -> None:
        """Back to where the person was, and not on to whichever control is next."""
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self._agreed = None
        if had_focus and self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.hide()

    def _object(self, words: str) -> None:
        self.field.tell(words)
        self.field.setFocus()
        bring_into_sight(self.yes_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)
