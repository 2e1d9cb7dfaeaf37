"""What the evening sells. Prices in cents; cash is rounded to five."""

from collections.abc import Iterator
from typing import NamedTuple

from eventdesk.domain.facts import Draft, Kind

LOG = "evening"
STEP = 5
VOUCHER, VOUCHER_OFF, VOUCHER_USES = "FIVE-OFF", 500, 40
DAYS = 1_000
FULL, REDUCED = 190_000, 70_000


class Item(NamedTuple):
    name: str
    price: int
    rate: int
    is_ticket: bool = False


ITEMS = {
    "day": Item("Day ticket", 4_900, FULL, is_ticket=True),
    "workshop": Item("Workshop", 3_501, FULL, is_ticket=True),
    "soup": Item("Fish soup", 952, REDUCED),
    "coffee": Item("Coffee", 323, FULL),
    "shirt": Item("T-shirt", 2_499, FULL),
}
GIFT = "gift"
TAXES = {FULL: "full", REDUCED: "reduced"}


def drafts() -> Iterator[Draft]:
    event = {
        "name": "Evening",
        "timezone": "Europe/Berlin",
        "currency": "EUR",
        "begins": "2026-06-10T08:00:00Z",
    }
    yield Draft(Kind.EVENT_DEFINED, LOG, event)
    for rate, id_ in TAXES.items():
        yield Draft(
            Kind.TAX_DEFINED, id_, {"name": f"VAT {rate // 10_000} %", "rate": rate, "code": id_[0].upper()}
        )
    for id_, one in ITEMS.items():
        told = {"name": one.name, "price": one.price, "tax": TAXES[one.rate], "ticket": one.is_ticket}
        yield Draft(Kind.PRODUCT_DEFINED, id_, told)
    card = {"name": "Gift card", "price": 0, "ticket": False, "gift_card": True, "free_price": True}
    yield Draft(Kind.PRODUCT_DEFINED, GIFT, {**card, "lowest": 500, "highest": 20_000})
    yield Draft(Kind.QUOTA_DEFINED, "days", {"name": "Day tickets", "size": DAYS, "products": ["day"]})
    voucher = {"name": "Five off", "code": VOUCHER, "amount": VOUCHER_OFF, "uses": VOUCHER_USES}
    yield Draft(Kind.DISCOUNT_DEFINED, "five", voucher)
    yield Draft(Kind.LIST_DEFINED, "door", {"name": "Door", "all_products": True})
    yield Draft(Kind.TILL_DEFINED, LOG, {"business": {"name": "Harbour Lights e.V."}, "cash_step": STEP})
