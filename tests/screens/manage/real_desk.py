"""The manage pages over a real engine, an encrypted store and a printer that writes PDF files."""

from datetime import UTC, datetime
from pathlib import Path

from eventdesk.desk.commands import Command
from eventdesk.desk.design.trial import LayoutTrial
from eventdesk.desk.device_list import DeviceList
from eventdesk.desk.doctor import Desk, Doctor
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.board import Watchers
from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.desk.printing.requests import PrinterTrial
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.guests import GuestRow
from eventdesk.screens.bridge import Bridge
from eventdesk.storage.store import Store

KEY = bytes(range(32))


class RealDesk:
    """`posted` keeps the commands that the pages have sent."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder / "eventdesk.db", KEY, "desk1")
        self.hooks = Hooks()
        preferences = Preferences(self.store)
        self.printers = Rack(None, FolderPrinters(folder / "badges"), ("No print system.", ""))
        hooks, maker = self.hooks, BadgeMaker(self.store)
        watchers = Watchers(hooks.waves_listed, hooks.printers_told)
        listeners = Listeners(hooks.job_changed, hooks.trouble_told, hooks.badge_entered, watchers)
        self.spool = Spool(self.store, self.printers, maker, listeners, maker)
        trial = PrinterTrial(hooks, self.printers, preferences, self.spool.used_label)
        errands = {
            **Doctor(Desk(folder, folder, self.store, printers=self.printers), self.hooks).handlers(),
            **DeviceList(self.hooks, self.printers).handlers(),
            **trial.handlers(),
            **LayoutTrial(trial).handlers(),
        }
        self.engine = Engine(
            self.store, self.hooks, preferences, self.spool, {"errands": errands}, lambda: datetime.now(UTC)
        )
        self.posted: list[Command] = []
        self.bridge = Bridge(self.hooks, self._post)
        self.engine.start()
        self.spool.start()

    def close(self) -> None:
        self.engine.stop()
        self.spool.stop()
        self.store.close()

    def catalogues(self) -> list[Catalogue]:
        with self.store.reader() as reader:
            return [reader.catalogue(event.id) for event in reader.events()]

    def guests(self, log: str) -> list[GuestRow]:
        with self.store.reader() as reader:
            return reader.guests(log)

    def _post(self, command: Command) -> None:
        self.posted.append(command)
        self.engine.post(command)
