"""What a till's facts may not say is refused, with the member's name."""

import re
from typing import Any

import pytest

from eventdesk.domain.facts import Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.payloads import product_from
from eventdesk.domain.personal import without_personal
from eventdesk.domain.readable import check
from eventdesk.domain.till import definitions
from eventdesk.domain.till.setup import Discount, Row, Section, TaxRate, Tender
from tests.domain.till.payloads import LINE, TILL

WHOLE = dict(TILL)
NAN = float("nan")
TWICE = [{"id": "s", "name": "S", "rows": [{"name": "1", "seats": ["1", "1"]}]}]


@pytest.mark.parametrize(
    ("kind", "changed", "told"),
    [
        (Kind.PAYMENT_TAKEN, {"amount": NAN}, "`amount` must be a whole number"),
        (Kind.PAYMENT_TAKEN, {"amount": 12.5}, "`amount` must be a whole number"),
        (Kind.PAYMENT_TAKEN, {"amount": "12"}, "`amount` must be a whole number"),
        (Kind.PAYMENT_TAKEN, {"amount": True}, "`amount` must be a whole number"),
        (Kind.PAYMENT_TAKEN, {"amount": -1}, "`amount` must be a whole number from 0"),
        (Kind.PAYMENT_TAKEN, {"amount": 10**13}, "`amount` must be a whole number from 0 to"),
        (Kind.PAYMENT_TAKEN, {"currency": "EURO"}, "`currency` must be a currency's code"),
        (Kind.PAYMENT_TAKEN, {"currency": "XTS"}, "`currency` must be a currency's code"),
        (Kind.PAYMENT_TAKEN, {"tender": "seashells"}, "`tender` must be one of"),
        (Kind.PAYMENT_TAKEN, {"card": {"last4": 4242}}, "`last4` must be a text"),
        (Kind.PAYMENT_STARTED, {"way": "sideways"}, "`way` must be one of in, out"),
        (Kind.PAYMENT_FAILED, {"why": None}, "`why` must be there"),
        (Kind.SHIFT_OPENED, {"float": -1}, "`float`"),
        (Kind.SHIFT_OPENED, {"number": 0}, "`number`"),
        (Kind.CASH_COUNTED, {"count": {"5.00": 1}}, "`count` must be numbers of notes and coins"),
        (Kind.CASH_COUNTED, {"count": {"500": NAN}}, "`500` must be a whole number"),
        (Kind.CASH_COUNTED, {"count": {"500": -2}}, "`500` must be a whole number from 0"),
        (Kind.CASH_MOVED, {"amount": 1e9}, "`amount`"),
        (Kind.DRAWER_OPENED, {"reason": " "}, "`reason` must be said in words"),
        (Kind.SALE_COMPLETED, {"lines": [{**LINE, "gross": -5}]}, "`gross`"),
        (Kind.SALE_COMPLETED, {"lines": [{**LINE, "quantity": 0}]}, "`quantity` must be"),
        (Kind.SALE_COMPLETED, {"lines": [{**LINE, "rate": 1_000_001}]}, "`rate` must be parts per million"),
        (Kind.SALE_COMPLETED, {"lines": [{**LINE, "comp": 1}]}, "`comp` must be true or false"),
        (Kind.SALE_COMPLETED, {"tax": [{"rate": -1}]}, "`rate` must be parts per million"),
        (Kind.SALE_COMPLETED, {"total": NAN}, "`total`"),
        (Kind.SALE_COMPLETED, {"customer": {"name": 1}}, "`name` must be a text"),
        (Kind.SALE_REVERSED, {"way": "lost"}, "`way` must be one of void, refund, exchange"),
        (Kind.SALE_REVERSED, {"amount": -1}, "`amount`"),
        (Kind.GIFT_CARD_ISSUED, {"amount": 0.5}, "`amount`"),
        (Kind.DISCOUNT_USED, {"number": 0}, "`number`"),
        (Kind.TAX_DEFINED, {"rate": 1_000_001}, "`rate` must be parts per million"),
        (Kind.TAX_DEFINED, {"rate": 19.0}, "`rate` must be a whole number"),
        (Kind.DISCOUNT_DEFINED, {"amount": 5}, "one of `percent`, `amount` and `price`"),
        (Kind.DISCOUNT_DEFINED, {"percent": None}, "one of `percent`, `amount` and `price`"),
        (Kind.DISCOUNT_DEFINED, {"budget": 5}, "`uses` and `budget` can't both"),
        (Kind.DISCOUNT_DEFINED, {"uses": 0}, "`uses`"),
        (Kind.CATEGORY_DEFINED, {"color": "blue"}, "`color` must be a color"),
        (Kind.TILL_DEFINED, {"cash_step": 0}, "`cash_step`"),
        (Kind.TILL_DEFINED, {"denominations": [500, NAN]}, "`denominations`"),
        (Kind.TILL_DEFINED, {"business": {"address": "High Street"}}, "`address` must be a list of texts"),
        (Kind.TILL_DEFINED, {"most_discount": 2_000_000}, "`most_discount` must be parts per million"),
        (Kind.SEATING_DEFINED, {"sections": TWICE}, "`seats`"),
        (Kind.SEATING_DEFINED, {"sections": [{"id": "", "name": "S"}]}, "`sections` must be named"),
        (Kind.MAIL_ASKED, {"what": "money"}, "`what` must be one of"),
    ],
)  # fmt: skip
def test_the_member_is_named(kind: Kind, changed: dict[str, Any], told: str) -> None:
    with pytest.raises(BadPayload, match=re.escape(told)):
        check(kind, "ab", {**WHOLE[kind], **changed})


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("price", -1),
        ("price", NAN),
        ("fee", 1.5),
        ("lowest", -1),
        ("addons", [{"product": "a", "included": -1}]),
        ("addons", [{"most": 1}]),
        ("variations", [{"id": "v", "name": "V", "price": -2}]),
        ("at_till", "yes"),
    ],
)
def test_a_product_has_no_absurd_money(member: str, value: object) -> None:
    with pytest.raises(BadPayload):
        check(Kind.PRODUCT_DEFINED, "p", {"name": "P", member: value})
    with pytest.raises(BadPayload):
        product_from("p", {"name": "P", member: value})


def test_what_is_set_up_is_read() -> None:
    rules = definitions.till_from("e", WHOLE[Kind.TILL_DEFINED])
    assert (rules.tenders, rules.denominations, rules.cash_step) == (
        (Tender.CASH, Tender.CARD),
        (1000, 500),
        5,
    )
    assert rules.business.address == ("High Street 1",)
    assert definitions.till_from("e", {}).tenders == tuple(Tender)
    assert definitions.tax_from("t", {"name": "Full", "rate": 0}) == TaxRate("t", "Full", 0)
    assert definitions.category_from("c", WHOLE[Kind.CATEGORY_DEFINED]).color == "#3366cc"
    plan = definitions.seating_from("hall", WHOLE[Kind.SEATING_DEFINED])
    assert plan.sections == (Section("s", "Stalls", (Row("1", ("1", "2")),)),)
    assert definitions.discount_from("d", {"name": "Free", "price": 0}) == Discount("d", "Free", price=0)


def test_a_sale_keeps_its_money_when_its_guest_is_forgotten() -> None:
    sale = {**WHOLE[Kind.SALE_COMPLETED], "lines": [{**LINE, "reason": "Ada's friend"}, LINE]}
    left = without_personal(Kind.SALE_COMPLETED, sale)
    assert left is not None
    assert "customer" not in left
    assert left["lines"] == [{**LINE, "reason": "-"}, LINE]
    assert left["total"] == sale["total"]
