"""Several processes on one socket: each a whole node, none with anything that another would need.

A process that died is started again. The parent serves nothing; where it dies, its children end too.
"""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from sync.server import journal, running
from sync.server.running import CannotServe, Listening, Opener

_READY = ""
_PAUSE_S = 1.0  # before a process that died is started again


class _Child:
    def __init__(self, opener: Opener, listening: Listening, listener: socket.socket) -> None:
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(opener, listening, listener, theirs), daemon=False
        )
        self.process.start()
        self._told = False
        theirs.close()

    def end(self, *, now: bool = False) -> None:
        """Tells it once to end; `now`: kills it."""
        if now:
            self.process.kill()
        elif not self._told:
            self._told = True
            self.process.terminate()

    def wait_until_ready(self) -> None:
        """Raises CannotServe where it can't begin."""
        try:
            words = self.line.recv()
        except EOFError:
            words = ("A process of the node ended before it could serve.", "")
        if words != _READY:
            raise CannotServe(*words)


def run(opener: Opener, listening: Listening, listener: socket.socket, ready: Callable[[], None]) -> None:
    """As `running.run`, in as many processes as `listening` says. `opener` must be picklable."""
    if listening.processes == 1:
        running.run(opener, listening, listener, ready)
        return
    children: list[_Child] = []
    ending = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: _end(children, ending))
    try:
        children += [_Child(opener, listening, listener) for _ in range(listening.processes)]
        for child in children:
            child.wait_until_ready()
        if not ending.is_set():
            ready()
        _keep(children, ending, lambda: _Child(opener, listening, listener))
    except CannotServe:
        if not ending.is_set():
            raise
    finally:
        listener.close()
        for child in children:
            child.end()
        for child in children:
            child.process.join()


def _keep(children: list[_Child], ending: threading.Event, anew: Callable[[], _Child]) -> None:
    while not ending.is_set():
        wait([child.process.sentinel for child in children], timeout=0.2)
        for place, child in enumerate(children):
            if ending.is_set() or child.process.is_alive():
                continue
            journal.note("process ended", code=child.process.exitcode, pid=child.process.pid)
            time.sleep(_PAUSE_S)
            if not ending.is_set():
                children[place] = anew()


def _end(children: list[_Child], ending: threading.Event) -> None:
    for child in children:
        child.end(now=ending.is_set())
    ending.set()


def _serve(opener: Opener, listening: Listening, listener: socket.socket, line: Connection) -> None:
    """A child's whole life. It hears its parent alone: a terminal's Ctrl-C comes to all of them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    journal.start(listening.log_level)
    threading.Thread(target=_end_with_parent, args=(line,), daemon=True).start()
    try:
        running.run(opener, listening, listener, lambda: line.send(_READY), (signal.SIGTERM,))
    except Exception as error:
        if not hasattr(error, "message"):
            raise
        line.send((error.message, getattr(error, "remedy", "")))
        sys.exit(2)


def _end_with_parent(line: Connection) -> None:
    try:
        line.recv()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)
