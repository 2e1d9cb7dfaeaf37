"""A turnstile behind a relay that is asked over HTTP, and one that calls the desk itself."""

import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import requests

from eventdesk.devices.gates.listening import Listener
from eventdesk.devices.gates.port import Passage
from eventdesk.devices.states import Status
from eventdesk.errors import BadInput
from tests.devices.gates.heard import SECONDS, gate_at
from tests.rigs.gates.relay import Relay, relay
from tests.rigs.printers.processes import free_port, wait_for

TOKEN = "a token of the tests' own"


@pytest.fixture
def shelly() -> Iterator[Relay]:
    with relay() as one:
        yield one


def address(one: Relay, **more: str) -> str:
    options = {
        "open": f"{one.url}/relay/0?turn=on&timer={{seconds}}",
        "lock": f"{one.url}/relay/0?turn=off&timer=0",
        **(more or {"turned": f"{one.url}/status", "path": "inputs.0.input"}),
    }
    return f"http?{urlencode(options)}"


def test_a_guest_goes_through(shelly: Relay) -> None:
    with gate_at(address(shelly)) as (gate, heard):
        heard.until(Status.READY)
        gate.open(SECONDS)
        wait_for(lambda: shelly.asked, "it is open", SECONDS)
        shelly.turning = True
        assert heard.turn() is Passage.TURNED
    assert shelly.asked == [("GET", f"{SECONDS:g}")]
    assert shelly.locked


def test_nobody_went_through(shelly: Relay) -> None:
    method = {"method": "POST", "turned": f"{shelly.url}/status", "path": "inputs.0.input"}
    with gate_at(address(shelly, **method)) as (gate, heard):
        gate.open(0.4)
        assert heard.turn() is Passage.NOBODY
    assert shelly.asked == [("POST", "0.4")]


@pytest.mark.parametrize("fault", ["refuses", "nonsense"])
def test_a_relay_that_answers_nothing_useful_is_gone(shelly: Relay, fault: str) -> None:
    setattr(shelly, fault, True)
    with gate_at(address(shelly)) as (gate, heard):
        heard.until(Status.GONE)
        gate.open(5)
        assert heard.turn() is Passage.NOT_OPENED
    assert not shelly.asked


def test_the_relay_calls_the_desk(shelly: Relay) -> None:
    port = free_port()
    with gate_at(address(shelly, listen=f"127.0.0.1:{port}", token=TOKEN)) as (gate, heard):
        heard.until(Status.READY)
        gate.open(SECONDS)
        wait_for(lambda: shelly.asked, "it is open", SECONDS)
        call = f"http://127.0.0.1:{port}/turned"
        assert requests.post(call, params={"token": "guessed"}, timeout=SECONDS).status_code == 403
        assert requests.post(call, timeout=SECONDS).status_code == 403
        assert requests.get(f"http://127.0.0.1:{port}/", timeout=SECONDS).status_code == 404
        assert heard.turns.empty()
        assert requests.post(call, params={"token": TOKEN}, timeout=SECONDS).status_code == 204
        assert heard.turn() is Passage.TURNED


def test_who_connects_and_says_nothing_holds_nothing_up() -> None:
    listener = Listener("127.0.0.1", 0, TOKEN)
    try:
        idle = [socket.create_connection(("127.0.0.1", listener.port)) for _ in range(3)]
        call = f"http://127.0.0.1:{listener.port}/turned"
        assert requests.get(call, params={"token": TOKEN}, timeout=SECONDS).status_code == 204
        assert listener.turns() == 1
        for line in idle:
            line.close()
    finally:
        listener.close()


def test_a_token_that_can_be_guessed_and_a_port_that_is_taken() -> None:
    with pytest.raises(BadInput, match="too short"):
        Listener("127.0.0.1", 0, "short")
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(BadInput, match="can't call this desk"),
    ):
        Listener("127.0.0.1", taken.getsockname()[1], TOKEN)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("", "no address of a turnstile"),
        ("modbus://", "no address of a turnstile"),
        ("modbus://1.2.3.4?door=1", '"door" in the address'),
        ("modbus://1.2.3.4?coil=x", "no number for the turnstile's coil"),
        ("modbus://1.2.3.4?rest=off", "rests low or high"),
        ("http?turned=http://1.2.3.4/", '"open" is no web address'),
        ("http?open=ftp://1.2.3.4/&turned=http://1.2.3.4/", '"open" is no web address'),
        ("http?open=http://1.2.3.4/", "How the desk hears"),
        ("http?open=http://1.2.3.4/&method=DELETE&turned=http://1.2.3.4/", "GET, POST or PUT"),
        ("http?open=http://1.2.3.4/&listen=here", "no place to listen at"),
    ],
)
def test_addresses_that_are_wrong_are_named(wrong: str, words: str) -> None:
    with pytest.raises(BadInput, match=words), gate_at(wrong):
        pass
