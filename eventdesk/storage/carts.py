"""What guests want and have not paid: this desk's own, written at each change so that nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from eventdesk.domain.till.cart import Cart, CartLine, Customer
from eventdesk.storage.moments import from_column, to_column

_COLUMNS = "log, state, name, cart, changed"
_PUT = """
    INSERT OR REPLACE INTO carts (sale, log, state, name, order_id, cart, changed)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_GET = f"SELECT {_COLUMNS} FROM carts WHERE sale = ?"
_DROP = "DELETE FROM carts WHERE sale = ?"
SELECT_OF_ORDER = f"SELECT {_COLUMNS} FROM carts INDEXED BY carts_order WHERE log = ? AND order_id = ?"
SELECT_OF_LOG = f"SELECT {_COLUMNS} FROM carts INDEXED BY carts_changed WHERE log = ? ORDER BY changed, sale"


class CartState(StrEnum):
    CURRENT = "current"
    PARKED = "parked"
    RETURNING = "returning"  # no sale: what is being given back


@dataclass(frozen=True, slots=True)
class KeptCart:
    """`name` is what a parked one is called; `changed` in UTC."""

    log: str
    cart: Cart
    state: CartState
    name: str
    changed: datetime

    @property
    def sale(self) -> str:
        return self.cart.sale


class Carts:
    """`put`, `drop` and `forget` need a write transaction. A cart is known by the id of its sale."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._execute = execute

    def put(self, kept: KeptCart) -> None:
        cart = kept.cart
        text = msgspec.json.encode(cart).decode()
        row = cart.sale, kept.log, kept.state, kept.name, cart.customer.order, text, to_column(kept.changed)
        self._execute(_PUT, row)

    def get(self, sale: str) -> KeptCart | None:
        row = self._execute(_GET, (sale,)).fetchone()
        return _kept(*row) if row else None

    def every(self, log: str) -> list[KeptCart]:
        """The oldest first."""
        return [_kept(*row) for row in self._execute(SELECT_OF_LOG, (log,)).fetchall()]

    def drop(self, sale: str) -> None:
        self._execute(_DROP, (sale,))

    def forget(self, log: str, order: str = "") -> None:
        """Take guests' names out of an order's carts, or (empty) out of all: what they want stays."""
        query, values = (SELECT_OF_ORDER, (log, order)) if order else (SELECT_OF_LOG, (log,))
        for row in self._execute(query, values).fetchall():
            kept = _kept(*row)
            nameless = replace(kept, cart=_nameless(kept.cart), name="")
            if nameless != kept:
                self.put(nameless)


def _kept(log: str, state: str, name: str, cart: str, changed: str) -> KeptCart:
    read = msgspec.json.decode(cart, type=Cart)
    return KeptCart(log, read, CartState(state), name, from_column(changed))


def _nameless(cart: Cart) -> Cart:
    customer = Customer(order=cart.customer.order)
    return replace(cart, customer=customer, reason="", lines=tuple(map(_without_names, cart.lines)))


def _without_names(line: CartLine) -> CartLine:
    return replace(line, names=(), answers=(), reason="-" if line.reason else "")
