"""Three hundred guests: what each wants and how each pays. Amounts in cents; None: just so, or all of it."""

from random import Random
from typing import Any

from tests.e2e.evening.event import GIFT, ITEMS, VOUCHER

Order = dict[str, Any]
GOODS = ("soup", "coffee", "shirt")


def orders(number: int, seed: int) -> list[Order]:
    chance = Random(seed)
    return [_order(chance) for _ in range(number)]


def _order(chance: Random) -> Order:
    kind = chance.choices(
        ("cash", "given", "card", "cash and card", "card and cash", "voucher", "comp", "free", GIFT),
        (30, 20, 20, 8, 6, 6, 4, 2, 4),
    )[0]
    makers = {"voucher": _voucher, "comp": _comp, "free": _free, GIFT: _gift}
    if kind in makers:
        return {"kind": kind, **makers[kind](chance)}
    return {"kind": kind, "items": (items := _items(chance)), "pay": _pay(kind, items)}


def _items(chance: Random) -> list[tuple[str, int]]:
    chosen = chance.sample(sorted(ITEMS), chance.choice((1, 1, 2, 3)))
    items = [(one, chance.choice((1, 1, 2, 3))) for one in chosen]
    return items if worth(items) > 1_500 else [*items, ("day" if "day" not in chosen else "workshop", 1)]


def worth(items: list[tuple[str, int]]) -> int:
    return sum(ITEMS[product].price * pieces for product, pieces in items)


def _pay(kind: str, items: list[tuple[str, int]]) -> list[tuple[str, int | None]]:
    notes = -(-(worth(items) + 2) // 1_000) * 1_000
    return {
        "cash": [("cash", None)],
        "given": [("cash", notes)],
        "card": [("card", None)],
        "cash and card": [("cash", 1_000), ("card", None)],
        "card and cash": [("card", 1_000), ("cash", None)],
    }[kind]  # type: ignore[return-value]


def _voucher(chance: Random) -> Order:
    return {"items": [("day", chance.choice((1, 2)))], "code": VOUCHER, "pay": [("cash", None)]}


def _comp(chance: Random) -> Order:
    free, paid = chance.sample(GOODS, 2)
    return {"items": [(free, 1), (paid, 2)], "comp": free, "pay": [("cash", None)]}


def _free(chance: Random) -> Order:
    product = chance.choice(GOODS)
    return {"items": [(product, 1)], "comp": product, "pay": [("free", None)]}


def _gift(chance: Random) -> Order:
    return {"items": [(GIFT, 1)], "worth": chance.choice((2_000, 5_000)), "pay": [("cash", None)]}
