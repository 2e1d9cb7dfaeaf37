"""The composition root: the one place that builds everything of a desk and wires it once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from eventdesk.app.desk import Desk
from eventdesk.config import Config
from eventdesk.desk.commands import Command, CountDoor
from eventdesk.desk.design.trial import LayoutTrial
from eventdesk.desk.device_list import DeviceList
from eventdesk.desk.doctor import Desk as Examined
from eventdesk.desk.doctor import Doctor
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.pretix.exclusive import Exclusive
from eventdesk.desk.pretix.pretix import Pretix
from eventdesk.desk.printing import leftovers
from eventdesk.desk.printing.board import Watchers
from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.desk.printing.requests import PrinterTrial
from eventdesk.desk.printing.setups import setups_of
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.desk.settings import TERMINALS, TRAINING, TRAINING_CARDS
from eventdesk.desk.till.terminals import Opener, terminal_of
from eventdesk.desk.till.till import Till
from eventdesk.desk.training.starting import Training
from eventdesk.desk.upkeep import Upkeep
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.own_hub import OwnHub
from eventdesk.desk.upstream.parts import lanes_of
from eventdesk.desk.venue.flow_watch import FlowWatch
from eventdesk.desk.venue.venue import VenuePart
from eventdesk.desk.watch import Watch
from eventdesk.devices.camera.camera import OnFrame
from eventdesk.devices.printers.rack import Rack, open_printers
from eventdesk.devices.receipts.addresses import open_receipt_printer
from eventdesk.devices.terminals.made_up import MadeUpTerminal
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store


def compose(
    config: Config,
    key: bytes,
    on_frame: OnFrame = lambda _frame, _captured: None,
    printers: Rack | None = None,
    now: Callable[[], datetime] | None = None,
) -> Desk:
    """Open the database of `config` and build the desk round it. Raises StorageError.

    `on_frame` gets the camera's frames on the camera's thread. `printers`: other ones than this
    computer's. `now`: another clock than the desk's own, which goes by its upstream.
    """
    clock = DeskClock()
    store = Store.open(config.database, key, config.desk, clock.wall_ms)
    try:
        clock.keep(store)
        rack = printers or open_printers(config.badges, partial(setups_of, store))
        return _composed(config, store, on_frame, rack, clock, now or clock.now)
    except BaseException:
        store.close()
        raise


def _composed(
    config: Config,
    store: Store,
    on_frame: OnFrame,
    printers: Rack,
    clock: DeskClock,
    now: Callable[[], datetime],
) -> Desk:
    hooks = Hooks()
    preferences = Preferences(store)
    watchers = Watchers(hooks.waves_listed, hooks.printers_told)
    listeners = Listeners(hooks.job_changed, hooks.trouble_told, hooks.badge_entered, watchers)
    maker = BadgeMaker(store)
    spool = Spool(store, printers, maker, listeners, maker)
    # Some errands need the engine's `post`, and the engine their handlers: these are filled below.
    sight: dict[type[Command], Callable[..., None]] = {}
    errands: dict[type[Command], Callable[..., None]] = {}
    secrets = Secrets(store)
    line = Line(store, secrets, hooks, preferences, clock, dial)
    spool.signed = line.present.signed
    line.claims.meant.append(spool.means)
    hub = OwnHub(line, config.folder)
    till = Till(
        store,
        hooks,
        preferences,
        line,
        _terminals(preferences, secrets),
        lambda address: open_receipt_printer(address, printers),
        line.post,
        now,
        spool.nudge,
    )
    asking = {"sight": sight, "errands": errands, **till.lanes()}
    venue = VenuePart(line, line.post, now)
    pretix = Pretix(store, secrets, hooks, preferences, Exclusive(line.claims), line.present, now)
    asking["pretix"] = pretix.handlers()
    files = partial(leftovers.sweep, store, config.badges)
    lanes = asking | lanes_of(line, now, hub, till.approvals.give, files) | venue.lanes()
    engine = Engine(store, hooks, preferences, spool, lanes, now, line.at_door, till)
    engine.kiosk.use_till(till.at_kiosk)
    line.attach(engine.post)
    hooks.badge_entered.connect(lambda _: engine.post(CountDoor()))
    watch = Watch(hooks, preferences, engine.post, on_frame)
    upkeep = Upkeep(store, hooks, engine.post, now)
    flow = FlowWatch(store, hooks, now)
    sight.update(watch.handlers())
    trial = PrinterTrial(hooks, printers, preferences, spool.used_label)
    for part in (
        upkeep,
        flow,
        Doctor(_examined(config, store, printers, watch), hooks),
        DeviceList(hooks, printers),
        trial,
        LayoutTrial(trial),
        Training(store, preferences, config.folder),
    ):
        errands.update(part.handlers())
    return Desk(
        config,
        store,
        hooks,
        preferences,
        engine,
        spool,
        printers,
        watch,
        upkeep,
        line,
        hub,
        till,
        flow,
        venue,
        pretix,
    )


def _terminals(preferences: Preferences, secrets: Secrets) -> Opener:
    """Card terminals by their names: in a training only the made-up one, whatever stands in its settings."""
    if preferences.get(TRAINING):
        return lambda name: MadeUpTerminal(name, lambda: str(preferences.get(TRAINING_CARDS)))
    return lambda name: terminal_of(preferences.get(TERMINALS), name, secrets.get)


def _examined(config: Config, store: Store, printers: Rack, watch: Watch) -> Examined:
    def settings() -> dict[str, object]:
        with store.reader() as reader:
            return reader.settings.everything()

    return Examined(
        folder=config.folder,
        backups=config.backups,
        store=store,
        printers=printers,
        glimpse=watch.glimpse,
        settings=settings,
    )
