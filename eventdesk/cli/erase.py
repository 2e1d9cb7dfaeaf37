"""`eventdesk erase ORDER`: forgets the people of an order, everywhere; or tells who has not yet."""

import argparse

from eventdesk.cli.choosing import add_event, event_of
from eventdesk.cli.database import add_database
from eventdesk.cli.lined import Lined, lined
from eventdesk.desk.printing import leftovers
from eventdesk.desk.upstream.forgetting import confirm, erasure
from eventdesk.domain.rights import Right, may
from eventdesk.errors import BadInput, NotAllowed


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "erase",
        help="forget the people of an order, everywhere",
        description="Forget the people of an order, here and at every desk; it can't be taken back.",
    )
    add_database(parser)
    add_event(parser)
    parser.add_argument("order", nargs="?", default="", help="the order's id or code")
    parser.add_argument("--reason", default="", help="kept with the erasure; no personal data")
    parser.add_argument("--report", action="store_true", help="which desks have not confirmed erasures")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """1 where the report names desks. Raises EventDeskError."""
    if not args.order and not args.report:
        raise BadInput("Whose data is meant is not clear.", "Name an order, or ask for the --report.")
    with lined(args) as desk:
        log = event_of(desk.store, args).id
        if args.order:
            _erase(desk, log, args.order, args.reason)
        return _report(desk, log) if args.report else 0


def _erase(desk: Lined, log: str, wanted: str, reason: str) -> None:
    pairing = desk.membership.pairing
    if pairing is not None and not may(pairing.roles, Right.ERASE):
        raise NotAllowed("This desk may not erase guests.", "Do it at an organizer's desk.")
    with desk.store.transaction() as tx:
        order = _order_id(desk, log, wanted)
        tx.append(log, [erasure(tx, log, order, reason)])
    leftovers.sweep(desk.store, desk.config.badges)
    confirm(desk.store, desk.clock.now())
    print(f"Order {wanted} is forgotten here, in the backups too. Other desks follow at their next contact.")


def _order_id(desk: Lined, log: str, wanted: str) -> str:
    """By its id, or by its code as people know it."""
    with desk.store.reader() as reader:
        if reader.order_tickets(log, wanted):
            return wanted
        found = {hit.order for hit in reader.search(log, wanted).hits if hit.order_code == wanted}
    if len(found) != 1:
        raise BadInput(f"There is no order {wanted}.", "Give the order's id or its code.")
    return found.pop()


def _report(desk: Lined, log: str) -> int:
    with desk.store.reader() as reader:
        states = reader.erasures(log)
    for one in states:
        missing = ", ".join(sorted(one.unconfirmed)) or "none"
        print(f"{one.at:%Y-%m-%d %H:%M}  {one.subject}: not confirmed by {missing}")
    print(f"{len(states)} erasures.")
    return 1 if any(one.unconfirmed for one in states) else 0
