"""What commands on a desk's line share: its store, its pairing and its way to the node."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from eventdesk import config
from eventdesk.cli.database import database_of, folder_of, key_of
from eventdesk.config import Config
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.membership import Membership
from eventdesk.desk.upstream.reach import Reach
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Lined:
    config: Config
    store: Store
    clock: DeskClock
    membership: Membership
    reach: Reach


@contextmanager
def lined(args: argparse.Namespace) -> Iterator[Lined]:
    """Raises StorageError where there is no database, or it does not open."""
    database = database_of(args)
    settings = config.load(folder_of(args))
    clock = DeskClock()
    with Store.open(database, key_of(database), settings.desk, clock.wall_ms) as store:
        clock.keep(store)
        membership = Membership(store, Secrets(store))
        reach = Reach(membership, clock, dial)
        try:
            yield Lined(settings, store, clock, membership, reach)
        finally:
            reach.close()
