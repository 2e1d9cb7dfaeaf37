"""Bugs put in on purpose: the kiosks' machine must find each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from eventdesk.desk.kiosk import admitting
from eventdesk.desk.kiosk.admitting import Admitting, Badge
from eventdesk.desk.kiosk.calls import Calls
from eventdesk.desk.kiosk.checking_in import CheckingIn
from eventdesk.desk.kiosk.unfinished import Unfinished
from eventdesk.desk.printing import admitting as printing
from eventdesk.desk.printing import jobs
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.domain.kiosk.entries import pass_of

Put = Callable[[Any, str, Any], None]
Bug = Callable[[Put], None]


def admitted_before_the_badge(put: Put) -> None:
    """As the rivals do: check in, then print."""
    put(Admitting, "_badge", lambda *_: Badge.NONE)


def nobody_is_called(put: Put) -> None:
    put(Calls, "guest", lambda *_, **__: None)


def printed_again_where_unsure(put: Put) -> None:
    """A badge that may have come out counts as one that has not."""
    put(admitting, "MAY_BE_OUT", frozenset())
    put(Admitting, "_badge", lambda _self, tx, log, ticket: _none_if(tx.badges_printed(log, ticket.id)))
    put(jobs, "MAY_BE_OUT", frozenset())


def _none_if(printed: int) -> Badge:
    return Badge.NONE if printed else Badge.WANTED


def nothing_kept_of_a_group(put: Put) -> None:
    put(Unfinished, "keep", lambda _: None)


def jobs_forgotten_at_a_start(put: Put) -> None:
    put(CheckingIn, "resume", lambda _: None)


def no_word_asked(put: Put) -> None:
    """Each kiosk decides by what it knows."""
    put(AtDoor, "hold", lambda *_: None)


def not_decided_again(put: Put) -> None:
    """Whoever went in elsewhere while the badge came gets a second pass."""

    def hasty(tx: Any, job: Any) -> Any:
        entry = job.entry
        catalogue, ticket = tx.catalogue(job.log), tx.ticket(job.log, job.ticket)
        return pass_of(entry, replace(ticket, admissions=()), catalogue, tx.desk)

    put(printing, "_pass", hasty)


def left_to_itself_when_late(put: Put) -> None:
    """A badge that does not come is waited for, for ever."""
    put(CheckingIn, "overdue", lambda *_: None)


BUGS: list[Bug] = [
    admitted_before_the_badge,
    nobody_is_called,
    printed_again_where_unsure,
    nothing_kept_of_a_group,
    jobs_forgotten_at_a_start,
    no_word_asked,
    not_decided_again,
    left_to_itself_when_late,
]
