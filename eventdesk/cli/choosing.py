"""What commands about one event share: which event, and how far the work has come."""

import argparse
import sys

from eventdesk.domain.catalogue import Event
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store


def add_event(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--event", metavar="NAME", help="the event's name or id (default: the only one)")


def event_of(store: Store, args: argparse.Namespace) -> Event:
    """The event meant. Raises BadInput where it is none or several."""
    with store.reader() as reader:
        events = reader.events()
    wanted = (args.event or "").casefold()
    found = [one for one in events if not wanted or wanted in (one.id.casefold(), one.name.casefold())]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{one.name} ({one.id})" for one in events) or "none"
    problem = f"There is no event {args.event}" if args.event else "Which event is meant is not clear"
    raise BadInput(f"{problem}.", f"Name one by --event; there are: {names}.")


def show_progress(done: int, total: int) -> None:
    """One line on the terminal, none where the output goes elsewhere."""
    if sys.stderr.isatty() and total:
        print(f"\r{100 * done // total} %", end="" if done < total else "\n", file=sys.stderr, flush=True)


def not_canceled() -> bool:
    """On the command line Ctrl-C ends the program; what was not committed is undone."""
    return False
