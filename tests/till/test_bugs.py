"""The evening's machine is worth something: it fails where one of these bugs is put in on purpose."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from tests.till.machine import bugs, stories
from tests.till.machine.bugs import Bug, Put
from tests.till.machine.evening import Evening

Story = Callable[[Evening], None]

STORIES: Mapping[Bug, tuple[Story, int]] = {
    bugs.paid_apart_from_its_sale: (stories.power_cut_at_the_drawer, 1),
    bugs.unknown_charged_again: (stories.answer_lost, 1),
    bugs.unknown_taken_for_failed: (stories.answer_lost, 1),
    bugs.given_back_again: (stories.return_lost, 1),
    bugs.given_back_by_two_carts: (stories.exchanged_while_it_goes_back, 1),
    bugs.refund_without_a_claim: (stories.two_desks_at_once, 2),
    bugs.refund_of_what_has_left: (stories.cut_off_from_a_sale, 2),
    bugs.rounding_lost: (stories.back_to_the_coin, 1),
    bugs.change_reckoned_to_the_cent: (stories.back_to_the_coin, 1),
    bugs.tickets_stay_good: (stories.given_back, 1),
    bugs.places_beyond_the_share: (stories.sold_out_by_two, 2),
    bugs.cash_known_to_the_maker: (stories.cash_for_a_card, 1),
    bugs.places_of_waiting_carts_sold: (stories.seat_of_a_cart_that_pays, 1),
}
QUICK = {
    bugs.paid_apart_from_its_sale,
    bugs.given_back_again,
    bugs.given_back_by_two_carts,
    bugs.places_of_waiting_carts_sold,
    bugs.cash_known_to_the_maker,
}
# The machine comes upon these by itself; others take a turn of events that is rarer.
SEARCHED: list[Bug] = [
    bugs.unknown_charged_again,
    bugs.unknown_taken_for_failed,
    bugs.rounding_lost,
    bugs.change_reckoned_to_the_cent,
    bugs.tickets_stay_good,
]
SEARCH = settings(
    max_examples=60,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Put:
    def put(place: Any, name: str, value: Any) -> None:
        monkeypatch.setattr(place, name, value)

    return put


def params(chosen: Iterable[Bug], quick: Collection[Bug] = ()) -> list[object]:
    return [
        pytest.param(one, id=one.__name__, marks=() if one in quick else pytest.mark.long) for one in chosen
    ]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("bug", params(SEARCHED))
def test_the_machine_finds(bug: Bug, put: Put) -> None:
    bug(put)
    with pytest.raises((AssertionError, Flaky)):
        run_state_machine_as_test(Evening, settings=SEARCH)


@pytest.mark.parametrize("bug", params(STORIES, QUICK))
def test_a_story_that_ends_well_ends_badly_with(bug: Bug, put: Put) -> None:
    story, desks = STORIES[bug]
    tell(story, desks)
    bug(put)
    with pytest.raises(AssertionError):
        tell(story, desks)


def tell(story: Story, desks: int) -> None:
    evening = Evening()
    try:
        evening.set_up(desks)
        story(evening)
    except BaseException:
        evening.world.close()
        raise
    evening.teardown()
