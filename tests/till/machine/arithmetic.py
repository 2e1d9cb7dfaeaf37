"""What things cost, reckoned without the till's own functions."""

from typing import Any

from tests.till.machine.fair import DISCOUNTS, PRODUCTS

MILLION = 1_000_000


def half_up(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)


def rounded(amount: int, step: int) -> int:
    return half_up(amount, step) * step


def tax_in(gross: int, rate: int) -> int:
    return half_up(gross * rate, MILLION + rate)


def part_of(line: dict[str, Any], quantity: int) -> int:
    """What so many more of a sold line give back."""
    gone = line["quantity"] - line["left"] + quantity
    if gone == line["quantity"]:
        return int(line["gross"]) - int(line["back"])
    return half_up(line["gross"] * gone, line["quantity"]) - int(line["back"])


def cost(cart: Any, used: dict[str, int]) -> int:
    """What a cart (as the screen shows it) costs. `used`: how many of a voucher's uses the till counted."""
    parents = {line.id: line for line in cart.lines}
    taken: dict[str, int] = {}
    rows, fees = [], 0
    for line in cart.lines:
        product, paid = PRODUCTS[line.product], line.quantity
        if line.parent:
            paid -= _included(line, parents[line.parent], taken)
        now = 0 if line.comp else product["price"] * paid
        now -= half_up(now * line.percent, MILLION)
        fees += 0 if line.comp else product.get("fee", 0) * paid
        rows.append({"now": now, "paid": paid, "card": "gift_card" in product, "comp": line.comp})
    for id_ in cart.discounts:
        _off(rows, DISCOUNTS[id_], used.get(id_, 0))
    whole = sum(row["now"] for row in rows)
    return int(whole - half_up(whole * cart.percent, MILLION) + fees)


def _included(line: Any, parent: Any, taken: dict[str, int]) -> int:
    (addon,) = PRODUCTS[parent.product]["addons"]
    before = taken.get(parent.id, 0)
    taken[parent.id] = before + line.quantity
    return int(min(line.quantity, max(0, addon["included"] * parent.quantity - before)))


def _off(rows: list[dict[str, Any]], discount: dict[str, Any], used: int) -> None:
    eligible = [row for row in rows if row["now"] and not row["card"] and not row["comp"]]
    if "amount" in discount:
        assert used <= min(discount["amount"], sum(row["now"] for row in eligible))
        rows.append({"now": -used, "paid": 0, "card": False, "comp": False})
        return
    pieces = used if "uses" in discount else sum(row["paid"] for row in eligible)
    for row in eligible:
        counted = min(row["paid"], pieces)
        if counted:
            row["now"] -= half_up(half_up(row["now"] * counted, row["paid"]) * discount["percent"], MILLION)
            pieces -= counted
    assert pieces == 0
