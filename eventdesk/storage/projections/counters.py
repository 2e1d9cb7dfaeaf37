"""What each desk took from a quota, a discount with a limit or a gift card, less what it gave back."""

from collections.abc import Mapping
from typing import NamedTuple

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage.projections.target import Target

ADD = """
    INSERT INTO counter_uses (log, counter, desk, used) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT DO UPDATE SET used = used + ?4
"""


class Moved(NamedTuple):
    """Which member of a fact says how much, and whether it is taken (1) or given back (-1)."""

    member: str
    sign: int


MOVED: Mapping[str, Moved] = {
    Kind.QUOTA_USED: Moved("number", 1),
    Kind.QUOTA_FREED: Moved("number", -1),
    Kind.DISCOUNT_USED: Moved("number", 1),
    Kind.DISCOUNT_RETURNED: Moved("number", -1),
    Kind.GIFT_CARD_CHARGED: Moved("amount", 1),
    Kind.GIFT_CARD_CREDITED: Moved("amount", -1),
}


def apply(target: Target, fact: Fact) -> None:
    """Count the fact; the caller sees to it that each is counted once."""
    moved = MOVED[fact.kind]
    number = members.amount(fact.payload, moved.member)
    target.execute(ADD, (fact.log, fact.subject, fact.desk, moved.sign * number))
