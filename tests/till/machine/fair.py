"""A small fair with a little of everything that a till sells, in plain dicts that the model reads as well."""

from typing import Any

from eventdesk.domain.facts import Draft, Kind
from tests.storage import made

LOG = made.LOG
STEP = 5  # the smallest coin
BEGINS = "2027-01-15T08:00:00Z"

TAXES = {"full": 190_000, "low": 70_000}
PRODUCTS: dict[str, dict[str, Any]] = {
    "coffee": {"price": 333, "tax": "full", "ticket": False},
    "entry": {"price": 2501, "tax": "low", "addons": [{"product": "meal", "most": 2, "included": 1}]},
    "meal": {"price": 457, "tax": "full", "ticket": False},
    "concert": {"price": 1999, "tax": "low", "fee": 151},
    "chair": {"price": 1777, "tax": "low", "seating": "hall"},
    "card": {"price": 1500, "ticket": False, "gift_card": True},
}
QUOTAS = {"entries": ("entry", 24), "concerts": ("concert", 9)}
DISCOUNTS: dict[str, dict[str, Any]] = {
    "ten": {"percent": 100_000, "free": True},
    "half": {"percent": 500_000, "uses": 3, "code": "HALF"},
    "sponsor": {"amount": 400, "budget": 900, "code": "SPONSOR"},
}
SEATS = tuple(f"hall/s/1/{number}" for number in range(1, 5))


def drafts() -> list[Draft]:
    event = {"name": "Fair", "timezone": "Europe/Berlin", "begins": BEGINS, "currency": "EUR"}
    rows = [{"name": "1", "seats": [seat.rpartition("/")[2] for seat in SEATS]}]
    hall = {"name": "Hall", "sections": [{"id": "s", "name": "Stalls", "rows": rows}]}
    return [
        Draft(Kind.EVENT_DEFINED, LOG, event),
        Draft(Kind.TILL_DEFINED, LOG, {"cash_step": STEP, "business": {"name": "Fair Ltd"}}),
        Draft(Kind.SEATING_DEFINED, "hall", hall),
        *(Draft(Kind.TAX_DEFINED, id_, {"name": id_, "rate": rate}) for id_, rate in TAXES.items()),
        *(Draft(Kind.PRODUCT_DEFINED, id_, {"name": id_, **told}) for id_, told in PRODUCTS.items()),
        *(Draft(Kind.DISCOUNT_DEFINED, id_, {"name": id_, **told}) for id_, told in DISCOUNTS.items()),
        *(
            Draft(Kind.QUOTA_DEFINED, id_, {"name": id_, "size": size, "products": [product]})
            for id_, (product, size) in QUOTAS.items()
        ),
    ]
