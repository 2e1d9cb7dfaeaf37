"""The program's own `WindowsPrinters` in a Python of Windows on Wine, called from here."""

import base64
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    PageSize,
    PrintSystemSilent,
    Progress,
    QueueRefused,
)
from tests.rigs.printers.processes import program
from tests.rigs.windows.installing import HERE, ROOT, environment

FAULTS = {kind.__name__: kind for kind in (QueueRefused, PrintSystemSilent, HandOverUncertain)}


class Windows:
    """Use it in a `with`. `folder` is what `installed` gives, `port` that of the CUPS behind its spooler."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port

    def __enter__(self) -> "Windows":
        self._own = Path(tempfile.mkdtemp(prefix="eventdesk-windows-"))
        shutil.copytree(self._folder / "prefix", self._own / "prefix", symlinks=True)
        self._environment = environment(self._own / "prefix") | {
            "CUPS_SERVER": f"127.0.0.1:{self._port}",
            "PYTHONPATH": ";".join(
                _seen_by_wine(path) for path in (ROOT, self._folder / "python" / "packages")
            ),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
        }
        guard = [found, "--pdeathsig", "KILL"] if (found := program("setpriv")) else []
        python = str(self._folder / "python" / "python.exe")
        # Wine takes pipes for the standard streams and not every file.
        self._process = subprocess.Popen(
            [*guard, "wine", python, _seen_by_wine(HERE / "driver.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        # Of this prefix alone.
        subprocess.run(
            ["wineserver", "-k"], env=self._environment, check=False, capture_output=True, timeout=60
        )
        subprocess.run(
            ["wineserver", "-w"], env=self._environment, check=False, capture_output=True, timeout=60
        )
        shutil.rmtree(self._own, ignore_errors=True)

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        return str(self.call("send", queue, base64.b64encode(pdf).decode(), title, size))

    def status(self, queue: str, reference: str) -> JobStatus:
        progress, detail = self.call("status", queue, reference)
        return JobStatus(Progress(progress), detail)

    def queue(self, name: str) -> Any:
        """What `queues` tells of this one."""
        return next(one for one in self.call("queues") if one["name"] == name)

    def call(self, name: str, *given: Any) -> Any:
        """What the driver's method of this name returns; raises the device errors that it raises."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._process.stdin.write(json.dumps({"do": name, "with": given}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"Windows ended: {self._process.stderr.read()[-2000:]}"
        reply = json.loads(line)
        if "raised" in reply:
            raise FAULTS[reply["raised"]](reply["message"], reply["remedy"])
        return reply["is"]


def _seen_by_wine(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")
