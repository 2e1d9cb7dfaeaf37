"""Run by `test_evening.py`: the whole program in its window, and whoever sells at it, by keys and tiles.

python -m tests.e2e.evening.till FOLDER KEY SKEW        (orders come in, answers go out, a line each)
"""

import json
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from eventdesk import config
from eventdesk.app.stage import stage
from eventdesk.desk import settings as keys
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from tests.e2e.evening.seller import Seller
from tests.e2e.fleet.telling import tell

CLAIM_MS = 2_000


def main(folder: Path, key: bytes) -> None:
    shown = stage(config.load(folder), key, Rack(None, FolderPrinters(folder / "badges"), ("", "")))
    preferences = shown.desk.preferences
    preferences.put(keys.CAMERA_SOURCE, "")
    preferences.put(keys.CLAIM_MS, CLAIM_MS)
    preferences.put(keys.TERMINALS, [{"kind": "beside", "name": "Terminal"}])
    seller = Seller(shown)
    shown.begin()
    orders: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), name="orders", daemon=True).start()
    try:
        _work(seller, orders)
    finally:
        shown.end()


def _listen(orders: "SimpleQueue[dict[str, Any] | None]") -> None:
    for line in sys.stdin:
        orders.put(json.loads(line))
    orders.put(None)  # the test is gone


def _work(seller: Seller, orders: "SimpleQueue[dict[str, Any] | None]") -> None:
    while True:
        seller.look()
        try:
            order = orders.get_nowait()
        except Empty:
            continue
        if order is None or order["do"] == "end":
            return
        try:
            answer = getattr(seller, f"do_{order['do']}")(**order["with"])
        except Exception as error:  # noqa: BLE001 - the test fails by it
            answer = {"fault": f"{type(error).__name__}: {error}; {seller.troubles}"}
        tell({"answer": order["number"], **(answer or {})})


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
