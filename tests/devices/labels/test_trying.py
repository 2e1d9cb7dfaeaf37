"""Which label printer is at an address, and which ones are on the network."""

import socket

import pytest
from zeroconf import ServiceInfo, Zeroconf

from eventdesk.devices.printers.labels.trying import SERVICE, announced, try_address
from eventdesk.devices.printers.queues import PrintSystemSilent
from eventdesk.errors import BadInput
from tests.rigs.labels.brother import Brother
from tests.rigs.labels.wire import on_network
from tests.rigs.labels.zebra import Zebra
from tests.rigs.printers.processes import free_port


def test_a_zebra_tells_its_model_and_its_dots() -> None:
    with on_network(Zebra(model="ZD621-300dpi", dots=12)) as wire:
        found = try_address(f"zebra://127.0.0.1:{wire.port}")
    assert (found.model, found.dpi, found.media, found.ready) == ("ZD621-300dpi", 300.0, None, True)


@pytest.mark.parametrize(
    ("media", "told"), [((62, 0), (62.0, 0.0)), ((62, 100), (62.0, 100.0)), ((29, 90), (29.0, 90.0))]
)
def test_a_brother_tells_its_model_and_its_labels(media: tuple[int, int], told: tuple[float, float]) -> None:
    with on_network(Brother(media=media)) as wire:
        found = try_address(f"brother://127.0.0.1:{wire.port}")
    assert (found.model, found.dpi, found.media, found.ready) == ("QL-820NWB", 300.0, told, True)


def test_what_is_wrong_with_it_is_told() -> None:
    with on_network(Brother(media=None)) as wire:
        found = try_address(f"brother://127.0.0.1:{wire.port}")
    assert (found.ready, found.words) == (False, "Out of paper")


def test_nobody_is_there_or_somebody_else() -> None:
    with pytest.raises(PrintSystemSilent, match="does not answer"):
        try_address(f"zebra://127.0.0.1:{free_port()}")
    with on_network(Zebra()) as wire, pytest.raises(PrintSystemSilent, match="does not answer"):
        try_address(f"brother://127.0.0.1:{wire.port}")


@pytest.mark.parametrize(
    "wrong", ["zebra", "zebra:", "zebra:lp0", "zebra://h:99999", "epson://host", "brother://h?x=1"]
)
def test_what_is_no_address_is_named(wrong: str) -> None:
    with pytest.raises(BadInput, match="no address of a label printer"):
        try_address(wrong)


def test_printers_that_announce_themselves() -> None:
    told = {
        "ZTC ZD421-203dpi ZPL": "zebra://127.0.0.1:9100",
        "Brother QL-820NWB": "brother://127.0.0.1:9100",
        "HP LaserJet 4": None,
    }
    try:
        made = Zeroconf(interfaces=["127.0.0.1"])
    except OSError:
        pytest.skip("this machine has no multicast")
    try:
        for number, name in enumerate(told):
            made.register_service(
                ServiceInfo(
                    SERVICE,
                    f"printer-{number}.{SERVICE}",
                    port=9100,
                    properties={"ty": name},
                    server=f"printer-{number}.local.",
                    addresses=[socket.inet_aton("127.0.0.1")],
                )
            )
        found = announced(2, ("127.0.0.1",))
    finally:
        made.close()
    ours = [one for one in found if one.name in told]
    assert {one.name: one.address for one in ours} == {name: at for name, at in told.items() if at}
