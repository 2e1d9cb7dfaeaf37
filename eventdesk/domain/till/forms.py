"""Whether the payloads of the till's kinds are what they say (`domain.readable` asks)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

from eventdesk.domain import members
from eventdesk.domain.facts import Kind
from eventdesk.domain.forms import (
    Form,
    Payload,
    Reader,
    counts,
    flags,
    form,
    ids,
    moments,
    part,
    readers,
    said,
    texts,
)
from eventdesk.domain.till import definitions
from eventdesk.domain.till.rows import (
    counted,
    currency_code,
    reversed_line_from,
    sale_line_from,
    tax_sum_from,
)
from eventdesk.domain.till.sales import Failure, Movement, ReversalWay, Way
from eventdesk.domain.till.setup import Tender


class MailedWhat(StrEnum):
    TICKETS = "tickets"
    RECEIPT = "receipt"


def _one_of(name: str, kind: type[StrEnum]) -> dict[str, Reader]:
    return {name: partial(members.choice, kind=kind)}


def _list_of(name: str, build: Callable[[Payload], object]) -> dict[str, Reader]:
    return {name: partial(members.rows, build=build)}


def _card(payload: Payload, name: str) -> None:
    card = members.table(payload, name) or {}
    members.text(card, "brand", "")
    members.text(card, "last4", "")


def _customer(payload: Payload, name: str) -> None:
    customer = members.table(payload, name) or {}
    members.text(customer, "name", "")
    members.text(customer, "address", "")


_amounts = partial(readers, members.amount)
_signed = partial(readers, members.signed_amount)
_numbers = partial(readers, partial(members.amount, least=1))
_currency: Mapping[str, Reader] = {"currency": currency_code}
_count: Mapping[str, Reader] = {"count": counted}
_set_up = partial(readers, part(definitions.till_from))
_moved = form(_numbers("number"), texts("sale"), required="number sale")
_seat = form(texts("ticket sale"), flags("confirmed"), required="ticket")
_gift_card_moved = form(_amounts("amount"), texts("payment"), required="amount payment")
_paid = form(
    texts("sale shift terminal reference of settled_by"),
    _one_of("tender", Tender),
    _amounts("amount given change"),
    _signed("rounding"),
    moments("at"),
    _currency,
    {"card": _card},
    required="sale shift tender amount currency at",
)

FORMS: Mapping[str, Form] = {
    Kind.TILL_DEFINED: form(
        _set_up("business cash_step denominations tenders most_discount most_refund most_comps most_pay_out"),
        flags("net_prices blind"),
    ),
    Kind.CATEGORY_DEFINED: form(
        texts("name"), _signed("position"), {"color": part(definitions.category_from, name="")}, solid="name"
    ),
    Kind.TAX_DEFINED: form(texts("name code"), {"rate": members.rate}, solid="name rate"),
    Kind.SEATING_DEFINED: form(
        texts("name"), {"sections": part(definitions.seating_from, name="")}, solid="name"
    ),
    Kind.DISCOUNT_DEFINED: form(
        texts("name code"),
        readers(members.rate, "percent"),
        _numbers("amount uses budget"),
        _amounts("price"),
        ids("products"),
        moments("from until"),
        flags("free"),
        required="name",
    )._replace(whole=definitions.discount_from),
    Kind.DISCOUNT_USED: _moved,
    Kind.DISCOUNT_RETURNED: _moved,
    Kind.GIFT_CARD_ISSUED: form(
        texts("code sale"), _amounts("amount"), _currency, required="code amount currency sale"
    ),
    Kind.GIFT_CARD_CHARGED: _gift_card_moved,
    Kind.GIFT_CARD_CREDITED: _gift_card_moved,
    Kind.SEAT_TAKEN: _seat,
    Kind.SEAT_FREED: _seat,
    Kind.SHIFT_OPENED: form(
        _numbers("number"),
        texts("drawer"),
        moments("at"),
        _amounts("float"),
        _currency,
        _count,
        required="number drawer at currency float",
    ),
    Kind.CASH_MOVED: form(
        _one_of("way", Movement),
        _amounts("amount"),
        _numbers("number"),
        moments("at"),
        texts("reason"),
        required="way amount number at",
    ),
    Kind.DRAWER_OPENED: form(moments("at"), {"reason": said}, required="at reason"),
    Kind.CASH_COUNTED: form(moments("at"), _amounts("amount"), _count, required="at amount"),
    Kind.SHIFT_CLOSED: form(
        _numbers("number"),
        moments("at"),
        _amounts("counted"),
        _signed("expected difference"),
        counts("facts"),
        texts("digest"),
        _currency,
        {"figures": members.table},
        required="number at currency expected counted difference figures facts digest",
    ),
    Kind.PAYMENT_STARTED: form(
        texts("sale shift terminal key of"),
        _one_of("way", Way),
        _one_of("tender", Tender),
        _amounts("amount"),
        moments("at"),
        _currency,
        required="sale shift way tender amount currency at",
    ),
    Kind.PAYMENT_TAKEN: _paid,
    Kind.PAYMENT_RETURNED: _paid,
    Kind.PAYMENT_FAILED: form(
        texts("sale shift words settled_by"),
        moments("at"),
        _one_of("why", Failure),
        required="sale shift at why",
    ),
    Kind.SALE_COMPLETED: form(
        _numbers("number"),
        texts("shift order exchange_of"),
        moments("at"),
        _amounts("total"),
        _signed("rounding"),
        ids("payments"),
        flags("net_prices"),
        _list_of("lines", sale_line_from),
        _list_of("tax", tax_sum_from),
        _currency,
        {"customer": _customer},
        required="number shift at currency lines total tax payments",
    ),
    Kind.SALE_REVERSED: form(
        _numbers("number"),
        texts("shift exchanged_for"),
        moments("at"),
        _one_of("way", ReversalWay),
        _list_of("lines", reversed_line_from),
        _amounts("amount"),
        _signed("rounding"),
        ids("payments"),
        {"reason": said},
        required="number shift at way lines amount payments reason",
    ),
    Kind.RECEIPT_PRINTED: form(
        _numbers("number"), counts("copy"), texts("printer"), flags("mailed"), required="number"
    ),
    Kind.MAIL_ASKED: form(texts("to sale language"), _one_of("what", MailedWhat), required="what"),
}
