"""The till's part of the event editor: its rules, tax rates, categories, discounts, seating plans."""

from collections.abc import Sequence
from uuid import uuid4
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.domain.till.setup import Category, Discount, SeatingPlan, TaxRate, TillSetup
from eventdesk.i18n import tr
from eventdesk.screens.manage.items import ItemsPage, Words
from eventdesk.screens.manage.look import fill, scrolled, tabs
from eventdesk.screens.manage.till_form import TillForm
from eventdesk.screens.manage.till_forms import CategoryForm, DiscountForm, SeatingForm, TaxForm

Choices = Sequence[tuple[str, str]]


class TillPages(QWidget):
    """Tabs within the editor's tab."""

    changed = Signal()

    def __init__(self, setup: TillSetup, currency: str, zone: ZoneInfo) -> None:
        super().__init__()
        self._currency, self._zone = currency, zone
        self._products: Choices = ()
        self.rules = TillForm(setup.rules, currency)
        self.taxes = ItemsPage(tax_words(), setup.taxes.values(), TaxForm, _tax)
        categories = sorted(setup.categories.values(), key=lambda one: (one.position, one.name))
        self.categories = ItemsPage(category_words(), categories, CategoryForm, _category)
        self.discounts = ItemsPage(discount_words(), setup.discounts.values(), self._discount_form, _discount)
        self.seatings = ItemsPage(seating_words(), setup.seatings.values(), SeatingForm, _seating)
        self.tabs = tabs(tr("Parts of the till"))
        self.tabs.addTab(scrolled(self.rules), tr("Business and rules"))
        for page, words in self._item_pages():
            self.tabs.addTab(page, words)
        for part in (self.rules, self.taxes, self.categories, self.discounts, self.seatings):
            part.changed.connect(self.changed)
        self.discounts.opened.connect(lambda _form: self.offer_products(self._products))
        fill(self, self.tabs).setContentsMargins(0, 8, 0, 0)

    def read(self) -> TillSetup | None:
        """What is entered, or None after the mistakes were told at their fields."""
        rules, taxes, categories = self.rules.read(), self.taxes.read(), self.categories.read()
        discounts, seatings = self.discounts.read(), self.seatings.read()
        if rules is None or taxes is None or categories is None or discounts is None or seatings is None:
            return None
        return TillSetup(rules, categories, taxes, discounts, seatings)

    def show_first_mistake(self) -> bool:
        """Go to it; whether there is one."""
        field = self.rules.first_mistake()
        if field is not None:
            self.tabs.setCurrentIndex(0)
            field.setFocus()
            return True
        for index, (page, _words) in enumerate(self._item_pages(), start=1):
            if isinstance(page, ItemsPage) and page.has_mistake():
                self.tabs.setCurrentIndex(index)
                page.show_first_mistake()
                return True
        return False

    def offer_products(self, products: Choices) -> None:
        self._products = products
        for form in self.discounts.forms.values():
            if isinstance(form, DiscountForm):
                form.offer_products(products)

    def use_currency(self, currency: str) -> None:
        self._currency = currency
        self.rules.use_currency(currency)
        for form in self.discounts.forms.values():
            if isinstance(form, DiscountForm):
                form.use_currency(currency)

    def use_zone(self, zone: ZoneInfo) -> None:
        self.discounts.open_all()
        self._zone = zone
        for form in self.discounts.forms.values():
            if isinstance(form, DiscountForm):
                form.use_zone(zone)

    def _item_pages(self) -> list[tuple[QWidget, str]]:
        return [
            (self.taxes, tr("Taxes")),
            (self.categories, tr("Categories")),
            (self.discounts, tr("Discounts and vouchers")),
            (self.seatings, tr("Seating plans")),
        ]

    def _discount_form(self, one: Discount) -> DiscountForm:
        return DiscountForm(one, self._currency, self._zone)


def _tax() -> TaxRate:
    return TaxRate(uuid4().hex, "", 0)


def _category() -> Category:
    return Category(uuid4().hex, "")


def _discount() -> Discount:
    return Discount(uuid4().hex, "", percent=100_000)


def _seating() -> SeatingPlan:
    return SeatingPlan(uuid4().hex, "")


def tax_words() -> Words:
    return Words(
        tr("Taxes"),
        tr("Add a tax rate"),
        tr("New tax rate"),
        tr("No tax rates. Products without one are sold without tax."),
    )


def category_words() -> Words:
    return Words(
        tr("Categories"),
        tr("Add a category"),
        tr("New category"),
        tr("No categories. Each is a page of tiles at the box office; without any, all stand on one."),
    )


def discount_words() -> Words:
    return Words(
        tr("Discounts and vouchers"),
        tr("Add a discount"),
        tr("New discount"),
        tr("No discounts. One with a code is a voucher."),
    )


def seating_words() -> Words:
    return Words(
        tr("Seating plans"),
        tr("Add a seating plan"),
        tr("New seating plan"),
        tr("No seating plans. Products without one are sold without a seat."),
    )
