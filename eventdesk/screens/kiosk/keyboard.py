"""The keyboard on the screen: ours, since the system's would open menus and remember words.

It types into the field that has the focus; its keys never take it. A hardware keyboard works beside it.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.kiosk import key_rows
from eventdesk.screens.kiosk.key import Key, control_key
from eventdesk.screens.kiosk.key_rows import ACCENTS, DIGITS, LATIN, NUMBERS, SIGNS, Kind, Rows

Field = QLineEdit | QPlainTextEdit
GAP = 4


class Keyboard(QWidget):
    """`serve` a field, or none. `done`: the guest has typed all (the key with the tick)."""

    done = Signal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._field: Field | None = None
        self._kind = Kind.TEXT
        self._low = False
        self._raised = False
        self._signs = False
        self._foreign = False
        self._asks_accent = False
        self._shows_forms = False
        self._shares: list[int] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def set_low(self, low: bool) -> None:
        """Little height: the digits are on a page of their own."""
        if low != self._low:
            self._low = low
            self._build()

    def serve(self, field: Field | None) -> None:
        if field is not None and field is not self._field:
            kind = str(field.property("keys") or Kind.TEXT)
            self._kind = Kind(kind) if kind in Kind.__members__.values() else Kind.TEXT
            self._signs = self._foreign = self._asks_accent = False
        self._field = field
        if field is not None:
            self._raised = self._begins()
            self._build()
        self.setVisible(field is not None)

    def field(self) -> Field | None:
        return self._field

    def shown_keys(self) -> list[Key]:
        """Those on show, for tests and for who reads the screen."""
        return [key for key in self.findChildren(Key) if key.isVisibleTo(self)]

    def press(self, text: str) -> None:
        """Type, as the key of that text does."""
        if self._asks_accent and text.lower() in ACCENTS:
            self.show_accents(text)
            return
        self._send(0, text)
        raised, self._raised = self._raised, self._begins()
        if raised != self._raised or self._asks_accent or self._shows_forms:
            self._asks_accent = False
            self._build()

    def show_accents(self, text: str) -> None:
        """The forms of a letter, in place of the keys: one is taken, or none."""
        forms = ACCENTS.get(text.lower(), "")
        if not forms:
            return
        self._asks_accent = False
        self._shows_forms = True
        raise_ = text != text.lower()
        shown = [key_rows.upper(one, self._language) if raise_ else one for one in forms]
        high = self.height()
        self._empty()
        self._add_row([self._letter(one) for one in (text, *shown)])
        self.column.addStretch(1)
        self._add_row([control_key(tr("Back"), "", self._build)])
        self.setMinimumHeight(high)

    def _begins(self) -> bool:
        """Names begin with a capital, and so do their parts; codes are all capitals."""
        if self._kind is Kind.CODE:
            return True
        if self._kind is not Kind.NAME or self._field is None:
            return False
        text = self._field.text() if isinstance(self._field, QLineEdit) else self._field.toPlainText()
        return not text or text[-1] in " -"

    # Keys

    def _empty(self) -> None:
        self.setMinimumHeight(0)
        while item := self.column.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _build(self) -> None:
        self._shows_forms = False
        self._empty()
        for row in self._rows():
            self._add_row([self._letter(self._cased(one)) for one in row])
        self._add_row(self._controls())

    def _rows(self) -> Rows:
        if self._kind is Kind.NUMBER:
            return NUMBERS
        if self._signs:
            return SIGNS
        own = key_rows.letters(self._language)
        needs_latin = self._kind in (Kind.EMAIL, Kind.CODE)
        rows = LATIN if not key_rows.is_latin(own) and needs_latin is not self._foreign else own
        return rows if self._low else (DIGITS, *rows)

    def _controls(self) -> list[QWidget]:
        made: list[tuple[QWidget, int]] = []
        if self._kind is not Kind.NUMBER:
            if not self._signs:
                made.append((self._toggle("", "shift", tr("Capital letters"), self._raise, self._raised), 2))
            page = tr("abc") if self._signs else "?12"
            made.append((control_key(page, "", self._turn, tr("Letters or signs")), 2))
            if not self._signs and self._kind is not Kind.CODE:
                accents = self._toggle(
                    "á", "", tr("Letters with accents"), self._ask_accent, self._asks_accent
                )
                made.append((accents, 2))
            if not key_rows.is_latin(key_rows.letters(self._language)):
                made.append((control_key("A ⇄ ع", "", self._change_script, tr("Other letters")), 2))
            extra = {Kind.EMAIL: "@.", Kind.CODE: "-"}.get(self._kind, "")
            made += [(self._letter(one), 2) for one in extra]
            if self._kind is not Kind.CODE:
                made.append((control_key(" ", "", partial(self.press, " "), tr("Space")), 5))
        back = control_key("", "backspace", self._back, tr("Delete the last letter"))
        back.setAutoRepeat(True)
        ready = control_key("", "check", self.done.emit, tr("Done"))
        ready.setProperty("kind", "primary")
        self._shares = [share for _widget, share in made] + [2, 3]
        return [widget for widget, _share in made] + [back, ready]

    def _add_row(self, keys: Sequence[QWidget]) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        shares = self._shares if keys and not isinstance(keys[-1], Key) else []
        for place, key in enumerate(keys):
            row.addWidget(key, shares[place] if len(shares) == len(keys) else 1)
        self.column.addWidget(holder)
        holder.show()

    def _letter(self, text: str) -> Key:
        key = Key(text, bool(ACCENTS.get(text.lower())))
        key.typed.connect(self.press)
        key.held.connect(self.show_accents)
        return key

    def _cased(self, letter: str) -> str:
        return key_rows.upper(letter, self._language) if self._raised else letter

    def _toggle(self, text: str, icon: str, name: str, pressed: Callable[[], object], on: bool) -> QWidget:
        made = control_key(text, icon, pressed, name)
        if on:
            made.setProperty("kind", "primary")
        return made

    # What the control keys do

    def _raise(self) -> None:
        self._raised = not self._raised
        self._build()

    def _turn(self) -> None:
        self._signs = not self._signs
        self._build()

    def _ask_accent(self) -> None:
        self._asks_accent = not self._asks_accent
        self._build()

    def _change_script(self) -> None:
        self._foreign = not self._foreign
        self._build()

    def _back(self) -> None:
        self._send(Qt.Key.Key_Backspace, "\b")
        if self._raised != self._begins():
            self._raised = self._begins()
            self._build()

    def _send(self, key: int, text: str) -> None:
        """As if typed, so that lengths and forms of fields hold."""
        field = self._field
        if field is not None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
                QApplication.sendEvent(field, event)
