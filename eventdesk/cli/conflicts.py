"""`eventdesk conflicts`: tickets that two desks admitted, and seats that two sold, unknown to each other."""

import argparse
import json
from typing import Any

from eventdesk.cli.database import add_database, opened
from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.till.taken import SeatConflict
from eventdesk.storage.store import Reader


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "conflicts",
        help="tickets that two desks admitted, and seats that two sold, while they could not talk",
        description="List tickets that two desks admitted, and seats that two sold, while they could not "
        "talk: who, where and when.",
    )
    add_database(parser)
    parser.add_argument("--settled", action="store_true", help="those that a person has settled")
    parser.add_argument("--json", action="store_true", help="one JSON list")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 where there is none, 1 where there are open ones."""
    with opened(args) as store, store.reader() as reader:
        found = [row for log in reader.logs() for row in _rows(reader, log, args.settled)]
    if args.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        for row in found:
            passes = " and ".join(f"{one['at']} at {one['gate'] or one['desk']}" for one in row["passes"])
            print(f"{row['order']} {row['guest']}: {passes}  {row['word']}".rstrip())
        print(f"{len(found)} conflicts.")
    return 1 if found and not args.settled else 0


def _rows(reader: Reader, log: str, settled: bool) -> list[dict[str, Any]]:
    return [
        *(_row(reader, log, one) for one in reader.conflicts(log, settled)),
        *(_seat_row(reader, log, one) for one in reader.seat_conflicts(log, settled)),
    ]


def _seat_row(reader: Reader, log: str, conflict: SeatConflict) -> dict[str, Any]:
    taken = conflict.first, conflict.second
    tickets = [reader.ticket(log, one.ticket) for one in taken]
    return {
        "log": log,
        "id": conflict.id,
        "seat": conflict.seat,
        "tickets": [one.ticket for one in taken],
        "order": ", ".join(one.order.code for one in tickets if one),
        "guest": f"seat {conflict.seat}",
        "word": conflict.word,
        "passes": [
            {"at": one.at.isoformat(timespec="seconds"), "desk": one.desk, "gate": ""} for one in taken
        ],
    }


def _row(reader: Reader, log: str, conflict: Conflict) -> dict[str, Any]:
    ticket = reader.ticket(log, conflict.ticket)
    gates = reader.catalogue(log).gates
    return {
        "log": log,
        "id": conflict.id,
        "ticket": conflict.ticket,
        "order": ticket.order.code if ticket else "",
        "guest": ticket.name if ticket else "",
        "list": conflict.list,
        "word": conflict.word,
        "passes": [
            {
                "at": one.at.isoformat(timespec="seconds"),
                "desk": one.desk,
                "gate": gates[one.gate].name if one.gate in gates else one.gate,
            }
            for one in (conflict.first, conflict.second)
        ],
    }
