"""The morning itself: a queue of guests, somebody at each kiosk, and evils at moments that a seed chose."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.kiosk.crowd import Party
from tests.e2e.kiosk.station import Line, Station
from tests.e2e.kiosk.venue import Venue

MOST_TRIES = 4
# The pages at which a kiosk is killed.
PHASES = ("welcome", "finding", "choosing", "details", "questions", "document", "photo", "printing", "done")
HOLD_S = 6.0
Deed = Callable[[], None]
CUT_S = 8.0


@dataclass
class Morning:
    """`ends` counts how visits ended; `served` the parties that need no more; `at_staff` those who were sent
    away for good, by their last words."""

    venue: Venue
    parties: list[Party]
    chance: random.Random
    ends: Counter[str] = field(default_factory=Counter)
    evils: Counter[str] = field(default_factory=Counter)
    served: int = 0
    at_staff: list[Party] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._queue = deque(self.parties)
        self._lock = threading.Lock()
        self._cut: set[str] = set()
        self._after_cut: list[Party] = []
        self._over = threading.Event()

    def run(self, evils: int) -> None:
        """Until all guests are served or at the staff's desk. `evils`: how many, spread over the morning."""
        workers = [
            threading.Thread(target=self._stand, args=(one,), name=f"queue of {one.id}")
            for one in self.venue.stations
        ]
        for one in workers:
            one.start()
        for number, deed in enumerate(self._deeds(evils), 1):
            self._wait_for(len(self.parties) * number // (evils + 1))
            if self._over.is_set():
                break
            deed()
        for one in workers:
            one.join()
        if self.faults:
            raise self.faults[0]

    def _wait_for(self, served: int) -> None:
        while self.served + len(self.at_staff) < served and not self._over.is_set():
            time.sleep(0.1)

    # Guests

    def _stand(self, station: Station) -> None:
        """Guests come to this kiosk, one party after the other."""
        try:
            while not self._over.is_set():
                party = self._next(station)
                if party is None:
                    time.sleep(0.1)
                    continue
                self._judge(station, party, station.visit(party.order_of_visit()))
        except BaseException as error:  # noqa: BLE001 - told where the test waits
            self.faults.append(error)
            self._over.set()

    def _next(self, station: Station) -> Party | None:
        with self._lock:
            if self._after_cut and not self._cut:
                self._queue.extend(self._after_cut)
                self._after_cut.clear()
            for _ in range(len(self._queue)):
                party = self._queue.popleft()
                if not party.told or party.told[-1] != station.id or len(self.venue.stations) == 1:
                    return party
                self._queue.append(party)
            if self._queue:  # all of them come from here: again, then
                return self._queue.popleft()
            if self.served + len(self.at_staff) == len(self.parties):
                self._over.set()
            return None

    def _judge(self, station: Station, party: Party, end: Line) -> None:
        """A guest who was not served goes to another kiosk; after some tries to the staff."""
        how = str(end["over"])
        with self._lock:
            self.ends[how] += 1
            missing = {one.ticket for one in party.guests} - set(end.get("tickets", ()))
            if how == "done" and not missing:
                self.served += 1
                return
            party.told.append(station.id)
            if how == "sorry":
                party.told[-1] = station.id
                self.ends[f"sorry: {' '.join(end['out']) or end['words']}"] += 1
            party.guests = [one for one in party.guests if one.ticket in missing] or party.guests
            if party.tries >= MOST_TRIES:
                self.at_staff.append(party)
            elif station.id in self._cut:
                # Another kiosk can't know what this one has begun, nor can anybody tell it.
                self._after_cut.append(party)
            else:
                self._queue.appendleft(party)

    # Evils

    def _deeds(self, number: int) -> list[Deed]:
        once = [self.paper_out, self.jam, self.unplug_printer, self.unplug_camera, self.cut]
        kinds: list[Callable[..., None]] = [*once, *[self.kill] * 4]
        made: list[Callable[..., None]] = []
        while len(made) < number:
            self.chance.shuffle(kinds)
            made += kinds
        phases = deque(PHASES)
        return [self._named(deed, phases) for deed in made[:number]]

    def _named(self, deed: Callable[..., None], phases: deque[str]) -> Deed:
        station = self.chance.choice(self.venue.stations)
        if deed == self.kill:
            phase = phases[0]
            phases.rotate(-1)
            return lambda: self.kill(station, phase)
        return lambda: deed(station)

    def paper_out(self, station: Station) -> None:
        self._printer_is_wrong(station, "media-empty-error")

    def jam(self, station: Station) -> None:
        self._printer_is_wrong(station, "media-jam-error")

    def _printer_is_wrong(self, station: Station, reason: str) -> None:
        self.evils[reason] += 1
        printer = self.venue.printers[station.id]
        printer.wrong(reason)
        time.sleep(HOLD_S + self.chance.random() * 14)  # sometimes longer than the guest is asked to wait
        printer.right(reason)

    def unplug_printer(self, station: Station) -> None:
        """What comes out while the plug is pulled is known to nobody, with any printer: so it is pulled while
        the printer stands still."""
        self.evils["printer unplugged"] += 1
        printer = self.venue.printers[station.id]
        printer.wrong("media-empty-error")
        time.sleep(2.0)
        printer.switch_off()
        printer.right("media-empty-error")
        time.sleep(HOLD_S)
        printer.switch_on()

    def unplug_camera(self, _station: Station) -> None:
        self.evils["camera unplugged"] += 1
        station = self.venue.stations[0]
        self.venue.webcam.unplug()
        if station.pid:
            station.until(lambda: "camera" not in station.works, "sees that the camera is gone", 120)
        self.venue.webcam.plug_in()

    def cut(self, station: Station) -> None:
        self.evils["network cut"] += 1
        with self._lock:
            self._cut.add(station.id)
        self.venue.network.cut(station.id)
        time.sleep(CUT_S)
        self.venue.network.heal(station.id)
        time.sleep(4.0)
        with self._lock:
            self._cut.discard(station.id)

    def kill(self, station: Station, phase: str) -> None:
        """As soon as this kiosk shows that page, or after a while, wherever it is."""
        self.evils[f"killed at {phase}"] += 1
        before = station.starts
        reached = threading.Event()
        station.on_page = lambda page: reached.set() if page == phase else None
        reached.wait(20.0)
        station.on_page = lambda _page: None
        station.kill()
        station.until(lambda: station.starts > before, "is brought back by its guardian", 120)
