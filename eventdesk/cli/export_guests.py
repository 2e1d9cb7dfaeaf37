"""`eventdesk export FILE`: an event's guests, passes or money to CSV, XLSX or (the tills' account) PDF."""

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
from eventdesk.storage.store import Store

GUESTS = {"guests": exporting.export_guests, "admissions": exporting.export_admissions}
TILLS = {
    "sales": tills.export_sales,
    "payments": tills.export_payments,
    "closings": tills.export_closings,
    "audit": tills.export_audit,
}
ACCOUNT = "account"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "export",
        help="write guests, admissions or the tills' figures to a CSV, XLSX or PDF file",
        description="The file's ending says its format: .csv or .xlsx, .pdf for the account. "
        "No cell of it is evaluated by a spreadsheet program.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--what", choices=[*GUESTS, *TILLS, ACCOUNT], default="guests")
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
    parser.add_argument("--language", default="en", help="of the account, as de (default: en)")
    add_event(parser)
    add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with opened(args) as store:
        event = event_of(store, args)
        if args.what == ACCOUNT:
            return _account(store, event, args)
        if args.what in TILLS:
            span = span_of(event, args.first, args.last)
            done = TILLS[args.what](store, event.id, args.file, show_progress, not_canceled, span)
        else:
            if args.first or args.last:
                raise BadInput(f"{args.what} are not exported by days.", "Leave out --from and --until.")
            done = GUESTS[args.what](store, event.id, args.file, show_progress, not_canceled)
    print(f"{done.rows} {args.what} written to {done.file}")
    return 0


def _account(store: Store, event: Event, args: argparse.Namespace) -> int:
    """Qt and reportlab are fetched where they are needed: the other tables do without."""
    from eventdesk.desk.till.accounting import export_account

    span = span_of(event, args.first, args.last)
    done = export_account(store, event.id, args.file, show_progress, not_canceled, span, args.language)
    print(f"{done.pages} pages written to {done.file}")
    return 0


def span_of(event: Event, first: date | None, last: date | None) -> Span:
    """Whole days in the event's zone. Raises BadInput where the last is before the first."""
    if first and last and last < first:
        raise BadInput(f"{last} is before {first}.", "Name the first day by --from, the last by --until.")
    return days(event.zone, first, last)
