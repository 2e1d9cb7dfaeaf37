"""What stands in lists within the till's facts: lines, sums of tax, what of a line was paid back.

Each raises BadPayload, which names the member.
"""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain import members
from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.currencies import CURRENCIES
from eventdesk.domain.till.sales import ReversedLine, SaleLine

Payload = Mapping[str, Any]


def sale_line_from(row: Payload) -> SaleLine:
    return SaleLine(
        id=members.text(row, "id"),
        name=members.text(row, "name"),
        quantity=members.amount(row, "quantity", least=1),
        price=members.amount(row, "price"),
        gross=members.amount(row, "gross"),
        net=members.amount(row, "net"),
        tax=members.amount(row, "tax"),
        rate=members.rate(row, "rate"),
        code=members.text(row, "code", ""),
        product=members.text(row, "product", ""),
        variation=members.text(row, "variation", ""),
        tickets=members.texts(row, "tickets"),
        seat=members.text(row, "seat", ""),
        discount=members.amount(row, "discount"),
        discounts=members.texts(row, "discounts"),
        manual=members.flag(row, "manual"),
        comp=members.flag(row, "comp"),
        changed_price=members.flag(row, "changed_price"),
        fee=members.flag(row, "fee"),
        parent=members.text(row, "parent", ""),
        reason=members.text(row, "reason", ""),
        owed=members.flag(row, "owed"),
    )


def tax_sum_from(row: Payload) -> TaxSum:
    return TaxSum(
        rate=members.rate(row, "rate"),
        code=members.text(row, "code", ""),
        net=members.amount(row, "net"),
        tax=members.amount(row, "tax"),
        gross=members.amount(row, "gross"),
    )


def reversed_line_from(row: Payload) -> ReversedLine:
    return ReversedLine(
        line=members.text(row, "line"),
        quantity=members.amount(row, "quantity"),
        gross=members.amount(row, "gross"),
        net=members.amount(row, "net"),
        tax=members.amount(row, "tax"),
    )


def currency_code(payload: Payload, name: str) -> str:
    code = members.text(payload, name)
    if code not in CURRENCIES:
        raise members.wrong(name, "a currency's code such as EUR", code)
    return code


def counted(payload: Payload, name: str) -> dict[int, int]:
    """How many there are of each denomination: an object `{"500": 3}`. Empty where it is absent."""
    found = members.table(payload, name) or {}
    for value in found:
        if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 12):
            raise members.wrong(name, "numbers of notes and coins by their value", value)
    return {int(value): members.amount(found, value) for value in found}
