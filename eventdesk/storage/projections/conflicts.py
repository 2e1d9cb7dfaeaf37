"""Double admissions that showed at a merge: the fold of a ticket's passes on one list."""

from typing import Any

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.conflicts import Conflict, conflicts_of
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.payloads import list_from
from eventdesk.storage import log
from eventdesk.storage.projections.target import Target
from eventdesk.storage.reading import catalogue, tickets

SELECT = """
    SELECT id, settled, word, settled_by FROM conflicts INDEXED BY conflicts_ticket
    WHERE log = ? AND ticket = ? AND list = ?
"""
SELECT_LISTS = "SELECT DISTINCT list FROM conflicts INDEXED BY conflicts_ticket WHERE log = ? AND ticket = ?"
INSERT = """
    INSERT OR REPLACE INTO conflicts (log, id, ticket, list, first, second, settled, word, settled_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
DELETE = "DELETE FROM conflicts WHERE log = ? AND id = ?"
# A walk over the list's passes: only where it begins, or ceases, to admit once.
SELECT_TICKETS = """
    SELECT ticket FROM admissions WHERE log = ? AND list = ? GROUP BY ticket HAVING min(desk) <> max(desk)
"""


def fold(target: Target, log_id: str, ticket: str, list_id: str) -> None:
    """Write the conflicts of a ticket on a list anew, and tell the target of those that are new."""
    kept = {row[0]: row[1:] for row in target.execute(SELECT, (log_id, ticket, list_id)).fetchall()}
    found = {one.id: one for one in _conflicts(target, log_id, ticket, list_id)}
    for id_ in kept.keys() - found.keys():
        target.execute(DELETE, (log_id, id_))
        target.conflicts.pop((log_id, id_), None)
    for id_, one in found.items():
        row = _row(log_id, one)
        if kept.get(id_) != row[6:]:
            target.execute(INSERT, row)
        if id_ not in kept:
            target.conflicts[log_id, id_] = one


def apply_settled(target: Target, fact: Fact) -> None:
    for (list_id,) in target.execute(SELECT_LISTS, (fact.log, fact.subject)).fetchall():
        fold(target, fact.log, fact.subject, list_id)


def list_changed(target: Target, log_id: str, list_id: str, before: CheckInList | None) -> None:
    """The definition of a list was `before`: where it admits otherwise now, fold its tickets anew."""
    if _admits(before) != _admits(_list(target, log_id, list_id)):
        for (ticket,) in target.execute(SELECT_TICKETS, (log_id, list_id)).fetchall():
            fold(target, log_id, ticket, list_id)


def _admits(check_in_list: CheckInList | None) -> tuple[bool, bool]:
    """What of a list counts here; an unknown one is taken as `conflicts_of` takes it."""
    if check_in_list is None:
        return False, True
    return check_in_list.allow_multiple_entries, check_in_list.allow_entry_after_exit


def _conflicts(target: Target, log_id: str, ticket: str, list_id: str) -> tuple[Conflict, ...]:
    passes = [one for one in tickets.passes(target.execute, log_id, ticket) if one.list == list_id]
    settled = log.facts_of(target.execute, log_id, ticket, Kind.CONFLICT_SETTLED)
    return conflicts_of(passes, _list(target, log_id, list_id), settled)


def _list(target: Target, log_id: str, list_id: str) -> CheckInList | None:
    members = catalogue.defined(target.execute, log_id, Kind.LIST_DEFINED, list_id)
    return None if members is None else list_from(list_id, members)


def _row(log_id: str, one: Conflict) -> tuple[Any, ...]:
    settled = int(bool(one.word))
    return (
        log_id,
        one.id,
        one.ticket,
        one.list,
        one.first.id,
        one.second.id,
        settled,
        one.word,
        one.settled_by,
    )
