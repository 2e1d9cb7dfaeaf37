"""A long morning at kiosks that are whole programs, with all that goes wrong: each gets one badge and one
admission, or stands in the calls with a reason.

`KIOSK_GUESTS`, `KIOSKS`, `KIOSK_EVILS` and `KIOSK_SEED` choose another size: 2,000 guests take half an hour.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.fleet.fleet import until
from tests.e2e.kiosk import counting
from tests.e2e.kiosk.counting import Books
from tests.e2e.kiosk.crowd import parties
from tests.e2e.kiosk.morning import Morning
from tests.e2e.kiosk.venue import Venue
from tests.rigs.printers.fixtures import print_rig
from tests.rigs.printers.rig import PrintRig

__all__ = ["print_rig"]
GUESTS = int(os.environ.get("KIOSK_GUESTS", "60"))
KIOSKS = int(os.environ.get("KIOSKS", "2"))
EVILS = int(os.environ.get("KIOSK_EVILS", "8"))
SEED = int(os.environ.get("KIOSK_SEED", "5"))
QUIET_S = 180.0

MakeVenue = Callable[[int, int, int], Venue]


@pytest.fixture
def make_venue(tmp_path: Path, print_rig: PrintRig) -> Iterator[MakeVenue]:
    made: list[Venue] = []

    def make(kiosks: int, guests: int, seed: int) -> Venue:
        made.append(Venue(tmp_path, print_rig, kiosks, guests, seed))
        return made[-1]

    yield make
    for one in made:
        one.destroy()


def morning_of(make: MakeVenue, kiosks: int, guests: int, evils: int, seed: int) -> None:
    began = time.monotonic()
    venue = make(kiosks, guests, seed)
    venue.start()
    ready = time.monotonic()
    morning = Morning(venue, parties(guests, random.Random(seed)), random.Random(seed + 1))
    morning.run(evils)
    took = time.monotonic() - ready
    last = [0]

    def is_well() -> bool:
        """Badges that were under way at a kill have come, and all devices are well again."""
        before, facts = last[0], venue.held().facts
        last[0] = len(facts)
        return before == last[0] and not Books(facts).open_device_calls()

    until(is_well, "all is well, and nothing more comes", QUIET_S, 20.0)
    venue.end()
    books = Books(venue.held().facts)
    paper = counting.on_paper([one for printer in venue.printers.values() for one in printer.paper])
    told = counting.figures(books, paper, guests) | {
        "seed": seed,
        "kiosks": kiosks,
        "evils": dict(morning.evils),
        "kills": sum(one.kills for one in venue.stations),
        "visits": dict(morning.ends.most_common()),
        "at_staff": len(morning.at_staff),
        "minutes": round(took / 60, 1),
        "set_up_s": round(ready - began, 1),
    }
    wrong = counting.what_is_wrong(books, paper, guests)
    print(json.dumps(told | wrong, indent=1))  # noqa: T201
    assert not wrong
    counting.check_desks(venue.stations, books)
    counting.check_logs(venue.stations)


@pytest.mark.long
@pytest.mark.timeout(5400)
def test_every_guest_has_one_badge_and_one_admission_or_a_reason(make_venue: MakeVenue) -> None:
    morning_of(make_venue, KIOSKS, GUESTS, EVILS, SEED)
