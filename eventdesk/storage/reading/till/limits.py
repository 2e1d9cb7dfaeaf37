"""Vouchers and gift cards by their codes, and what is left of what is limited."""

from collections.abc import Callable
from typing import Any

from eventdesk.domain.definitions import quota_from
from eventdesk.domain.facts import Kind
from eventdesk.domain.till.definitions import discount_from
from eventdesk.domain.till.limits import GiftCard, Left
from eventdesk.domain.till.setup import Discount
from eventdesk.storage.projections.till.vouchers import typed
from eventdesk.storage.reading import catalogue

Execute = Callable[..., Any]

SELECT_USES = "SELECT desk, used FROM counter_uses WHERE log = ? AND counter = ?"
SELECT_DISCOUNT = "SELECT id FROM discount_codes WHERE log = ? AND code = ? ORDER BY id"
SELECT_CARD = "SELECT id, code, amount, currency, sale FROM gift_cards WHERE log = ? AND id = ?"
SELECT_CARD_BY_CODE = """
    SELECT id, code, amount, currency, sale FROM gift_cards INDEXED BY gift_cards_code
    WHERE log = ? AND code = ? ORDER BY id
"""
SELECT_CARDS_OF = """
    SELECT id, code, amount, currency, sale FROM gift_cards INDEXED BY gift_cards_sale
    WHERE log = ? AND sale = ? ORDER BY id
"""

Sizes = tuple[int | None]


def discount_by_code(execute: Execute, log: str, code: str) -> Discount | None:
    row = execute(SELECT_DISCOUNT, (log, typed(code))).fetchone()
    members = catalogue.defined(execute, log, Kind.DISCOUNT_DEFINED, row[0]) if row else None
    return None if members is None else discount_from(row[0], members)


def gift_card(execute: Execute, log: str, code: str) -> GiftCard | None:
    row = execute(SELECT_CARD_BY_CODE, (log, typed(code))).fetchone()
    row = row or execute(SELECT_CARD, (log, code)).fetchone()
    return None if row is None else _card(execute, log, *row)


def gift_cards_of(execute: Execute, log: str, sale: str) -> list[GiftCard]:
    return [_card(execute, log, *row) for row in execute(SELECT_CARDS_OF, (log, sale)).fetchall()]


def _card(execute: Execute, log: str, id_: str, code: str, amount: int, currency: str, sale: str) -> GiftCard:
    return GiftCard(id_, code, amount, currency, sale, _left(execute, log, id_, amount))


def left(execute: Execute, log: str, counter: str) -> Left | None:
    size = _size(execute, log, counter)
    return None if size is None else _left(execute, log, counter, size[0])


def _size(execute: Execute, log: str, counter: str) -> Sizes | None:
    """What the counter was defined as, as nodes take it (`storage/meaning.py`): of what was removed, none."""
    members = catalogue.defined(execute, log, Kind.QUOTA_DEFINED, counter)
    if members is not None:
        return (0 if members.get("removed") else quota_from(counter, members).size,)
    members = catalogue.defined(execute, log, Kind.DISCOUNT_DEFINED, counter)
    if members is not None:
        return (0 if members.get("removed") else _limit(discount_from(counter, members)),)
    card = execute(SELECT_CARD, (log, counter)).fetchone()
    return (card[2],) if card else None


def _limit(discount: Discount) -> int | None:
    return discount.uses if discount.uses is not None else discount.budget


def _left(execute: Execute, log: str, counter: str, size: int | None) -> Left:
    by_desk = dict(execute(SELECT_USES, (log, counter)).fetchall())
    return Left(counter, size, sum(by_desk.values()), by_desk)
