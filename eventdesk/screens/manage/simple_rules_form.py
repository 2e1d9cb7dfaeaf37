"""The builder for the rules that most doors need."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from eventdesk.domain.simple_rules import SimpleRules, logic_of
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import NumberField, PicksField
from eventdesk.screens.manage.field import Wrong
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.moments import MomentField, next_morning


class SimpleRulesForm(Form[SimpleRules]):
    """Every field may stay empty: then it asks for nothing."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self.opens = MomentField(tr("Not before"), optional=True)
        self.closes = MomentField(tr("Not after"), optional=True)
        self.max_entries = NumberField(tr("Entries at most"), tr("Of one ticket on this list."), least=1)
        self.max_a_day = NumberField(tr("Entries a day at most"), least=1)
        self.minutes_between = NumberField(tr("Minutes since the last entry at least"), least=1)
        self.products = PicksField(tr("Only these products"), [], tr("None ticked: all."))
        self.gates = PicksField(tr("Only at these gates"), [], tr("None ticked: at all of them."))
        self.arrange(
            self.opens,
            self.closes,
            self.max_entries,
            self.max_a_day,
            self.minutes_between,
            self.products,
            self.gates,
        )
        self.use_zone(zone)
        for field in (self.opens, self.closes):
            field.show_wall(next_morning(zone))

    def use_zone(self, zone: ZoneInfo) -> None:
        self.opens.zone = self.closes.zone = zone

    def offer(self, products: Sequence[tuple[str, str]], gates: Sequence[tuple[str, str]]) -> None:
        self.products.offer(products)
        self.gates.offer(gates)
        self._names = dict([*products, *gates])

    def put(self, rules: SimpleRules) -> None:
        self.opens.put(rules.opens)
        self.closes.put(rules.closes)
        self.max_entries.put(rules.max_entries)
        self.max_a_day.put(rules.max_a_day)
        self.minutes_between.put(rules.minutes_between)
        self.products.put(rules.products)
        self.gates.put(rules.gates)

    def build(self) -> SimpleRules:
        opens, closes = self.opens.value(), self.closes.value()
        if opens is not None and closes is not None and closes <= opens:
            refuse(self.closes, tr("This is not after the begin."))
        return SimpleRules(
            opens=opens,
            closes=closes,
            max_entries=self.max_entries.value(),
            max_a_day=self.max_a_day.value(),
            minutes_between=self.minutes_between.value(),
            products=tuple(sorted(self.products.value())),
            gates=tuple(sorted(self.gates.value())),
        )

    def logic(self) -> dict[str, Any] | None:
        """JSON logic of what is entered. Raises Wrong after telling the mistakes at their fields."""
        rules = self.read()
        if rules is None:
            raise Wrong(tr("One of the rules needs a look."))
        return logic_of(rules, self._names)
