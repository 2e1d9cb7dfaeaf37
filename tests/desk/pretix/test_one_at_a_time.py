"""Two processes told to be the bridge of one event, over a real node: one is; the other waits, and takes over
when the first pauses or is gone. Neither loses a thing to kill -9."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.config import load
from eventdesk.storage import keys
from eventdesk.storage.store import Store
from tests.bridges.pretix.conftest import pretix, running_pretix
from tests.rigs.bridges import PASSPHRASE, BridgeProcess, code_of
from tests.rigs.nodes import Desk, NodeProcess
from tests.rigs.pretix_server.server import PretixServer

__all__ = ["pretix", "running_pretix"]
pytestmark = pytest.mark.long
LOG = log_of("http://127.0.0.1", "rig", "fair")
ROLES = ("organizer", "supervisor")
Start = Callable[..., BridgeProcess]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[NodeProcess]:
    node = NodeProcess(tmp_path / "centre", "--behind-proxy").wait_ready()
    yield node
    node.stop()


@pytest.fixture
def start(tmp_path: Path, centre: NodeProcess, pretix: PretixServer) -> Iterator[Start]:
    """`start(name)`: paired with centre and pretix at its first start."""
    begun: list[BridgeProcess] = []

    def begin(name: str, *words: str, device: str = "") -> BridgeProcess:
        folder = tmp_path / name.replace(" ", "-")
        if device:
            joining = ("--pair", centre.make_code(ROLES), "--address", centre.address)
            words = (*joining, "--event", "fair", "--name", name, *words)
        token = code_of(pretix.url, pretix.state["devices"][device]) if device else ""
        begun.append(BridgeProcess(folder, *words, token=token))
        return begun[-1]

    yield begin
    for one in begun:
        one.stop(kill=True)


def orders_of(bridge: BridgeProcess) -> int:
    config = load(bridge.folder)
    key = keys.unlock(config.database, lambda _new: PASSPHRASE)
    with Store.open(config.database, key, config.desk) as store, store.reader() as reader:
        return len({one.order_code for one in reader.guests(LOG, limit=10_000)})


def is_running(one: dict[str, object]) -> bool:
    return one.get("phase") == "running" and bool(one.get("heard_at"))


def is_elsewhere(one: dict[str, object]) -> bool:
    return one.get("phase") == "elsewhere" and one.get("holder") == "Bridge"


def test_the_second_waits_and_takes_over_when_the_first_pauses(start: Start) -> None:
    first = start("Office", device="Bridge")
    first.until(is_running)
    second = start("Cellar", device="Other bridge")
    second.until(is_elsewhere)
    assert first.stop() == 0
    second.stop()
    first = start("Office")
    first.until(is_running)
    second = start("Cellar")
    second.until(is_elsewhere)
    assert first.stop() == 0
    paused = start("Office", "--pause")
    assert paused.process.wait(timeout=60) == 0, paused.errors()
    second.until(is_running)
    again = start("Office")
    assert again.phase("paused")


def test_kill_9_amid_the_download_and_on_from_there(start: Start) -> None:
    first = start("Office", device="Bridge")
    first.until(lambda one: one.get("phase") == "fetching" and bool(one.get("done")))
    first.stop(kill=True)
    first = start("Office")
    first.until(is_running)
    assert first.stop() == 0
    assert orders_of(first) == 120


def test_one_that_is_gone_is_replaced_and_rests_when_it_is_back(
    start: Start, pretix: PretixServer, centre: NodeProcess
) -> None:
    """The one in its place is shut out by pretix, the first again by its own centre."""
    first = start("Office", device="Bridge")
    first.until(is_running)
    first.stop(kill=True)
    second = start("Cellar", "--take-over", device="Other bridge")
    second.until(is_running)
    again = start("Office")
    again.until(lambda one: one.get("phase") == "elsewhere" and one.get("holder") == "Other bridge")
    pretix.within("Device.objects.filter(name='Other bridge').update(revoked=True)")
    second.until(lambda one: "does not know this device" in str(one.get("trouble")))
    second.stop(kill=True)
    paused = start("Cellar", "--pause")
    assert paused.process.wait(timeout=60) == 0, paused.errors()
    again.until(is_running)
    boss = Desk(centre, "boss", ROLES)
    boss.upstream.revoke(load(again.folder).desk, "Left in a taxi")
    boss.close()
    assert again.process.wait(timeout=120) != 0
    assert "shut out by a supervisor" in again.errors()
    assert not load(again.folder).database.exists()
