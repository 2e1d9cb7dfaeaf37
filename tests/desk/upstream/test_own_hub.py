"""A desk that is the hub: a process of its own, on the LAN, with the centre beyond it."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventdesk.desk.commands import Command
from eventdesk.desk.upstream import hub_process
from eventdesk.desk.upstream.commands import MakeCode, PairDesk, StartHub, StopHub
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.hub_process import HubProcess
from eventdesk.desk.upstream.own_hub import AGAIN_S, OwnHub
from eventdesk.desk.upstream.values import Reach
from eventdesk.errors import EventDeskError
from sync.addresses import own_addresses
from sync.pairing import Invitation
from tests.desk.upstream.conftest import ALL, LinedDesk, until
from tests.rigs.nodes import NodeProcess, fingerprint


@pytest.fixture
def served(tmp_path: Path) -> Iterator[NodeProcess]:
    node = NodeProcess(tmp_path / "node").wait_ready()
    yield node
    node.stop()


class Keyed(OwnHub):
    """Its key in a file, as there is no keyring here."""

    def _place(self, folder: str) -> list[str]:
        return [*super()._place(folder), "--key-file", str(self._folder / f"{folder}.key")]


@pytest.mark.long
def test_the_desk_is_the_hub_and_uses_it(
    tmp_path: Path, make_desk: Callable[..., LinedDesk], served: NodeProcess
) -> None:
    desk = make_desk("d001")
    desk.line.reach._dial = dial
    invitation = Invitation(served.make_code(ALL), served.address, fingerprint(served))
    desk.ask(PairDesk(invitation.text(), name="Door"), lambda hooks: hooks.paired)
    until(lambda: desk.state.reach is Reach.CENTRE)
    hub = Keyed(desk.line, tmp_path)
    try:
        hub.start(StartHub(0))
        assert desk.heard.next(desk.hooks.hub_changed).running
        until(lambda: desk.line.membership.pairing and desk.line.membership.pairing.hubs, 40)
        desk.line.reach.lost(desk.line.reach.contact())
        until(lambda: desk.state.reach is Reach.HUB, 40)
        hub.stop(StopHub())
        assert not desk.heard.next(desk.hooks.hub_changed).running
        until(lambda: desk.state.reach is Reach.CENTRE, 40)
    finally:
        hub.close()


@pytest.mark.long
def test_a_desk_alone_becomes_the_centre_of_its_network(
    tmp_path: Path, make_desk: Callable[..., LinedDesk]
) -> None:
    """One click: it serves, is in, may let others in, and comes back after a restart at another port."""
    desk = make_desk("d001")
    desk.line.reach._dial = dial
    hub = Keyed(desk.line, tmp_path)
    try:
        hub.start(StartHub(0))
        state = desk.heard.next(desk.hooks.hub_changed)
        assert desk.heard.next(desk.hooks.paired).roles == ("organizer",)
        until(lambda: desk.state.reach is Reach.CENTRE, 40)
        made = desk.ask(MakeCode("Second"), lambda hooks: hooks.code_made)
        assert state.addresses[0] in made.text
        assert "127.0.0.1" not in made.text or _has_no_network()
        second = make_desk("d002")
        second.line.reach._dial = dial
        second.ask(PairDesk(made.text), lambda hooks: hooks.paired)
        until(lambda: second.state.reach is Reach.CENTRE, 40)
        hub.start(StartHub(0))
        until(lambda: desk.state.reach is Reach.CENTRE, 40)
        assert desk.line.membership.pairing
        again = desk.line.membership.pairing.node.address
        assert again == desk.heard.next(desk.hooks.hub_changed).addresses[0] != state.addresses[0]
    finally:
        hub.close()


def _has_no_network() -> bool:
    return own_addresses() == ["127.0.0.1"]


def test_a_hub_that_can_not_start_says_why(tmp_path: Path, make_desk: Callable[..., LinedDesk]) -> None:
    desk = make_desk("d001")
    (tmp_path / "centre").write_text("in the way")
    hub = Keyed(desk.line, tmp_path)
    with pytest.raises(EventDeskError):
        hub.start(StartHub(0))
    state = desk.heard.next(desk.hooks.hub_changed)
    assert not state.running
    assert state.trouble


def test_a_hub_that_crashes_is_noticed_and_one_that_is_ended_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    serving = "print('ready https://hub', flush=True); [print(line) for line in __import__('sys').stdin]"
    monkeypatch.setattr(hub_process, "program", lambda: [sys.executable, "-c", serving])
    ended = list[bool]()
    hub = HubProcess(lambda: ended.append(True))
    hub.start([])
    hub.end()
    assert not ended
    assert hub.start([]) == ("https://hub",)
    assert hub._process is not None
    hub._process.kill()
    until(lambda: ended)
    hub.end()
    assert ended == [True]


@pytest.mark.parametrize("lived_s", [0.0, AGAIN_S])
def test_a_hub_that_crashed_is_started_again_once(
    tmp_path: Path, make_desk: Callable[..., LinedDesk], monkeypatch: pytest.MonkeyPatch, lived_s: float
) -> None:
    desk, posted = make_desk("d001"), list[Command]()
    monkeypatch.setattr(desk.line, "_post", posted.append)
    hub = OwnHub(desk.line, tmp_path)
    hub._again, hub._served_since = StartHub(7), time.monotonic() - lived_s
    hub._ended()
    state = desk.heard.next(desk.hooks.hub_changed)
    assert not state.running
    assert bool(state.trouble) == (lived_s == 0)
    assert [one.port for one in posted if isinstance(one, StartHub)] == ([7] if lived_s else [])


def test_a_hub_ends_with_the_desk_that_started_it(tmp_path: Path) -> None:
    """However the desk ends: another one would find its port taken."""
    words = [
        "serve",
        "--folder",
        str(tmp_path / "node"),
        "--key-file",
        str(tmp_path / "key"),
        "--port",
        "0",
        "--until-eof",
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "eventdesk", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while not process.stdout.readline().startswith("ready "):
            assert process.poll() is None
        process.stdin.close()
        assert process.wait(40) == 0
