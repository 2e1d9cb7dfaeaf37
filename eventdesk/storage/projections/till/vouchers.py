"""What a code leads to: vouchers, which are discounts with a code, and gift cards."""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain import members as members_of
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import in_order
from eventdesk.storage import log
from eventdesk.storage.projections.target import Target

SELECT_CODE = "SELECT code FROM discount_codes INDEXED BY discount_codes_id WHERE log = ? AND id = ?"
DELETE_CODE = "DELETE FROM discount_codes WHERE log = ? AND code = ? AND id = ?"
INSERT_CODE = "INSERT OR REPLACE INTO discount_codes (log, code, id) VALUES (?, ?, ?)"
INSERT_CARD = """
    INSERT OR REPLACE INTO gift_cards (log, id, code, amount, currency, sale) VALUES (?, ?, ?, ?, ?, ?)
"""


def typed(code: str) -> str:
    """A code as people may type it: neither case nor spaces count."""
    return "".join(code.split()).casefold()


def put_code(target: Target, log_id: str, discount: str, members: Mapping[str, Any]) -> None:
    """The discount is defined by these members now."""
    code = "" if members.get("removed") else typed(members_of.text(members, "code", ""))
    for (before,) in target.execute(SELECT_CODE, (log_id, discount)).fetchall():
        if before != code:
            target.execute(DELETE_CODE, (log_id, before, discount))
    if code:
        target.execute(INSERT_CODE, (log_id, code, discount))


def apply_card(target: Target, fact: Fact) -> None:
    """The last that was said of the card counts, as it does for the counter."""
    last = in_order(log.facts_of(target.execute, fact.log, fact.subject, Kind.GIFT_CARD_ISSUED))[-1]
    members = last.payload
    row = (
        fact.log,
        fact.subject,
        typed(members_of.text(members, "code")),
        members_of.amount(members, "amount"),
        members_of.text(members, "currency"),
        members_of.text(members, "sale"),
    )
    target.execute(INSERT_CARD, row)
