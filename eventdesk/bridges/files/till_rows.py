"""Rows of the tills' tables, and their headers."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from eventdesk.bridges.files.cells import Cell, local, money, percent, yes
from eventdesk.domain.till.accounts import Closing, SoldLine
from eventdesk.domain.till.audit import AuditEntry
from eventdesk.domain.till.sales import Movement, Payment, Shift
from eventdesk.domain.till.setup import Tender

Row = tuple[Cell, ...]
People = Mapping[str, str]

SALES = (
    "Time",
    "Desk",
    "Shift",
    "Receipt",
    "Way",
    "Gives back receipt",
    "Person",
    "Order",
    "Line",
    "Name",
    "Quantity",
    "Discount",
    "Net",
    "Tax rate %",
    "Tax code",
    "Tax",
    "Gross",
    "Currency",
    "Complimentary",
    "Fee",
    "Product",
    "Variation",
    "Sale",
)
PAYMENTS = (
    "Time",
    "Desk",
    "Shift",
    "Receipt",
    "Person",
    "Way",
    "Tender",
    "State",
    "Amount",
    "Rounding",
    "Over the counter",
    "Currency",
    "Given",
    "Change",
    "Card",
    "Last four",
    "Terminal",
    "Reference",
    "Returns payment",
    "Settled by",
    "Why not paid",
    "Customer",
    "Payment",
    "Sale",
)
CLOSINGS = (
    "Closed",
    "Desk",
    "Shift",
    "Drawer",
    "Opened",
    "Opened by",
    "Closed by",
    "Approved by",
    "Currency",
    "First receipt",
    "Last receipt",
    "Sales",
    "Sold",
    "Given back",
    "Turnover",
    "Tax",
    "Discounts",
    "Complimentary",
    *(f"Paid by {tender.value.replace('_', ' ')}" for tender in Tender),
    "Rounding",
    "Float",
    "Pay-ins",
    "Pay-outs",
    "Drops",
    "Expected",
    "Counted",
    "Difference",
    "Opened without a sale",
    "Payments of unknown fate",
    "Entries",
    "SHA-256",
)
AUDIT = (
    "Time",
    "Desk",
    "Shift",
    "Deed",
    "Person",
    "Approved by",
    "Amount",
    "Currency",
    "Number",
    "What",
    "Reason",
    "Sale",
    "Entry",
)


def sold(line: SoldLine, original: int, people: People, zone: ZoneInfo) -> Row:
    """`original`: the number of the receipt that this one gives back, 0 for none."""
    return (
        local(line.at, zone),
        line.desk,
        line.z,
        line.number,
        line.way,
        original or "",
        named(line.person, people),
        line.order,
        line.n + 1,
        line.name,
        line.quantity,
        money(line.discount, line.currency),
        money(line.net, line.currency),
        percent(line.rate),
        line.code,
        money(line.tax, line.currency),
        money(line.gross, line.currency),
        line.currency,
        yes(line.comp),
        yes(line.fee),
        line.product,
        line.variation,
        line.sale,
    )


def paid(one: Payment, receipt: int, customer: str, z: int, people: People, zone: ZoneInfo) -> Row:
    """`receipt`: the number of its sale, 0 while it is none; `z` that of its shift."""
    return (
        local(one.at, zone),
        one.desk,
        z,
        receipt or "",
        named(one.by, people),
        one.way.value,
        one.tender.value,
        one.state.value,
        money(one.amount, one.currency),
        money(one.rounding, one.currency),
        money(one.moved, one.currency),
        one.currency,
        money(one.given, one.currency),
        money(one.change, one.currency),
        one.brand,
        one.last4,
        one.terminal,
        one.reference,
        one.of,
        one.settled_by,
        one.why.value if one.why else "",
        customer,
        one.id,
        one.sale,
    )


def closed(one: Closing, people: People, zone: ZoneInfo) -> Row:
    shift, figures = one.shift, one.figures

    def in_currency(*amounts: int) -> tuple[Cell, ...]:
        return tuple(money(amount, shift.currency) for amount in amounts)

    by_tender = {row.tender: row.moved for row in figures.tenders}
    by_way = {row.way: row.amount for row in figures.moves}
    return (
        local(shift.closed, zone),
        shift.desk,
        shift.number,
        shift.drawer,
        local(shift.opened, zone),
        named(shift.by, people),
        named(one.by, people),
        named(one.approved, people),
        shift.currency,
        figures.first or "",
        figures.last or "",
        figures.sales,
        *in_currency(figures.sold, figures.reversed_, figures.turnover, figures.tax),
        *in_currency(figures.discounts, figures.comps),
        *in_currency(*(by_tender.get(tender, 0) for tender in Tender)),
        *in_currency(figures.rounding, shift.float_),
        *in_currency(*(by_way.get(way.value, 0) for way in Movement)),
        *in_currency(shift.expected, shift.counted or 0, shift.difference),
        figures.no_sales,
        len(figures.open),
        shift.facts,
        shift.digest,
    )


def audited(entry: AuditEntry, shift: Shift, people: People, zone: ZoneInfo) -> Row:
    return (
        local(entry.at, zone),
        entry.desk,
        shift.number,
        entry.deed.value,
        named(entry.by, people),
        named(entry.approved, people),
        money(entry.amount, shift.currency),
        shift.currency,
        entry.number or "",
        entry.what,
        entry.reason,
        entry.sale,
        entry.fact,
    )


def named(person: str, people: People) -> str:
    """A person's name; the id where it is not known (any more)."""
    return people.get(person) or person
