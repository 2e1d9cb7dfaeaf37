"""What showed at a merge: double admissions, the fold of a ticket's passes on one list, and seats that were
sold twice."""

from collections.abc import Mapping, Sequence

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.conflicts import Conflict, conflicts_of
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.payloads import list_from
from eventdesk.domain.till.taken import (
    SEAT_KINDS,
    SeatConflict,
    SeatTaken,
    seat_conflicts,
    standing_seats,
)
from eventdesk.storage import log
from eventdesk.storage.projections.target import Target
from eventdesk.storage.reading import catalogue, tickets

SELECT = """
    SELECT id, settled, word, settled_by FROM conflicts INDEXED BY conflicts_subject
    WHERE log = ? AND subject = ? AND kind = ? AND list = ?
"""
SELECT_LISTS = """
    SELECT DISTINCT kind, list FROM conflicts INDEXED BY conflicts_subject WHERE log = ? AND subject = ?
"""
INSERT = """
    INSERT OR REPLACE INTO conflicts (log, id, kind, subject, list, first, second, settled, word, settled_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
DELETE = "DELETE FROM conflicts WHERE log = ? AND id = ?"
# A walk over the list's passes: only where it begins, or ceases, to admit once.
SELECT_TICKETS = """
    SELECT ticket FROM admissions WHERE log = ? AND list = ? GROUP BY ticket HAVING min(desk) <> max(desk)
"""


ENTRY, SEAT = "entry", "seat"


def fold(target: Target, log_id: str, ticket: str, list_id: str) -> None:
    """Write the conflicts of a ticket on a list anew, and tell the target of those that are new."""
    found = _conflicts(target, log_id, ticket, list_id)
    _put(target, (log_id, ticket, ENTRY, list_id), {one.id: one for one in found})


def fold_seat(target: Target, log_id: str, seat: str, taken: Sequence[SeatTaken]) -> None:
    """The same for a seat, which these tickets have, in stamp order."""
    settled = log.facts_of(target.execute, log_id, seat, Kind.CONFLICT_SETTLED) if len(taken) > 1 else ()
    _put(target, (log_id, seat, SEAT, ""), {one.id: one for one in seat_conflicts(taken, settled)})


def _put(
    target: Target, key: tuple[str, str, str, str], found: Mapping[str, Conflict | SeatConflict]
) -> None:
    """`key` is log, subject, kind and list."""
    log_id, subject, kind, list_id = key
    kept = {row[0]: row[1:] for row in target.execute(SELECT, key).fetchall()}
    for id_ in kept.keys() - found.keys():
        target.execute(DELETE, (log_id, id_))
        target.conflicts.pop((log_id, id_), None)
    for id_, one in found.items():
        said = int(bool(one.word)), one.word, one.settled_by
        if kept.get(id_) != said:
            row = log_id, id_, kind, subject, list_id, one.first.id, one.second.id, *said
            target.execute(INSERT, row)
        if id_ not in kept:
            target.conflicts[log_id, id_] = one


def apply_settled(target: Target, fact: Fact) -> None:
    for kind, list_id in target.execute(SELECT_LISTS, (fact.log, fact.subject)).fetchall():
        if kind == SEAT:
            facts = log.facts_of(target.execute, fact.log, fact.subject, *SEAT_KINDS)
            fold_seat(target, fact.log, fact.subject, standing_seats(facts))
        else:
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
