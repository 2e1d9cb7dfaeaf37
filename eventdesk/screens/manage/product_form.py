"""A product with what the till asks of it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout

from eventdesk.domain.catalogue import Product
from eventdesk.i18n import tr
from eventdesk.screens.manage.addons_field import AddonsField
from eventdesk.screens.manage.entries import ChoiceField, NumberField, TickField
from eventdesk.screens.manage.field import Field
from eventdesk.screens.manage.form import refuse
from eventdesk.screens.manage.look import heading
from eventdesk.screens.manage.named import ProductForm
from eventdesk.screens.till.amount_field import AmountField

Choices = Sequence[tuple[str, str]]


class TillProductForm(ProductForm):
    """`offer` says which categories, tax rates, seating plans and products there are."""

    def __init__(self, product: Product, currency: str, layouts: Choices) -> None:
        super().__init__(product, currency, layouts)
        self._sold = product
        self.at_till = TickField(tr("Sold at the box office"))
        self.category = ChoiceField(tr("Category"), [("", tr("None"))])
        self.tax = ChoiceField(tr("Tax rate"), [("", tr("None"))])
        self.position = NumberField(tr("Place in the row"))
        self.fee = AmountField(tr("Fee for each"), currency, tr("Added to the price."), required=False)
        self.free_price = TickField(tr("The price is typed at the till"))
        self.lowest = AmountField(tr("Lowest price"), currency, required=False)
        self.highest = AmountField(tr("Highest price"), currency, required=False)
        self.asks_name = TickField(tr("Ask for each guest's name"))
        self.goods = TickField(tr("Goods: no ticket is made"))
        self.gift_card = TickField(tr("It is a gift card"))
        self.seating = ChoiceField(tr("Seating plan"), [("", tr("No seats"))])
        self.addons = AddonsField(tr("Add-ons: what may be sold with it"))
        self._extend(
            self.at_till,
            self.category,
            self.tax,
            self.position,
            self.fee,
            self.free_price,
            self.lowest,
            self.highest,
            self.asks_name,
            self.goods,
            self.gift_card,
            self.seating,
            self.addons,
        )
        self.free_price.changed.connect(self._show_limits)
        self._show_till(product)

    def offer(self, categories: Choices, taxes: Choices, seatings: Choices, products: Choices) -> None:
        self.category.offer([("", tr("None")), *categories])
        self.tax.offer([("", tr("None")), *taxes])
        self.seating.offer([("", tr("No seats")), *seatings])
        self.addons.offer([one for one in products if one[0] != self._sold.id])

    def use_currency(self, currency: str) -> None:
        super().use_currency(currency)
        for field in (self.fee, self.lowest, self.highest):
            field.currency = currency

    def build(self) -> Product:
        is_free = self.free_price.value()
        lowest, highest = (self.lowest.value(), self.highest.value()) if is_free else (None, None)
        if lowest is not None and highest is not None and highest < lowest:
            refuse(self.highest, tr("This must not be less than the lowest price."))
        position = self.position.value()
        return replace(
            super().build(),
            at_till=self.at_till.value(),
            category=self.category.value(),
            tax=self.tax.value(),
            position=min(self._sold.position, 0) if position is None else position,
            fee=self.fee.value() or 0,
            free_price=is_free,
            lowest=lowest,
            highest=highest,
            asks_name=self.asks_name.value(),
            ticket=not self.goods.value(),
            gift_card=self.gift_card.value(),
            seating=self.seating.value(),
            addons=self.addons.value(),
        )

    def _show_till(self, product: Product) -> None:
        self.at_till.put(product.at_till)
        self.category.put(product.category)
        self.tax.put(product.tax)
        self.position.put(product.position if product.position >= 0 else None)
        self.fee.put(product.fee or None)
        self.free_price.put(product.free_price)
        self.lowest.put(product.lowest)
        self.highest.put(product.highest)
        self.asks_name.put(product.asks_name)
        self.goods.put(not product.ticket)
        self.gift_card.put(product.gift_card)
        self.seating.put(product.seating)
        self.addons.put(product.addons)
        self._show_limits()

    def _show_limits(self) -> None:
        for field in (self.lowest, self.highest):
            field.setVisible(self.free_price.value())

    def _extend(self, *fields: Field) -> None:
        """Below what a door asks, above the stretch."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, heading(tr("At the till")))
        for field in fields:
            layout.insertWidget(layout.count() - 1, field)
            field.changed.connect(self.changed)
        self.fields = [*self.fields, *fields]
