"""`eventdesk export FILE`: an event's guests, passes or money to CSV or XLSX."""

import argparse
from datetime import date
from pathlib import Path

from eventdesk.bridges.files import exporting, tills
from eventdesk.cli.choosing import add_event, event_of, not_canceled, show_progress
from eventdesk.cli.database import add_database, opened
from eventdesk.domain.catalogue import Event
from eventdesk.domain.till.accounts import days
from eventdesk.domain.till.sums import Span
from eventdesk.errors import BadInput

GUESTS = {"guests": exporting.export_guests, "admissions": exporting.export_admissions}
TILLS = {
    "sales": tills.export_sales,
    "payments": tills.export_payments,
    "closings": tills.export_closings,
    "audit": tills.export_audit,
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "export",
        help="write guests, admissions or the tills' figures to a CSV or XLSX file",
        description="The file's ending says its format. No cell of it is evaluated by a spreadsheet program.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--what", choices=[*GUESTS, *TILLS], default="guests")
    parser.add_argument(
        "--from",
        dest="first",
        type=date.fromisoformat,
        metavar="DAY",
        help="sold from this day on, as 2026-06-10",
    )
    parser.add_argument(
        "--until", dest="last", type=date.fromisoformat, metavar="DAY", help="the last day, that day included"
    )
    add_event(parser)
    add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with opened(args) as store:
        event = event_of(store, args)
        if args.what in TILLS:
            span = span_of(event, args.first, args.last)
            done = TILLS[args.what](store, event.id, args.file, show_progress, not_canceled, span)
        else:
            if args.first or args.last:
                raise BadInput(f"{args.what} are not exported by days.", "Leave out --from and --until.")
            done = GUESTS[args.what](store, event.id, args.file, show_progress, not_canceled)
    print(f"{done.rows} {args.what} written to {done.file}")
    return 0


def span_of(event: Event, first: date | None, last: date | None) -> Span:
    """Whole days in the event's zone. Raises BadInput where the last is before the first."""
    if first and last and last < first:
        raise BadInput(f"{last} is before {first}.", "Name the first day by --from, the last by --until.")
    return days(event.zone, first, last)
