"""A bridge whose process is killed: its download goes on after the last page that was written, and what it
was telling is in pretix once."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.pairing import Invitation, pair
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.bridges.pretix.test_outgoing import Bridge
from tests.bridges.pretix.test_outgoing_faults import check_evening, evening
from tests.rigs.pretix_server.cutting import Fate, Line
from tests.rigs.pretix_server.server import PretixServer
from tests.storage.made import KEY

pytestmark = pytest.mark.long
# Tells of each page, and goes on to the next one: it is killed amid whatever it does then.
DOWNLOAD = """
import sys
from pathlib import Path
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.storage.store import Store
from tests.storage.made import KEY
with Store.open(Path(sys.argv[1]), KEY, "bridge1") as store:
    incoming = Incoming(Api(sys.argv[2], sys.argv[3]), store, "rig", "fair", frozenset)
    incoming.catalogue()
    for one in incoming.first():
        print(one.orders, flush=True)
"""

# Tells all that waits, over and over until nothing does.
TELL = """
import sys, time
from pathlib import Path
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixError
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.outgoing.sending import Sending
from eventdesk.bridges.pretix.outgoing.taking_up import TakingUp
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.storage.bridge_calls import CallState
from eventdesk.storage.store import Store
from tests.storage.made import KEY
with Store.open(Path(sys.argv[1]), KEY, "bridge1") as store:
    api, target = Api(sys.argv[2], sys.argv[3], Pacing(most=10_000)), Target("rig", "fair")
    log = log_of(sys.argv[2], "rig", "fair")
    sending = Sending(api, store, log, target)
    TakingUp(store, log, target).all()
    while True:
        with store.reader() as reader:
            if not reader.bridge_calls.counts(log).get(CallState.WAITING):
                break
        try:
            if not sending.round():
                time.sleep(0.05)
        except PretixError as error:
            print(error, file=sys.stderr)
            time.sleep(0.05)
"""
KILLED_AT = (1, 3, 2, 5, 4)
PATIENCE_S = 240.0


def test_a_bridge_killed_amid_telling_tells_once(pretix: PretixServer, tmp_path: Path) -> None:
    """Each time after so many calls that pretix took, before any of them was noted."""
    file = tmp_path / "desk.db"
    with Store.open(file, KEY, "bridge1") as store:
        bridge = Bridge(pretix, store)
        bridge.fetch()
        till = evening(bridge)
    kills, taken, lock = list(KILLED_AT), 0, threading.Lock()
    process: subprocess.Popen[str] | None = None

    def choose(method: str, _path: str, _tries: int) -> Fate:
        nonlocal taken
        with lock:
            taken += method != "GET"
            if not kills or method == "GET" or taken < kills[0] or process is None:
                return Fate.PASS
            kills.pop(0)
            process.kill()
        return Fate.LOSE_ANSWER

    line = Line(pretix.url, choose)
    with line.running():
        for _ in range(len(KILLED_AT) + 1):
            taken = 0
            call = [sys.executable, "-c", TELL, str(file), line.url, bridge.token]
            process = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
            _, errors = process.communicate(timeout=PATIENCE_S)
        assert process is not None
        assert (process.returncode, kills) == (0, []), errors
    with Store.open(file, KEY, "bridge1") as store:
        bridge.store = store
        check_evening(bridge, till)
        assert verify(store) == []


def test_a_killed_download_goes_on(pretix: PretixServer, tmp_path: Path) -> None:
    _, token = pair(Invitation(pretix.url, pretix.state["devices"]["Bridge"]))
    file = tmp_path / "desk.db"
    call = [sys.executable, "-c", DOWNLOAD, str(file), pretix.url, token]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "50\n"
        os.kill(process.pid, signal.SIGKILL)
    with Store.open(file, KEY, "bridge1") as store:
        incoming = Incoming(Api(pretix.url, token), store, "rig", "fair", frozenset)
        written = incoming.cursor.page
        assert written >= 1
        rest = sum(one.orders for one in incoming.first())
        assert rest == max(0, pretix.state["orders"] - 50 * written)
        assert incoming.cursor.is_fetched
        with store.reader() as reader:
            assert reader.guest_count(incoming.log) == pretix.state["positions"]
        assert verify(store) == []
