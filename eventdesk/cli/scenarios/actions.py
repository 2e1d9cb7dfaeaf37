"""The other calls: a scan taken back, a refused scan uploaded, a search, everyone checked out."""

from datetime import timedelta

from eventdesk.cli.scenarios.call import Call
from eventdesk.cli.scenarios.redeem import Result
from eventdesk.cli.scenarios.world import MEDIUM_CODE, NOON, Row, World
from eventdesk.domain.exits import next_exit_of_all, still_inside
from eventdesk.domain.tickets import Direction, OrderStatus, Ticket

_REASONS = """
    canceled invalid unpaid product rules revoked incomplete already_redeemed ambiguous medium_invalid
    medium_exists error blocked unapproved invalid_time annulled already_exchanged"""
REASONS = frozenset(_REASONS.split())
_ANNUL_WITHIN = timedelta(minutes=15)


def annul(world: World, call: Call) -> Result:
    if _forbidden(world, call):
        return Result(message="The token may not check in.")
    return take_back(world, call)


def take_back(world: World, call: Call) -> Result:
    """The one scan of that nonce is taken back: within 15 minutes, by the device that made it."""
    rows = [row for row in world.rows if row.list in call.lists and row.nonce and row.nonce == call.nonce]
    if call.device is not None:
        rows = [row for row in rows if row.device == call.device]
    if not rows:
        return Result(message="No check-in found based on nonce")
    if len(rows) > 1:
        return Result(message="Multiple check-ins found based on nonce")
    row = rows[0]
    if row.refused is not None or row.ticket is None:
        return Result(message="Cannot annul an unsuccessful checkin")
    if (call.at or NOON) - row.at > _ANNUL_WITHIN:
        return Result(message="Annulment is not allowed more than 15 minutes after check-in")
    if row.device is not None and row.device != call.device:
        return Result(message="Annulment is only allowed from the same device")
    row.refused = "annulled"
    return Result(status="ok")


def failed_upload(world: World, call: Call) -> Result:
    """A device that was offline tells of a scan it refused. The answer is the stored scan: no status."""
    code = world.code() if call.raw_code is None else call.raw_code
    malformed = call.error_reason not in REASONS or call.type not in tuple(Direction) or call.nonce == ""
    if _forbidden(world, call) or not call.lists or malformed or not code.strip():
        return Result(message="A member of the request is malformed.")
    ticket = next((t.id for t in world.given.tickets.values() if t.secret == code.strip()), None)
    upload(world, call, ticket)
    return Result()


def upload(world: World, call: Call, ticket: str | None) -> None:
    """Store a scan that was refused offline, once."""
    if not _uploaded_before(world, call, ticket):
        world.rows.append(
            Row(
                ticket,
                call.lists[0],
                Direction(call.type),
                call.at or NOON,
                call.nonce or "",
                call.device,
                refused=call.error_reason,
                forced=True,
                force_sent=True,
                source=call.source_type,
            )
        )


def _uploaded_before(world: World, call: Call, ticket: str | None) -> bool:
    return bool(call.nonce) and any(
        row.nonce == call.nonce and row.refused is not None and row.ticket == ticket for row in world.rows
    )


def search(world: World, call: Call) -> Result:
    """Tickets of the lists by name, e-mail, code or order; a door's token must name three letters."""
    if _forbidden(world, call) or not call.lists:
        return Result(message="The token may not search.")
    if call.device is None and world.given.token == "checkin_only" and len(call.query) < 3:
        return Result(found=())
    names = call.lists if call.rpc else call.lists[:1]
    tickets = [world.ticket(name) for name in world.given.tickets]
    found = [t.id for t in tickets if _listed(world, call, t, names) and _matches(world, t, call.query)]
    return Result(found=tuple(found))


def _listed(world: World, call: Call, ticket: Ticket, names: tuple[str, ...]) -> bool:
    for name in names:
        check_in_list, catalogue = world.lists()[name]
        if (ticket.id == "other_event") != (catalogue.event.id == "other_event") or ticket.canceled:
            continue
        if check_in_list.session not in (None, ticket.session):
            continue
        allowed = check_in_list.all_products or ticket.product in check_in_list.products
        order = ticket.order
        admits_pending = check_in_list.include_pending or order.valid_if_pending
        pending = order.status is OrderStatus.PENDING and admits_pending
        if allowed and (call.ignore_status or order.status is OrderStatus.PAID or pending):
            return True
    return False


def _matches(world: World, ticket: Ticket, query: str) -> bool:
    if not query:
        return True
    wanted, medium = query.lower(), world.given.medium
    name = ticket.name or (world.given.attendee_name if ticket.addon_to else "")
    begins = (ticket.secret, ticket.order.code)
    holds = (name, ticket.order.email, ticket.order.name)
    return (
        any(text.lower().startswith(wanted) for text in begins)
        or any(wanted in text.lower() for text in holds)
        or (medium is not None and query == MEDIUM_CODE and ticket.id in medium.linked)
    )


def exit_all(world: World, call: Call) -> Result:
    """At the hour that the list names, the server checks everyone out who is still inside."""
    check_in_list, catalogue = world.lists()["main"]
    due = check_in_list.exit_all_at
    if due is None or due > (call.at or NOON):
        return Result(next_exit_all_at=due)
    tickets = [world.ticket(name) for name in world.given.tickets if name != "other_event"]
    for ticket in still_inside(tickets, check_in_list, due):
        world.rows.append(Row(ticket.id, "main", Direction.EXIT, due))
    return Result(next_exit_all_at=next_exit_of_all(due, catalogue.event.zone))


def _forbidden(world: World, call: Call) -> bool:
    return call.device is None and world.given.token == "no_permission"
