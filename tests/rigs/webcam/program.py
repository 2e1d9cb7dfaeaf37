"""A program in front of the test webcam, as its test sees it."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest


class Program:
    """Reads what the program tells, a JSON object a line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []
        self._queue: queue.Queue[str] = queue.Queue()
        self._pump = threading.Thread(target=self._read, name="rig output")
        self._pump.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(line)

    def wait(self, found: Callable[[dict[str, Any]], bool], seconds: float = 20) -> dict[str, Any]:
        """The next line that is `found`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line: dict[str, Any] = json.loads(
                    self._queue.get(timeout=max(0.01, deadline - time.monotonic()))
                )
            except queue.Empty:
                pytest.fail(f"not within {seconds} s; {self.lines}")
            self.lines.append(line)
            if found(line):
                return line

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._pump.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
