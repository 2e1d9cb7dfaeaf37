"""The figures of a shift, as values and as `shift_closed` holds them: an X report while it is open, a Z
report when it is closed.

What was given back counts against what was sold, so sums of products and tax rates can be negative.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from eventdesk.domain import members
from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.sales import Way
from eventdesk.domain.till.setup import Tender

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TenderFigures:
    """`taken` and `returned` as they count for sales; `rounding` is what cash came to more, or less."""

    tender: Tender
    taken: int = 0
    returned: int = 0
    rounding: int = 0
    number: int = 0

    @property
    def moved(self) -> int:
        return self.taken - self.returned + self.rounding


@dataclass(frozen=True, slots=True)
class ProductFigures:
    """`product` empty: of fees."""

    product: str
    variation: str
    name: str
    quantity: int = 0
    gross: int = 0


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """`by`: a staff id, empty for nobody named. `reversed_` is what they gave back."""

    by: str
    sales: int = 0
    sold: int = 0
    reversed_: int = 0


@dataclass(frozen=True, slots=True)
class WayFigures:
    """Of one way (void, refund, exchange; pay_in, pay_out, drop): how often, and how much."""

    way: str
    number: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class OpenPayment:
    """A payment whose fate was unknown."""

    id: str
    sale: str
    way: Way
    tender: Tender
    amount: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`sold` is the gross of the shift's sales, `reversed_` of what it gave back; `discounts` the gross money
    off, without `comps`, of which `comp_number` pieces were given away. `first` and `last` are receipt
    numbers, 0 for none."""

    sales: int = 0
    sold: int = 0
    reversals: tuple[WayFigures, ...] = ()
    reversed_: int = 0
    tenders: tuple[TenderFigures, ...] = ()
    taxes: tuple[TaxSum, ...] = ()
    products: tuple[ProductFigures, ...] = ()
    persons: tuple[PersonFigures, ...] = ()
    discounts: int = 0
    comps: int = 0
    comp_number: int = 0
    rounding: int = 0
    no_sales: int = 0
    moves: tuple[WayFigures, ...] = ()
    first: int = 0
    last: int = 0
    float_: int = 0
    expected_cash: int = 0
    open: tuple[OpenPayment, ...] = ()

    @property
    def turnover(self) -> int:
        return self.sold - self.reversed_

    @property
    def tax(self) -> int:
        return sum(one.tax for one in self.taxes)


def figure_members(figures: Figures) -> dict[str, Any]:
    """As they stand in `shift_closed`."""
    return {
        "sales": figures.sales,
        "sold": figures.sold,
        "reversals": [_way_row(one) for one in figures.reversals],
        "reversed": figures.reversed_,
        "tenders": [
            {
                "tender": one.tender.value,
                "taken": one.taken,
                "returned": one.returned,
                "rounding": one.rounding,
                "number": one.number,
            }
            for one in figures.tenders
        ],
        "taxes": [
            {"rate": one.rate, "code": one.code, "net": one.net, "tax": one.tax, "gross": one.gross}
            for one in figures.taxes
        ],
        "products": [
            {
                "product": one.product,
                "variation": one.variation,
                "name": one.name,
                "quantity": one.quantity,
                "gross": one.gross,
            }
            for one in figures.products
        ],
        "persons": [
            {"by": one.by, "sales": one.sales, "sold": one.sold, "reversed": one.reversed_}
            for one in figures.persons
        ],
        "discounts": figures.discounts,
        "comps": figures.comps,
        "comp_number": figures.comp_number,
        "rounding": figures.rounding,
        "no_sales": figures.no_sales,
        "moves": [_way_row(one) for one in figures.moves],
        "first": figures.first,
        "last": figures.last,
        "float": figures.float_,
        "expected_cash": figures.expected_cash,
        "open": [
            {
                "id": one.id,
                "sale": one.sale,
                "way": one.way.value,
                "tender": one.tender.value,
                "amount": one.amount,
            }
            for one in figures.open
        ],
    }


def _way_row(one: WayFigures) -> dict[str, Any]:
    return {"way": one.way, "number": one.number, "amount": one.amount}


def figures_from(payload: Mapping[str, Any]) -> Figures:
    """What `figure_members` wrote. Raises BadPayload, which names the member."""

    def number(row: Mapping[str, Any], *names: str) -> list[int]:
        return [members.number(row, name) for name in names]

    def rows(name: str, build: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
        return members.rows(payload, name, build)

    def way(row: Mapping[str, Any]) -> WayFigures:
        return WayFigures(members.text(row, "way"), *number(row, "number", "amount"))

    return Figures(
        sales=members.number(payload, "sales"),
        sold=members.number(payload, "sold"),
        reversals=rows("reversals", way),
        reversed_=members.number(payload, "reversed"),
        tenders=rows(
            "tenders",
            lambda row: TenderFigures(
                members.choice(row, "tender", Tender), *number(row, "taken", "returned", "rounding", "number")
            ),
        ),
        taxes=rows(
            "taxes",
            lambda row: TaxSum(
                members.rate(row, "rate"), members.text(row, "code", ""), *number(row, "net", "tax", "gross")
            ),
        ),
        products=rows(
            "products",
            lambda row: ProductFigures(
                members.text(row, "product", ""),
                members.text(row, "variation", ""),
                members.text(row, "name", ""),
                *number(row, "quantity", "gross"),
            ),
        ),
        persons=rows(
            "persons",
            lambda row: PersonFigures(members.text(row, "by", ""), *number(row, "sales", "sold", "reversed")),
        ),
        discounts=members.number(payload, "discounts"),
        comps=members.number(payload, "comps"),
        comp_number=members.number(payload, "comp_number"),
        rounding=members.number(payload, "rounding"),
        no_sales=members.number(payload, "no_sales"),
        moves=rows("moves", way),
        first=members.number(payload, "first"),
        last=members.number(payload, "last"),
        float_=members.number(payload, "float"),
        expected_cash=members.number(payload, "expected_cash"),
        open=rows(
            "open",
            lambda row: OpenPayment(
                members.text(row, "id"),
                members.text(row, "sale"),
                members.choice(row, "way", Way),
                members.choice(row, "tender", Tender),
                members.number(row, "amount"),
            ),
        ),
    )
