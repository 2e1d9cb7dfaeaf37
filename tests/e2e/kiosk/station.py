"""A kiosk of the long run as its test sees it: the guardian's process, a line to the hands before it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.rigs.nodes import ROOT

Line = dict[str, Any]
# From an order to its end; a guest who waits longer has been forgotten by the kiosk.
LONGEST_VISIT_S = 240.0


class Station:
    """`pid` of the kiosk itself, 0 while there is none; `page` and `works` as its screen tells them."""

    def __init__(self, folder: Path, id_: str, key: bytes) -> None:
        self.id, self.folder, self.key = id_, folder, key
        self.pid = self.kills = self.starts = 0
        self.page, self.works = "", frozenset[str]()
        self.pages: list[str] = []
        self.on_page: Callable[[str], None] = lambda _page: None
        self._changed = threading.Condition()
        self._ends: dict[int, Line] = {}
        self._number = 0
        self._line: socket.socket | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        (folder / "hands").write_text(str(self._listening.getsockname()[1]), encoding="utf-8")
        self._thread = threading.Thread(target=self._accept, name=f"hands of {id_}", daemon=True)
        self._thread.start()

    def start(self, environment: Mapping[str, str], prefix: Sequence[str] = ()) -> None:
        command = [*prefix, sys.executable, "-m", "tests.e2e.kiosk.guarded", str(self.folder), self.key.hex()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **environment},
            )  # fmt: skip

    # What is done

    def visit(self, order: Line) -> Line:
        """How it ended; `{"over": "killed"}` where the kiosk died with it."""
        self.until(lambda: self._line is not None, "has hands")
        with self._changed:
            self._number += 1
            number, life = self._number, self.starts
            self._send(order | {"number": number})
        self.until(
            lambda: number in self._ends or self.starts != life or self._line is None, f"serves {order}"
        )
        with self._changed:
            return self._ends.pop(number, {"over": "killed"})

    def kill(self) -> None:
        """-9; the guardian brings it back."""
        if self.pid:
            self.kills += 1
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=120)

    def destroy(self) -> None:
        if self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait(timeout=30)
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)

    def until(self, is_so: Callable[[], bool], what: str, seconds: float = LONGEST_VISIT_S) -> None:
        ends = time.monotonic() + seconds
        with self._changed:
            while not is_so():
                assert self._changed.wait(max(0.0, ends - time.monotonic())), (
                    f"{self.id} not within {seconds:g} s: {what}; it shows {self.page}: {self.folder}/log"
                )

    # What is told

    def _send(self, line: Line) -> None:
        if self._line is not None:
            with suppress(OSError):
                self._line.sendall(json.dumps(line).encode() + b"\n")

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            self._listen(line)
            line.close()

    def _listen(self, line: socket.socket) -> None:
        with suppress(OSError, ValueError), line.makefile(encoding="utf-8") as lines:
            for text in lines:
                told = json.loads(text)
                with self._changed:
                    self._take(line, told)
                    self._changed.notify_all()
                if "page" in told:
                    self.on_page(told["page"])
        with self._changed:
            self._line, self.pid, self.page = None, 0, ""
            self._changed.notify_all()

    def _take(self, line: socket.socket, told: Line) -> None:
        if "hello" in told:
            self._line, self.pid = line, told["hello"]
            self.starts += 1
        elif "over" in told:
            self._ends[told["number"]] = told
        else:
            self.page, self.works = told["page"], frozenset(told["works"])
            self.pages.append(self.page)
