"""The venue of the long run: a centre, kiosks at it, a print system with a printer for each, and a webcam."""

import os
import random
import sys
import threading
from pathlib import Path
from typing import Any

from eventdesk import config
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.desk import settings
from eventdesk.desk.commands import ChooseDoor
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.decision import Mode
from sync.pairing import Invitation
from tests.e2e.fleet.fleet import _free_port, until
from tests.e2e.fleet.networks import CENTRE, Loopback
from tests.e2e.fleet.party import LOG
from tests.e2e.fleet.served import FleetNode, Held, code_by_command
from tests.e2e.kiosk.crowd import GATE, LIST, drafts
from tests.e2e.kiosk.station import Station
from tests.rigs.frames import frame
from tests.rigs.nodes import ROOT
from tests.rigs.printers.rig import PrintRig, SimulatedPrinter
from tests.rigs.webcam.rig import Webcam

PATIENCE_S = 240.0
# The last bit says that no keyring holds this key.
KEY_LENGTH, NO_KEYRING = 47, b"\x01"


class Venue:
    """`stations`, each with its printer in `printers`; the first has a webcam where one can be made."""

    def __init__(self, folder: Path, rig: PrintRig, kiosks: int, guests: int, seed: int) -> None:
        self.folder, self.rig = folder, rig
        self.network = Loopback()
        self.stations: list[Station] = []
        self.printers: dict[str, SimulatedPrinter] = {}
        self._port = _free_port()
        self.centre = FleetNode(
            folder / CENTRE, "--host", "127.0.0.1", "--port", str(self._port), command="serve"
        )
        self.centre.wait_ready()
        ids = [f"kiosk{number}" for number in range(1, kiosks + 1)]
        self._set_up_office(guests, seed)
        for id_ in ids:
            self.printers[id_] = rig.add_printer(id_)
            self.stations.append(self._furnished(id_, guests))
        self.webcam = Webcam(self._made("webcam"))
        self.webcam.show([frame(None)] * 30)

    def start(self) -> None:
        for station in self.stations:
            camera = station is self.stations[0]
            environment = {
                "CUPS_SERVER": f"127.0.0.1:{self.rig.port}",
                "XDG_STATE_HOME": str(station.folder / "state"),
                "TMPDIR": str(self._made(f"{station.id}.tmp")),
                "QT_QPA_PLATFORM": "offscreen",
            }
            station.start(environment, self.webcam.before() if camera else ())
        for station in self.stations:
            station.until(lambda station=station: station.page == "welcome", "its welcome page")  # type: ignore[misc]

    def held(self) -> Held:
        return self.centre.held()

    def end(self) -> None:
        for station in self.stations:
            assert station.end() == 0, station.folder / "log"

    def destroy(self) -> None:
        for station in self.stations:
            station.destroy()
        self.centre.destroy()
        self.network.close()

    def way(self, id_: str) -> str:
        return self.network.way(id_, CENTRE, self._port)

    def _made(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    # Set up, each desk for itself, before the morning

    def _set_up_office(self, guests: int, seed: int) -> None:
        """The organizer's desk brings the event to the centre."""
        with Opened(self._made("office"), "office") as office:
            with office.desk.store.transaction() as tx:
                tx.append_bulk(LOG, drafts(guests, random.Random(seed)), lambda _done: None)
            code = code_by_command(self.centre, self.way("office"), sys.executable, ROOT)
            office.pair(code, self.way("office"))
            until(
                lambda: not office.desk.line.board.state().waiting, "the event is at the centre", PATIENCE_S
            )

    def _furnished(self, id_: str, guests: int) -> Station:
        folder = self._made(id_)
        pin = self.centre.invitation_pin()
        code = Invitation(self.centre.make_code("kiosk"), self.way(id_), pin).text()
        with Opened(folder, id_) as made:
            made.pair(code, self.way(id_))
            until(lambda: made.guests() == guests, f"{id_} knows all guests", PATIENCE_S)
            preferences = made.desk.preferences
            preferences.put(settings.PRINTER, id_)
            preferences.put(settings.CAMERA_SOURCE, "0" if not self.stations else "")
            preferences.put(settings.CLAIM_MS, 1000)
            preferences.put(settings.LANGUAGE, "en")
            preferences.put(settings.KIOSK, True)
            made.ask(ChooseDoor(LOG, LIST, GATE, Mode.ENTRY), made.doors)
        return Station(folder, id_, made.key)


class Opened:
    """A desk of the venue while it is furnished, without its devices."""

    def __init__(self, folder: Path, id_: str) -> None:
        (folder / "desk.json").write_text(f'{{"desk": "{id_}"}}', encoding="utf-8")
        self.key = os.urandom(KEY_LENGTH) + NO_KEYRING
        rack = Rack(None, FolderPrinters(folder / "badges"), ("", ""))
        self.desk: Desk = compose(config.load(folder), self.key, printers=rack)
        self.desk.preferences.put(settings.CAMERA_SOURCE, "")
        self._came = threading.Event()
        self._faults: list[Trouble] = []
        self.pairs, self.doors = self.desk.hooks.paired, self.desk.hooks.door_chosen
        self.desk.hooks.trouble_told.connect(self._faults.append)

    def __enter__(self) -> "Opened":
        self.desk.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.desk.stop()

    def pair(self, code: str, address: str) -> None:
        self.ask(PairDesk(code, address, self.desk.config.desk), self.pairs)

    def ask(self, command: Any, hook: Any) -> None:
        self._came.clear()
        hook.connect(self._told)
        self.desk.engine.post(command)
        assert self._came.wait(PATIENCE_S), self._faults
        assert not self._faults, self._faults

    def _told(self, _: object) -> None:
        self._came.set()

    def guests(self) -> int:
        with self.desk.store.reader() as reader:
            return reader.guest_count(LOG) if LOG in reader.logs() else 0
