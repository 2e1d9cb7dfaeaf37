"""A desk as the bridge: from a pasted token to a scan, over a real pretix."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.config import Config, load
from eventdesk.desk.commands import ChooseDoor, ScanCode, Source
from eventdesk.desk.hook import Hook
from eventdesk.desk.pretix.commands import (
    BridgeEvent,
    ListCalls,
    ListPretixEvents,
    PairPretix,
    PauseBridge,
    ResumeBridge,
    RotateToken,
    UnpairPretix,
)
from eventdesk.desk.pretix.values import BridgeState, CallState, Phase
from eventdesk.domain.decision import Mode, Outcome
from eventdesk.storage import keys
from tests.bridges.pretix.conftest import pretix, running_pretix
from tests.rigs.pretix_server.server import PretixServer

__all__ = ["pretix", "running_pretix"]
pytestmark = pytest.mark.long
LOG = log_of("http://127.0.0.1", "rig", "fair")
PATIENCE_S = 90.0
HOOKS = ("pretix_changed", "pretix_events_listed", "verdict_given", "calls_listed", "trouble_told")


class Told:
    """All that the desk has told, and waiting for more."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._told: dict[str, list[Any]] = {}
        self._more = threading.Condition()
        for name in (
            "pretix_changed",
            "pretix_events_listed",
            "verdict_given",
            "calls_listed",
            "trouble_told",
        ):
            hook: Hook[Any] = getattr(desk.hooks, name)
            hook.connect(self._kept(name))

    def _kept(self, name: str) -> Callable[[Any], None]:
        def keep(value: Any) -> None:
            with self._more:
                self._told.setdefault(name, []).append(value)
                self._more.notify_all()

        return keep

    def until(self, name: str, wanted: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first that is so, of those told since the last wait for one."""
        end = time.monotonic() + PATIENCE_S
        with self._more:
            while True:
                told = self._told.get(name, [])
                for place, value in enumerate(told):
                    if wanted(value):
                        del told[: place + 1]
                        return value
                left = end - time.monotonic()
                assert left > 0, (name, told, self._told.get("trouble_told"))
                self._more.wait(left)

    def state(self, phase: Phase) -> BridgeState:
        found = self.until("pretix_changed", lambda one: one.phase is phase)
        assert isinstance(found, BridgeState)
        return found


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    return load(tmp_path)


@pytest.fixture
def told(settings: Config) -> Iterator[Told]:
    desk = compose(settings, keys.new_from_passphrase("correct horse battery"))
    told = Told(desk)
    desk.start()
    yield told
    desk.stop()


def paired(told: Told, pretix: PretixServer) -> None:
    code = {"handshake_version": 1, "url": pretix.url, "token": pretix.state["devices"]["Bridge"]}
    told.desk.engine.post(PairPretix(json.dumps(code)))
    told.state(Phase.CHOOSING)
    told.desk.engine.post(ListPretixEvents())
    events = told.until("pretix_events_listed").events
    assert {one.slug for one in events} == {"fair", "expo"}
    told.desk.engine.post(BridgeEvent("fair"))
    told.until("pretix_changed", lambda one: one.phase is Phase.RUNNING and one.heard_at is not None)


def test_from_a_token_to_a_scan_that_pretix_knows(told: Told, pretix: PretixServer) -> None:
    paired(told, pretix)
    engine = told.desk.engine
    engine.post(ChooseDoor(LOG, "px-l1", None, Mode.ENTRY))
    engine.post(ScanCode(pretix.state["examples"]["paid"]["secret"], Source.SCANNER, 0.0))
    given = told.until("verdict_given")
    assert given.verdict.outcome is Outcome.OK
    told.until("pretix_changed", lambda one: one.waiting == 0)
    until = time.monotonic() + PATIENCE_S
    while not (found := pretix.api("GET", "events/fair/checkins/")["results"]):
        assert time.monotonic() < until
        time.sleep(0.2)
    assert [one["type"] for one in found] == ["entry"]
    engine.post(ListCalls(only_open=False))
    [call] = told.until("calls_listed", lambda one: one.calls and one.calls[0].state is CallState.DONE).calls
    assert call.what == "Aino Árnadóttir"


def test_paused_resumed_renewed_and_ended(told: Told, pretix: PretixServer) -> None:
    paired(told, pretix)
    engine = told.desk.engine
    engine.post(PauseBridge())
    told.state(Phase.PAUSED)
    engine.post(ResumeBridge())
    told.state(Phase.RUNNING)
    engine.post(RotateToken())
    told.state(Phase.RUNNING)
    engine.post(UnpairPretix())
    told.state(Phase.NONE)
    engine.post(PauseBridge())
    assert "no device" in told.until("trouble_told").message
    [device] = [one for one in pretix.api("GET", "devices/")["results"] if one["name"] == "Bridge"]
    assert device["revoked"]
