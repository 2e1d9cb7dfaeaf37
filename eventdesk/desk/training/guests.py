"""A few made-up guests, so that there is somebody to find, to admit and to refuse."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.training import MARK

# Name, status of the order, and whether the ticket is blocked.
PEOPLE: Final = (
    ("Robin Practice", "paid", False),
    ("Wilhelmina Example-Longname of Trainingham", "paid", False),
    ("محمد تدريب", "paid", False),
    ("Zoë Übung", "pending", False),
    ("Sam Blocked", "paid", True),
)


def guests(definitions: Iterable[Draft]) -> Iterator[Draft]:
    """Orders and tickets of the event's products, one after the other; none where nothing admits."""
    products = [one for one in definitions if one.kind is Kind.PRODUCT_DEFINED and _admits(one.payload)]
    for number, (name, status, blocked) in enumerate(PEOPLE, 1):
        if products:
            yield from _guest(number, name, status, blocked, products[(number - 1) % len(products)])


def _admits(payload: Any) -> bool:
    goods = payload.get("ticket") is False or payload.get("gift_card") or payload.get("free_price")
    return not (goods or payload.get("seating") or payload.get("removed"))


def _guest(number: int, name: str, status: str, blocked: bool, product: Draft) -> Iterator[Draft]:
    order = f"training-order-{number}"
    yield Draft(Kind.ORDER_PLACED, order, {"code": f"TRAIN{number}", "status": status, "name": name})
    issued: dict[str, Any] = {
        "order": order,
        "secret": f"{MARK}GUEST-{number}",
        "product": product.subject,
        "name": name,
        "blocked": blocked,
    }
    if variations := product.payload.get("variations"):
        issued["variation"] = variations[0]["id"]
    yield Draft(Kind.TICKET_ISSUED, f"training-ticket-{number}", issued)
