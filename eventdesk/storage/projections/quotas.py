"""What each desk took from quotas: sums of `quota_used` and `quota_freed`."""

from eventdesk.domain.definitions import quota_number
from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage.projections.target import Target

ADD = """
    INSERT INTO quota_uses (log, quota, desk, used) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT DO UPDATE SET used = used + ?4
"""


def apply(target: Target, fact: Fact) -> None:
    """Count the fact; the caller sees to it that each is counted once."""
    number = quota_number(fact.payload)
    sign = 1 if fact.kind is Kind.QUOTA_USED else -1
    target.execute(ADD, (fact.log, fact.subject, fact.desk, sign * number))
