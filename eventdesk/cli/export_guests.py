"""`eventdesk export FILE`: an event's guests or its passes to CSV or XLSX."""

import argparse
from pathlib import Path

from eventdesk.bridges.files import exporting
from eventdesk.cli.choosing import add_event, event_of, not_canceled, show_progress
from eventdesk.cli.database import add_database, opened

EXPORTS = {"guests": exporting.export_guests, "admissions": exporting.export_admissions}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "export",
        help="write guests or admissions to a CSV or XLSX file",
        description="The file's ending says its format. No cell of it is evaluated by a spreadsheet program.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--what", choices=EXPORTS, default="guests")
    add_event(parser)
    add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with opened(args) as store:
        log = event_of(store, args).id
        done = EXPORTS[args.what](store, log, args.file, show_progress, not_canceled)
    print(f"{done.rows} {args.what} written to {done.file}")
    return 0
