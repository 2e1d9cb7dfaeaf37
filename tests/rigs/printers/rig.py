"""A private CUPS with simulated IPP printers: own bus, own Avahi, free ports, nothing of the system's.

The printers are `ippeveprinter`, the simulator of the authors of CUPS. It registers itself with
Avahi and does not start without it, so one runs on a bus of its own, where it can in a mount
namespace of its own.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

from eventdesk.devices.printers.cups import CupsPrinters
from tests.rigs.printers.processes import Process, free_port, listens, program, wait_for

HERE = Path(__file__).parent
NEEDED = ("cupsd", "lpadmin", "ippeveprinter", "ipptool", "avahi-daemon", "dbus-daemon", "unshare")
# As oneself, with the right to mount: the bus would not believe a user who calls himself root.
NAMESPACE = ("unshare", "--mount", "--map-current-user", "--keep-caps", "--fork", "--kill-child")
AVAHI = """
mount --bind {rig}/passwd /etc/passwd && mount --bind {rig}/group /etc/group && mount -t tmpfs tmpfs /run &&
exec avahi-daemon --no-drop-root --no-chroot --no-rlimits -f {rig}/avahi.conf
"""


def missing() -> str:
    """Why the rig can't run here, or ""."""
    try:
        import cups  # noqa: F401
    except ImportError:
        return "pycups is not installed"
    absent = [name for name in NEEDED if program(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    tried = subprocess.run(
        [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/run"], capture_output=True, check=False
    )
    return "" if tried.returncode == 0 else "this system allows no namespaces of one's own"


class SimulatedPrinter:
    """One IPP printer behind one CUPS queue. `paper` is what came out, oldest first."""

    def __init__(self, rig: "PrintRig", name: str) -> None:
        self.name = name
        self._rig = rig
        self._folder = rig.folder / name
        self._port = free_port()
        for part in ("paper", "wrong", "told", "spool"):
            (self._folder / part).mkdir(parents=True)
        self.switch_on()

    @property
    def paper(self) -> list[Path]:
        return sorted((self._folder / "paper").glob("*.pdf"))

    def wrong(self, reason: str) -> None:
        """From the next document on the printer waits and gives this reason ("media-empty-error")."""
        (self._folder / "wrong" / reason).touch()

    def is_stubborn(self) -> None:
        """It goes on waiting with a job that is canceled."""
        (self._folder / "stubborn").touch()

    def right(self, reason: str) -> None:
        (self._folder / "wrong" / reason).unlink()
        wait_for(lambda: self._tells_right(reason), f"{self.name} tells that it is right again")

    def switch_on(self) -> None:
        command = ["ippeveprinter", "-p", str(self._port), "-n", "localhost"]
        command += ["-a", str(HERE / "badge_printer.conf"), "-c", str(HERE / "paper.sh")]
        command += ["-d", str(self._folder / "spool"), self.name]
        environment = {"RIG_PRINTER": str(self._folder), "RIG_PORT": str(self._port)}
        environment["DBUS_SYSTEM_BUS_ADDRESS"] = self._rig.bus
        self._process = Process(command, self._folder / "log", environment)
        wait_for(lambda: listens(self._port), f"the printer {self.name} answers")

    def switch_off(self) -> None:
        self._process.kill()
        for told in (self._folder / "told").iterdir():
            told.unlink()

    def add_queue(self) -> None:
        uri = f"ipp://127.0.0.1:{self._port}/ipp/print"
        self._rig.run("lpadmin", "-p", self.name, "-E", "-v", uri, "-m", "everywhere")
        # CUPS asks the printer in the background, and opens and starts the queue again after that.
        wait_for(self._is_known, f"CUPS knows what {self.name} can do")

    def _tells_right(self, reason: str) -> bool:
        told = self._folder / "told" / reason
        if told.exists():
            uri = f"ipp://localhost:{self._port}/ipp/print"  # refused while it has another job, which tells
            test = str(HERE / "mended.test")
            command = [program("ipptool") or "ipptool", "-f", test, uri, test]
            subprocess.run(command, capture_output=True, check=False, timeout=30)
        return not told.exists()

    def _is_known(self) -> bool:
        return "IPP Everywhere" in self._rig.attribute(self.name, "printer-make-and-model")


class PrintRig:
    """Use it in a `with`: it takes away its processes and its folder."""

    def __init__(self) -> None:
        # Not in pytest's own folder: the filters of CUPS run as another user and must get there.
        self.folder = Path(tempfile.mkdtemp(prefix="eventdesk-print-rig-"))
        self.folder.chmod(0o755)
        self.bus = f"unix:path={self.folder}/bus.sock"
        self.port = free_port()
        self._processes: list[Process] = []
        self._printers: list[SimulatedPrinter] = []

    def __enter__(self) -> "PrintRig":
        try:
            self._write_configuration()
            self._start_avahi()
            self.start_cupsd()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add_printer(self, name: str) -> SimulatedPrinter:
        printer = SimulatedPrinter(self, name)
        self._printers.append(printer)
        printer.add_queue()
        return printer

    def connect(self, patience: float = 5.0) -> CupsPrinters:
        """The program's own way to this CUPS; the caller closes it."""
        return CupsPrinters("127.0.0.1", self.port, patience)

    def run(self, name: str, *arguments: str) -> str:
        """One of CUPS' commands (lpadmin, cupsdisable ...) on this CUPS."""
        command = [program(name) or name, "-h", f"127.0.0.1:{self.port}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def attribute(self, queue: str, name: str) -> str:
        """One attribute of a queue as CUPS tells it."""
        import cups

        cups.setServer("127.0.0.1")
        cups.setPort(self.port)
        attributes = cups.Connection().getPrinterAttributes(queue, requested_attributes=[name])
        return str(attributes.get(name, ""))

    def start_cupsd(self) -> None:
        command = ["cupsd", "-f", "-c", f"{self.folder}/cupsd.conf", "-s", f"{self.folder}/cups-files.conf"]
        self.cupsd = Process(command, self.folder / "cupsd.log")
        self._processes.append(self.cupsd)
        wait_for(lambda: listens(self.port), "CUPS answers")

    def close(self) -> None:
        for printer in self._printers:
            printer.switch_off()
        for process in reversed(self._processes):
            process.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_configuration(self) -> None:
        for part in ("ssl", "spool", "cache", "state", "tmp", "log"):
            (self.folder / "cups" / part).mkdir(parents=True)
        # PostScript becomes PDF there, by another user.
        (self.folder / "cups" / "tmp").chmod(0o1777)
        for name in ("cupsd.conf", "cups-files.conf", "avahi.conf", "bus.conf"):
            text = (HERE / name).read_text(encoding="utf-8")
            text = text.replace("@RIG@", str(self.folder)).replace("@PORT@", str(self.port))
            (self.folder / name).write_text(text, encoding="utf-8")
        # Avahi gives its folder to the user "avahi"; in its namespace the only user there is is ours.
        (self.folder / "passwd").write_text(f"avahi:x:{os.getuid()}:{os.getgid()}::/:/bin/sh\n")
        (self.folder / "group").write_text(f"avahi:x:{os.getgid()}:\n")
        assert os.access(HERE / "paper.sh", os.X_OK), stat.filemode((HERE / "paper.sh").stat().st_mode)

    def _start_avahi(self) -> None:
        bus = ["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--nopidfile"]
        self._processes.append(Process(bus, self.folder / "bus.log"))
        wait_for((self.folder / "bus.sock").exists, "the private bus is there")
        script = AVAHI.format(rig=self.folder)
        command = [*NAMESPACE, "sh", "-c", script]
        log = self.folder / "avahi.log"
        self._processes.append(Process(command, log, {"DBUS_SYSTEM_BUS_ADDRESS": self.bus}))
        wait_for(lambda: "startup complete" in log.read_text(errors="replace"), "Avahi runs")
