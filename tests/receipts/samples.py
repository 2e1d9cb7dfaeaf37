"""Sales and what came of them, for the tests of receipts. Each adds up."""

from dataclasses import replace
from datetime import UTC, datetime

from eventdesk.domain.catalogue import Event
from eventdesk.domain.till.cart import Customer, TaxSum
from eventdesk.domain.till.receipt import (
    Extras,
    FiscalMark,
    ReceiptContents,
    TicketCode,
    receipt_of_reversal,
    receipt_of_sale,
)
from eventdesk.domain.till.sales import (
    Payment,
    PaymentState,
    Reversal,
    ReversalWay,
    ReversedLine,
    Sale,
    SaleLine,
    Way,
)
from eventdesk.domain.till.setup import Business, Tender, TillRules, TillSetup
from eventdesk.domain.till.slips import Slip, SlipBlock, SlipRow
from tests.badges.guests import ARABIC, HEBREW, SIXTY_LETTERS, THAI

AT = datetime(2026, 6, 10, 18, 15, tzinfo=UTC)
EVENT = Event("e1", "PyDays Vienna 2026", "Europe/Vienna", AT)
SETUP = TillSetup(
    TillRules(
        Business(
            "Verein Pydays & Freunde",
            ("Höchstädtplatz 6", "1200 Wien"),
            "ATU12345678",
            "box@pydays.example",
            "Danke für Ihren Besuch! Thank you for coming.",
        )
    )
)


def tax_of(gross: int, rate: int) -> int:
    """Included in a gross price, rounded half away from zero; for amounts above zero."""
    return (2 * gross * rate + 1_000_000 + rate) // (2 * (1_000_000 + rate))


def line(
    number: int, name: str, quantity: int, price: int, rate: int, off: int = 0, **more: object
) -> SaleLine:
    gross = quantity * price - off
    tax = tax_of(gross, rate)
    code = {200_000: "A", 100_000: "B", 0: "C"}[rate]
    made = SaleLine(f"l{number}", name, quantity, price, gross, gross - tax, tax, rate, code, discount=off)
    return replace(made, **more)  # type: ignore[arg-type]


def payment(number: int, tender: Tender, amount: int, **more: object) -> Payment:
    made = Payment(f"p{number}", "s1", "sh1", "d1", Way.IN, tender, amount, "EUR", AT, PaymentState.TAKEN)
    return replace(made, **more)  # type: ignore[arg-type]


def sale(lines: tuple[SaleLine, ...], payments: tuple[Payment, ...]) -> Sale:
    taxes = []
    for rate in sorted({one.rate for one in lines}, reverse=True):
        same = [one for one in lines if one.rate == rate]
        net, tax = sum(one.net for one in same), sum(one.tax for one in same)
        taxes.append(TaxSum(rate, same[0].code, net, tax, net + tax))
    total = sum(one.gross for one in lines)
    rounding = sum(one.rounding for one in payments)
    ids = tuple(one.id for one in payments)
    return Sale("s1", 1042, "d1", "sh1", AT, "EUR", lines, total, tuple(taxes), ids, rounding=rounding)


LINES = (
    line(1, "Conference pass, two days", 2, 12_900, 100_000, 2_580, product="pass"),
    line(2, "Workshop: asynchronous Python", 1, 4_500, 100_000, parent="l1", seat="Saal 2/Reihe 3/14"),
    line(3, "Booking fee", 2, 150, 200_000, fee=True),
    line(4, "T-shirt", 1, 1_999, 200_000),
    line(5, "Speaker's dinner", 1, 3_500, 200_000, 3_500, comp=True),
)
CASH = (payment(1, Tender.CASH, 30_019, given=35_000, change=4_980, rounding=1),)
SPLIT = (
    payment(1, Tender.CARD, 20_000, brand="Visa", last4="4242", reference="pi_1"),
    payment(2, Tender.GIFT_CARD, 2_219),
    payment(3, Tender.CASH, 7_800, given=7_800),
)
TICKETS = Extras(
    cashier="Box office 2",
    codes=(
        TicketCode("ABCDEFGHJKLMNPQ23456789", "Conference pass, two days"),
        TicketCode("ZYXWVUTSRQPNMLK98765432", "Workshop: asynchronous Python"),
    ),
)


def cash_sale(extras: Extras = TICKETS) -> ReceiptContents:
    """With a discount, and rounded to five cents; paid with 350."""
    return receipt_of_sale(sale(LINES, CASH), CASH, SETUP, EVENT, "Box office 1", extras)


def split_sale() -> ReceiptContents:
    return receipt_of_sale(sale(LINES, SPLIT), SPLIT, SETUP, EVENT, "Box office 1")


def refund() -> ReceiptContents:
    """One of two passes, and the shirt."""
    sold = sale(LINES, SPLIT)
    backs = (
        ReversedLine("l1", 1, 11_610, 10_555, 1_055),
        ReversedLine("l4", 1, 1_999, 1_666, 333),
    )
    out = (
        payment(4, Tender.CARD, 13_609, way=Way.OUT, state=PaymentState.RETURNED, brand="Visa", last4="4242"),
    )
    reversal = Reversal("r1", 1057, "d1", "sh1", AT, ReversalWay.REFUND, backs, 13_609, ("p4",))
    return receipt_of_reversal(sold, reversal, (*SPLIT, *out), SETUP, EVENT, "Box office 1")


def refund_in_training() -> ReceiptContents:
    return replace(refund(), extras=Extras(training=True))


def any_script() -> ReceiptContents:
    lines = (
        line(1, f"تذكرة دخول عامة — {ARABIC}", 1, 2_500, 200_000, seat=HEBREW),
        line(2, SIXTY_LETTERS, 3, 123_456, 200_000),
        line(3, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunternehmen", 1, 990, 100_000),
        line(4, f"{HEBREW} VIP", 1, 1_000, 100_000),
        line(5, THAI, 1, 1_000, 0),
    )
    due = sum(one.gross for one in lines)
    paid = (payment(1, Tender.CARD, due, brand="Mastercard", last4="0007"),)
    guest = Customer(name=ARABIC, company="Müller & Söhne GmbH", address="Am Markt 1\n1010 Wien")
    return receipt_of_sale(sale(lines, paid), paid, SETUP, EVENT, "Kasse Süd", Extras(customer=guest))


def marked() -> ReceiptContents:
    """By a fiscal device."""
    mark = FiscalMark(
        (("TSE-Transaktion", "1234"), ("TSE-Signatur", "MEQCIAy4P9k+7x9saDO0uRZ4El8QwN+qTgYiv1DIaJIM" * 2)),
        "V0;till-1;Kassenbeleg-V1;Beleg^0.00_0.00_0.00_0.00_0.00^0.00:Bar;1234;56;2026-06-10T18:15:00.000Z",
    )
    return cash_sale(Extras(fiscal=mark, notes=("Keep this receipt for the cloakroom.",)))


Z_REPORT = Slip(
    "Z report 17",
    "EUR",
    (
        SlipBlock("Turnover", (SlipRow("Sales", 1_234_567, "300"), SlipRow("Refunds", -13_609, "10"))),
        SlipBlock(
            "Drawer",
            (
                SlipRow("Float", 20_000),
                SlipRow("Expected", 345_678),
                SlipRow("Counted", 345_578),
                SlipRow("Difference", -100, strong=True),
            ),
        ),
    ),
    ("Box office 1", "2026-06-10 09:00 to 23:58"),
    ("Cashier", "Supervisor"),
)
