"""A real SNMP agent (net-snmp's) that tells a Brother printer's status, on a free port of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.rigs.labels.brother import Brother
from tests.rigs.printers.processes import Process, free_port, program, wait_for

SCRIPT = """
while read asked; do
    case "$asked" in
        PING) echo PONG ;;
        get) read oid; echo {oid}; echo octet; cat {status} ;;
        *) read oid; echo NONE ;;
    esac
done
"""
STATUS = ".1.3.6.1.4.1.2435.3.3.9.1.6.1.0"


class Agent:
    def __init__(self, printer: Brother, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._process: Process | None = None
        self._status = folder / "status"
        script = folder / "status.sh"
        script.write_text(SCRIPT.format(status=self._status, oid=STATUS))
        told = f"rocommunity public 127.0.0.1\npass_persist {STATUS} /bin/sh {script}\n"
        (folder / "snmpd.conf").write_text(told)
        printer.beside = self._tell
        printer.feed(b"")

    def switch_on(self) -> None:
        where = f"udp:127.0.0.1:{self.port}"
        command = ["snmpd", "-f", "-Lo", "-C", "-c", str(self._folder / "snmpd.conf"), where]
        self._process = Process(
            command, self._folder / "log", {"SNMP_PERSISTENT_DIR": str(self._folder / "kept")}
        )
        wait_for(lambda: "NET-SNMP version" in (self._folder / "log").read_text(), "the agent runs")

    def switch_off(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _tell(self, status: bytes) -> None:
        new = self._folder / "status.new"
        new.write_text(status.hex(" ") + "\n")
        new.replace(self._status)


@contextmanager
def snmp_of(printer: Brother, folder: Path) -> Iterator[Agent]:
    if program("snmpd") is None:
        pytest.skip("snmpd is not installed here")
    agent = Agent(printer, folder)
    agent.switch_on()
    try:
        yield agent
    finally:
        agent.switch_off()
