"""`eventdesk doctor`: is everything there that a door needs, and if not, what to do."""

import argparse
import json
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from eventdesk import config
from eventdesk.badges import fonts
from eventdesk.cli.database import add_database, database_of, folder_of, key_of
from eventdesk.desk import glimpses
from eventdesk.desk.checks.check import Check, Status
from eventdesk.desk.doctor import Desk, checks, examine
from eventdesk.desk.printing.setups import setups_of
from eventdesk.devices.printers.rack import open_printers
from eventdesk.domain.printing.setup import PrintingSetup
from eventdesk.errors import EventDeskError
from eventdesk.storage.store import Store

SIGNS = {Status.READY: "ok", Status.DEGRADED: "!!", Status.GONE: "XX"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "doctor",
        help="check camera, scanner, printer, clock, disk, database ...",
        description="Check everything that a door needs; say of each whether it is ready or what to do.",
    )
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 where everything is ready, 1 otherwise."""
    fonts.prepare()
    found = []
    with ExitStack() as closing:
        for check in examine(checks(_desk(args, closing))):
            found.append(check)
            if not args.json:
                _print(check)
    if args.json:
        print(json.dumps([_as_json(check) for check in found], indent=1))
    return 0 if all(check.status is Status.READY for check in found) else 1


def _desk(args: argparse.Namespace, closing: ExitStack) -> Desk:
    folder = folder_of(args)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    store, trouble = _opened(args, closing)
    printers = open_printers(folder / "badges", lambda: setups_of(store) if store else PrintingSetup())
    closing.callback(printers.close)
    return Desk(
        folder=folder,
        backups=config.Config(folder, "").backups,
        store=store,
        trouble=trouble,
        printers=printers,
        glimpse=glimpses.of_source,
        settings=lambda: _settings(store),
    )


def _opened(args: argparse.Namespace, closing: ExitStack) -> tuple[Store | None, EventDeskError | None]:
    """The store, or None and why it does not open."""
    try:
        database = database_of(args)
        store = Store.open(database, key_of(database), config.load(folder_of(args)).desk)
    except EventDeskError as error:
        return None, error
    closing.callback(store.close)
    return store, None


def _settings(store: Store | None) -> Mapping[str, Any]:
    if store is None:
        return {}
    with store.reader() as reader:
        return reader.settings.everything()


def _print(check: Check) -> None:
    print(f"{SIGNS[check.status]}  {check.name:<10} {check.message}")
    if check.remedy and check.status is not Status.READY:
        print(f"    {'':<10} -> {check.remedy}")


def _as_json(check: Check) -> dict[str, Any]:
    return {
        "name": check.name,
        "status": check.status.value,
        "message": check.message,
        "remedy": check.remedy,
        "figures": dict(check.figures),
    }
