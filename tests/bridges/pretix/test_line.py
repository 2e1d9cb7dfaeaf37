"""The line to pretix, without one: what is allowed, what is said, what is waited for."""

import json
import threading

import pytest

from eventdesk.bridges.pretix.api import Api, checked, words
from eventdesk.bridges.pretix.faults import PretixSilent
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.bridges.pretix.pairing import Invitation, read_invitation
from eventdesk.errors import BadInput


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://pretix.example/", "https://pretix.example"),
        (" https://tickets.example:8443/shop/ ", "https://tickets.example:8443/shop"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_address_is_kept_without_its_last_slash(address: str, kept: str) -> None:
    assert checked(address) == kept


@pytest.mark.parametrize("address", ["pretix.example", "ftp://pretix.example", "https://", ""])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(PretixSilent, match="no address"):
        checked(address)


def test_a_token_never_goes_over_a_network_in_the_clear() -> None:
    with pytest.raises(PretixSilent, match="not encrypted"):
        Api("http://pretix.example", "token")


def test_an_invitation_is_read_from_a_code_or_typed() -> None:
    code = json.dumps({"handshake_version": 1, "url": "https://pretix.example", "token": "abc"})
    wanted = Invitation("https://pretix.example", "abc")
    assert read_invitation(code) == read_invitation(" https://pretix.example  abc\n") == wanted
    assert "abc" not in repr(wanted)
    for other in ("abc", "{}", "{", "[1]", '{"url": "x"}', "a b c"):
        with pytest.raises(BadInput):
            read_invitation(other)


def test_what_pretix_says_becomes_one_line() -> None:
    assert words({"positions": [{"item": ["Sold out."]}]}) == "item: Sold out."
    assert words({"detail": "Not found.", "reason": None}) == "Not found."
    assert words(["Cannot annul"]) == "Cannot annul"
    assert words(None) == "no reason given"
    assert len(words("x" * 9_000)) == 500


def test_calls_are_paced_by_a_window_that_moves() -> None:
    now = [0.0]
    pacing = Pacing(most=3, window_s=10, clock=lambda: now[0])
    assert [pacing.take() for _ in range(4)] == [0, 0, 0, 10]
    now[0] = 9.0
    assert pacing.take() == 1
    now[0] = 10.0
    assert [pacing.take() for _ in range(4)] == [0, 0, 0, 10]


def test_a_pause_holds_for_all() -> None:
    now = [0.0]
    pacing = Pacing(most=3, window_s=10, clock=lambda: now[0])
    pacing.pause(7)
    assert pacing.take() == 7
    pacing.pause(2)
    assert pacing.take() == 7
    now[0] = 7.0
    assert pacing.take() == 0


def test_whoever_waits_for_a_turn_goes_when_the_line_is_closed() -> None:
    pacing = Pacing(most=1, window_s=1000)
    stopping = threading.Event()
    assert pacing.wait(stopping)
    stopping.set()
    assert not pacing.wait(stopping)
