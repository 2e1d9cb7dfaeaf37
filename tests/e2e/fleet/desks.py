"""A desk of the fleet as a process: started, ordered, killed, started again; and all that it has shown."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.rigs.nodes import ROOT

PATIENCE_S = 120.0
Line = dict[str, Any]


class DeskProcess:
    """`kills`: how often it was ended amid its work."""

    program = "tests.e2e.fleet.station"

    def __init__(self, folder: Path, id_: str, prefix: Sequence[str] = (), skew_s: float = 0.0) -> None:
        self.id, self.folder, self.kills = id_, folder, 0
        # The last bit says that no keyring holds this key: the desk's secrets lie in its own database.
        self._key = os.urandom(47) + b"\x01"
        self._prefix, self._skew_s = prefix, skew_s
        self._orders = 0
        folder.mkdir(parents=True)
        (folder / "desk.json").write_text(json.dumps({"desk": id_}), encoding="utf-8")
        self._out, self._err = folder / "shown.jsonl", folder / "log"
        self.process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        words = [str(self.folder), self._key.hex(), str(self._skew_s)]
        with self._out.open("ab") as out, self._err.open("ab") as err:
            return subprocess.Popen(
                [*self._prefix, sys.executable, "-m", self.program, *words],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=err,
                text=True,
            )

    def send(self, do: str, **with_: Any) -> int:
        """The number of the order, for `answer`."""
        self._orders += 1
        order = {"do": do, "number": self._orders, "with": with_}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self._orders

    def answer(self, number: int) -> Line:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            for line in self.shown("answer"):
                if line["answer"] == number:
                    assert "fault" not in line, f"{self.id}: {line}"
                    return line
            is_there = self.process.poll() is None and time.monotonic() < deadline
            assert is_there, f"{self.id} does not answer: {self._err}"
            time.sleep(0.02)

    def ask(self, do: str, **with_: Any) -> Line:
        return self.answer(self.send(do, **with_))

    def shown(self, member: str) -> list[Line]:
        """All lines with this member, since the first start. A line that a kill cut off was not shown."""
        text = self._out.read_text(encoding="utf-8")
        mark = f'"{member}":'
        return [json.loads(line) for line in text.splitlines() if mark in line and line.endswith("}")]

    def log(self) -> str:
        return self._err.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        self.kills += 1
        self.process.kill()
        self._gone()

    def start_again(self) -> None:
        self.process = self._started()

    def end(self) -> None:
        """In peace, once it was told to `end`; where it does not, it is killed, and the test fails."""
        try:
            code = self.process.wait(timeout=60)
        finally:
            self.destroy()
        assert code == 0, f"{self.id} ended with {code}: {self._err}"

    def destroy(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self._gone()

    def _gone(self) -> None:
        self.process.wait(timeout=30)
        if self.process.stdin is not None:
            self.process.stdin.close()
