"""Tries at a kiosk: five in ten minutes, then waits that double."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.kiosk import tries
from eventdesk.domain.kiosk.tries import MOST, Tries

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)


def after(number: int, now: datetime = NOON, before: Tries | None = None) -> Tries:
    found = before or Tries()
    for _ in range(number):
        found = found.one_more(now)
    return found


def test_five_tries_are_free_and_then_the_kiosk_waits() -> None:
    assert after(4).waiting(NOON) is None
    assert after(4).left(NOON) == 1
    assert after(5).waiting(NOON) == NOON + timedelta(seconds=30)


def test_the_wait_doubles_until_it_is_quiet() -> None:
    first = after(5)
    later = NOON + timedelta(seconds=31)
    assert first.waiting(later) is None
    second = after(5, later, first)
    assert second.waiting(later) == later + timedelta(seconds=60)
    quiet = later + timedelta(minutes=12)
    assert after(5, quiet, second).waiting(quiet) == quiet + timedelta(seconds=30)


def test_tries_count_for_ten_minutes() -> None:
    assert after(4).left(NOON + timedelta(minutes=11)) == MOST


def test_a_clock_set_back_lengthens_no_wait() -> None:
    waits = after(5)
    before = NOON - timedelta(days=3)
    assert waits.waiting(before) == before + timedelta(seconds=30)
    assert after(4).left(before) == 1


@given(st.lists(st.integers(0, 400), max_size=40))
def test_nobody_has_more_than_five_tries_in_thirty_seconds(steps: list[int]) -> None:
    now, held, made = NOON, Tries(), []
    for seconds in steps:
        now += timedelta(seconds=seconds)
        held = tries.read(tries.kept(held))
        if held.waiting(now) is None:
            made.append(now)
            held = held.one_more(now)
    for at in made:
        assert len([one for one in made if at <= one < at + timedelta(seconds=30)]) <= MOST
