"""What becomes of a claim when a badge is long in coming: two kiosks on one node."""

from typing import Any

from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.facts import Kind
from tests.desk.kiosk.machine.machine import Kiosks
from tests.desk.kiosk.machine.station import KioskStation
from tests.storage.made import LOG

GUEST = "t2"


def page(kiosk: KioskStation) -> Page | None:
    return kiosk.state.page if kiosk.state else None


def admitted(kiosk: KioskStation) -> list[dict[str, Any]]:
    with kiosk.store.reader() as reader:
        return [dict(fact.payload) for fact in reader.facts(LOG, GUEST, Kind.ADMITTED)]


def gives_back(kiosk: KioskStation) -> None:
    """What a line that stays up gives back: what the desk remembers."""
    kiosk.claims.give_back(kiosk._link)


def test_a_badge_that_was_given_up_brings_no_confirmed_pass(world: Kiosks) -> None:
    """The claim was let go: somebody else may have let the guest in meanwhile."""
    here, there = world.kiosks
    here.guest(GUEST, all_of_them=False)
    here.printers.silent = True
    here.time_passes()
    here.time_passes()
    assert page(here) is Page.SORRY
    gives_back(here)
    there.guest(GUEST, all_of_them=False)
    world.prints(1)
    assert page(there) is Page.DONE
    here.printers.silent = False
    world.prints(0)
    world.was_cut = True  # nobody could know of it: the facts were not exchanged
    assert [one.get("confirmed", True) for one in (*admitted(here), *admitted(there))] == [False, True]


def test_a_claim_from_before_a_restart_is_let_go_with_its_badge(world: Kiosks) -> None:
    here, there = world.kiosks
    here.guest(GUEST, all_of_them=False)
    here.crash()
    here.time_passes()
    gives_back(here)
    there.guest(GUEST, all_of_them=False)
    assert page(there) is Page.PRINTING
    world.prints(1)
    assert page(there) is Page.DONE


def test_who_comes_back_while_the_badge_comes_leaves_no_claim_behind(world: Kiosks) -> None:
    here, there = world.kiosks
    for _ in range(2):
        here.leave_it()
        here.guest(GUEST, all_of_them=False)
    assert page(here) is Page.PRINTING
    world.jams(0)
    assert page(here) is Page.SORRY
    gives_back(here)
    there.guest(GUEST, all_of_them=False)
    assert page(there) is Page.PRINTING
    world.prints(1)
