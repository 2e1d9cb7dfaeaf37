"""When an element is printed: a choice with what belongs to it, or JSON logic."""

import json
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.designer.conditions import ALWAYS, Simple, When, logic_of, simple_of
from eventdesk.screens.designer.fields.plain import Choice, NumberField, TextLine, leave_undo
from eventdesk.screens.designer.offers import Offers
from eventdesk.screens.manage.entries import PicksField, TextField
from eventdesk.screens.manage.field import Field, Wrong
from eventdesk.screens.manage.look import fill

_NAMED = (When.PRODUCT, When.VARIATION)
_AGED = (When.BELOW, When.FROM)


class ConditionField(Field):
    """JSON logic or None. What is no logic stays as it was typed, and is told."""

    def __init__(self) -> None:
        self.way = Choice(tr("Printed"), _ways())
        self.names = PicksField(tr("Any of these"), [])
        self.years = NumberField(tr("Years"), 0, 120, "", 1, 0)
        self.question = Choice(tr("Question"), [])
        self.answer = TextLine(tr("Answer"), tr("As it is given, word for word."))
        self.logic = TextField(
            tr("JSON logic"), tr("See jsonlogic.com. Variables: product, age, copy, ..."), 5
        )
        leave_undo(self.logic.text)
        self._offers = Offers()
        self._value: Any = None
        holder = QWidget()
        super().__init__(tr("Printed"), holder)
        self.caption.hide()
        self._pages = QStackedWidget()
        both = QWidget()
        fill(both, self.question, self.answer)
        for page in (QWidget(), self.names, self.years, both, self.logic):
            self._pages.addWidget(page)
        fill(holder, self.way, self._pages)
        self.setFocusProxy(self.way.combo)
        self.way.changed.connect(self._switched)
        for part in (self.names, self.years, self.question, self.answer, self.logic):
            part.changed.connect(self._read)
        self._show_page()

    def offer(self, offers: Offers) -> None:
        self._offers = offers
        self.question.offer(list(offers.questions))
        self._show_names()

    def value(self) -> Any:
        """Raises Wrong for JSON that can't be read."""
        if self._way() is not When.LOGIC:
            return logic_of(self._simple())
        text = self.logic.value()
        try:
            logic = json.loads(text) if text else None
        except ValueError as error:
            raise Wrong(tr("This is no JSON: {reason}", reason=str(error))) from error
        if logic is not None and not isinstance(logic, dict):
            raise Wrong(tr("A condition is an object in braces."))
        return logic

    def put(self, value: Any) -> None:
        # What is being typed must not be written anew below the cursor.
        if value == self._value:
            return
        self._value = value
        simple = simple_of(value)
        self.way.put(When.LOGIC if simple is None else simple.when)
        self._put_logic(value)
        self._put(simple or ALWAYS)
        self._show_page()

    def _way(self) -> When:
        # Qt gives back a plain text for the member of an enumeration.
        return When(self.way.value())

    def _put(self, simple: Simple) -> None:
        self._show_names(simple.names)
        self.names.put(simple.names)
        self.years.put(simple.years)
        if simple.question:
            self.question.put(simple.question)
        self.answer.put(simple.answer)

    def _put_logic(self, value: Any) -> None:
        self.logic.text.blockSignals(True)
        self.logic.put("" if value is None else json.dumps(value, ensure_ascii=False))
        self.logic.text.blockSignals(False)

    def _simple(self) -> Simple:
        way = self._way()
        try:
            question = self.question.value() or ""
        except Wrong:
            question = ""
        offered = [name for name, _words in self._named()]
        picked = self.names.value() if way in _NAMED else frozenset()
        names = tuple(name for name in offered if name in picked)
        return Simple(way, names, int(self.years.value()), question, self.answer.value())

    def _named(self, more: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """The names to choose from, those too that the event does not have."""
        known = self._offers.variations if self._way() is When.VARIATION else self._offers.products
        simple = simple_of(self._value)
        kept = simple.names if simple is not None and simple.when is self._way() else ()
        return [(name, name) for name in dict.fromkeys((*known, *kept, *more))]

    def _show_names(self, more: tuple[str, ...] = ()) -> None:
        self.names.offer(self._named(more))

    def _switched(self) -> None:
        """To JSON logic goes along what was chosen by the form."""
        if self._way() is When.LOGIC:
            self._put_logic(self._value)
        self._show_names()
        self._show_page()
        self._read()

    def _show_page(self) -> None:
        way = self._way()
        page = 1 if way in _NAMED else 2 if way in _AGED else 3 if way is When.ANSWER else 0
        self._pages.setCurrentIndex(4 if way is When.LOGIC else page)
        self._pages.setVisible(way not in (When.ALWAYS, When.REPRINT))
        current = self._pages.currentWidget()
        if current is not None:
            self._pages.setFixedHeight(max(current.sizeHint().height(), 0))

    def _read(self) -> None:
        if self.check():
            self._value = self.value()
            self.changed.emit()


def _ways() -> list[tuple[When, str]]:
    return [
        (When.ALWAYS, tr("Always")),
        (When.PRODUCT, tr("If the product is ...")),
        (When.VARIATION, tr("If the variation is ...")),
        (When.BELOW, tr("If the guest is younger than ...")),
        (When.FROM, tr("If the guest is at least ...")),
        (When.ANSWER, tr("If the answer is ...")),
        (When.REPRINT, tr("On reprints only")),
        (When.LOGIC, tr("By a condition of its own")),
    ]
