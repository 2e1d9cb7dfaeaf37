"""The decision at the door: may this ticket pass here, now?

A function of its arguments: no database, no clock, no network. The same function decides at the
desk, at the hub and at the server.
"""

from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.tickets import Presented
from eventdesk.domain.verdicts import Mode, Outcome, Reason, Scan, Verdict, Words

__all__ = ["Mode", "Outcome", "Reason", "Scan", "Verdict", "Words", "decide"]


def decide(presented: Presented, check_in_list: CheckInList, scan: Scan, catalogue: Catalogue) -> Verdict:
    """Decide one scan on one check-in list of the catalogue's event."""
    raise NotImplementedError
