"""A Brother's status over SNMP, from a real agent."""

import socket
from pathlib import Path

import pytest

from eventdesk.devices.printers.labels import brother_status
from eventdesk.devices.printers.labels.snmp import SideDoor
from tests.rigs.labels.agent import snmp_of
from tests.rigs.labels.brother import Brother
from tests.rigs.printers.processes import free_port


def test_the_status_and_for_how_long_it_is_on(tmp_path: Path) -> None:
    printer = Brother(media=(29, 90))
    with snmp_of(printer, tmp_path) as agent:
        door = SideDoor("127.0.0.1", agent.port)
        first = door.ask()
        printer.break_down("cover")
        second = door.ask()
    told = brother_status.answer(first.status)
    assert told is not None
    assert (told.media, told.model, told.reasons) == ((29.0, 90.0), "QL-820NWB", frozenset())
    then = brother_status.answer(second.status)
    assert then is not None
    assert then.reasons == {"cover-open"}
    assert second.uptime >= first.uptime


def test_nobody_answers() -> None:
    with pytest.raises(OSError):
        SideDoor("127.0.0.1", free_port()).ask()


@pytest.mark.parametrize(
    "said", [b"", b"0", b"\x30\x82\xff\xff", b"\x30\x03\x02\x01\x00", bytes(64), b"\x30\x80"]
)
def test_nonsense_is_no_answer(said: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as agent:
        agent.bind(("127.0.0.1", 0))
        door = SideDoor("127.0.0.1", agent.getsockname()[1])
        from threading import Thread

        def answer() -> None:
            for _ in range(2):
                _, who = agent.recvfrom(2048)
                agent.sendto(said, who)

        thread = Thread(target=answer)
        thread.start()
        with pytest.raises(TimeoutError):
            door.ask()
        thread.join(10)
