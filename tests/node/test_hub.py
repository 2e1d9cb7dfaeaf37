"""`eventdesk hub` before a centre, as processes with certificates of their own: what crosses, and when."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from sync import pairing, wire
from sync.carrying import to_wire
from tests.node.conftest import Enroller, Starter
from tests.rigs.nodes import ROOT, Desk, NodeProcess, fingerprint

LOG = "event1"
EVENT = b'{"name": "Fair", "timezone": "Europe/Berlin", "begins": "2026-06-10T08:00:00Z"}'

pytestmark = pytest.mark.long


def invitation(centre: NodeProcess, role: str = "hub") -> str:
    code = centre.make_code([role])
    return pairing.Invitation(code, centre.address, fingerprint(centre)).text()


def claim(desk: Desk, key: str) -> wire.ClaimAnswer:
    return desk.upstream.claim(LOG, wire.ClaimAsked(key, key, f"{desk.id}-{key}"), 10.0)


def reaches_centre(desk: Desk, prefix: str) -> bool:
    """Within a while: after a failure a hub rests before it asks again."""
    deadline = time.monotonic() + 20
    for attempt in range(1000):
        if claim(desk, f"{prefix}{attempt}").level == "centre":
            return True
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    return False


def test_facts_and_claims_cross_a_hub_and_stay_there_when_the_line_is_cut(
    start: Starter, enrol: Enroller
) -> None:
    centre = start(name="centre")
    words = ("--upstream", invitation(centre))
    hub = start(*words, name="hub", command="hub")
    here, there = enrol(hub, "here", "organizer"), enrol(centre, "there", "organizer")

    here.upstream.push(LOG, wire.Push([to_wire(here.fact(LOG, "event_defined", LOG, EVENT))]))
    deadline = time.monotonic() + 20
    pages: dict[str, wire.Page] = {}
    while not pages and time.monotonic() < deadline:
        pages = there.upstream.pull(wire.Pull(there.signed_in.epoch, {LOG: 0}, wait_s=1)).pages
    assert [fact.desk for fact in pages[LOG].facts] == ["here"]

    assert reaches_centre(here, "warm")
    assert claim(there, "taken").granted
    refused = claim(here, "taken")
    assert (refused.granted, refused.level) == (False, "centre")
    assert claim(here, "mine").granted
    assert not claim(there, "mine").granted

    assert centre.stop() == 0, centre.errors()
    alone = claim(here, "alone")
    assert (alone.granted, alone.level) == (True, "hub")
    assert here.upstream.hello().upstream_ms
    assert hub.stop() == 0, hub.errors()

    # A service is started with the same words each time: the code, used by now, is not used again.
    again = start(*words, name="hub", command="hub")
    assert again.stop() == 0
    assert "Traceback" not in again.errors() + hub.errors() + centre.errors()


def refused(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "eventdesk", "hub", "--folder", str(folder), "--port", "0", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_hub_without_a_centre_says_so(start: Starter, tmp_path: Path) -> None:
    assert "knows no centre yet" in refused(tmp_path / "h")
    assert "does not say where" in refused(tmp_path / "h", "--upstream", pairing.new_code())
    assert "--upstream" in refused(tmp_path / "h", "--upstream", "nonsense")
    centre = start(name="centre")
    assert "for a desk, not for a hub" in refused(tmp_path / "h", "--upstream", invitation(centre, "door"))
    unknown = pairing.Invitation(pairing.new_code(), centre.address, fingerprint(centre)).text()
    assert "not known here" in refused(tmp_path / "h", "--upstream", unknown)
