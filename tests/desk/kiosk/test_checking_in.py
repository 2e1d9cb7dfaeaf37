"""The badge before the check-in: nobody in without a badge, none lost by a jam, none twice."""

from collections.abc import Callable

from eventdesk.desk.kiosk.commands import ChooseGuests, EndVisit
from eventdesk.desk.kiosk.news import Overdue, Turned
from eventdesk.desk.kiosk.values import KioskState, Page, Works
from eventdesk.desk.printing.values import PrintersTold, PrinterTold
from eventdesk.devices.gates.port import Passage
from eventdesk.devices.printers.queues import Progress
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.badges import JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.venue import Reason
from eventdesk.errors import DeviceError
from tests.desk.kiosk.conftest import ADA, BO, KioskDesk
from tests.desk.printing.scripted_printers import ScriptedPrinters

MAX = "hl-max-4FK8D1"
Make = Callable[..., KioskDesk]


def ticket(code: str) -> str:
    return f"demo-{code}"


def told(status: Status, message: str = "", left: int | None = None) -> PrintersTold:
    return PrintersTold([PrinterTold("left", DeviceState("left", status, message), left=left)])


def test_the_pass_is_written_with_the_badge(make: Make) -> None:
    desk = make(ScriptedPrinters())
    desk.scan(MAX, Page.PRINTING)
    assert desk.passes(MAX) == 0
    desk.print_all()
    state = desk.wait(Page.DONE)
    assert (desk.passes(MAX), desk.badges(MAX)) == (1, 1)
    assert next(one.name for one in state.guests).startswith("Maximiliane")
    assert desk.calls() == []


def test_without_a_printer_the_pass_is_written_at_once(desk: KioskDesk) -> None:
    desk.scan(MAX, Page.DONE)
    assert desk.passes(MAX) == 1


def test_whoever_still_holds_the_code_up_is_not_called_a_second_guest(desk: KioskDesk) -> None:
    desk.scan(MAX, Page.DONE)
    desk.scan(MAX, Page.DONE)
    desk.end()
    desk.scan(MAX, Page.DONE)
    desk.end()
    assert desk.calls() == []
    desk.clock.now = desk.clock.now.replace(hour=desk.clock.now.hour + 1)
    desk.scan(MAX, Page.SORRY)
    desk.called(Reason.NOT_ADMITTED, ticket(MAX))


def test_a_jam_admits_nobody_and_calls_for_the_guest(make: Make) -> None:
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.scan(MAX, Page.PRINTING)
    desk.print_all(Progress.FAILED, "Paper jam")
    desk.wait(Page.SORRY)
    assert (desk.passes(MAX), desk.badges(MAX)) == (0, 0)
    desk.called(Reason.BADGE_JAMMED, ticket(MAX))
    desk.end()
    desk.scan(MAX, Page.PRINTING)
    desk.print_all()
    desk.wait(Page.DONE)
    assert (desk.passes(MAX), desk.badges(MAX)) == (1, 1)
    assert [one.admitted for one in desk.calls()] == [True]


def test_a_printer_that_does_not_answer_in_time_is_given_up(make: Make) -> None:
    desk = make(ScriptedPrinters())
    desk.scan(MAX, Page.PRINTING)
    desk.until(lambda: (desk.printers and desk.printers.sent) or None)
    job = desk.reads(lambda reader: reader.jobs.waiting())[0]
    desk.post(Overdue(job.id))
    desk.wait(Page.SORRY)
    desk.called(Reason.BADGE_JAMMED, ticket(MAX))
    state = desk.reads(lambda reader: reader.jobs.get(job.id))
    assert state is not None
    assert state.state is JobState.CANCELED
    assert desk.passes(MAX) == 0


def test_nobody_knows_whether_it_came_out(make: Make) -> None:
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.scan(MAX, Page.PRINTING)
    desk.until(lambda: printers.sent or None)
    printers.jobs.clear()
    desk.wait(Page.SORRY)
    desk.called(Reason.BADGE_UNSURE, ticket(MAX))
    desk.end()
    state = desk.scan(MAX, Page.SORRY)
    assert str(state.words) == "It is not certain whether your badge came out."
    assert (desk.passes(MAX), len(printers.sent)) == (0, 1)


def test_a_silent_print_system_is_given_up_for_unsure(make: Make) -> None:
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.scan(MAX, Page.PRINTING)
    desk.until(lambda: printers.sent or None)
    printers.silent = True
    job = desk.reads(lambda reader: reader.jobs.waiting())[0]
    desk.post(Overdue(job.id))
    desk.post(Overdue(job.id))
    desk.wait(Page.SORRY)
    desk.called(Reason.BADGE_UNSURE, ticket(MAX))


def test_who_goes_away_while_it_prints_is_checked_in_with_the_badge(make: Make) -> None:
    desk = make(ScriptedPrinters())
    desk.scan(MAX, Page.PRINTING)
    desk.post(EndVisit(visit=desk.visit))
    desk.wait(Page.WELCOME)
    desk.print_all()
    desk.until(lambda: desk.passes(MAX) or None)
    assert desk.calls() == []


def test_who_goes_away_before_a_jam_is_called_for(make: Make) -> None:
    desk = make(ScriptedPrinters())
    desk.scan(MAX, Page.PRINTING)
    desk.post(EndVisit(visit=desk.visit))
    desk.wait(Page.WELCOME)
    desk.print_all(Progress.FAILED, "Paper jam")
    desk.called(Reason.BADGE_JAMMED, ticket(MAX))
    assert desk.state is not None
    assert desk.state.page is Page.WELCOME


def test_a_group_goes_in_turn_and_one_jam_stops_nobody_else(make: Make) -> None:
    desk = make(ScriptedPrinters())
    state = desk.scan(ADA, Page.CHOOSING)
    assert [(one.name, one.here) for one in state.guests] == [
        ("Ada Quist", True),
        ("Bo Quist", False),
        ("Cleo Quist", False),
    ]
    assert all(not one.email and not one.company for one in state.guests)
    desk.step(ChooseGuests((ticket(ADA), ticket(BO)), visit=desk.visit), Page.PRINTING)
    desk.print_all(Progress.FAILED, "Paper jam")
    desk.until(lambda: (desk.state and desk.state.guest == 1) or None)
    desk.print_all()
    state = desk.wait(Page.DONE)
    assert (desk.passes(ADA), desk.passes(BO), desk.passes("hl-cleo-2WN6P5")) == (0, 1, 0)
    assert str(state.words) == "Not everybody could be checked in."
    desk.called(Reason.BADGE_JAMMED, ticket(ADA))
    assert len(desk.calls()) == 1


def test_out_of_paper_serves_those_who_need_none_and_goes_on_when_mended(make: Make) -> None:
    desk = make(ScriptedPrinters())
    desk.scan(ADA, Page.CHOOSING)
    desk.step(ChooseGuests((ticket(ADA),), visit=desk.visit), Page.PRINTING)
    desk.print_all()
    desk.wait(Page.DONE)
    desk.end()
    desk.hooks.printers_told(told(Status.DEGRADED, "Out of paper"))
    desk.called(Reason.PAPER_OUT)
    state = desk.wait(Page.WELCOME)
    assert Works.PRINTER not in state.works
    desk.scan(MAX, Page.SORRY)
    desk.called(Reason.NOT_ADMITTED, ticket(MAX))
    assert desk.passes(MAX) == 0
    desk.end()
    desk.hooks.printers_told(told(Status.READY, left=5))
    desk.until(lambda: (desk.state and Works.PRINTER in desk.state.works) or None)
    desk.until(lambda: all(one.reason is not Reason.PAPER_OUT for one in desk.calls()) or None)
    desk.called(Reason.LABELS_LOW)
    desk.scan(MAX, Page.PRINTING)
    desk.print_all()
    desk.wait(Page.DONE)
    assert desk.passes(MAX) == 1


def test_a_badge_that_is_out_is_not_printed_again(make: Make) -> None:
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.write(Draft(Kind.BADGE_PRINTED, ticket(MAX), {"job": "j", "printer": "p", "copy": 0}))
    desk.hooks.printers_told(told(Status.DEGRADED, "Out of paper"))
    desk.scan(MAX, Page.DONE)
    assert (desk.passes(MAX), printers.sent) == (1, [])


def test_refused_guests_go_to_the_staff_with_a_reason(desk: KioskDesk) -> None:
    for code, words in (
        ("hl-ole-1HP2X6", "This ticket is not paid yet: please go to the box office."),
        ("hl-petra-7KJ4T3", "This ticket can't be used here."),
        ("hl-quentin-9SW8R5", "This ticket was canceled."),
    ):
        state = desk.scan(code, Page.SORRY)
        assert str(state.words) == words
        assert desk.called(Reason.NOT_ADMITTED, ticket(code)).words == words
        assert len(desk.facts(code, Kind.ADMISSION_REFUSED)) == 1
        desk.end()


def test_what_was_under_way_when_the_desk_went_down_is_looked_after(store: object, make: Make) -> None:
    printers = ScriptedPrinters()
    desk = make(printers)
    desk.scan(MAX, Page.PRINTING)
    desk.until(lambda: printers.sent or None)
    desk.stop()
    printers.move_all(Progress.FAILED, "Paper jam")
    again = make(printers)
    again.called(Reason.BADGE_JAMMED, ticket(MAX))
    again.wait(Page.WELCOME)
    again.scan(MAX, Page.PRINTING)
    again.print_all()
    again.wait(Page.DONE)
    assert (again.passes(MAX), again.badges(MAX)) == (1, 1)


# With a turnstile


class ScriptedGate:
    def __init__(self) -> None:
        self.opened = 0
        self.broken = False
        self.state = DeviceState("gate", Status.READY)

    def open(self, seconds: float) -> int:
        assert seconds > 0
        if self.broken:
            raise DeviceError("The gate does not answer.")
        self.opened += 1
        return self.opened

    def close(self) -> None:
        pass


def test_the_pass_is_written_when_the_turnstile_has_turned(make: Make) -> None:
    gate = ScriptedGate()
    desk = make(ScriptedPrinters(), gate=gate)
    desk.scan(MAX, Page.PRINTING)
    desk.print_all()
    desk.until(lambda: gate.opened or None)
    assert (desk.passes(MAX), desk.badges(MAX)) == (0, 1)
    desk.post(Turned(Passage.TURNED, 1))
    desk.wait(Page.DONE)
    assert desk.passes(MAX) == 1


def test_who_does_not_go_through_is_not_admitted_and_needs_no_second_badge(make: Make) -> None:
    gate, printers = ScriptedGate(), ScriptedPrinters()
    desk = make(printers, gate=gate)
    desk.scan(MAX, Page.PRINTING)
    desk.print_all()
    desk.until(lambda: gate.opened or None)
    desk.step(Turned(Passage.FORCED), Page.PRINTING)
    desk.step(Turned(Passage.NOBODY, 1), Page.SORRY)
    desk.called(Reason.NOT_ADMITTED, ticket(MAX))
    desk.end()
    desk.scan(MAX, Page.PRINTING)
    desk.until(lambda: gate.opened == 2 or None)
    # The first opening is over: what is told of it late is nobody's turn now.
    desk.step(Turned(Passage.TURNED, 1), Page.PRINTING)
    assert desk.passes(MAX) == 0
    desk.step(Turned(Passage.TURNED, 2), Page.DONE)
    assert (desk.passes(MAX), len(printers.sent)) == (1, 1)


def test_a_gate_that_does_not_open_admits_nobody(make: Make) -> None:
    gate = ScriptedGate()
    gate.broken = True
    desk = make(gate=gate)
    state: KioskState = desk.scan(MAX, Page.SORRY)
    assert str(state.words) == "The gate does not open just now."
    assert desk.passes(MAX) == 0
    desk.called(Reason.NOT_ADMITTED, ticket(MAX))


def test_a_printer_that_is_gone_or_jammed_is_called_for_by_its_name(make: Make) -> None:
    desk = make(ScriptedPrinters())
    for status, message in ((Status.GONE, "This printer is not there."), (Status.DEGRADED, "Paper jam")):
        desk.hooks.printers_told(told(status, message))
        desk.called(Reason.PRINTER_GONE)
        desk.hooks.printers_told(told(Status.READY))
        desk.until(lambda: not desk.calls() or None)
    two = [*told(Status.DEGRADED, "Paper jam").printers, *told(Status.READY).printers]
    desk.hooks.printers_told(PrintersTold(two))
    desk.settled()
    assert desk.state
    assert Works.PRINTER in desk.state.works
    assert desk.calls() == []
