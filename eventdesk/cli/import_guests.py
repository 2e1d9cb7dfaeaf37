"""`eventdesk import FILE`: a guest list from CSV or XLSX into an event, all or nothing."""

import argparse
import json
import sys
from pathlib import Path

from eventdesk.bridges.files import importing, mending
from eventdesk.cli.choosing import add_event, event_of, not_canceled, show_progress
from eventdesk.cli.database import add_database, opened
from eventdesk.domain.imports import BadRow, Counts, Field, ImportChoices, NewParts, Preview
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store

SHOWN_BAD_ROWS = 20


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "import",
        help="import guests from a CSV or XLSX file",
        description="Import guests, all or nothing. The same list imported again doubles nobody.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    add_event(parser)
    add_database(parser)
    _add_choices(parser)
    parser.add_argument("--preview", action="store_true", help="say what would be done, write nothing")
    parser.add_argument("--bad-rows", type=Path, metavar="FILE", help="write bad rows here, to be mended")
    parser.set_defaults(run=run)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    fields = ", ".join(Field)
    parser.add_argument("--encoding", default="", help="such as utf-8 or cp1252 (default: guessed)")
    parser.add_argument("--delimiter", default="", help="the sign between columns (default: guessed)")
    parser.add_argument("--sheet", default="", help="the sheet of an XLSX file (default: the first)")
    parser.add_argument("--header-row", type=int, default=0, help="where the headers are; -1: there are none")
    parser.add_argument("--product", default="", help="the product of rows that name none")
    parser.add_argument("--day-first", action=argparse.BooleanOptionalAction, help="3/4/2026 is in April")
    parser.add_argument(
        "--only-good-rows", action="store_true", help="leave bad rows out and import the rest"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NUMBER=FIELD",
        help=f"what a column becomes, counted from 1; FIELD is one of {fields}",
    )


def run(args: argparse.Namespace) -> int:
    """0 done, 1 where bad rows stopped it. Raises BadInput where the file can't be used."""
    choices = _choices(args)
    with opened(args) as store:
        log = event_of(store, args).id
        code = _preview(store, log, args, choices) if args.preview else _import(store, log, args, choices)
        if args.bad_rows:
            saved = mending.save_bad_rows(
                store, log, args.file, args.bad_rows, choices, show_progress, not_canceled
            )
            print(f"{saved.rows} bad rows written to {saved.file}")
    return code


def _choices(args: argparse.Namespace) -> ImportChoices:
    return ImportChoices(
        encoding=args.encoding,
        delimiter="\t" if args.delimiter in ("\\t", "tab") else args.delimiter,
        sheet=args.sheet,
        header_row=args.header_row,
        fields=dict(_column(text) for text in args.column),
        day_first=args.day_first,
        product=args.product,
        only_good_rows=args.only_good_rows,
    )


def _column(text: str) -> tuple[int, Field]:
    number, _, name = text.partition("=")
    try:
        index, field = int(number) - 1, Field(name)
    except ValueError:
        index, field = -1, Field.IGNORED
    if index < 0:
        raise BadInput(
            f"--column {text} does not say what a column becomes.", "Write, for instance, --column 3=email."
        )
    return index, field


def _preview(store: Store, log: str, args: argparse.Namespace, choices: ImportChoices) -> int:
    found = importing.preview(store, log, args.file, choices, show_progress, not_canceled)
    print(json.dumps(_described(found), indent=1))
    _print_bad(found.bad, found.counts)
    return 1 if found.counts.bad else 0


def _described(found: Preview) -> dict[str, object]:
    choices = found.choices
    return {
        "file": found.file,
        "kind": found.kind,
        "encoding": choices.encoding,
        "delimiter": choices.delimiter,
        "sheet": choices.sheet,
        "header_row": choices.header_row,
        "columns": [
            {"header": one.header, "field": one.field, "confidence": one.confidence} for one in found.columns
        ],
        "warnings": [str(warning) for warning in found.warnings],
        "new": {name: list(getattr(found.new, name)) for name in NewParts.__slots__},
        "would": _counted(found.counts),
    }


def _import(store: Store, log: str, args: argparse.Namespace, choices: ImportChoices) -> int:
    done = importing.import_file(store, log, args.file, choices, show_progress, not_canceled)
    _print_bad(done.bad, done.counts)
    if not done.written:
        print("Nothing was imported. Mend the bad rows (--bad-rows), or leave them out (--only-good-rows).")
        return 1
    print(", ".join(f"{number} {name}" for name, number in _counted(done.counts).items()))
    return 0


def _counted(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in Counts.__slots__}


def _print_bad(bad: tuple[BadRow, ...], counts: Counts) -> None:
    for row in bad[:SHOWN_BAD_ROWS]:
        where = f"row {row.number}, {row.column}" if row.column else f"row {row.number}"
        print(f"{where}: {row.reason}", file=sys.stderr)
    if counts.bad > SHOWN_BAD_ROWS:
        print(f"... and {counts.bad - SHOWN_BAD_ROWS} more", file=sys.stderr)
