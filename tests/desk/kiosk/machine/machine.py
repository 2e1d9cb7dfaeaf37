"""Two kiosks on one node, with jams, silence, cuts and crashes: every guest who found a ticket has one badge
and one pass, or stands in the calls with a reason."""

import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from eventdesk.desk.kiosk.values import Page
from eventdesk.devices.printers.queues import Progress
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import Direction
from eventdesk.domain.venue import Reason
from tests.desk.kiosk.machine.station import KioskStation
from tests.replication.fleet.fated import FatedLine, calm
from tests.replication.fleet.stations import Station
from tests.replication.fleet.world import START_MS
from tests.storage.made import LOG, order, setup, ticket

ORDERS = {"o0": ("t0", "t1"), "o1": ("t2",), "o2": ("t3",)}
TICKETS = tuple(one for tickets in ORDERS.values() for one in tickets)
KIOSKS = st.sampled_from([0, 1])
ONE_OF_TICKETS = st.sampled_from(TICKETS)


class Kiosks(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now_s = START_MS / 1000
        self.folder = Path(tempfile.mkdtemp())
        self.node = Station(self.folder, "centre", "centre", lambda: int(self.now_s * 1000))
        self.kiosks = [self._kiosk(number) for number in range(2)]
        self.was_cut = False

    def _kiosk(self, number: int) -> KioskStation:
        name = f"kiosk{number}"
        line = FatedLine(self.node, self.node.principal(name), lambda: 0)
        kiosk = KioskStation(self.folder, name, line, lambda: self.now_s, lambda: self.now_s)
        self.node.let_in(kiosk.name, kiosk.membership.keys(), "")
        return kiosk

    @initialize()
    def set_up(self) -> None:
        guests = [order(id_, name="Buyer", email="buyer@example.org") for id_ in ORDERS]
        guests += [ticket(one, id_) for id_, tickets in ORDERS.items() for one in tickets]
        kiosk = Draft(Kind.KIOSK_DEFINED, LOG, {"finds": ["code"]})
        self.kiosks[0].write(*setup(), *guests, kiosk)
        self.exchange_all()
        for one in self.kiosks:
            one.stand()

    def teardown(self) -> None:
        try:
            self.all_are_served_or_called_for()
        finally:
            for one in self.kiosks:
                one.close()
            self.node.close()
            shutil.rmtree(self.folder)

    # What guests do

    @rule(at=KIOSKS, ticket=ONE_OF_TICKETS, all_of_them=st.booleans())
    def guest(self, at: int, ticket: str, all_of_them: bool) -> None:
        self.kiosks[at].guest(ticket, all_of_them=all_of_them)

    @rule(at=KIOSKS, ticket=ONE_OF_TICKETS)
    def guest_and_badge(self, at: int, ticket: str) -> None:
        kiosk = self.kiosks[at]
        kiosk.leave_it()
        kiosk.guest(ticket, all_of_them=True)
        for _ in range(2):
            self.prints(at)
        kiosk.leave_it()

    @rule(at=KIOSKS, ticket=ONE_OF_TICKETS)
    def in_elsewhere_meanwhile(self, at: int, ticket: str) -> None:
        """A badge is long in coming; the guest goes to the other kiosk, which is cut off, and is heard of."""
        here, there = self.kiosks[at], self.kiosks[1 - at]
        for one in self.kiosks:
            one.leave_it()
        here.guest(ticket, all_of_them=False)
        there.line.cut = self.was_cut = True
        there.guest(ticket, all_of_them=False)
        self.prints(1 - at)
        there.line.cut = here.line.cut = False
        self.exchange_all()
        self.prints(at)

    @rule(at=KIOSKS, ticket=ONE_OF_TICKETS, printed=st.booleans())
    def comes_back_unsure(self, at: int, ticket: str, printed: bool) -> None:
        """Nobody knows whether the badge came out; the guest tries again at the same kiosk."""
        kiosk = self.kiosks[at]
        for forgotten in (True, False):
            kiosk.leave_it()
            kiosk.guest(ticket, all_of_them=False)
            if forgotten:
                self.forgets(at, printed)
            else:
                self.prints(at)

    @rule(at=KIOSKS, printed=st.booleans())
    def down_amid_a_group(self, at: int, printed: bool) -> None:
        """The first badge of a group is under way when the desk goes down."""
        kiosk = self.kiosks[at]
        kiosk.leave_it()
        kiosk.guest(ORDERS["o0"][0], all_of_them=True)
        self.kill(at, printed)

    @rule(at=KIOSKS, idle=st.booleans())
    def goes_away(self, at: int, idle: bool) -> None:
        self.kiosks[at].leave_it(idle=idle)

    # What printers do

    @rule(at=KIOSKS)
    def prints(self, at: int) -> None:
        self.kiosks[at].printers.print_out()
        self.kiosks[at].settle_down()

    @rule(at=KIOSKS)
    def jams(self, at: int) -> None:
        self.kiosks[at].printers.move_all(Progress.FAILED, "Paper jam")
        self.kiosks[at].settle_down()

    @rule(at=KIOSKS, printed=st.booleans())
    def forgets(self, at: int, printed: bool) -> None:
        """The print system has lost its jobs: nobody knows what came out."""
        self.kiosks[at].printers.forget(printed=printed)
        self.kiosks[at].settle_down()

    @rule(at=KIOSKS)
    def falls_silent_or_speaks(self, at: int) -> None:
        self.kiosks[at].printers.silent = not self.kiosks[at].printers.silent
        self.kiosks[at].settle_down()

    @rule(at=KIOSKS)
    def too_late(self, at: int) -> None:
        """Nothing came in time."""
        self.kiosks[at].time_passes()

    @rule(at=KIOSKS, printed=st.booleans())
    def kill(self, at: int, printed: bool) -> None:
        """kill -9; the printer goes on, or not."""
        if printed:
            self.kiosks[at].printers.print_out()
        self.kiosks[at].crash()

    # What the line does

    @rule(at=KIOSKS)
    def cut_or_mend(self, at: int) -> None:
        line = self.kiosks[at].line
        line.cut = not line.cut
        self.was_cut = True

    @rule(at=KIOSKS)
    def exchange(self, at: int) -> None:
        self.now_s += 1
        self.kiosks[at].exchange()
        self.kiosks[at].settle_down()

    def exchange_all(self) -> None:
        for _ in range(2):
            for one in self.kiosks:
                one.exchange()

    # What must hold

    @invariant()
    def no_pass_without_a_badge(self) -> None:
        for kiosk in self.kiosks:
            for one in TICKETS:
                if kiosk.passes(one):
                    assert kiosk.badges(one), f"{one} is in without a badge"

    @invariant()
    def the_node_lets_nobody_in_twice(self) -> None:
        for kiosk in self.kiosks:
            for one in TICKETS:
                entries = [each for each in kiosk.passes(one) if each.direction is Direction.ENTRY]
                sure = [each for each in entries if each.confirmed]
                assert len(sure) <= 1, f"{one} was let in twice: {sure}"
                if not self.was_cut:
                    assert len(entries) <= 1, f"{one} was let in twice: {entries}"

    @invariant()
    def no_badge_comes_out_twice_in_silence(self) -> None:
        """At no kiosk, and at two only where the other could not know of it."""
        unsure = {one.ticket for kiosk in self.kiosks for one in kiosk.calls() if _is_unsure(one.reason)}
        for one in TICKETS:
            out = [kiosk.came_out(one) for kiosk in self.kiosks]
            assert max(out) <= 1, f"{out} badges of {one}"
            assert sum(out) <= 1 or self.was_cut or one in unsure, f"{out} badges of {one}"

    def all_are_served_or_called_for(self) -> None:
        """In the end: the lines carry, the printers speak, nothing is waited for any more."""
        calm(one.line for one in self.kiosks)
        for kiosk in self.kiosks:
            kiosk.printers.silent = False
            kiosk.settle_down()
            kiosk.time_passes()
            kiosk.time_passes()
            kiosk.leave_it()
            assert kiosk.state is None or kiosk.state.page in (Page.WELCOME, Page.CLOSED)
        for _ in range(2):
            self.exchange_all()
        found = {one for kiosk in self.kiosks for one in kiosk.found}
        for kiosk in self.kiosks:
            called = {one.ticket for one in kiosk.calls()}
            for one in found:
                served = bool(kiosk.passes(one)) and bool(kiosk.badges(one))
                assert served or one in called, f"{one} is lost at {kiosk.name}"
            self.no_pass_without_a_badge()
            assert not kiosk.alarms.waiting


def _is_unsure(reason: Reason) -> bool:
    return reason is Reason.BADGE_UNSURE
