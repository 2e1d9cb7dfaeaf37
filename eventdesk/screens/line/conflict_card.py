"""One conflict in full, and the word by which a person settles it."""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from eventdesk.desk.upstream.commands import SettleConflict
from eventdesk.desk.upstream.values import ConflictShown
from eventdesk.i18n import tr
from eventdesk.screens.line import conflict_words as words
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import isolate

LONGEST_WORD = 200


class ConflictCard(QWidget):
    """`asked` brings the command that settles it."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._log = ""
        self.shown: ConflictShown | None = None
        self.title = label("", "title", wrap=True)
        self.order, self.advice, self.told = note(), note(tone=""), note()
        self.first, self.second = note(tone=""), note(tone="")
        self._build_word()
        parts = (self.title, self.order, self.first, self.second, self.advice)
        fill(self, *parts, self.ask, self.word, self.settle_button, self.told, 1)
        self.show_conflict("", None, None)

    def show_conflict(self, log: str, shown: ConflictShown | None, zone: tzinfo | None) -> None:
        """Show one, or none; what is being typed about the same one stays."""
        another = self._id() != (shown.conflict.id if shown else "")
        self._log, self.shown = log, shown
        self.setVisible(shown is not None)
        if shown is None:
            return
        self.title.setText(isolate(words.who(shown)))
        say(self.order, tr("Order {code}", code=shown.order_code) if shown.order_code else "")
        self.first.setText(tr("First: {words}", words=words.passed(shown, 0, zone)))
        self.second.setText(tr("Again: {words}", words=words.passed(shown, 1, zone)))
        self._show_state(shown)
        if another:
            self.word.clear()
            self.word.addItems(["", *words.suggestions(shown)])
            say(self.told, "")

    def settle(self) -> None:
        """Post the word; it must not be empty."""
        word = self.word.currentText().strip()
        if self.shown is None:
            return
        if not word:
            say(self.told, tr("Write what was found, or choose a sentence."), "bad")
            self.word.setFocus()
            return
        say(self.told, tr("Being written down ..."))
        self.asked.emit(SettleConflict(self._log, self.shown.subject, self.shown.conflict.id, word))

    def show_trouble(self, trouble: str) -> None:
        say(self.told, trouble, "bad")

    def _id(self) -> str:
        return self.shown.conflict.id if self.shown else ""

    def _show_state(self, shown: ConflictShown) -> None:
        settled = bool(shown.conflict.word)
        found = tr("✓ Settled: {word}", word=isolate(shown.conflict.word))
        say(self.advice, found if settled else words.advice(shown), "good" if settled else "")
        for widget in (self.ask, self.word, self.settle_button):
            widget.setVisible(not settled)

    def _build_word(self) -> None:
        self.ask = note(tr("What was found?"), "heading")
        self.word = QComboBox()
        self.word.setEditable(True)
        self.word.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        name_control(self.word, tr("What was found?"))
        line = self.word.lineEdit()
        assert line is not None
        line.setMaxLength(LONGEST_WORD)
        line.setPlaceholderText(tr("Choose or write, then Enter"))
        line.returnPressed.connect(self.settle)
        self.settle_button = button(tr("Settle it"), self.settle, "primary", "check")
