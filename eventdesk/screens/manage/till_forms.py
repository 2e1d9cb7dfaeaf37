"""Forms for tax rates, categories, discounts and seating plans."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from eventdesk.domain.till.setup import Category, Discount, SeatingPlan, TaxRate
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import (
    ChoiceField,
    LineField,
    NumberField,
    PicksField,
    TextField,
    TickField,
)
from eventdesk.screens.manage.field import Wrong
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.moments import MomentField, next_morning
from eventdesk.screens.manage.percent_field import PercentField
from eventdesk.screens.manage.seats_text import plan_from, plan_text
from eventdesk.screens.till.amount_field import AmountField

PERCENT, AMOUNT, PRICE = "percent", "amount", "price"
NONE, USES, BUDGET = "none", "uses", "budget"


class TaxForm(Form[TaxRate]):
    def __init__(self, tax: TaxRate) -> None:
        super().__init__()
        self._id = tax.id
        self.name = LineField(tr("Name"), tr("Such as VAT 19 %."), required=True)
        self.rate = PercentField(tr("Rate in percent"), required=True)
        self.code = LineField(tr("Letter on receipts"), tr("Such as A."))
        self.arrange(self.name, self.rate, self.code)
        self.name.put(tax.name)
        self.rate.put(tax.rate)
        self.code.put(tax.code)

    def build(self) -> TaxRate:
        return TaxRate(self._id, self.name.value(), self.rate.value(), self.code.value())


class CategoryForm(Form[Category]):
    def __init__(self, category: Category) -> None:
        super().__init__()
        self._category = category
        self.name = LineField(tr("Name"), tr("A page of tiles at the box office."), required=True)
        self.position = NumberField(tr("Place in the row"))
        self.color = ChoiceField(tr("Colour"), colors(category.color))
        self.arrange(self.name, self.position, self.color)
        self.name.put(category.name)
        self.position.put(category.position if category.position >= 0 else None)
        self.color.put(category.color)

    def build(self) -> Category:
        position = self.position.value()
        kept = min(self._category.position, 0)
        at = kept if position is None else position
        return Category(self._category.id, self.name.value(), at, self.color.value())


class DiscountForm(Form[Discount]):
    def __init__(self, discount: Discount, currency: str, zone: ZoneInfo) -> None:
        super().__init__()
        self._id = discount.id
        self.name = LineField(tr("Name"), required=True)
        self.code = LineField(tr("Code"), tr("With a code it is a voucher; without one, a button."))
        self.kind = ChoiceField(
            tr("What it does"),
            [
                (PERCENT, tr("A share off")),
                (AMOUNT, tr("An amount off the whole sale")),
                (PRICE, tr("A price of its own for each")),
            ],
        )
        self.percent = PercentField(tr("Percent off"), required=True)
        self.money = AmountField(tr("Amount"), currency)
        self.products = PicksField(tr("For these products"), [], tr("None ticked: for all."))
        self.limit = ChoiceField(
            tr("Limit"),
            [(NONE, tr("No limit")), (USES, tr("So many uses")), (BUDGET, tr("So much money in all"))],
        )
        self.uses = NumberField(tr("Uses"), least=1)
        self.budget = AmountField(tr("Budget"), currency, least=1)
        self.begins = MomentField(tr("From"), optional=True)
        self.ends = MomentField(tr("Until"), optional=True)
        self.free = TickField(tr("Anyone who sells may give it"))
        self.arrange(
            self.name,
            self.code,
            self.kind,
            self.percent,
            self.money,
            self.products,
            self.limit,
            self.uses,
            self.budget,
            self.begins,
            self.ends,
            self.free,
        )
        for moment in (self.begins, self.ends):
            moment.zone = zone
            moment.show_wall(next_morning(zone))
        for choice in (self.kind, self.limit):
            choice.changed.connect(self._show_parts)
        self._show(discount)

    def offer_products(self, products: Sequence[tuple[str, str]]) -> None:
        self.products.offer(products)

    def use_currency(self, currency: str) -> None:
        self.money.currency = self.budget.currency = currency

    def use_zone(self, zone: ZoneInfo) -> None:
        self.begins.zone = self.ends.zone = zone

    def build(self) -> Discount:
        kind, limit = self.kind.value(), self.limit.value()
        money = None if kind == PERCENT else self.money.value()
        if kind == AMOUNT and not money:
            refuse(self.money, tr("This must be more."))
        uses = self.uses.value() if limit == USES else None
        if limit == USES and uses is None:
            refuse(self.uses, tr("Write a whole number from {least} on.", least=1))
        begins, ends = self.begins.value(), self.ends.value()
        if begins is not None and ends is not None and ends <= begins:
            refuse(self.ends, tr("It must end after it begins."))
        return Discount(
            id=self._id,
            name=self.name.value(),
            code=self.code.value(),
            percent=self.percent.value() if kind == PERCENT else None,
            amount=money if kind == AMOUNT else None,
            price=money if kind == PRICE else None,
            products=self.products.value(),
            uses=uses,
            budget=self.budget.value() if limit == BUDGET else None,
            begins=begins,
            ends=ends,
            free=self.free.value(),
        )

    def _show(self, one: Discount) -> None:
        self.name.put(one.name)
        self.code.put(one.code)
        self.kind.put(AMOUNT if one.amount is not None else PRICE if one.price is not None else PERCENT)
        self.percent.put(one.percent)
        self.money.put(one.amount if one.amount is not None else one.price)
        self.products.put(one.products)
        self.limit.put(USES if one.uses is not None else BUDGET if one.budget is not None else NONE)
        self.uses.put(one.uses)
        self.budget.put(one.budget)
        self.begins.put(one.begins)
        self.ends.put(one.ends)
        self.free.put(one.free)
        self._show_parts()

    def _show_parts(self) -> None:
        kind, limit = self.kind.value(), self.limit.value()
        self.percent.setVisible(kind == PERCENT)
        self.money.setVisible(kind != PERCENT)
        self.uses.setVisible(limit == USES)
        self.budget.setVisible(limit == BUDGET)


class SeatingForm(Form[SeatingPlan]):
    def __init__(self, plan: SeatingPlan) -> None:
        super().__init__()
        self._plan = plan
        self.name = LineField(tr("Name"), tr("A hall or a stand."), required=True)
        self.seats = TextField(
            tr("Seats"),
            tr("One line a row: section; row; seats. Such as Stalls; A; 1-12, 14. A table can be pasted."),
            lines=12,
        )
        self.arrange(self.name, self.seats)
        self.name.put(plan.name)
        self.seats.put(plan_text(plan.sections))

    def build(self) -> SeatingPlan:
        known = {section.name: section.id for section in self._plan.sections}
        try:
            sections = plan_from(self.seats.value(), known)
        except Wrong as mistake:
            self.seats.tell(str(mistake))
            raise
        return SeatingPlan(self._plan.id, self.name.value(), sections)


def colors(own: str) -> list[tuple[str, str]]:
    """Those of the shipped palette, and the one that is set."""
    known = [
        ("", tr("None")),
        ("#2563eb", tr("Blue")),
        ("#0891b2", tr("Turquoise")),
        ("#15803d", tr("Green")),
        ("#ca8a04", tr("Yellow")),
        ("#ea580c", tr("Orange")),
        ("#dc2626", tr("Red")),
        ("#9333ea", tr("Violet")),
        ("#64748b", tr("Grey")),
    ]
    return known if own in dict(known) else [*known, (own, own)]
