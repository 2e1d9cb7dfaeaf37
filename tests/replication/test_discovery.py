"""Hubs on the LAN: announced and found by real multicast on this computer's loopback."""

import gc
import threading
import time

import pytest
from zeroconf import ServiceInfo, Zeroconf

from sync import discovery
from sync.discovery import SERVICE, Announcement, Found, browse

LOOPBACK = ["127.0.0.1"]
PIN = bytes(range(32))


def announced(name: str = "Foyer") -> Announcement:
    return Announcement("node1", name, 8443, PIN, LOOPBACK)


@pytest.fixture(autouse=True, scope="module")
def multicast() -> None:
    with announced() as probe:
        if not probe.works:
            pytest.skip("no multicast on this computer's loopback")


def nodes(found: list[Found]) -> list[str]:
    return [one.node for one in found if one.node.startswith("node")]


@pytest.mark.long
def test_a_hub_is_found_by_what_it_tells_and_gone_when_it_ends() -> None:
    with announced("Foyer, Straße 1"):
        found = [one for one in browse(1.0, interfaces=LOOPBACK) if one.node == "node1"]
        assert found == [Found("node1", "Foyer, Straße 1", ("https://127.0.0.1:8443",), 1, PIN[:8])]
    assert "node1" not in nodes(browse(1.0, interfaces=LOOPBACK))


@pytest.mark.long
def test_strange_announcements_are_passed_over() -> None:
    strange = [
        {},
        {"node": "node9"},
        {"node": "node9", "protocol": "x", "pin": ""},
        {"node": "node9", "protocol": "1", "pin": "zz"},
    ]
    made = Zeroconf(interfaces=LOOPBACK)
    try:
        for number, properties in enumerate(strange):
            name = f"strange-{number}.{SERVICE}"
            made.register_service(
                ServiceInfo(SERVICE, name, port=1, properties=properties, parsed_addresses=LOOPBACK)
            )
        assert "node9" not in nodes(browse(1.0, interfaces=LOOPBACK))
    finally:
        made.close()


def test_a_long_name_is_cut_between_two_letters() -> None:
    with announced("ü" * 300) as announcement:
        assert announcement.works


def test_looking_round_ends_when_it_is_told_to() -> None:
    stop = threading.Event()
    stop.set()
    begun = time.monotonic()
    browse(30.0, stop, LOOPBACK)
    assert time.monotonic() - begun < 5


def test_without_a_network_nothing_is_found_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> None:
        raise OSError(19, "No such device")

    monkeypatch.setattr(discovery, "Zeroconf", none)
    assert browse(30.0) == []
    with Announcement("node1", "Foyer", 8443, PIN) as announcement:
        assert not announcement.works


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interface_that_is_not_there() -> None:
    """(The library leaves a socket to the garbage collector then.)"""
    assert browse(30.0, interfaces=["192.0.2.77"]) == []
    with Announcement("node1", "Foyer", 8443, PIN, ["192.0.2.77"]) as announcement:
        assert not announcement.works
    gc.collect()
