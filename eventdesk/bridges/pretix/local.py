"""What was changed here and pretix has not heard of yet: its older word does not count against it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol

from eventdesk.bridges.pretix.mapping.ids import PREFIX
from eventdesk.bridges.pretix.outgoing.handing_on import CURSORS
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import in_order
from eventdesk.storage.bridge_calls import BridgeCalls, CallState
from eventdesk.storage.settings import Settings

ANSWERS: Final = "answers"


_MEMBERS: Final = (Kind.TICKET_CHANGED, Kind.ORDER_CHANGED)


class Source(Protocol):
    bridge_calls: BridgeCalls
    settings: Settings


def untold(source: Source, facts: Iterable[Fact], modified: str) -> tuple[set[str], set[str]]:
    """Names of members, and questions, that desks have set and pretix was not told of. `modified` is
    pretix' own moment of what it says."""
    members: set[str] = set()
    answers: set[str] = set()
    for fact in in_order(facts):
        of_desks = not fact.id.startswith(PREFIX)
        if fact.kind in _MEMBERS:
            named = set(fact.payload) - {ANSWERS}
            # What pretix said later stands above what a desk had said before.
            members = members | named if of_desks and _is_untold(source, fact, modified) else members - named
        elif fact.kind is Kind.QUESTION_ANSWERED and of_desks and _is_untold(source, fact, modified):
            answers.add(fact.payload["question"])
    return members, answers


def _is_untold(source: Source, fact: Fact, modified: str) -> bool:
    """Where it is no call, though it was looked at (by a bridge before this one, or there is nothing to be
    told of it), the clocks decide."""
    call = source.bridge_calls.of_fact(fact.log, fact.id)
    if call is not None:
        return call.state is not CallState.DONE
    taken_up: dict[str, int] = source.settings.get(CURSORS, {})
    if fact.seq > taken_up.get(f"{fact.log}/{fact.desk}", 0):
        return True
    return not modified or fact.stamp.wall >= datetime.fromisoformat(modified).timestamp() * 1000
