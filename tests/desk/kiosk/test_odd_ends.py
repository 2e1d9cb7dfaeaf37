"""Printers that are not for everyone, badges that come late, people who go round the limit of tries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from eventdesk.desk.commands import SettleJob
from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import ChooseGuests, GoOn
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import KIOSK_UNFINISHED, PRINT_ROUTES, PRINTER
from eventdesk.desk.venue.commands import AskHelp
from eventdesk.domain.badges import JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import Reason
from eventdesk.storage.store import Store
from tests.desk.kiosk.conftest import ADA, BO, KioskDesk, set_up
from tests.desk.printing.scripted_printers import ScriptedPrinters

MAX = "hl-max-4FK8D1"
Make = Callable[..., KioskDesk]


def test_whose_product_has_no_printer_goes_in_without_a_badge(make: Make) -> None:
    desk = make(ScriptedPrinters())
    preferences = Preferences(desk.store)
    preferences.put(PRINTER, "")
    preferences.put(PRINT_ROUTES, [{"products": ["of-nobody"], "queues": ["left"]}])
    desk.scan(MAX, Page.DONE)
    assert (desk.passes(MAX), desk.calls(), desk.troubles) == (1, [], [])


def test_a_badge_that_turns_up_late_ends_the_call(make: Make) -> None:
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.scan(MAX, Page.PRINTING)
    desk.until(lambda: printers.sent or None)
    (job,) = desk.reads(lambda reader: reader.jobs.waiting())
    desk.clock.now += timedelta(seconds=90)
    printers.jobs.clear()
    desk.wait(Page.SORRY)
    assert not desk.called(Reason.BADGE_UNSURE, f"demo-{MAX}").admitted
    assert desk.spool is not None
    desk.spool.settle(SettleJob(job.id, "printed"))
    desk.until(lambda: desk.passes(MAX) or None)
    assert [one.admitted for one in desk.calls()] == [True]


def test_only_who_goes_in_has_just_mistyped(store: Store, make: Make) -> None:
    """Somebody with a ticket of their own finds it between guesses, and never goes in by it."""
    set_up(store, amends=["name"])
    desk = make()
    mine = ("Ursula Müller-Weiß", "ursula@elbe.example")
    for left in (4, 3, 2):
        desk.begin()
        assert desk.name("Ada Quist", "guess@x.example", Page.FINDING).tries == left
        desk.name(*mine, Page.DETAILS)
        desk.end()
    desk.begin()
    desk.name(*mine, Page.DETAILS)
    desk.step(GoOn(visit=desk.visit), Page.DONE)
    desk.end()
    desk.begin()
    assert desk.name("Ada Quist", "guess@x.example", Page.FINDING).tries == 4


def test_a_guest_is_called_for_after_a_start_behind_however_many_badges_and_once(
    store: Store, make: Make
) -> None:
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.scan(MAX, Page.PRINTING)
    desk.until(lambda: printers.sent or None)
    desk.stop()
    with store.transaction() as tx:
        (job,) = tx.jobs.waiting()
        tx.jobs.move(job.id, JobState.CANCELED, at=desk.clock())
        for number in range(60):
            tx.jobs.add(replace(job, id=f"other-{number}", ticket="demo-other", entry=None))
    Preferences(store).put(KIOSK_UNFINISHED, [])
    again = make(printers)
    again.called(Reason.BADGE_JAMMED, job.ticket)
    again.until(lambda: not Preferences(store).get(KIOSK_UNFINISHED))
    again.stop()
    for call in again.calls():
        again.write(Draft(Kind.HELP_GIVEN, call.id, {"at": moment_text(again.clock())}))
    once_more = make(printers)
    once_more.settled()
    assert once_more.calls() == []


def test_who_was_called_for_is_called_for_again_where_the_call_was_not_written(make: Make) -> None:
    """The call is written by another thread: the desk may go down before it."""
    desk = make(ScriptedPrinters())
    lost: list[AskHelp] = []
    desk.ask = lost.append
    desk.scan(ADA, Page.CHOOSING)
    desk.step(ChooseGuests((f"demo-{ADA}", f"demo-{BO}"), visit=desk.visit), Page.PRINTING)
    desk.end()
    desk.until(lambda: lost or None)
    desk.stop()
    again = make(desk.printers)
    again.called(Reason.NOT_ADMITTED, f"demo-{BO}")
    again.until(lambda: [LOG, f"demo-{BO}"] not in Preferences(again.store).get(KIOSK_UNFINISHED) or None)
