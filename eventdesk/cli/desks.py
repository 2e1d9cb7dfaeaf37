"""`eventdesk desks`: the desks that a node knows, and what its admin does about them."""

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from eventdesk.cli.nodes import add_node, asked_reason, now_ms, opened
from eventdesk.errors import BadInput
from sync import wire
from sync.server import inspecting
from sync.server.accounts import deeds, desks
from sync.server.database import Database

Work = Callable[[argparse.Namespace, Database], int]


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "desks",
        help="list a node's desks, shut one out, see what was done",
        description="The desks that a node knows. The node may be running.",
    )
    add_node(parser)
    parser.set_defaults(run=run, work=_list)
    whats = parser.add_subparsers(metavar="WHAT")
    whats.add_parser("list", help="every desk (the default)").set_defaults(work=_list)
    shutting = whats.add_parser("revoke", help="shut a desk out, for good")
    shutting.add_argument("desk", metavar="ID", help="its id, or its name where that is only one's")
    shutting.add_argument("--reason", required=True, help="kept, and shown to whoever asks later")
    shutting.set_defaults(work=_revoke)
    told = whats.add_parser("deeds", help="who let in, shut out and released what")
    told.add_argument("--last", type=int, default=50, metavar="N", help="(default: 50)")
    told.set_defaults(work=_deeds)
    whats.add_parser("quarantine", help="how many facts wait for a person, and why").set_defaults(
        work=_quarantine
    )


def run(args: argparse.Namespace) -> int:
    """0 done. Raises EventDeskError where it can't be done."""
    work: Work = args.work
    with opened(args) as (_, database):
        return work(args, database)


def _list(_: argparse.Namespace, database: Database) -> int:
    known = database.read_now(desks.known)
    _table(("id", "name", "roles", "last seen", "clock", "via", "state"), [_row(desk) for desk in known])
    return 0


def _row(desk: wire.DeskKnown) -> tuple[str, ...]:
    state = f"SHUT OUT {_moment(desk.revoked_ms)}" if desk.revoked_ms else "good"
    clock = f"{desk.clock_error_ms / 1000:+.1f} s"
    return desk.desk, desk.name, ",".join(desk.roles), _moment(desk.seen_ms), clock, desk.via or "-", state


def _revoke(args: argparse.Namespace, database: Database) -> int:
    reason = asked_reason(args.reason)
    found = database.read_now(lambda connection: desks.matching(connection, args.desk))
    if len(found) != 1:
        which = f"the ids of {args.desk} are {', '.join(found)}" if found else "see `eventdesk desks`"
        raise BadInput(f"Which desk is meant by {args.desk} is not clear.", f"Give an id: {which}.")
    now = now_ms()
    database.write_now(lambda connection: desks.revoke(connection, found[0], deeds.SERVER, reason, now))
    print(f"{found[0]} is shut out. What it still holds waits in the quarantine when it comes.")
    return 0


def _deeds(args: argparse.Namespace, database: Database) -> int:
    rows = database.read_now(lambda connection: deeds.latest(connection, max(1, args.last)))
    _table(
        ("at", "who", "what", "whom", "reason"),
        [(_moment(row.at_ms), row.who, row.what, row.whom, row.reason) for row in rows],
    )
    return 0


def _quarantine(_: argparse.Namespace, database: Database) -> int:
    rows = database.read_now(inspecting.withheld)
    _table(
        ("event", "fact", "kind", "desk", "arrived", "why"),
        [
            (row.log, row.id, row.kind, row.desk, _moment(row.arrived_ms), row.words or row.why)
            for row in rows
        ],
    )
    return 0


def _moment(at_ms: int) -> str:
    if not at_ms:
        return "never"
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone().isoformat(sep=" ", timespec="seconds")


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """As columns on a terminal: names can hold no control characters, reasons may."""
    shown = [titles, *([" ".join(cell.split()) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in shown) for column in range(len(titles))]
    for row in shown:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
