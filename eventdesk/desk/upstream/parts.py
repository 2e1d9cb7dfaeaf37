"""Who answers what people ask of the line, and on which lane."""

from collections.abc import Callable
from datetime import datetime

from eventdesk.desk.lane import Handlers
from eventdesk.desk.upstream.commands import FindHubs, PrepareTicketKey, SignRevocations, StopHub, TryNow
from eventdesk.desk.upstream.forgetting import Forgetting
from eventdesk.desk.upstream.inbox import Inbox
from eventdesk.desk.upstream.joining import Joining
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.outbox import Outbox
from eventdesk.desk.upstream.own_hub import OwnHub
from eventdesk.desk.upstream.people import People
from eventdesk.desk.upstream.ticket_keys import TicketKeys
from eventdesk.desk.upstream.training import cut
from eventdesk.domain.staff import Staff


def lanes_of(
    line: Line,
    now: Callable[[], datetime],
    hub: OwnHub | None = None,
    approve: Callable[[Staff], None] = lambda _staff: None,
    files: Callable[[], None] = lambda: None,
) -> dict[str, Handlers]:
    """Handlers by lane: what may wait for the network, or makes backups anew, never stands before what a
    person waits for. `files`: as `Forgetting` takes it."""
    inbox = Inbox(line)
    keys: Handlers = TicketKeys(line, inbox, now).handlers()
    network: Handlers = {**Joining(line).handlers(), **(hub.handlers() if hub else {})}
    if line.membership.is_training:
        network = cut(network, frozenset({TryNow, StopHub, FindHubs}))
        keys = cut(keys, frozenset({PrepareTicketKey, SignRevocations}))
    outbox = Outbox(line.membership, line.hooks, line.post)
    ledger = {**inbox.handlers(), **outbox.handlers(), **keys}
    people = People(line, now, approve).handlers()
    forgetting = Forgetting(line, inbox, now, files).handlers()
    return {"line": network, "people": people, "ledger": ledger, "forgetting": forgetting}
