"""A download whose process is killed goes on after the last page that was written."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.pairing import Invitation, pair
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
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
