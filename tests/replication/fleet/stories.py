"""Short runs of the fleet's machine, step by step: each ends well, but for one bug (bugs.py)."""

from tests.replication.fleet.doors import STEP
from tests.replication.fleet.fated import Fate
from tests.replication.fleet.machine import Fleet

# Desks 0 and 1 are at the hub, 2 and 3 at the centre.
AT_CENTRE = False


def told_twice(fleet: Fleet) -> None:
    fleet.sell(2, "seats", 3)
    fleet.exchange(2, [Fate.TWICE])


def told_at_once(fleet: Fleet) -> None:
    fleet.rename(2, "t0")
    fleet.rename(2, "t0")
    fleet.exchange(2, [])


def two_doors_at_once(fleet: Fleet) -> None:
    fleet.enter(2, "t0", [])
    fleet.enter(3, "t0", [])


def one_door_long_before_the_other(fleet: Fleet) -> None:
    fleet.long_silence("t0", [2, 3, 3], 3600.0, tells=False)


def one_door_has_told(fleet: Fleet) -> None:
    fleet.long_silence("t0", [2, 3, 3], 1.0, tells=True)


def the_hub_alone(fleet: Fleet) -> None:
    """Both have a word for it; that of the hub, which reaches nobody, is the lesser one."""
    fleet.cut_or_mend(0, hub=True, up=True)
    fleet.enter(0, "t0", [])
    fleet.enter(2, "t0", [])


def undone_before_it_is_heard(fleet: Fleet) -> None:
    fleet.undo_elsewhere("t0", [0, 1, 2], moves=True)


def sold_out(fleet: Fleet) -> None:
    fleet.sell_out("meals", [2, 3, 0, 1])
    fleet.no_quota_is_passed()


def down_amid_what_came(fleet: Fleet) -> None:
    for _ in range(2 * STEP):
        fleet.rename(2, "t0")
    fleet.exchange(2, [])
    fleet.crash_in_the_middle(3, 1)


def heard_at_last(fleet: Fleet) -> None:
    """Somebody goes in and out by a door that nobody hears, and in by another meanwhile."""
    fleet.meanwhile("t0", [0, 1], third=2)


def last_words_lost(fleet: Fleet) -> None:
    fleet.rename(2, "t0")
    fleet.exchange(2, [Fate.LOST])


def set_back(fleet: Fleet) -> None:
    """The centre forgets what a desk has told it, and others write on."""
    fleet.back_up(AT_CENTRE)
    fleet.rename(2, "t0")
    fleet.exchange(2, [])
    fleet.restore(AT_CENTRE, [3, 3, 3])


def set_back_and_heard(fleet: Fleet) -> None:
    """A desk comes back when the restored centre has fewer facts than it has read; then more come."""
    fleet.back_up(AT_CENTRE)
    for _ in range(3):
        fleet.rename(2, "t0")
    fleet.exchange(2, [])
    fleet.exchange(3, [])
    fleet.restore(AT_CENTRE, [])
    fleet.exchange(3, [])
    fleet.rename(0, "t1")
    fleet.exchange(0, [])
    fleet.relay([])


def erased_here_and_named_elsewhere(fleet: Fleet) -> None:
    """A desk hears of a name that it has erased, before anyone has heard of the erasure."""
    fleet.erase(1, "o0", 0, [Fate.LOST])


def named_after_the_erasure(fleet: Fleet) -> None:
    fleet.erase(1, "o0", 1, [])
    fleet.rename(0, "t0")
    fleet.exchange(0, [])


def let_in_again_amid_a_page(fleet: Fleet) -> None:
    """The centre is set back and told anew by others, whose redacted facts wait for the erasure that explains
    them: they come to the hub amid what is new."""
    fleet.go_back(AT_CENTRE, [1, 1, 1], 2)
    fleet.undo_elsewhere("t1", [3, 3, 1], moves=True)
    fleet.erase(1, "o1", 2, [])
    fleet.go_back(AT_CENTRE, [0, 3, 0], 1)
    fleet.long_silence("t1", [1, 3, 3], 60.0, tells=False)
    fleet.move(3)
    fleet.undo_elsewhere("t2", [3, 3, 3], moves=False)
    fleet.move(1)
