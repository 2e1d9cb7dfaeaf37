"""From the members of facts to a till's set-up. Each raises BadPayload, which names the member."""

from collections.abc import Iterable, Mapping
from typing import Any

from eventdesk.domain import members
from eventdesk.domain.till.setup import (
    Business,
    Category,
    Discount,
    Row,
    SeatingPlan,
    Section,
    TaxRate,
    Tender,
    TillRules,
)

_COLOR = frozenset("0123456789abcdefABCDEF")

Payload = Mapping[str, Any]


def till_from(_id: str, payload: Payload) -> TillRules:
    """Tenders that only a newer version knows are left aside; where none is named, all are taken."""
    named = members.texts(payload, "tenders")
    return TillRules(
        business=_business(members.table(payload, "business") or {}),
        net_prices=members.flag(payload, "net_prices"),
        cash_step=members.optional_amount(payload, "cash_step", least=1),
        denominations=_denominations(payload),
        tenders=tuple(tender for tender in Tender if tender.value in named or not named),
        most_discount=members.optional_rate(payload, "most_discount"),
        most_refund=members.optional_amount(payload, "most_refund"),
        most_comps=members.optional_amount(payload, "most_comps"),
        most_pay_out=members.optional_amount(payload, "most_pay_out"),
        blind=members.flag(payload, "blind", True),
    )


def _business(row: Payload) -> Business:
    return Business(
        name=members.text(row, "name", ""),
        address=members.texts(row, "address"),
        tax_number=members.text(row, "tax_number", ""),
        contact=members.text(row, "contact", ""),
        footer=members.text(row, "footer", ""),
    )


def _denominations(payload: Payload) -> tuple[int, ...]:
    """The largest first."""
    found = payload.get("denominations") or ()
    if not isinstance(found, list | tuple):
        raise members.wrong("denominations", "a list of amounts", found)
    values = {members.amount({"denominations": value}, "denominations", least=1) for value in found}
    return tuple(sorted(values, reverse=True))


def category_from(id_: str, payload: Payload) -> Category:
    color = members.text(payload, "color", "")
    if color and (len(color) != 7 or color[0] != "#" or not set(color[1:]) <= _COLOR):
        raise members.wrong("color", "a color such as #3366cc", color)
    return Category(
        id_, members.text(payload, "name"), members.signed_amount(payload, "position"), color.lower()
    )


def tax_from(id_: str, payload: Payload) -> TaxRate:
    if payload.get("rate") is None:
        raise members.wrong("rate", "there", None)
    return TaxRate(
        id_,
        members.text(payload, "name"),
        members.rate(payload, "rate"),
        members.text(payload, "code", ""),
    )


def discount_from(id_: str, payload: Payload) -> Discount:
    """One of `percent`, `amount` and `price`, and at most one of `uses` and `budget`, must be there: one
    fact says all of a discount, so that facts of several desks never add up to nonsense."""
    if len([name for name in ("percent", "amount", "price") if payload.get(name) is not None]) != 1:
        raise members.BadPayload("one of `percent`, `amount` and `price` must be there, and one alone")
    if payload.get("uses") is not None and payload.get("budget") is not None:
        raise members.BadPayload("`uses` and `budget` can't both be there")
    return Discount(
        id=id_,
        name=members.text(payload, "name"),
        code=members.text(payload, "code", ""),
        percent=members.optional_rate(payload, "percent"),
        amount=members.optional_amount(payload, "amount", least=1),
        price=members.optional_amount(payload, "price"),
        products=members.ids(payload, "products"),
        uses=members.optional_amount(payload, "uses", least=1),
        budget=members.optional_amount(payload, "budget", least=1),
        begins=members.optional_moment(payload, "from"),
        ends=members.optional_moment(payload, "until"),
        free=members.flag(payload, "free"),
    )


def seating_from(id_: str, payload: Payload) -> SeatingPlan:
    """Sections, the rows of one and the seats of one each have names of their own, none of them empty."""
    sections = members.rows(payload, "sections", _section)
    _distinct("sections", (section.id for section in sections))
    return SeatingPlan(id_, members.text(payload, "name"), sections)


def _section(row: Payload) -> Section:
    rows = members.rows(row, "rows", _row)
    _distinct("rows", (one.name for one in rows))
    return Section(members.text(row, "id"), members.text(row, "name"), rows)


def _row(row: Payload) -> Row:
    seats = members.texts(row, "seats")
    _distinct("seats", seats)
    return Row(members.text(row, "name"), seats)


def _distinct(name: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in names:
        if not one or one in seen:
            raise members.wrong(name, "named, each by a name of its own", one)
        seen.add(one)
