"""A badge that may be out already: the guest comes back to the same kiosk, or goes to the next."""

from collections.abc import Callable
from typing import Any

import pytest

from eventdesk.desk.commands import SettleJob
from eventdesk.devices.printers.queues import Progress
from tests.desk.kiosk.machine import bugs
from tests.desk.kiosk.machine.machine import Kiosks

GUEST = "t2"
Story = Callable[[Kiosks], None]


def same_kiosk(world: Kiosks) -> None:
    world.comes_back_unsure(0, GUEST, printed=True)
    world.no_badge_comes_out_twice_in_silence()


def next_kiosk(world: Kiosks) -> None:
    world.guest(0, GUEST, all_of_them=False)
    world.forgets(0, printed=True)
    world.exchange_all()
    world.guest(1, GUEST, all_of_them=False)
    world.prints(1)
    assert sum(kiosk.came_out(GUEST) for kiosk in world.kiosks) == 1, "staff was called, and has not come yet"


STORIES = pytest.mark.parametrize("story", [same_kiosk, next_kiosk])


@STORIES
def test_no_second_badge_comes_out(world: Kiosks, story: Story) -> None:
    story(world)


@STORIES
def test_the_story_finds_the_bug(world: Kiosks, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(place: Any, name: str, value: Any) -> None:
        monkeypatch.setattr(place, name, value)

    bugs.printed_again_where_unsure(put)
    with pytest.raises(AssertionError, match=r"badges of|has not come yet"):
        story(world)


@pytest.mark.parametrize(("choice", "becomes"), [("", Progress.FAILED), ("printed", Progress.SENT)])
def test_a_badge_given_up_in_silence_does_not_come_when_nobody_stands_there(
    world: Kiosks, choice: str, becomes: Progress
) -> None:
    """It is taken back as soon as the print system speaks, unless a person has decided otherwise."""
    kiosk = world.kiosks[0]
    kiosk.guest(GUEST, all_of_them=False)
    with kiosk.store.reader() as reader:
        [job] = reader.jobs.live()
    kiosk.printers.silent = True
    for _ in range(2):
        kiosk.time_passes()
    if choice:
        kiosk.spool.settle(SettleJob(job.id, choice))
        kiosk.settle_down()
    kiosk.printers.silent = False
    kiosk.settle_down()
    assert [one.progress for one in kiosk.printers.jobs.values()] == [becomes]
