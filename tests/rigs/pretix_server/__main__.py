"""A pretix to try things on: python -m tests.rigs.pretix_server [ORDERS] [--durable].

Durable: on a PostgreSQL of its own whose commits wait for the disk, as pretix is run; without it on SQLite
whose commits don't, which starts sooner.
"""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from eventdesk.bench.sync.postgres import Postgres, programs
from tests.rigs.pretix_server.installing import python
from tests.rigs.pretix_server.server import PretixServer


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parser = argparse.ArgumentParser()
    parser.add_argument("orders", type=int, nargs="?", default=50)
    parser.add_argument("--durable", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="edpx") as folder:
        try:
            with database(Path(folder), durable=given.durable) as address:
                serve(given.orders, address)
        except KeyboardInterrupt:
            pass


def serve(orders: int, postgres: dict[str, str] | None) -> None:
    server = PretixServer(python(), Path(tempfile.mkdtemp(prefix="pretix-")), postgres)
    try:
        server.seed(orders)
        server.start()
        kind = "postgresql" if postgres else "sqlite"
        sys.stdout.write(json.dumps({"url": server.url, "database": kind, **server.state}, indent=1) + "\n")
        sys.stdout.flush()
        signal.pause()
    finally:
        server.remove()


@contextmanager
def database(folder: Path, *, durable: bool) -> Iterator[dict[str, str] | None]:
    """The address for pretix; None for SQLite."""
    where = programs()
    if not durable or where is None:
        yield None
        return
    folder.chmod(0o755)  # the server is another user where this is root
    place = folder / "pg"
    place.mkdir()
    server = Postgres(place, where, {})
    try:
        url = make_url(server.new_database())
        yield {
            "host": str(place),
            "port": str(url.query["port"]),
            "user": "eventdesk",
            "name": url.database or "",
        }
    finally:
        server.stop(signal.SIGQUIT)  # nothing of it is worth a last checkpoint


if __name__ == "__main__":
    main()
