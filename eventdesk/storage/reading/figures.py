"""Who is inside, who has entered, who is expected: sums that are kept, never counted; of them go test orders,
which are few."""

from collections.abc import Callable, Sequence
from typing import Any

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.facts import Kind
from eventdesk.domain.guests import Figures
from eventdesk.domain.payloads import list_from
from eventdesk.domain.tickets import OrderStatus
from eventdesk.storage.reading import catalogue, testmode

Execute = Callable[..., Any]

SELECT_OCCUPANCY = "SELECT inside, entered FROM occupancy WHERE log = ? AND place = 'list' AND id = ?"
SELECT_TALLY = """
    SELECT product, session, status, requires_approval, valid_if_pending, tickets
    FROM tally WHERE log = ? AND canceled = 0
"""
SELECT_COUNT = "SELECT coalesce(sum(tickets), 0) FROM tally WHERE log = ?"


def figures(execute: Execute, log: str, list_id: str) -> Figures:
    inside, entered = execute(SELECT_OCCUPANCY, (log, list_id)).fetchone() or (0, 0)
    if testmode.is_left_out(execute, log):
        tests = testmode.passed(execute, log, list_id)
        inside, entered = inside - tests[0], entered - tests[1]
    return Figures(inside, entered, expected(execute, log, list_id))


def expected(execute: Execute, log: str, list_id: str) -> int:
    """How many tickets may pass: of the list's products and session, neither canceled nor unpaid."""
    members = catalogue.defined(execute, log, Kind.LIST_DEFINED, list_id)
    if members is None:
        return 0
    check_in_list = list_from(list_id, members)
    tests = execute(testmode.SELECT_TICKETS, (log,)) if testmode.is_left_out(execute, log) else ()
    counted = sum(int(row[5]) for row in execute(SELECT_TALLY, (log,)) if _is_expected(row, check_in_list))
    return counted - sum(_is_expected(row, check_in_list) for row in tests)


def _is_expected(row: Sequence[Any], check_in_list: CheckInList) -> bool:
    product, session, status, requires_approval, valid_if_pending, _ = row
    if not check_in_list.all_products and product not in check_in_list.products:
        return False
    if check_in_list.session is not None and session != check_in_list.session:
        return False
    pending = check_in_list.include_pending or valid_if_pending
    return status == OrderStatus.PAID or bool(
        status == OrderStatus.PENDING and pending and not requires_approval
    )


def guest_count(execute: Execute, log: str) -> int:
    """All tickets of the event, canceled ones too."""
    return int(execute(SELECT_COUNT, (log,)).fetchone()[0])
