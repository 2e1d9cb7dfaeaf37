"""The rules of a check-in list: a small builder for what most doors need, JSON logic for the rest."""

import json
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QStackedWidget, QWidget

from eventdesk.domain.rule_check import rule_mistake
from eventdesk.domain.simple_rules import simple_from
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, TextField
from eventdesk.screens.manage.field import Field, Wrong
from eventdesk.screens.manage.look import fill
from eventdesk.screens.manage.simple_rules_form import SimpleRulesForm
from eventdesk.screens.words import says

NONE, SIMPLE, JSON = "none", "simple", "json"


class RulesField(Field):
    """JSON logic or None. Switching between the two ways of writing takes along what can be taken."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.way = ChoiceField(
            tr("How"),
            [(NONE, tr("No further rules")), (SIMPLE, tr("Simple rules")), (JSON, tr("JSON logic"))],
        )
        self.simple = SimpleRulesForm(zone)
        self.json = TextField("JSON", tr("See jsonlogic.com. Variables: now, entries_number, ..."), lines=8)
        holder = QWidget()
        super().__init__(tr("Rules"), holder)
        self._pages = QStackedWidget()
        for page in (QWidget(), self.simple, self.json):
            self._pages.addWidget(page)
        fill(holder, self.way, self._pages)
        self.way.caption.hide()
        self.setFocusProxy(self.way.combo)
        self.way.changed.connect(self._switched)
        for changing in (self.simple.changed, self.json.changed):
            changing.connect(self.edited)
        self._show_way()

    def value(self) -> Any:
        way = self.way.value()
        if way == JSON:
            return self._logic()
        return self.simple.logic() if way == SIMPLE else None

    def put(self, value: Any) -> None:
        simple = simple_from(value)
        if simple is not None:
            self.simple.put(simple)
        if value is not None:
            self.json.put(json.dumps(value, indent=1, ensure_ascii=False))
        self.way.put(NONE if not value else SIMPLE if simple is not None else JSON)
        self._show_way()

    def offer(self, products: Sequence[tuple[str, str]], gates: Sequence[tuple[str, str]]) -> None:
        self.simple.offer(products, gates)

    def use_zone(self, zone: ZoneInfo) -> None:
        self.simple.use_zone(zone)

    def _logic(self) -> dict[str, Any]:
        try:
            logic = json.loads(self.json.value())
        except json.JSONDecodeError as error:
            raise Wrong(
                tr("This is no JSON: line {line}, column {column}.", line=error.lineno, column=error.colno)
            ) from None
        except RecursionError:
            raise Wrong(tr("This is nested too deeply.")) from None
        if not isinstance(logic, dict) or len(logic) != 1:
            raise Wrong(
                tr("A rule is an object with one operator, such as {example}.", example='{"and": [...]}')
            )
        mistake = rule_mistake(logic)
        if mistake is not None:
            raise Wrong(says(mistake))
        return logic

    def _switched(self) -> None:
        self._take_along()
        self._show_way()
        self.tell("")
        self.edited()

    def _take_along(self) -> None:
        try:
            if self.way.value() == JSON and not self.json.value():
                logic = self.simple.logic()
                self.json.put(json.dumps(logic, indent=1, ensure_ascii=False) if logic else "")
            elif self.way.value() == SIMPLE and self.json.value():
                simple = simple_from(self._logic())
                if simple is not None:
                    self.simple.put(simple)
        except Wrong:
            # What can't be read is left where it was typed.
            return

    def _show_way(self) -> None:
        index = [NONE, SIMPLE, JSON].index(self.way.value())
        self._pages.setCurrentIndex(index)
        self._pages.setVisible(index > 0)
