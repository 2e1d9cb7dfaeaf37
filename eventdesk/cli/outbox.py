"""`eventdesk outbox`: what waits for the upstream or was refused there, item by item."""

import argparse
import json
from pathlib import Path
from typing import Any

from eventdesk.cli.database import add_database
from eventdesk.cli.lined import lined
from eventdesk.desk.upstream import outbox
from eventdesk.desk.upstream.values import OutboxItem
from eventdesk.errors import StorageError
from sync.errors import SyncError

MOST_SHOWN = 1000


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "outbox",
        help="what waits for the upstream or was refused there",
        description="List what waits for the upstream or was refused there, since when and how often tried.",
    )
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write every item with its payload, as JSON"
    )
    parser.add_argument("--retry", action="store_true", help="ask for refused ones to be judged again")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 where nothing was refused, 1 where something was. Raises EventDeskError."""
    with lined(args) as desk:
        node = desk.membership.pairing.node.id if desk.membership.pairing else ""
        if not node:
            print("This desk is not paired: nothing waits for anybody.")
            return 0
        if args.retry:
            _retry(desk, node)
        if args.export:
            print(f"{outbox.export(desk.store, node, args.export, desk.store.desk)} items in {args.export}")
        with desk.store.reader() as reader:
            items, total = outbox.items(reader, node, MOST_SHOWN)
    _tell(items, total, as_json=args.json)
    return 1 if any(item.state == "refused" for item in items) else 0


def _retry(desk: Any, node: str) -> None:
    """Raises StorageError where the upstream does not take the question."""
    with desk.store.reader() as reader:
        rows = [row for row in reader.outbox(node, MOST_SHOWN).items if row.why]
    try:
        upstream = desk.reach.contact().upstream
        for row in rows:
            upstream.review(row.log, row.fact, "Asked again at the desk.")
    except SyncError as error:
        raise StorageError(error.message, error.remedy) from error
    print(f"{len(rows)} items are to be judged again; the desk learns the outcome at its next contact.")


def _tell(items: list[OutboxItem], total: int, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"total": total, "items": [_row(item) for item in items]}, indent=1))
        return
    for item in items:
        tries = f", tried {item.tries} times, at last {item.tried_at:%H:%M}" if item.tried_at else ""
        answer = f": {item.answer}" if item.answer else ""
        print(f"{item.since:%Y-%m-%d %H:%M}  {item.state}  {item.what} ({item.kind}){tries}{answer}")
    print(f"{total} items.")


def _row(item: OutboxItem) -> dict[str, Any]:
    return {
        "fact": item.fact,
        "log": item.log,
        "kind": item.kind,
        "subject": item.subject,
        "what": item.what,
        "since": item.since.isoformat(),
        "state": item.state.value,
        "tries": item.tries,
        "tried_at": item.tried_at.isoformat() if item.tried_at else None,
        "answer": item.answer,
    }
