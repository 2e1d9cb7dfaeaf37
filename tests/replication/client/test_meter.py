"""The clock's error, as the best of the latest contacts measured it."""

import pytest

from sync.client.meter import KEPT, LONGEST_S, Meter
from sync.client.port import Contact


class Clocks:
    """A wall clock that people may set, and a steady one; a node whose time is the truth."""

    def __init__(self, ahead_s: float) -> None:
        self.truth = 1_000_000.0
        self.ahead_s = ahead_s
        self.meter = Meter(lambda: self.truth + self.ahead_s, lambda: self.truth - 999_000)

    def ask(self, there_s: float, back_s: float) -> None:
        sent = self.meter.now()
        self.truth += there_s
        now_ms = round(self.truth * 1000)
        self.truth += back_s
        self.meter.heard(sent, self.meter.now(), now_ms)


def contact(clocks: Clocks) -> Contact:
    found = clocks.meter.contact()
    assert found is not None
    return found


def test_before_any_contact_nothing_is_known() -> None:
    assert Clocks(0).meter.contact() is None


@pytest.mark.parametrize("ahead_s", [0.0, 1200.0, -86400.0])
def test_an_error_is_measured_by_the_middle_of_the_round_trip(ahead_s: float) -> None:
    clocks = Clocks(ahead_s)
    clocks.ask(0.1, 0.1)
    assert contact(clocks) == Contact(round(ahead_s * 1000), 100)


def test_the_shortest_round_trip_counts() -> None:
    clocks = Clocks(60)
    clocks.ask(0.005, 0.005)
    clocks.ask(2.0, 0.1)
    clocks.ask(0.1, 3.0)
    assert contact(clocks) == Contact(60_000, 5)


def test_an_uneven_way_errs_by_half_of_the_round_trip_at_most() -> None:
    clocks = Clocks(0)
    clocks.ask(0.9, 0.1)
    found = contact(clocks)
    assert abs(found.clock_error_ms) <= found.within_ms == 500


def test_old_samples_make_room() -> None:
    clocks = Clocks(0)
    clocks.ask(0.001, 0.001)
    for _ in range(KEPT):
        clocks.ask(0.05, 0.05)
    assert contact(clocks).within_ms == 50


def test_a_clock_that_is_set_meanwhile_is_noticed_at_once() -> None:
    clocks = Clocks(0)
    clocks.ask(0.01, 0.01)
    clocks.ahead_s = 3600
    assert contact(clocks).clock_error_ms == 3_600_000


def test_a_round_trip_that_is_too_long_tells_nothing() -> None:
    clocks = Clocks(0)
    clocks.ask(LONGEST_S, LONGEST_S)
    assert clocks.meter.contact() is None


def test_after_a_long_silence_the_latest_is_better_than_nothing() -> None:
    clocks = Clocks(5)
    clocks.ask(0.01, 0.01)
    clocks.truth += 86_400
    assert contact(clocks).clock_error_ms == 5000
