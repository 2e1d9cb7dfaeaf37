"""Whose badge is printed before they come: whoever may go in, as things stand, whatever the hour."""

from datetime import UTC, datetime
from typing import Final

from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.checks import Case, blocked, canceled, unapproved, unpaid, wrong_product, wrong_session
from eventdesk.domain.rules import DoorKnowledge
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.verdicts import Scan

ANYONE: Final = CheckInList("", "")
_CHECKS: Final = (canceled, blocked, unapproved, wrong_product, wrong_session, unpaid)
_SCAN: Final = Scan(datetime(2000, 1, 1, tzinfo=UTC))  # none of these looks at the clock


def may_come(ticket: Ticket, check_in_list: CheckInList, catalogue: Catalogue) -> bool:
    """A guest of their own (no add-on) whom this list lets in at some time."""
    product = catalogue.products.get(ticket.product)
    if ticket.addon_to is not None or (product is not None and not product.admits):
        return False
    known = DoorKnowledge(ticket, check_in_list, _SCAN, catalogue)
    case = Case(ticket, check_in_list, _SCAN, catalogue, known)
    return all(check(case) is None for check in _CHECKS)
