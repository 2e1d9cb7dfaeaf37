"""Telling what was committed: to this process at once, to others through PostgreSQL's NOTIFY."""

import logging
import select
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from secrets import token_hex

import psycopg
from sqlalchemy import URL, Connection, text

CHANNEL = "eventdesk"
RETRY_S = 1.0
_SEND = text("SELECT pg_notify(:channel, :words)")

# What was committed, by topic (a log) with its number. None: something may have been missed, look anew.
Heard = Callable[[Mapping[str, int] | None], None]

log = logging.getLogger(__name__)


class Notices:
    """Collects a transaction's notices and tells them when it is committed."""

    def __init__(self, *, across: bool) -> None:
        self._across = across
        self._token = token_hex(8)
        self._hearers: list[Heard] = []
        self._pending: dict[str, int] = {}  # of the work that runs
        self._ready: dict[str, int] = {}  # of works before it in the same transaction

    def hear(self, hearer: Heard) -> Callable[[], None]:
        """Called on the writer's or the listener's thread; the function returned ends it."""
        self._hearers.append(hearer)
        return lambda: self._hearers.remove(hearer)

    def note(self, topic: str, number: int) -> None:
        self._pending[topic] = number

    def before_commit(self, connection: Connection) -> None:
        if self._across:
            for topic, number in self._pending.items():
                words = f"{self._token} {number} {topic}"
                connection.execute(_SEND, {"channel": CHANNEL, "words": words})
        self._ready.update(self._pending)
        self._pending = {}

    def after_commit(self) -> None:
        if self._ready:
            told, self._ready = self._ready, {}
            self.tell(told)

    def undone(self, *, whole: bool) -> None:
        self._pending = {}
        if whole:
            self._ready = {}

    def tell(self, told: Mapping[str, int] | None) -> None:
        for hearer in tuple(self._hearers):
            hearer(told)

    def from_others(self, words: str) -> None:
        """What is malformed was sent by somebody else: the channel's name is all that keeps them out."""
        token, _, rest = words.partition(" ")
        number, _, topic = rest.partition(" ")
        if token != self._token:
            self.tell({topic: int(number)} if number.isascii() and number.isdigit() else None)


class Listener:
    """A thread that hears other processes. It connects again by itself, and then says that it may have
    missed something."""

    def __init__(self, url: URL, notices: Notices) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._notices = notices
        self._ours, self._theirs = socket.socketpair()
        self._stopped = threading.Event()
        self.listening = threading.Event()
        self._thread = threading.Thread(target=self._run, name="eventdesk node listener")
        self._thread.start()

    def close(self) -> None:
        self._stopped.set()
        self._ours.send(b"x")
        self._thread.join()
        self._ours.close()
        self._theirs.close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with self._connected() as connection:
                    self.listening.set()
                    self._notices.tell(None)
                    while self._wait(connection):
                        pass
            except (psycopg.Error, OSError) as error:
                log.warning("Not heard from other processes for a moment: %s", error)
            self.listening.clear()
            # While nothing is heard, everyone looks for themselves.
            if not self._stopped.wait(RETRY_S):
                self._notices.tell(None)

    @contextmanager
    def _connected(self) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        connection = psycopg.connect(self._address, autocommit=True, connect_timeout=5)
        try:
            connection.execute(f"LISTEN {CHANNEL}")
            yield connection
        finally:
            connection.close()

    def _wait(self, connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
        ready, _, _ = select.select([connection.fileno(), self._theirs.fileno()], [], [])
        if self._theirs.fileno() in ready:
            return False
        connection.pgconn.consume_input()
        while notice := connection.pgconn.notifies():
            self._notices.from_others(notice.extra.decode())
        return True
