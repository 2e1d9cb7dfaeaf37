"""pretix' API on loopback, in one process with whoever writes drawn events into its database.

    elsewhere/bin/python -m tests.rigs.pretix.serving

prints its port, then serves until its standard input ends. Beside the API, by POST of JSON:

- `/rig/world` {slug, at, drawn}: the event before is forgotten, this one stands; answers its numbers.
- `/rig/clock` {at}: the moment that pretix takes for now.
- `/rig/exit_all`: what its periodic task does at this moment.
- `/rig/reissue` {position, code}: that ticket gets another code, the one before is revoked.
- `/rig/stands`: who has passed which list.
"""

import gc
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.rigs.pretix.settings"

import django
import freezegun

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from freezegun import freeze_time  # noqa: E402
from freezegun.api import FakeDatetime  # noqa: E402
from pretix.base.services.checkin import process_exit_all  # noqa: E402

from tests.rigs.pretix.organizer import Organization, make_organizer  # noqa: E402
from tests.rigs.pretix.world import World  # noqa: E402

# More than any drawn event has of anything.
APART = 97


class Stage:
    """One event at a time; all that happens to it is rolled back for the next."""

    def __init__(self, shared: Organization, clock: Any) -> None:
        self._shared, self._clock = shared, clock
        self._block: Any = None
        self._number = 0
        self._world: World | None = None

    def world(self, asked: dict[str, Any]) -> Any:
        if self._block is not None:
            transaction.set_rollback(True)
            self._block.__exit__(None, None, None)
        self._block = transaction.atomic()
        self._block.__enter__()
        self._number += 1
        _number_from(self._number * APART)
        self.clock(asked)
        self._world = World(asked["drawn"], asked["slug"], self._shared)
        return self._world.ids()

    def clock(self, asked: dict[str, Any]) -> Any:
        self._clock.move_to(datetime.fromisoformat(asked["at"]))

    def exit_all(self, _asked: dict[str, Any]) -> Any:
        process_exit_all(sender=None)

    def reissue(self, asked: dict[str, Any]) -> Any:
        assert self._world is not None
        self._world.reissue(asked["position"], asked["code"])

    def stands(self, _asked: dict[str, Any]) -> Any:
        assert self._world is not None
        return self._world.stands()


def _number_from(least: int) -> None:
    """No number is given twice: what was rolled back gave its numbers back too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_master WHERE"
            " type = 'table' AND name NOT IN (SELECT name FROM sqlite_sequence)"
        )
        cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s)", [least])


def _keep_fold() -> None:
    """freezegun forgets which of the two hours it is when clocks are put back."""

    def kept(found: datetime) -> Any:
        parts = found.timetuple()[:6]
        return FakeDatetime(*parts, found.microsecond, found.tzinfo, fold=found.fold)

    freezegun.api.datetime_to_fakedatetime = kept


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def serving(stage: Stage) -> Callable[..., Iterable[bytes]]:
    pretix = get_wsgi_application()

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith("/rig/"):
            # The one host that pretix' settings here know.
            answer: Iterable[bytes] = pretix(
                {**environ, "HTTP_HOST": "localhost", "SERVER_PORT": "80"}, start
            )
            return answer
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        with scopes_disabled():
            answer = getattr(stage, path.removeprefix("/rig/"))(json.loads(body or b"{}"))
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    return application


def main() -> None:
    _keep_fold()
    call_command("migrate", run_syncdb=True, verbosity=0)
    with scopes_disabled():
        shared = make_organizer()
    with freeze_time("2026-01-01") as clock:
        server = make_server("127.0.0.1", 0, serving(Stage(shared, clock)), handler_class=Quiet)
        threading.Thread(target=_until_the_end, daemon=True).start()
        # Hundreds of thousands of objects that live as long as the process need not be looked through.
        gc.freeze()
        gc.set_threshold(50_000)
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        # The database lives in memory, in this thread's connection.
        server.serve_forever()


def _until_the_end() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
