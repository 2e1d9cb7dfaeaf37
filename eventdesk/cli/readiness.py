"""`eventdesk readiness`: what every desk of the venue lacks, the worst first."""

import argparse
import json
from typing import Any

from eventdesk.cli.database import add_database
from eventdesk.cli.lined import Lined, lined
from eventdesk.desk.venue.heard import Heard
from eventdesk.desk.venue.values import DeskLine
from eventdesk.errors import BadInput, StorageError
from sync.errors import SyncError

READY = "ready"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "readiness",
        help="what every desk of the venue lacks before the doors open",
        description="Ask the upstream what all desks report; say of each whether it is ready or what to do.",
    )
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 where nothing bad was found, 1 where something was. Raises BadInput for a desk that works alone, and
    StorageError where the upstream does not answer."""
    with lined(args) as desk:
        lines = worst_first(_lines(desk))
    if args.json:
        print(json.dumps([_row(line) for line in lines], indent=1, ensure_ascii=False))
    else:
        _print(lines)
    return 1 if any(one.bad for line in lines for one in line.findings) else 0


def worst_first(lines: tuple[DeskLine, ...]) -> list[DeskLine]:
    return sorted(lines, key=lambda line: (-sum(one.bad for one in line.findings), -len(line.findings)))


def _lines(desk: Lined) -> tuple[DeskLine, ...]:
    if desk.membership.pairing is None:
        raise BadInput("This desk works alone: it hears of no others.", "Pair it first: eventdesk pair.")
    try:
        link = desk.reach.contact()
        heard = Heard(link.node.id)
        heard.read(link, desk.clock.now)
    except SyncError as error:
        raise StorageError(error.message, error.remedy) from error
    return heard.lines(desk.clock.now())


def _print(lines: list[DeskLine]) -> None:
    wide = max((len(line.name) for line in lines), default=0)
    for line in lines:
        if not line.findings:
            print(f"ok  {line.name:<{wide}}  {READY}")
        for place, one in enumerate(sorted(line.findings, key=lambda one: not one.bad)):
            name = line.name if place == 0 else ""
            print(f"{'XX' if one.bad else '!!'}  {name:<{wide}}  {one.words} {one.remedy}".rstrip())
    bad = sum(one.bad for line in lines for one in line.findings)
    print(f"{len(lines)} desks, to mend: {bad}.")


def _row(line: DeskLine) -> dict[str, Any]:
    return {
        "desk": line.desk,
        "name": line.name,
        "heard_at": line.heard_at.isoformat() if line.heard_at else None,
        "ready": not any(one.bad for one in line.findings),
        "findings": [
            {"check": one.check, "bad": one.bad, "words": one.words, "remedy": one.remedy}
            for one in line.findings
        ],
    }
