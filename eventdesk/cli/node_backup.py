"""`eventdesk node-backup`: back a node up, put a backup in its place, check its chains."""

import argparse
import re
from datetime import UTC, datetime
from pathlib import Path

from eventdesk.cli.nodes import add_node, now_ms, opened, place_of, warn
from eventdesk.errors import BadInput, NodeError
from eventdesk.node.places import Place, place
from sync.errors import SyncError
from sync.server import backups, inspecting

KEEP = 12
_OWN_NAME = re.compile(r"node-\d{8}T\d{6}Z-\d+\.backup\Z")
_ELSEWHERE = "Use PostgreSQL's own: pg_dump or pg_basebackup. After a restore: --after-restore."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "node-backup",
        help="back a node up, restore it, check its chains",
        description="Make a verified backup of a node on SQLite (it may be running), or one of the others:",
    )
    add_node(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--to", type=Path, metavar="FILE", help="(default: the folder `backups` of the node)")
    what.add_argument(
        "--restore", type=Path, metavar="FILE", help="put a backup in place; the node must not run"
    )
    what.add_argument(
        "--after-restore",
        action="store_true",
        help="a PostgreSQL was restored: begin a new epoch; the node must not run",
    )
    what.add_argument("--check", action="store_true", help="check the chain of every desk")
    parser.add_argument("--keep", type=int, default=KEEP, metavar="N", help=f"newest ones (default: {KEEP})")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 done, 1 where a chain does not hold. Raises EventDeskError where it can't be done."""
    if args.check:
        return _check(args)
    if args.after_restore:
        return _after_restore(args)
    try:
        return _restore(args) if args.restore else _make(args)
    except SyncError as error:
        raise NodeError(error.message, error.remedy) from error


def _make(args: argparse.Namespace) -> int:
    at = place_of(args)
    file = _file(at)
    folder = at.folder / "backups"
    target: Path = args.to or folder / f"{file.stem}.unfinished"
    if not args.to:
        folder.mkdir(mode=0o700, exist_ok=True)
    arrived = backups.make(file, at.key, target)
    if not args.to:
        target = target.replace(folder / f"{file.stem}-{_moment()}-{arrived}.backup")
        _drop_old(folder, max(1, args.keep))
    print(target)
    return 0


def _restore(args: argparse.Namespace) -> int:
    at = place(args.folder, args.database, args.key_file, warn)  # the database may be lost
    file = _file(at)
    aside = file.with_name(f"{file.name}.aside-{_moment()}")
    epoch = backups.restore(file, at.key, args.restore.absolute(), aside, now_ms())
    print(f"{args.restore} is in the place of {file}; what was there is now {aside}.")
    _tell_of(epoch)
    return 0


def _after_restore(args: argparse.Namespace) -> int:
    now = now_ms()
    with opened(args) as (_, database):
        epoch = database.write_now(lambda connection: backups.after_restore(connection, now))
    _tell_of(epoch)
    return 0


def _check(args: argparse.Namespace) -> int:
    with opened(args) as (_, database):
        number, said = database.read_now(inspecting.check)
    for sentence in said:
        print(sentence)
    print(f"{number} facts read: " + ("some do not hold." if said else "every chain holds."))
    return 1 if said else 0


def _tell_of(epoch: str) -> None:
    print(f"Epoch {epoch} begins: desks and hubs send again what the backup lacks.")
    print("Desks that were shut out after the backup was made must be shut out again: `eventdesk desks`.")


def _file(at: Place) -> Path:
    """Raises BadInput for a PostgreSQL."""
    if at.file is None:
        raise BadInput("This node lies in a PostgreSQL.", _ELSEWHERE)
    return at.file


def _drop_old(folder: Path, keep: int) -> None:
    own = sorted(file for file in folder.iterdir() if _OWN_NAME.match(file.name))
    for file in own[:-keep]:
        file.unlink(missing_ok=True)


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
