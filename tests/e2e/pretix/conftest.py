"""The venue of the test session: a real pretix of its own; `PRETIX_ORDERS` says with how many orders."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import pairing
from tests.desk.upstream.conftest import make_desk
from tests.e2e.pretix.venue import Venue
from tests.rigs.bridges import BridgeProcess, code_of
from tests.rigs.cached import NotInstallable
from tests.rigs.nodes import NodeProcess
from tests.rigs.pretix_server.installing import python
from tests.rigs.pretix_server.server import PretixServer
from tests.rigs.wires import Wire

__all__ = ["make_desk"]
ORDERS = int(os.environ.get("PRETIX_ORDERS", "5000"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PretixServer]:
    try:
        found = python()
    except NotInstallable as error:
        pytest.skip(f"a real pretix can't be installed here: {error}")
    server = PretixServer(found, tmp_path / "pretix")
    server.seed(ORDERS)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[NodeProcess]:
    """Below a centre."""
    centre = NodeProcess(tmp_path / "centre", "--behind-proxy").wait_ready()
    invitation = pairing.Invitation(centre.make_code(["hub"]), centre.address).text()
    below = NodeProcess(
        tmp_path / "hub", "--behind-proxy", "--upstream", invitation, command="hub"
    ).wait_ready()
    yield below
    below.stop()
    centre.stop()


@pytest.fixture
def venue(tmp_path: Path, server: PretixServer, hub: NodeProcess) -> Iterator[Venue]:
    port = int(hub.address.rpartition(":")[2])
    with Wire(server.port) as outside, Wire(port) as inside:
        token = code_of(f"http://127.0.0.1:{outside.port}", server.state["devices"]["Bridge"])
        joining = ("--pair", hub.make_code(("organizer",)), "--address", hub.address)
        bridge = BridgeProcess(tmp_path / "bridge", *joining, "--event", "fair", token=token)
        yield Venue(server, outside, inside, hub, bridge)
        bridge.stop(kill=True)
