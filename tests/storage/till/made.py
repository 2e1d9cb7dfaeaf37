"""Facts for the tests of the till's storage: a set-up, shifts, sales, payments, seats, vouchers."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from tests.storage.made import LOG

BEGIN = datetime(2026, 6, 10, 10, tzinfo=UTC)
SHIFT = "shift-1"
PLAN = "hall"
SEAT = "hall/stalls/1/2"


def at(minutes: int) -> str:
    return moment_text(BEGIN + timedelta(minutes=minutes))


def till() -> list[Draft]:
    rows = [{"name": "1", "seats": ["1", "2", "3"]}]
    plan = {"name": "Hall", "sections": [{"id": "stalls", "name": "Stalls", "rows": rows}]}
    return [
        Draft(Kind.TILL_DEFINED, LOG, {"cash_step": 5, "business": {"name": "Hall Ltd"}}),
        Draft(Kind.CATEGORY_DEFINED, "drinks", {"name": "Drinks", "color": "#3366cc"}),
        Draft(Kind.TAX_DEFINED, "full", {"name": "Full", "rate": 190_000, "code": "A"}),
        Draft(Kind.SEATING_DEFINED, PLAN, plan),
        Draft(Kind.DISCOUNT_DEFINED, "early", voucher("EARLY 26", uses=5)),
        Draft(Kind.DISCOUNT_DEFINED, "crew", {"name": "Crew", "price": 0, "budget": 50_00}),
    ]


def voucher(code: str, **members: Any) -> dict[str, Any]:
    return {"name": "Early", "code": code, "percent": 100_000, **members}


def opened(shift: str = SHIFT, number: int = 1, minute: int = 0, **members: Any) -> Draft:
    base = {"number": number, "drawer": "A", "at": at(minute), "currency": "EUR", "float": 100_00}
    return Draft(Kind.SHIFT_OPENED, shift, {**base, **members})


def closed(shift: str = SHIFT, number: int = 1, minute: int = 600, **members: Any) -> Draft:
    base = {"number": number, "at": at(minute), "currency": "EUR", "expected": 0, "counted": 0}
    more = {"difference": 0, "figures": {}, "facts": 0, "digest": "00"}
    return Draft(Kind.SHIFT_CLOSED, shift, {**base, **more, **members})


def moved(shift: str = SHIFT, way: str = "drop", amount: int = 50_00, number: int = 1) -> Draft:
    members = {"way": way, "amount": amount, "number": number, "at": at(30), "reason": "safe"}
    return Draft(Kind.CASH_MOVED, shift, members)


def started(id_: str, sale: str, amount: int, **members: Any) -> Draft:
    base = {"sale": sale, "shift": SHIFT, "way": "in", "tender": "card", "amount": amount}
    return Draft(Kind.PAYMENT_STARTED, id_, {**base, "currency": "EUR", "at": at(1), "key": id_, **members})


def taken(id_: str, sale: str, amount: int, **members: Any) -> Draft:
    base = {"sale": sale, "shift": SHIFT, "tender": "cash", "amount": amount, "currency": "EUR", "at": at(2)}
    return Draft(Kind.PAYMENT_TAKEN, id_, {**base, **members})


def returned(id_: str, sale: str, amount: int, **members: Any) -> Draft:
    return Draft(Kind.PAYMENT_RETURNED, id_, taken(id_, sale, amount, **members).payload)


def failed(id_: str, sale: str, **members: Any) -> Draft:
    base = {"sale": sale, "shift": SHIFT, "at": at(3), "why": "declined"}
    return Draft(Kind.PAYMENT_FAILED, id_, {**base, **members})


def line(id_: str = "l1", quantity: int = 1, price: int = 11_90, **members: Any) -> dict[str, Any]:
    gross = quantity * price
    tax = round(gross * 19 / 119)
    base = {"id": id_, "name": "Adult", "product": "entry", "quantity": quantity, "price": price}
    money = {"gross": gross, "net": gross - tax, "tax": tax, "rate": 190_000, "code": "A"}
    return {**base, **money, **members}


def completed(
    id_: str, number: int, lines: Sequence[dict[str, Any]] = (), minute: int = 2, **members: Any
) -> Draft:
    lines = [*lines] or [line()]
    base = {"number": number, "shift": SHIFT, "at": at(minute), "currency": "EUR", "lines": lines}
    total = sum(one["gross"] for one in lines)
    more = {"total": total, "tax": taxes(lines), "payments": [f"p-{id_}"]}
    return Draft(Kind.SALE_COMPLETED, id_, {**base, **more, **members})


def taxes(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for one in lines:
        start = {"rate": one["rate"], "code": one["code"], "net": 0, "tax": 0, "gross": 0}
        total = found.setdefault((one["rate"], one["code"]), start)
        for name in ("net", "tax", "gross"):
            total[name] += one[name]
    return list(found.values())


def reversed_(sale: str, number: int, back: Sequence[dict[str, Any]] = (), **members: Any) -> Draft:
    back = [*back] or [{"line": "l1", "quantity": 1, "gross": 11_90, "net": 10_00, "tax": 1_90}]
    base = {"number": number, "shift": SHIFT, "at": at(20), "way": "refund", "lines": back}
    more = {"amount": sum(one["gross"] for one in back), "payments": [], "reason": "ill"}
    return Draft(Kind.SALE_REVERSED, sale, {**base, **more, **members})


def seat_taken(ticket: str, seat: str = SEAT, **members: Any) -> Draft:
    return Draft(Kind.SEAT_TAKEN, seat, {"ticket": ticket, **members})


def seat_freed(ticket: str, seat: str = SEAT) -> Draft:
    return Draft(Kind.SEAT_FREED, seat, {"ticket": ticket})


def used(discount: str, number: int = 1, sale: str = "s1", kind: Kind = Kind.DISCOUNT_USED) -> Draft:
    return Draft(kind, discount, {"number": number, "sale": sale})


def card_issued(id_: str = "card1", code: str = "GC-1", amount: int = 50_00) -> Draft:
    return Draft(
        Kind.GIFT_CARD_ISSUED, id_, {"code": code, "amount": amount, "currency": "EUR", "sale": "s1"}
    )


def evening() -> list[Draft]:
    """A short one: three sales, one of them refunded, a payment that failed, one whose fate is unknown."""
    return [
        *till(),
        opened(),
        started("p-s1", "s1", 11_90),
        taken("p-s1", "s1", 11_90, tender="card"),
        completed("s1", 1, [line(tickets=["t1"], seat=SEAT)], order="o1"),
        seat_taken("t1", sale="s1"),
        used("early"),
        card_issued(),
        taken("p-s2", "s2", 23_80, given=24_00, change=20),
        completed("s2", 2, [line(quantity=2)], minute=5, customer={"name": "Gräfin Ada Groß"}),
        returned("r-s2", "s2", 11_90),
        reversed_("s2", 3, payments=["r-s2"]),
        started("p-s3", "s3", 11_90),
        failed("p-s3", "s3"),
        started("p2-s3", "s3", 11_90),
        moved(),
        Draft(Kind.GIFT_CARD_CHARGED, "card1", {"amount": 12_00, "payment": "p9"}),
    ]
