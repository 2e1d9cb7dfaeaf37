"""A payload of each of the till's kinds."""

from typing import Any

from eventdesk.domain.facts import Kind

AT = "2026-06-10T10:00:00Z"
LINE = {
    "id": "l1",
    "name": "Adult",
    "quantity": 2,
    "price": 1190,
    "gross": 2380,
    "net": 2000,
    "tax": 380,
    "rate": 190000,
}
PAID = {"sale": "s", "shift": "z", "tender": "cash", "amount": 2380, "currency": "EUR", "at": AT}

TILL: list[tuple[Kind, dict[str, Any]]] = [
    (
        Kind.TILL_DEFINED,
        {
            "business": {"name": "Hall Ltd", "address": ["High Street 1"]},
            "cash_step": 5,
            "denominations": [500, 1000],
            "tenders": ["cash", "card", "seashells"],
            "most_discount": 200_000,
        },
    ),
    (Kind.CATEGORY_DEFINED, {"name": "Drinks", "position": 2, "color": "#3366CC"}),
    (Kind.TAX_DEFINED, {"name": "Full", "rate": 190_000, "code": "A"}),
    (
        Kind.SEATING_DEFINED,
        {
            "name": "Hall",
            "sections": [{"id": "s", "name": "Stalls", "rows": [{"name": "1", "seats": ["1", "2"]}]}],
        },
    ),
    (
        Kind.DISCOUNT_DEFINED,
        {"name": "Early", "code": "EARLY", "percent": 100_000, "uses": 5, "from": AT, "products": ["a"]},
    ),
    (Kind.DISCOUNT_USED, {"number": 1, "sale": "s"}),
    (Kind.DISCOUNT_RETURNED, {"number": 1, "sale": "s"}),
    (Kind.GIFT_CARD_ISSUED, {"code": "GC-1", "amount": 5000, "currency": "EUR", "sale": "s"}),
    (Kind.GIFT_CARD_CHARGED, {"amount": 100, "payment": "p"}),
    (Kind.GIFT_CARD_CREDITED, {"amount": 100, "payment": "p"}),
    (Kind.SEAT_TAKEN, {"ticket": "t", "sale": "s", "confirmed": False}),
    (Kind.SEAT_FREED, {"ticket": "t"}),
    (
        Kind.SHIFT_OPENED,
        {"number": 1, "drawer": "A", "at": AT, "currency": "EUR", "float": 10_000, "count": {"5000": 2}},
    ),
    (Kind.CASH_MOVED, {"way": "drop", "amount": 5000, "number": 1, "at": AT, "reason": "safe"}),
    (Kind.DRAWER_OPENED, {"at": AT, "reason": "change for a guest"}),
    (Kind.CASH_COUNTED, {"at": AT, "amount": 12_380, "count": {"5000": 2, "20": 119}}),
    (
        Kind.SHIFT_CLOSED,
        {
            "number": 1,
            "at": AT,
            "currency": "EUR",
            "expected": 12_380,
            "counted": 12_300,
            "difference": -80,
            "figures": {},
            "facts": 4,
            "digest": "00",
        },
    ),
    (Kind.PAYMENT_STARTED, {**PAID, "way": "in", "tender": "card", "terminal": "one", "key": "k"}),
    (Kind.PAYMENT_TAKEN, {**PAID, "given": 2500, "change": 120, "rounding": 0}),
    (Kind.PAYMENT_RETURNED, {**PAID, "of": "p", "card": {"brand": "visa", "last4": "4242"}}),
    (Kind.PAYMENT_FAILED, {"sale": "s", "shift": "z", "at": AT, "why": "declined", "words": "No"}),
    (
        Kind.SALE_COMPLETED,
        {
            "number": 1,
            "shift": "z",
            "at": AT,
            "currency": "EUR",
            "lines": [LINE],
            "total": 2380,
            "tax": [{"rate": 190_000, "code": "A", "net": 2000, "tax": 380, "gross": 2380}],
            "payments": ["p"],
            "customer": {"name": "Grace"},
        },
    ),
    (
        Kind.SALE_REVERSED,
        {
            "number": 2,
            "shift": "z",
            "at": AT,
            "way": "refund",
            "lines": [{"line": "l1", "quantity": 1, "gross": 1190, "net": 1000, "tax": 190}],
            "amount": 1190,
            "payments": ["q"],
            "reason": "ill",
        },
    ),
    (Kind.RECEIPT_PRINTED, {"number": 1, "copy": 0, "printer": "till", "mailed": False}),
    (Kind.MAIL_ASKED, {"to": "grace@example.org", "what": "tickets", "language": "de"}),
]
