"""What the till is called in words: tenders, movements, payments, money."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QLocale

from eventdesk import i18n
from eventdesk.domain.till.sales import Movement, Payment, PaymentState, ReversalWay, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.words import isolate, joined


def money(amount: int, currency: str) -> str:
    """Minor units with their currency, as the chosen language writes them."""
    return i18n.money(amount, currency, i18n.chosen())


def decimal_sign() -> str:
    """`.` or `,`, as the chosen language has it."""
    return "," if QLocale().decimalPoint() == "," else "."


def moment(at: datetime, zone: tzinfo | None) -> str:
    """The time of day, with the day before it where that is not today; in the event's zone."""
    there = at.astimezone(zone)
    is_today = there.date() == datetime.now(there.tzinfo).date()
    return isolate(f"{there:%H:%M}" if is_today else i18n.minute(there, i18n.chosen()))


def tender_words(tender: Tender) -> str:
    return {
        Tender.CASH: tr("Cash"),
        Tender.CARD: tr("Card"),
        Tender.GIFT_CARD: tr("Gift card"),
        Tender.INVOICE: tr("Invoice"),
        Tender.OTHER: tr("Other tender"),
    }[tender]


def movement_words(way: Movement) -> str:
    return {
        Movement.PAY_IN: tr("Pay in"),
        Movement.PAY_OUT: tr("Pay out"),
        Movement.DROP: tr("Drop"),
    }[way]


def reversal_words(way: ReversalWay) -> str:
    return {
        ReversalWay.VOID: tr("Void"),
        ReversalWay.REFUND: tr("Refund"),
        ReversalWay.EXCHANGE: tr("Exchange"),
    }[way]


def payment_words(payment: Payment) -> str:
    """With what, how much, and what became of it."""
    card = f"{payment.brand} {payment.last4}".strip()
    amount = money(payment.amount, payment.currency)
    return joined(tender_words(payment.tender), amount, card, state_words(payment))


def state_words(payment: Payment) -> str:
    """Empty where money came in as it should."""
    if payment.state is PaymentState.STARTED:
        return tr("its fate is not known")
    if payment.state is PaymentState.FAILED:
        return tr("not paid")
    return tr("given back") if payment.way is Way.OUT else ""
